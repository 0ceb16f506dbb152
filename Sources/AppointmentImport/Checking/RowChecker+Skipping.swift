import CSVReading
import SecurityTrax

// Records that are no visit: headings of groups, totals, footers, the header once more.
extension RowChecker {
    /// Adds a record that is left out.
    func skip(_ record: CSVRecord, _ finding: Finding, into chunk: inout CheckedRows) {
        let start = chunk.findings.count
        chunk.findings.append(finding)
        chunk.rows.append(
            CheckedRow(
                line: record.position.line, result: .skipped, customerID: 0, techID: 0,
                start: LocalTime(minutes: 0), end: LocalTime(minutes: 0), serviceType: .install, pastAfter: 0,
                serviceDetailType: 0..<0, notes: 0..<0, senderNumber: 0..<0,
                findings: start..<chunk.findings.count, origin: nil, written: written(record)))
    }

    /// Whether a record has neither times nor anything that could be a customer.
    func isNoAppointment(_ record: CSVRecord) -> Bool {
        // Nearly every row is done with here.
        if hasFirstDigit(record, plan[.start]) && hasFirstDigit(record, plan[.customerID]) { return false }
        return !holdsTime(record, plan[.start]) && !holdsTime(record, plan[.end])
            && !holdsCustomer(record, plan[.customerID])
    }

    /// The first text of a record, for its finding.
    func firstText(of record: CSVRecord) -> String {
        let field = (0..<record.count).first { !isEmpty(record, $0) } ?? 0
        return Wording.trimmed(record.string(field))
    }

    private func hasFirstDigit(_ record: CSVRecord, _ field: Int) -> Bool {
        guard field >= 0, field < record.count else { return false }
        return record.withField(field) { bytes in
            bytes.first.map { $0 &- 48 < 10 } ?? false
        }
    }

    private func text(_ record: CSVRecord, _ field: Int) -> String? {
        guard field >= 0, field < record.count else { return nil }
        let text = Wording.trimmed(record.string(field))
        return text.isEmpty ? nil : text
    }

    /// Whether a field holds a time, be it one that can't be read.
    private func holdsTime(_ record: CSVRecord, _ field: Int) -> Bool {
        guard var text = text(record, field) else { return false }
        let order = options.dateOrder
        switch text.withUTF8({ TimeText.read($0, order: order) }) {
        case .time: return true
        case .problem(let problem): if problem != .unreadable { return true }
        }
        // `5 Jan 2027 9:00`, `9h30`, `1/5 at 9`, `noon on 1/5`, but not `Total: 12`.
        return text.lowercased().firstMatch(of: Self.timeLike) != nil
    }

    /// Whether a field could say who the customer is: a number, damaged or not, or a word in a row that says more.
    private func holdsCustomer(_ record: CSVRecord, _ field: Int) -> Bool {
        guard let text = text(record, field) else { return false }
        let hasDigit = text.contains(where: \.isNumber)
        let hasLetter = text.contains(where: \.isLetter)
        if hasDigit, !hasLetter || !text.contains(where: \.isWhitespace) {
            // A day heads the rows of a day.
            return text.lowercased().firstMatch(of: Self.timeLike) == nil
        }
        // `Total` beside sums is no customer, nor is the name of a day above its rows.
        guard hasLetter || hasDigit, text.lowercased().firstMatch(of: Self.summary) == nil else {
            return false
        }
        // A name may be one: a single word in a row of full width, or any text beside a service or a technician.
        if record.count >= plan.minimumWidth, !text.contains(where: \.isWhitespace) { return true }
        return [InputColumn.serviceType, .techID].contains { self.text(record, plan[$0]) != nil }
    }

    private static var timeLike: Regex<Substring> {
        /\d[\/:]\d|\d ?[ap]\.?m\b|\d\s?h\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? ?\d|\d\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/
    }

    private static var summary: Regex<Substring> {
        /^(?:grand |sub-?)?(?:totals?|sum|count|average|records?|page|report|printed|generated|copyright|subtotals?|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/
    }
}
