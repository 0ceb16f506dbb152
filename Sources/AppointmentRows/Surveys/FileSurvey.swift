import CSVReading
import SecurityTrax

/// A file's columns with some of their values, for whoever asks a person what they mean: a file that lacks columns can
/// be looked at too.
package struct FileSurvey {
    /// One column of the file.
    package struct Column: Sendable {
        /// From 0.
        package let position: Int
        /// Its name, trimmed.
        package let name: String
        /// The first few of its values.
        package fileprivate(set) var examples: [String] = []
        /// How many rows have a value, of those that were looked at.
        fileprivate(set) var filled = 0
        /// How many of its values are of each kind.
        fileprivate(set) var kinds: [Kind: Int] = [:]
        fileprivate var distinct: Set<String> = []

        /// How much of it is of a kind, from 0 to 1.
        package func share(_ kind: Kind) -> Double {
            filled == 0 ? 0 : Double(kinds[kind, default: 0]) / Double(filled)
        }
    }

    /// What a value looks like.
    package enum Kind: Sendable, CaseIterable {
        /// A day with a time of day.
        case moment
        /// A day alone.
        case day
        /// A time of day alone.
        case clock
        /// Two times.
        case window
        /// How long: `90 min`, or a number up to a day's minutes.
        case duration
        /// A whole number above 0.
        case number
        /// A phone number of ten digits or more.
        case phone
        /// A service type of ours.
        case service
        /// Words without a digit.
        case words
    }

    /// The names of the columns as the file has them.
    package let header: [String]
    /// The line of the record that names them.
    package let headerLine: Int
    /// The columns that have a name and are not from a rejects file.
    package let columns: [Column]

    /// How many rows are looked at.
    private static let limit = 2_000
    /// How many records may stand above the header.
    private static let above = 20

    /// Looks at a file.
    package init(_ file: InputFile, _ options: ReadingOptions) throws(InputError) {
        try file.rewind()
        var columns: [Column] = []
        do {
            let reader = try CSVReader(
                descriptor: file.descriptor,
                options: CSVReader.Options(delimiter: options.delimiter, encoding: options.encoding))
            var record = CSVRecord()
            var best: (score: Int, names: [String], line: Int)?
            for _ in 0...Self.above {
                guard try reader.next(&record) else { break }
                let names = record.strings
                let score = Self.score(names)
                if best.map({ score > $0.score }) ?? true { best = (score, names, record.position.line) }
            }
            guard let best else { throw InputError.empty }
            header = best.names
            headerLine = best.line
            for (position, name) in header.enumerated()
            where !Wording.trimmed(name).isEmpty && !ColumnName.isRejectsColumn(name) {
                columns.append(Column(position: position, name: Wording.trimmed(name)))
            }
            try reader.rewind()
            var count = 0
            while count < Self.limit, try reader.next(&record) {
                guard record.position.line > headerLine else { continue }
                count += 1
                for index in columns.indices where columns[index].position < record.count {
                    columns[index].note(Wording.trimmed(record.string(columns[index].position)), options)
                }
            }
        } catch let error as InputError {
            throw error
        } catch let error as CSVError {
            throw InputError(error, name: file.name)
        } catch {
            preconditionFailure("a reader throws its own errors: \(error)")
        }
        self.columns = columns
    }

    /// How much a record looks like a header: names that are known, then names at all.
    private static func score(_ names: [String]) -> Int {
        let filled = names.filter { !Wording.trimmed($0).isEmpty }
        guard !ColumnPlan.looksLikeData(names) else { return filled.count > 1 ? 1 : 0 }
        return filled.count + 2 * filled.filter { ColumnName.match($0) != nil }.count
    }

    /// What is understood with these columns.
    package func understood(_ map: [InputColumn: String]) throws(InputError) -> Understanding {
        Understanding(
            plan: try ColumnPlan(
                mapping: header, isGiven: false, line: headerLine, map: map, identityColumn: nil,
                needs: { _ in false })
        )
    }

    /// Which columns mean what.
    package struct Understanding {
        fileprivate let plan: ColumnPlan

        /// The file's name of the column that is ours, or nil.
        package func name(of column: InputColumn) -> String? {
            plan[column] < 0 ? nil : plan.name(column)
        }

        /// Whether something is read from a column.
        package func uses(_ column: Column) -> Bool { plan.isUsed(column.position) }

        /// Columns that a file can't do without and that nothing stands in for.
        package var missing: [InputColumn] {
            InputColumn.allCases.filter { column in
                column.isRequired && plan[column] < 0 && column.substitutes.allSatisfy { plan[$0] < 0 }
            }
        }
    }

    /// The columns that may be meant, the likeliest first; `isLikely` says whether the first one is worth a proposal.
    package func candidates(for column: InputColumn, _ understanding: Understanding) -> (
        columns: [Column], isLikely: Bool
    ) {
        let unused = columns.filter { !understanding.uses($0) }
        let guess = ColumnGuess.guesses(for: [column], among: unused.map(\.name))[column]
        let scored = unused.map { candidate in
            (column: candidate, score: candidate.score(column) + (candidate.name == guess ? 1 : 0))
        }.sorted { ($1.score, $0.column.position) < ($0.score, $1.column.position) }
        return (scored.map(\.column), (scored.first?.score ?? 0) >= 0.6)
    }
}

