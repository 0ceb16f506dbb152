import CSVReading
import SecurityTrax

/// One record on its way through the checks: what it says, what was found in it so far, and the row that comes of
/// it. Used again from record to record, so that none of them costs memory of its own.
struct RowCheck {
    /// What the file's columns mean.
    let plan: ColumnPlan
    /// The record in hand.
    var record = CSVRecord()
    /// The row that comes of it.
    var row = CheckedRow(line: 1)
    /// The columns that the row's start and end were read from.
    var startColumn = InputColumn.start
    var endColumn = InputColumn.end
    /// The rows, texts and findings so far, those of the record in hand included.
    var chunk = CheckedRows()
    /// The first of the record's findings in `chunk.findings`.
    private var firstFinding = 0
    /// The fields (the first 64) that hold a character that can't be sent, as bits: nothing more is said of them.
    private var unusable: UInt64 = 0

    init(plan: ColumnPlan) {
        self.plan = plan
    }

    /// The record's line, from 1.
    var line: Int { row.line }

    /// How many findings there are, to see later whether more have come.
    var findingCount: Int { chunk.findings.count }

    /// Whether an error was found in the record so far.
    var hasError: Bool { hasError(since: firstFinding) }

    /// Whether anything was found in the record so far.
    var hasFinding: Bool { firstFinding < chunk.findings.count }

    /// Whether a code was found in the record so far.
    func found(_ code: FindingCode) -> Bool { chunk.findings[firstFinding...].contains { $0.code == code } }

    /// The numbers by which the row names its customer, where it has no ID.
    var lookUp: CustomerLookUp? { row.lookUp.map { chunk.lookUps[$0] } }

    // MARK: The course of a check

    /// Begins with the record in hand.
    mutating func begin() {
        row = CheckedRow(line: record.position.line)
        firstFinding = chunk.findings.count
        unusable = 0
        startColumn = .start
        endColumn = .end
    }

    /// Puts the row into the chunk.
    ///
    /// - Parameter isStrict: Whether a warning makes the row invalid.
    mutating func end(isStrict: Bool) {
        row.findings = firstFinding..<chunk.findings.count
        if let columns = plan.origin, let origin = rowOrigin(columns) {
            row.origin = chunk.origins.count
            chunk.origins.append(origin)
        }
        if !row.findings.isEmpty {
            if isStrict {
                for index in row.findings { chunk.findings[index].makeStrict() }
            }
            let customer = namedCustomer
            if !customer.isEmpty {
                for index in row.findings { chunk.findings[index].customer = customer }
            }
            let findings = chunk.findings[row.findings]
            if findings.contains(where: { $0.severity == .skipped }) {
                row.result = .skipped
            } else if findings.contains(where: { $0.severity == .error }) {
                row.result = .invalid
            }
            if !row.isValid { row.written = written }
        }
        if row.isValid { row.named = [] }
        chunk.rows.append(row)
    }

    /// Leaves the record out.
    mutating func skip(_ finding: Finding) {
        begin()
        report(finding)
        end(isStrict: false)
        // It is told at its line of this file, wherever its columns say that it came from.
        if let last = chunk.rows.indices.last, chunk.rows[last].origin != nil {
            chunk.rows[last].origin = nil
            chunk.origins.removeLast()
        }
    }

    // MARK: Findings

    /// Adds a finding about the whole record.
    mutating func report(_ finding: Finding) {
        chunk.findings.append(finding)
    }

    /// Adds a finding about a column's field.
    mutating func report(_ column: InputColumn, _ finding: (FindingPlace) -> Finding) {
        chunk.findings.append(finding(place(column)))
    }

    /// Adds a finding about the field at a position.
    mutating func report(at position: Int, _ finding: (FindingPlace) -> Finding) {
        chunk.findings.append(finding(place(at: position)))
    }

    /// Whether an error was found since there were `count` findings.
    func hasError(since count: Int) -> Bool {
        chunk.findings[count...].contains { $0.severity == .error }
    }

    /// Takes back what was found since there were `count` findings.
    mutating func takeBackFindings(since count: Int) {
        chunk.findings.removeSubrange(count...)
    }

    /// Says that nothing more can be said of the field at a position.
    mutating func markUnusable(_ position: Int) {
        if position < 64 { unusable |= 1 << UInt64(position) }
    }

    /// Whether nothing more can be said of the field at a position.
    @inline(__always)
    func isUnusable(_ position: Int) -> Bool {
        unusable != 0 && position < 64 && unusable >> UInt64(position) & 1 != 0
    }

    private func place(_ column: InputColumn) -> FindingPlace {
        FindingPlace(line: line, column: plan.name(column), value: value(column))
    }

    private func place(at position: Int) -> FindingPlace {
        FindingPlace(line: line, column: plan.name(at: position), value: text(at: position))
    }

    // MARK: What the record says

