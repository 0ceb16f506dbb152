import CSVReading
import SecurityTrax

// Records that are no visit: headings of groups, totals, footers, the header once more.
extension RowChecker {
    /// Whether a record has neither times nor anything that could be a customer.
    func isNoAppointment(_ check: RowCheck) -> Bool {
        // Nearly every row is done with here.
        if check.beginsWithDigit(.start) && check.beginsWithDigit(.customerID) { return false }
        return lacksTimes(check) && !holdsCustomer(check) && !holdsNumber(check)
            && !holdsRow(check)
    }

    /// Whether a record has no time where one belongs.
    func lacksTimes(_ check: RowCheck) -> Bool {
        !holdsTime(check, .start) && !holdsTime(check, .end) && !holdsTime(check, .window)
    }

    /// Whether a record that stays to be corrected could be a heading all the same: a word alone may be a customer's
    /// name.
    func mayBeHeading(_ check: RowCheck) -> Bool {
        if check.beginsWithDigit(.customerID) { return false }
        var filled = (0..<check.record.count).filter { !check.isEmpty(at: $0) }
        guard let last = filled.popLast(), filled.count < 3,
            ![InputColumn.start, .end, .window].contains(where: { saysTime(check.value($0)) })
        else { return false }
        return filled.first.map { !check.text(at: $0).contains(where: \.isNumber) }
            ?? check.text(at: last).contains(where: \.isLetter)
    }

    /// Whether a field holds a row of its own, whatever else the record has: one that was quoted as a whole, or that has
    /// another delimiter, with a comma in its notes.
    private func holdsRow(_ check: RowCheck) -> Bool {
        (0..<check.record.count).contains { index in
            guard !check.isEmpty(at: index) else { return false }
            let text = check.text(at: index)
            return Self.delimiters.contains { isRow(text, delimitedBy: $0) }
        }
    }

    /// Whether a text has four fields or more, two of them times.
    private func isRow(_ text: String, delimitedBy delimiter: Character) -> Bool {
        let fields = text.split(separator: delimiter, omittingEmptySubsequences: false)
        return fields.count >= 4
            && fields.count { TimeMention.isIn($0) } >= 2
    }

    /// The delimiter of a record whose only text is a row of its own, as in a file that two exports were joined to:
    /// a customer, two times, a service and perhaps more. Nil where it is none.
    func otherDelimiter(_ check: RowCheck) -> Character? {
        guard check.record.count < check.plan.minimumWidth else { return nil }
        let filled = (0..<check.record.count).filter { !check.isEmpty(at: $0) }
        guard filled.count == 1 else { return nil }
        let text = check.text(at: filled[0])
        return Self.delimiters.first { $0.asciiValue != delimiter && isRow(text, delimitedBy: $0) }
    }

    private static let delimiters = Dialect.sniffedDelimiters.map { Character(UnicodeScalar($0)) }

    /// Says that a record is no row, and where it says itself that the file lacks some.
    func reportNoAppointment(_ check: inout RowCheck) {
        let texts = (0..<check.record.count).filter { !check.isEmpty(at: $0) }.map { check.text(at: $0) }
        let text = texts.joined(separator: " ")
        check.report(
            IncompleteFileWords.areIn(text)
                ? .incompleteFile(line: check.line, text: text)
                : .noAppointment(line: check.line, value: texts.first ?? ""))
    }

    /// Whether a field holds a time, be it one that can't be read.
    private func holdsTime(_ check: RowCheck, _ column: InputColumn) -> Bool {
        var text = check.value(column)
        guard !text.isEmpty else { return false }
        let order = options.dateOrder
        switch text.withUTF8({ TimeText.read($0, order: order) }) {
        case .time: return true
        case .problem(let problem): if problem != .unreadable { return true }
        }
        // `5 Jan 2027 9:00`, `9h30`, `1/5 at 9`, `noon on 1/5`, but not `Total: 12`.
        return TimeMention.isIn(text)
    }

    /// Whether a text is a time as people write it, and no number alone.
    private func saysTime(_ text: String) -> Bool {
        var text = text
        if case .time = text.withUTF8({ TimeText.read($0, order: options.dateOrder) }) { return true }
        return TimeMention.isIn(text)
    }

    /// Whether a text could be an account number.
    func saysCustomer(_ text: String) -> Bool {
        text.contains(where: \.isNumber) && !TimeMention.isIn(text) && !SummaryWords.begin(text)
    }

    /// Whether a field could say who the customer is: a number, damaged or not, or a word in a row that says more.
    private func holdsCustomer(_ check: RowCheck) -> Bool {
        let text = check.value(.customerID)
        guard !text.isEmpty else { return false }
        let hasDigit = text.contains(where: \.isNumber)
        let hasLetter = text.contains(where: \.isLetter)
        if hasDigit, !hasLetter || !text.contains(where: \.isWhitespace) {
            // A date here is a heading above the rows of that day.
            return !TimeMention.isIn(text)
        }
        // `Total` beside sums is no customer, nor is the name of a day above its rows.
        guard hasLetter || hasDigit, !SummaryWords.begin(text) else { return false }
        // A name may be one: a single word in a row of full width, or any text beside a service or a technician.
        if check.record.count >= check.plan.minimumWidth, !text.contains(where: \.isWhitespace) {
            return true
        }
        return check.isFilled(.serviceType) || check.isFilled(.techID)
    }
}