extension FileSurvey.Column {
    fileprivate mutating func note(_ value: String, _ options: ReadingOptions) {
        guard !value.isEmpty else { return }
        filled += 1
        if distinct.count <= 200, distinct.insert(value).inserted, examples.count < 3 {
            examples.append(value)
        }
        for kind in Self.kinds(of: value, options) { kinds[kind, default: 0] += 1 }
    }

    private static func kinds(of value: String, _ options: ReadingOptions) -> [FileSurvey.Kind] {
        var kinds: [FileSurvey.Kind] = []
        var text = value
        text.withUTF8 { bytes in
            if positiveWholeNumber(bytes) > 0 { kinds.append(.number) }
            if ServiceType(written: bytes) != nil { kinds.append(.service) }
            switch TimeText.read(bytes, order: options.dateOrder, years: options.years) {
            case .time(let time): kinds.append(time.hasClock ? time.hasDate ? .moment : .clock : .day)
            // `31/1/2027`: a day in another order.
            case .problem(.unreadable): break
            case .problem: kinds.append(.moment)
            }
        }
        if !kinds.contains(.moment), !kinds.contains(.day),
            TimeWindow(value, order: options.dateOrder, years: options.years) != nil
        {
            kinds.append(.window)
        }
        if case .minutes(let minutes) = VisitDuration.read(value, unit: .unsaid), minutes > 0, minutes <= 1440
        {
            kinds.append(.duration)
        }
        if let phone = PhoneNumber(value), phone.digits.count >= 10 { kinds.append(.phone) }
        if !value.contains(where: \.isNumber) { kinds.append(.words) }
        return kinds
    }

    /// How well its values do for a column, from 0 to 1.
    fileprivate func score(_ column: InputColumn) -> Double {
        switch column {
        case .customerID: max(share(.number), share(.phone))
        case .start: max(share(.moment), share(.window), share(.clock) * 0.7)
        case .end: max(share(.moment), share(.clock) * 0.7, share(.duration) * 0.7)
        case .date: share(.day)
        case .serviceType:
            // A few words that come again and again; numbers may be anything, so they are ours only in the end.
            max(
                share(.service) - share(.number) * 0.7,
                share(.words) * (distinct.count <= max(1, min(60, filled / 2)) ? 0.7 : 0.3))
        case .techID: share(.words) * (distinct.count <= max(1, filled / 2) ? 0.4 : 0.2)
        default: 0
        }
    }
}
