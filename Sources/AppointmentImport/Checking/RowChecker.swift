import CSVReading
import Foundation
import SecurityTrax

/// Turns records into checked rows. A valid row costs no memory of its own and no String.
struct RowChecker {
    let plan: ColumnPlan
    let options: ReadingOptions
    let delimiter: UInt8
    private var skipRules: SkipRules
    /// `options.now`, in minutes since 1970-01-01 00:00 UTC.
    let now: Int
    /// `options.years`.
    let years: ClosedRange<Int>
    var zones = ZoneCache()

    /// - Throws: where a rule names a column that the file doesn't have.
    init(plan: ColumnPlan, options: ReadingOptions, delimiter: UInt8, line: Int) throws(InputError) {
        self.plan = plan
        self.options = options
        self.delimiter = delimiter
        skipRules = try SkipRules(plan: plan, options: options, line: line)
        now = Int((options.now.timeIntervalSince1970 / 60).rounded(.down))
        years = options.years
    }

    /// Checks a record and adds it to the chunk, with all of its findings.
    mutating func check(_ record: CSVRecord, into chunk: inout CheckedRows) {
        let line = record.position.line
        let firstFinding = chunk.findings.count
        var row = CheckedRow(
            line: line, result: .valid, customerID: 0, techID: 0, start: LocalTime(minutes: 0),
            end: LocalTime(minutes: 0), serviceType: .install, pastAfter: 0, serviceDetailType: 0..<0,
            notes: 0..<0,
            senderNumber: 0..<0, findings: firstFinding..<firstFinding, origin: nil, written: nil)

        if let finding = quoteTrouble(record, line: line) {
            // Where its fields begin and end is unknown, so nothing more can be said.
            chunk.findings.append(finding)
        } else if isNoAppointment(record) {
            chunk.findings.append(.noAppointment(line: line, value: firstText(of: record)))
        } else if let finding = shapeTrouble(record, line: line) {
            // Which field belongs to which column is unknown, so nothing more can be said.
            chunk.findings.append(finding)
        } else if let finding = skipRules.finding(record, line: line, plan: plan) {
            chunk.findings.append(finding)
        } else {
            let unprintable = findUnprintable(record, line: line, into: &chunk.findings)
            checkNumbers(record, unprintable, &row, &chunk.findings)
            checkServiceType(record, unprintable, &row, &chunk.findings)
            let timeFinding = chunk.findings.count
            checkTimes(record, unprintable, &row, &chunk.findings)
            checkAllDay(record, line, since: timeFinding, &chunk.findings)
            checkTexts(record, unprintable, &row, &chunk)
        }

        row.findings = firstFinding..<chunk.findings.count
        if let columns = plan.origin, let origin = rowOrigin(record, columns) {
            row.origin = chunk.origins.count
            chunk.origins.append(origin)
        }
        if !row.findings.isEmpty {
            if options.isStrict {
                for index in row.findings { chunk.findings[index].makeStrict() }
            }
            let findings = chunk.findings[row.findings]
            if findings.contains(where: { $0.severity == .skipped }) {
                row.result = .skipped
            } else if findings.contains(where: { $0.severity == .error }) {
                row.result = .invalid
            }
            if !row.isValid { row.written = written(record) }
        }
        chunk.rows.append(row)
    }

    /// Why a record's fields may not be what was meant.
    private func quoteTrouble(_ record: CSVRecord, line: Int) -> Finding? {
        if record.lineCount > 1 {
            for field in 0..<record.count
            where record.innerLinesSplit(field: field, into: plan.width, delimiter: delimiter) {
                let text = Wording.trimmed(record.string(field))
                let lines = 1 + text.reduce(0) { $0 + ($1.isNewline ? 1 : 0) }
                return .badQuoting(line: line, column: plan.name(at: field), lines: lines, value: text)
            }
        }
        guard let field = record.firstMisquotedField else { return nil }
        return .strayQuote(
            line: line, column: plan.name(at: field), hasBackslash: record.hasBackslashBeforeQuote(field),
            value: Wording.trimmed(record.string(field)))
    }

    /// Why a record is no row of its header.
    private func shapeTrouble(_ record: CSVRecord, line: Int) -> Finding? {
        let count = record.count
        if count >= plan.minimumWidth, count <= plan.width { return nil }
        if count > plan.width {
            // Spreadsheets end rows with empty fields.
            for field in plan.width..<count where !isEmpty(record, field) {
                return .raggedRow(
                    line: line, count: count, expected: plan.width, hasHeader: options.columns == nil,
                    delimiter: delimiter,
                    extra: Wording.trimmed(record.string(field)))
            }
            return nil
        }
        return .raggedRow(
            line: line, count: count, expected: plan.width, hasHeader: options.columns == nil,
            delimiter: delimiter, extra: nil)
    }

    /// Reports the characters that can't be sent, the first of each field; returns the positions of the fields
    /// (the first 64) that have one, as bits.
    private func findUnprintable(_ record: CSVRecord, line: Int, into findings: inout [Finding]) -> UInt64 {
        var positions: UInt64 = 0
        for field in 0..<record.count {
            guard record.withField(field, { ForbiddenCharacter.isPossible(in: $0) }),
                let character = record.withField(field, { ForbiddenCharacter.first(in: $0) })
            else { continue }
            // Elsewhere only a NUL matters: it says that the file is damaged.
            guard character.scalar == 0 || isUsed(field) else { continue }
            findings.append(
                .unprintable(
                    line: line, column: plan.name(at: field), character: character,
                    value: Wording.trimmed(record.string(field))))
            if field < 64 { positions |= 1 << UInt64(field) }
        }
        return positions
    }