    /// Whether the record has the column's field, and it says anything.
    @inline(__always)
    func isFilled(_ column: InputColumn) -> Bool {
        let position = plan[column]
        return position >= 0 && !hasNoValue(at: position)
    }

    /// Whether the column's field begins with a digit, without a look at what may stand around it.
    @inline(__always)
    func beginsWithDigit(_ column: InputColumn) -> Bool {
        let position = plan[column]
        guard position >= 0, position < record.count else { return false }
        return record.withField(position) { bytes in bytes.first.map { $0 &- 48 < 10 } ?? false }
    }

    /// Whether the field at a position is empty or not there.
    @inline(__always)
    func isEmpty(at position: Int) -> Bool {
        position >= record.count || record.withField(position) { trim($0).isEmpty }
    }

    /// Whether the field at a position is empty or not there, or has a word that says so (`NoValueWords`).
    @inline(__always)
    func hasNoValue(at position: Int) -> Bool {
        position >= record.count
            || record.withField(position) { bytes in
                let text = trim(bytes)
                return text.isEmpty || NoValueWords.contain(text)
            }
    }

    /// The column's text, trimmed; empty where the record doesn't have the field, or where that has a word for nothing.
    func given(_ column: InputColumn) -> String { isFilled(column) ? value(column) : "" }

    /// The column's text, trimmed; empty where the record doesn't have the field.
    func value(_ column: InputColumn) -> String { text(at: plan[column]) }

    /// The text of the field at a position, trimmed; empty where the record doesn't have the field.
    func text(at position: Int) -> String {
        position >= 0 && position < record.count ? Wording.trimmed(record.string(position)) : ""
    }

    /// The number of the field at a position, 0 where it is none, nil where the field is empty.
    @inline(__always)
    func number(at position: Int) -> Int64? {
        record.withField(position) { bytes in
            let text = trim(bytes)
            return text.isEmpty ? nil : positiveWholeNumber(text)
        }
    }

    /// Adds the trimmed text of the field at a position to the chunk's texts.
    @inline(__always)
    mutating func keepText(at position: Int) -> Range<Int> {
        guard position >= 0 else { return 0..<0 }
        return record.withField(position) { chunk.keep(trim($0)) }
    }

    /// Adds the numbers by which the row names its customer.
    mutating func keep(_ lookUp: CustomerLookUp) {
        row.lookUp = chunk.lookUps.count
        chunk.lookUps.append(lookUp)
    }

    /// Adds a text to the chunk's texts.
    mutating func keep(_ text: String) -> Range<Int> {
        var text = text
        return text.withUTF8 { chunk.keep($0) }
    }

    /// Whose visit it is about: the ID, or a number in words, also where nothing else of the record can be used. Empty
    /// where it doesn't say.
    private var namedCustomer: String {
        if row.customerID > 0 { return String(row.customerID) }
        if let lookUp = row.lookUp { return chunk.lookUps[lookUp].words }
        let id = plan[.customerID]
        if id >= 0, id < record.count, let number = number(at: id), number > 0 { return String(number) }
        for column in plan.numbers {
            let number = text(at: column.position)
            if number.contains(where: \.isNumber) {
                return (column.column == .customerPhone ? "phone " : "account ") + number.prefix(40)
            }
        }
        return ""
    }

    /// Where the record of a rejects file came from, nil where it doesn't say.
    private func rowOrigin(_ columns: ColumnPlan.OriginColumns) -> RowOrigin? {
        // Fields too many stand before the columns that were added.
        let surplus = record.count - plan.width
        let shift = surplus > 0 && columns.isLast && !isEmpty(at: record.count - 1) ? surplus : 0
        guard columns.file + shift < record.count, columns.line + shift < record.count,
            let line = number(at: columns.line + shift), line > 0
        else { return nil }
        let file = text(at: columns.file + shift)
        guard !file.isEmpty else { return nil }
        let run = columns.run.flatMap { $0 + shift < record.count ? number(at: $0 + shift) : nil } ?? 0
        return RowOrigin(file: file, line: Int(line), run: Int(run))
    }

    /// What the record says in the seven columns.
    private var written: [String] {
        AppointmentField.allCases.map { field in
            let position = plan[InputColumn(field)]
            guard position >= 0, position < record.count else { return "" }
            let text = record.string(position)
            guard text.utf8.count > 2000 else { return text }
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(2000)))
        }
    }
}

extension CheckedRow {
    /// A row of which nothing is known yet.
    init(line: Int) {
        self.init(
            line: line, result: .valid, customerID: 0, techID: 0, start: LocalTime(minutes: 0),
            end: LocalTime(minutes: 0), serviceType: .install, expiresAt: 0,
            texts: AppointmentTexts { _ in 0..<0 }, senderNumber: 0..<0, findings: 0..<0, origin: nil,
            lookUp: nil, written: nil)
    }
}
