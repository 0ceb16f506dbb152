import CSVReading
import SystemFiles
import SecurityTrax

/// The checks of one file's rows: they turn its records into checked rows. A valid row costs no memory of its own
/// and no String.
struct RowChecker {
    let options: ReadingOptions
    let delimiter: UInt8
    private var skipRules: SkipRules
    /// Where the file says who its customers are; nil where nothing is compared.
    let customerColumns: CustomerColumns?
    /// `options.now`, in minutes since 1970-01-01 00:00 UTC.
    let now: Int
    /// `options.knownTechIDs`.
    private let knownTechIDs: Set<Int64>?
    /// `options.years`.
    let years: ClosedRange<Int>
    /// The first heading that names a technician for the rows below it.
    private(set) var technicianHeading: TechnicianHeading?
    var zones = ZoneCache()
    var dateForms = DateForms()
    /// How far the file's rows usually reach (`RowExtent`).
    let usualExtent: Int
    /// nil where no row of the file can be taken in one step.
    private var plainRows: PlainRows?

    /// - Throws: where a rule names a column that the file doesn't have.
    init(
        plan: ColumnPlan, options: ReadingOptions, delimiter: UInt8, line: Int, usualExtent: Int
    ) throws(InputError) {
        self.usualExtent = usualExtent
        self.options = options
        self.delimiter = delimiter
        customerColumns = options.knownCustomers == nil ? nil : CustomerColumns(plan)
        skipRules = try SkipRules(plan: plan, options: options, line: line)
        now = Int((options.now.timeIntervalSince1970 / 60).rounded(.down))
        years = options.years
        knownTechIDs = options.knownTechIDs
        if skipRules.isEmpty { plainRows = PlainRows(plan: plan, options: options, now: now) }
    }

    /// Checks the record in hand and adds its row to the chunk, with all of its findings.
    mutating func run(_ check: inout RowCheck) {
        if takePlain(&check) { return }
        check.begin()
        if options.wantsLookUpsOnly, hasID(check) { return }
        if let (field, finding) = quoteTrouble(check) {
            // Where its fields begin and end is unknown, so nothing more can be said.
            check.report(at: field, finding)
        } else if let finding = stillRejected(check) {
            check.report(finding)
        } else if isNoAppointment(check) {
            check.report(.noAppointment(line: check.line, value: firstText(of: check)))
            technicianHeading = technicianHeading ?? TechnicianHeading(firstText(of: check), line: check.line)
        } else if let finding = shapeTrouble(check) {
            // Which field belongs to which column is unknown, so nothing more can be said.
            check.report(finding)
        } else if skipRules.skip(&check) {
            readVisit(&check)
        } else {
            findUnprintable(&check)
            checkCustomer(&check)
            verifyCustomer(&check)
            checkTechnician(&check)
            checkFurtherTechnicians(&check)
            checkServiceType(&check)
            checkTimes(&check)
            checkTexts(&check)
            checkWasAsked(&check)
        }
        check.end(isStrict: options.isStrict)
    }

    /// Takes the record in hand in one step, where it has nothing unusual.
    @inline(__always)
    private mutating func takePlain(_ check: inout RowCheck) -> Bool {
        // A field of several lines may be several rows.
        if plainRows == nil || check.record.lineCount > 1 && quoteTrouble(check) != nil { return false }
        return plainRows?.take(
            &check, startForm: dateForms.first(of: .start), endForm: dateForms.first(of: .end)) ?? false
    }

    /// Reads which visit a row that is left out is about: an earlier file may have left it pending. Nothing is said of
    /// the row besides, and customers that have no ID are not asked for.
    private mutating func readVisit(_ check: inout RowCheck) {
        keepSenderNumber(&check)
        guard hasID(check) else { return }
        let (said, forms) = (check.findingCount, dateForms)
        findUnprintable(&check)
        checkCustomer(&check)
        checkTechnician(&check)
        checkServiceType(&check)
        checkTimes(&check)
        check.row.namesVisit = !check.hasError(since: said)
        check.takeBackFindings(since: said)
        dateForms = forms
    }

    /// Keeps the sender's own number of a row: it tells which visit is meant even where the row's times say nothing.
    private func keepSenderNumber(_ check: inout RowCheck) {
        let identity = check.plan.identity
        guard identity >= 0, !check.isUnusable(identity),
            Finding.spreadsheetDamage(check.text(at: identity)) == nil
        else { return }
        check.row.senderNumber = check.keep(SenderNumber.canonical(check.text(at: identity)))
    }

    /// Reports the characters that can't be sent, the first of each field.
    private func findUnprintable(_ check: inout RowCheck) {
        for field in 0..<check.record.count {
            guard check.record.withField(field, { ForbiddenCharacter.isPossible(in: $0) }),
                let character = check.record.withField(field, { ForbiddenCharacter.first(in: $0) })
            else { continue }
            // Elsewhere only a NUL matters: it says that the file is damaged.
            guard character.scalar == 0 || check.plan.isUsed(field) else { continue }
            // A phone is not looked at where the row has its customer's ID.
            if character.scalar != 0, check.plan.holdsNumber(field), hasID(check) { continue }
            check.report(at: field) { .unprintable($0, character: character) }
            check.markUnusable(field)
        }
    }

