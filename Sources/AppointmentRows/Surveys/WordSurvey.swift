import CSVReading

/// What a file says in words of its own, as far as nobody has said yet what they stand for.
package struct WordSurvey {
    /// One word.
    package struct Word: Sendable {
        /// `serviceType` or `techID`; nil for a status.
        package let column: InputColumn?
        /// The file's name of its column.
        package let columnName: String
        /// The word.
        package let theirs: String
        /// How many rows have it.
        package internal(set) var count: Int
    }

    /// The words, the most frequent of each column first.
    package private(set) var words: [Word] = []
    /// How many rows there are of each kind.
    package private(set) var counts: [CheckResult: Int] = [:]
    /// What is wrong with rows beside their words: the first of each kind.
    package private(set) var problems: [Finding] = []
    /// What is wrong with the file, if it can't be read to its end.
    package private(set) var problem: InputError?

    private static let codes: [FindingCode: InputColumn] = [
        .invalidServiceType: .serviceType, .unknownTech: .techID, .invalidTechID: .techID,
    ]

    /// Reads a file with what is known of it.
    ///
    /// - Throws: where its header can't be understood.
    package init(_ file: InputFile, _ options: ReadingOptions) throws(InputError) {
        let reader = try AppointmentReader(file: file, options: options)
        var chunk = CheckedRows()
        /// The rows whose words matter: line and the columns that are not understood.
        var lines: [(line: Int, columns: Set<InputColumn>)] = []
        do throws(InputError) {
            while try reader.next(&chunk) {
                for row in chunk.rows {
                    counts[row.result, default: 0] += 1
                    guard row.result != .skipped else { continue }
                    let findings = chunk.findings[row.findings]
                    lines.append((row.line, Set(findings.compactMap { Self.codes[$0.code] })))
                    for finding in findings
                    where finding.severity == .error && Self.codes[finding.code] == nil {
                        if problems.count < 5, !problems.contains(where: { $0.code == finding.code }) {
                            problems.append(finding)
                        }
                    }
                }
            }
        } catch {
            problem = error
        }
        let columns = reader.layout.columns
        func position(_ column: InputColumn) -> Int? { columns.firstIndex { $0.meaning == column } }
        let statuses = columns.indices.filter { index in
            columns[index].meaning == nil
                && [.words, .others].contains(StatusWords.kind(ofColumn: columns[index].header))
        }
        var found: [String: Word] = [:]
        let originals = try reader.originals()
        var fields: [String] = []
        for (line, unknown) in lines {
            guard try originals.find(line: line, fields: &fields) else { continue }
            func note(_ column: InputColumn?, _ position: Int) {
                guard position < fields.count else { return }
                let value = Wording.trimmed(fields[position])
                guard !value.isEmpty else { return }
                let key = "\(position) \(value.lowercased())"
                found[
                    key,
                    default: Word(
                        column: column, columnName: columns[position].header, theirs: value, count: 0)
                ].count += 1
            }
            for column in unknown { if let position = position(column) { note(column, position) } }
            guard options.hasDefaultSkips else { continue }
            for index in statuses where index < fields.count {
                if !PlannedWords.contain(fields[index]) { note(nil, index) }
            }
        }
        words = found.values.sorted {
            ($0.column?.rawValue ?? .max, $1.count, $0.theirs) < (
                $1.column?.rawValue ?? .max, $0.count, $1.theirs
            )
        }
    }
}
