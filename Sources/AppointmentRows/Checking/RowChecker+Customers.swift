import CSVReading
import SecurityTrax

// Who the customer of a row is: by the ID, or by a phone or an account number where there is none.
extension RowChecker {
    func checkCustomer(_ check: inout RowCheck) {
        let field = check.plan[.customerID]
        if field >= 0 {
            guard !check.isUnusable(field) else { return }
            switch check.number(at: field) {
            case .some(let value) where value > 0:
                check.row.customerID = value
                return
            case .some:
                // Neither a name in `Customer` is a fault where a phone says who it is, nor a word for none.
                let text = check.value(.customerID)
                guard !NoValueWords.contain(text) else { break }
                guard check.plan.customerMayBeName && isName(text) || NoNumberWords.contain(text),
                    check.plan.numbers.contains(where: { !number($0, check).isEmpty })
                else {
                    check.report(.customerID) { .invalidNumber($0, code: .invalidCustomerID) }
                    return
                }
            case .none: break
            }
        }
        findCustomer(&check)
    }

    /// Whether a row names its customer by the ID.
    func hasID(_ check: RowCheck) -> Bool {
        let field = check.plan[.customerID]
        return field >= 0 && field < check.record.count && (check.number(at: field) ?? 0) > 0
    }

    /// Finds the customer of a row without an ID.
    private func findCustomer(_ check: inout RowCheck) {
        let filled = check.plan.numbers.filter { !number($0, check).isEmpty }
        guard let first = filled.first else {
            // A formula's error is more than nothing.
            if let damaged = check.plan.numbers.first(where: {
                Finding.numberDamage(check.text(at: $0.position)) != nil
            }) {
                check.report(at: damaged.position) {
                    .noNumber($0, isPhone: damaged.column == .customerPhone)
                }
                return
            }
            let number = check.plan.numbers.first?.position ?? 0
            check.report(at: check.plan[.customerID] >= 0 ? check.plan[.customerID] : number) {
                .missingValue($0, meaning: .customerID)
            }
            return
        }
        var queries: [CustomerQuery] = []
        for column in filled {
            guard !check.isUnusable(column.position) else { return }
            if let query = query(number(column, check), column.column), !queries.contains(query) {
                queries.append(query)
            }
        }
        guard !queries.isEmpty else {
            check.report(at: first.position) {
                .noNumber($0, isPhone: first.column == .customerPhone)
            }
            return
        }
        var lookUp = CustomerLookUp(queries: queries)
        let found = options.knownCustomers?.customer(of: lookUp) ?? .unasked
        func report(_ finding: (FindingPlace) -> Finding) { check.report(at: first.position, finding) }
        switch found {
        case .customer(let id, let by):
            check.row.customerID = id
            lookUp.found = by
        case .notFound(let reason): report { .numbersNotFound($0, queries, reason: reason) }
        case .several(let query, let ids): report { .customerAmbiguous($0, query, ids) }
        case .different(let one, let other): report { .customerAmbiguous($0, one, other) }
        case .unclear(let query, let reason): report { .numberUnclear($0, query, reason: reason) }
        case .unasked: check.row.customerID = lookUp.placeholder
        }
        check.keep(lookUp)
    }

    /// Says of a row that nobody was asked for its customer, although all were asked for that may be posted.
    ///
    /// A row that is invalid anyway was not asked for, and its number may well be right: nothing is said of it.
    func checkWasAsked(_ check: inout RowCheck) {
        guard check.row.customerID < 0, options.knownCustomers?.isComplete == true, !check.hasError,
            let lookUp = check.lookUp, let query = lookUp.queries.first
        else { return }
        // A warning that makes its row invalid was one when it was to be asked for, too.
        if options.isStrict, check.hasFinding { return }
        check.report(at: customerPosition(check)) {
            .numberUnclear($0, query, reason: "it was not asked for")
        }
    }

    /// Where the row names its customer: by the ID, or by the number that led there.
    private func customerPosition(_ check: RowCheck) -> Int {
        let field = check.plan[.customerID]
        guard let lookUp = check.lookUp else { return max(0, field) }
        let wanted = lookUp.found.first ?? lookUp.queries.first
        let column = check.plan.numbers.first { column in
            query(number(column, check), column.column) == wanted
        }
        return column?.position ?? max(0, field)
    }

    /// Whether a text is a name rather than a damaged ID: `Ann Lee`, `3M Company`, but not `9710x`.
    private func isName(_ text: String) -> Bool {
        text.contains(where: \.isLetter)
            && (text.contains(where: \.isWhitespace) || !text.contains(where: \.isNumber))
    }

    /// What a column of numbers says; empty where it says that there is none.
    private func number(_ column: ColumnPlan.NumberColumn, _ check: RowCheck) -> String {
        let text = check.text(at: column.position)
        return NoNumberWords.contain(text) ? "" : text
    }

    /// What the service is asked about a number; nil where it can be nobody's.
    private func query(_ text: String, _ column: InputColumn) -> CustomerQuery? {
        if column == .customerPhone { return PhoneNumber(text).map { .phone($0) } }
        // A spreadsheet's number: 10488.0.
        let isFloat = text.hasSuffix(".0") && text.dropLast(2).allSatisfy(\.isNumber) && text.count > 2
        var account = isFloat ? String(text.dropLast(2)) : text
        guard account.withUTF8({ ForbiddenCharacter.first(in: $0) }) == nil,
            Finding.numberDamage(account) == nil
        else { return nil }
        return account.count <= Self.longestAccount && account.contains { $0.isLetter || $0.isNumber }
            ? .account(account) : nil
    }

    /// In characters: a longer text is a note, not an account number.
    private static let longestAccount = 100

    /// Whether a phone or an account number could say who the customer is.
    func holdsNumber(_ check: RowCheck) -> Bool {
        check.plan.numbers.contains { column in
            let text = number(column, check)
            let isLong = text.count { $0.isNumber } >= PhoneNumber.digitCounts.lowerBound
            return (isLong || column.column != .customerPhone) && saysCustomer(text)
        }
    }

    /// Compares a row with what the service knows of its customer (`--verify-customers`).
    ///
    /// A row whose customer was not asked for is left alone: it is invalid anyway, or the run posts nothing.
    func verifyCustomer(_ check: inout RowCheck) {
        guard let columns = customerColumns, check.row.customerID > 0,
            let answer = options.knownCustomers?.customer(check.row.customerID)
        else { return }
        let id = check.row.customerID
        let foundBy = check.lookUp?.foundBy ?? ""
        switch answer {
        case .several:
            check.report(at: customerPosition(check)) {
                .customerUnclear($0, id, reason: "it names several customers")
            }
        case .failed(let reason):
            check.report(at: customerPosition(check)) { .customerUnclear($0, id, reason: reason) }
        case .notFound(let reason):
            check.report(at: customerPosition(check)) {
                .customerNotFound($0, id, foundBy: foundBy, reason: reason)
            }
        case .found(let customer):
            guard let record = customer.record,
                case .mismatch(let differences) = CustomerMatch(columns.claim(of: check.record), record)
            else { return }
            let position = differences.first.flatMap { columns.position(of: $0.field) }
            check.report(at: position ?? customerPosition(check)) {
                .customerMismatch(
                    $0, customer: customer.id, foundBy: foundBy, differences: differences.map(\.words))
            }
        }
    }
}