    private func isUsed(_ field: Int) -> Bool {
        field == plan.identity || plan.positions.contains(field)
    }

    private func checkNumbers(
        _ record: CSVRecord, _ unprintable: UInt64, _ row: inout CheckedRow, _ findings: inout [Finding]
    ) {
        let customer = plan[.customerID]
        if !isMarked(unprintable, customer) {
            switch number(record, customer) {
            case .some(let value) where value > 0: row.customerID = value
            case .some:
                findings.append(
                    .invalidNumber(
                        line: row.line, column: plan.name(.customerID), code: .invalidCustomerID,
                        value: Wording.trimmed(record.string(customer))))
            case .none:
                findings.append(
                    .missingValue(line: row.line, column: plan.name(.customerID), meaning: .customerID))
            }
        }
        let tech = plan[.techID]
        guard tech >= 0, !isMarked(unprintable, tech), let value = number(record, tech) else { return }
        if value > 0 {
            row.techID = value
            guard options.slotScheduling else { return }
            findings.append(
                .techWithSlotScheduling(
                    line: row.line, column: plan.name(.techID), value: Wording.trimmed(record.string(tech))))
        } else {
            let text = Wording.trimmed(record.string(tech))
            if TechnicianText.isNobody(text) { return }
            let (line, column) = (row.line, plan.name(.techID))
            findings.append(
                TechnicianText.isSeveral(text)
                    ? .severalTechs(line: line, column: column, value: text)
                    : .invalidNumber(line: line, column: column, code: .invalidTechID, value: text))
        }
    }

    /// The field's number, 0 where it is none, nil where the field is empty.
    @inline(__always)
    private func number(_ record: CSVRecord, _ field: Int) -> Int64? {
        record.withField(field) { bytes in
            let text = trim(bytes)
            return text.isEmpty ? nil : positiveWholeNumber(text)
        }
    }

    private func checkServiceType(
        _ record: CSVRecord, _ unprintable: UInt64, _ row: inout CheckedRow, _ findings: inout [Finding]
    ) {
        let field = plan[.serviceType]
        guard !isMarked(unprintable, field) else { return }
        if let type = record.withField(field, { ServiceType(written: trim($0)) }) {
            row.serviceType = type
        } else if isEmpty(record, field) {
            findings.append(
                .missingValue(line: row.line, column: plan.name(.serviceType), meaning: .serviceType))
        } else {
            findings.append(
                .invalidServiceType(
                    line: row.line, column: plan.name(.serviceType),
                    value: Wording.trimmed(record.string(field))))
        }
    }

    private func checkTexts(
        _ record: CSVRecord, _ unprintable: UInt64, _ row: inout CheckedRow, _ chunk: inout CheckedRows
    ) {
        let notes = plan[.notes]
        if notes >= 0, !isMarked(unprintable, notes) {
            let length = record.withField(notes) { bytes -> Int in
                let text = trim(bytes)
                // A character has at least one byte.
                guard text.count > options.maxNotes else { return text.count }
                return text.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
            }
            if length > options.maxNotes {
                chunk.findings.append(
                    .notesTooLong(
                        line: row.line, column: plan.name(.notes), length: length, limit: options.maxNotes,
                        value: Wording.trimmed(record.string(notes))))
            }
        }
        if plan.identity >= 0, !isMarked(unprintable, plan.identity), isEmpty(record, plan.identity) {
            chunk.findings.append(
                .missingValue(line: row.line, column: plan.name(at: plan.identity), meaning: nil))
        }
        guard row.findings.lowerBound == chunk.findings.count else { return }
        row.serviceDetailType = append(record, plan[.serviceDetailType], to: &chunk.text)
        row.notes = append(record, notes, to: &chunk.text)
        row.senderNumber = append(record, plan.identity, to: &chunk.text)
    }

    @inline(__always)
    private func append(_ record: CSVRecord, _ field: Int, to text: inout [UInt8]) -> Range<Int> {
        guard field >= 0 else { return 0..<0 }
        let start = text.count
        record.withField(field) { bytes in
            let trimmed = trim(bytes)
            if !trimmed.isEmpty { text.append(contentsOf: trimmed) }
        }
        return start..<text.count
    }

    @inline(__always)
    func isMarked(_ positions: UInt64, _ field: Int) -> Bool {
        positions != 0 && field < 64 && positions >> UInt64(field) & 1 != 0
    }

    @inline(__always)
    func isEmpty(_ record: CSVRecord, _ field: Int) -> Bool {
        record.withField(field) { trim($0).isEmpty }
    }

    /// Where the record of a rejects file came from, nil where it doesn't say.
    private func rowOrigin(_ record: CSVRecord, _ columns: ColumnPlan.OriginColumns) -> RowOrigin? {
        guard columns.file < record.count, columns.line < record.count,
            let line = number(record, columns.line), line > 0
        else { return nil }
        let file = Wording.trimmed(record.string(columns.file))
        guard !file.isEmpty else { return nil }
        let run = columns.run.flatMap { $0 < record.count ? number(record, $0) : nil } ?? 0
        return RowOrigin(file: file, line: Int(line), run: Int(run))
    }

    /// What the record says in the seven columns.
    func written(_ record: CSVRecord) -> [String] {
        AppointmentField.allCases.map { field in
            let position = plan.positions[field.rawValue]
            guard position >= 0, position < record.count else { return "" }
            let text = record.string(position)
            guard text.utf8.count > 2000 else { return text }
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(2000)))
        }
    }
}