    private func checkTechnician(_ check: inout RowCheck) {
        let field = check.plan[.techID]
        guard field >= 0, !check.isUnusable(field), let number = check.number(at: field) else { return }
        // Nearly every row has a number that stands for nothing else.
        let isPlain = number > 0 && !options.values.maps(.techID) && options.roster?.hasNumberNames != true
        guard let id = isPlain ? number : technician(&check, at: field) else { return }
        check.row.techID = id
        // A number that the dealer's own words stand for is not the file's.
        if id == number, let knownTechIDs, !knownTechIDs.contains(id), !isMapped(.techID, check) {
            check.report(.techID) { .techNotInRoster($0) }
        }
        if options.slotScheduling { check.report(.techID) { .techWithSlotScheduling($0) } }
    }

    private func checkFurtherTechnicians(_ check: inout RowCheck) {
        let first = check.value(.techID)
        for other in check.plan.furtherTechnicians where !check.isEmpty(at: other) {
            let text = check.text(at: other)
            if text == first || NobodyWords.contain(text) { continue }
            let column = check.plan.name(.techID)
            check.report(at: other) { .furtherTechnician($0, column: column) }
            return
        }
    }

    /// Whom a field names; nil for nobody, and where that can't be told, which is reported.
    private func technician(_ check: inout RowCheck, at field: Int) -> Int64? {
        let text = check.text(at: field)
        let nearest: [String]
        switch options.technician(text) {
        case .technician(let id): return id
        case .nobody: return nil
        case .withoutID:
            check.report(.techID) { .techWithoutID($0) }
            return nil
        case .unknown(let names): nearest = names
        }
        check.report(.techID) {
            let roster = options.roster
            if TechnicianText.isSeveral(text) || roster?.namesSeveral(text) == true {
                return .severalTechs($0)
            }
            if let roster, text.contains(where: \.isLetter) || roster.hasNumberNames {
                return .unknownTech($0, nearest: nearest)
            }
            return .invalidNumber($0, code: .invalidTechID)
        }
        return nil
    }

    private func checkServiceType(_ check: inout RowCheck) {
        let field = check.plan[.serviceType]
        guard !check.isUnusable(field) else { return }
        // The dealer's mapping of a word takes precedence over our own reading of it.
        var written = options.values.maps(.serviceType) ? ours(.serviceType, check) : nil
        if let type = written?.withUTF8({ ServiceType(written: $0) })
            ?? check.record.withField(field, { ServiceType(written: trim($0)) })
        {
            check.row.serviceType = type
        } else if check.isEmpty(at: field) {
            check.report(.serviceType) { .missingValue($0, meaning: .serviceType) }
        } else {
            check.report(.serviceType) { .invalidServiceType($0) }
        }
    }

    /// Our value for what the file says in a column, nil where nobody has said what it stands for.
    private func ours(_ column: InputColumn, _ check: RowCheck) -> String? {
        options.values.ours(for: check.value(column), in: column)
    }

    private func isMapped(_ column: InputColumn, _ check: RowCheck) -> Bool {
        options.values.maps(column) && ours(column, check) != nil
    }

    private func checkTexts(_ check: inout RowCheck) {
        let (notes, identity) = (check.plan[.notes], check.plan.identity)
        let limit = options.maxNotes
        if notes >= 0, !check.isUnusable(notes) {
            let length = check.record.withField(notes) { bytes -> Int in
                let text = trim(bytes)
                // A character has at least one byte.
                guard text.count > limit else { return text.count }
                return text.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
            }
            if length > limit { check.report(.notes) { .notesTooLong($0, length: length, limit: limit) } }
        }
        for column in [InputColumn.notes, .serviceDetailType] {
            let position = check.plan[column]
            guard position >= 0, !check.isUnusable(position),
                check.record.withField(position, { Finding.mayBeLostText(trim($0)) }),
                Finding.isLostText(check.text(at: position))
            else { continue }
            check.report(column) { .lostValue($0) }
        }
        if identity >= 0, !check.isUnusable(identity) {
            if check.isEmpty(at: identity) {
                check.report(at: identity) { .missingValue($0, meaning: nil) }
            } else if Finding.spreadsheetDamage(check.text(at: identity)) != nil {
                check.report(at: identity) { .lostValue($0) }
            }
        }
        if check.hasError { return }
        let texts = AppointmentTexts { field in
            let column = InputColumn(field)
            if options.values.maps(column), let ours = ours(column, check) { return check.keep(ours) }
            return check.keepText(at: check.plan[column])
        }
        check.row.texts = texts
        keepSenderNumber(&check)
    }
}
