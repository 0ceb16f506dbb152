package import CSVReading
import SecurityTrax

/// Their words in our terms: what a dealer calls a service, a kind of work or a technician, and which of them are no
/// visit (`values` in the settings, `--values FILE`).
package struct ValueMap: Sendable, Hashable {
    /// What one of their values stands for.
    package enum Meaning: Sendable, Hashable {
        /// This value of ours.
        case value(String)
        /// No visit: the row is left out.
        case skip

        /// As people write it.
        package var text: String {
            switch self {
            case .value(let ours): ours
            case .skip: "skip"
            }
        }
    }

    /// The columns whose values can be mapped.
    package static let columns: [InputColumn] = [.serviceType, .serviceDetailType, .techID]

    /// By column and by the value as it is compared.
    private var meanings: [InputColumn: [String: Meaning]] = [:]
    /// As they were given, in their order.
    package private(set) var entries: [Entry] = []

    /// One of their values, and what it stands for.
    package struct Entry: Sendable, Hashable {
        /// The column.
        package var column: InputColumn
        /// Their value.
        package var theirs: String
        /// What it stands for.
        package var meaning: Meaning
    }

    /// No words.
    package init() {}

    /// Whether there is none.
    package var isEmpty: Bool { entries.isEmpty }

    /// Adds one.
    ///
    /// - Parameters:
    ///   - column: One of our columns, as people write it.
    ///   - theirs: Their value; case and white space don't matter.
    ///   - ours: A value of ours, or `skip`.
    /// - Throws: where the column can't be mapped, the value is none of ours, or theirs has another meaning already.
    package mutating func add(column name: String, theirs: String, ours: String) throws(InputError) {
        guard let column = InputColumn(named: name), Self.columns.contains(column) else {
            throw .notAMappableColumn(name)
        }
        let meaning = try Self.meaning(ours, column, of: theirs)
        let key = Self.key(theirs)
        guard !key.isEmpty else { throw .emptyValueMapped(column, to: ours) }
        if let other = meanings[column]?[key] {
            guard other == meaning else { throw .twoMeanings(theirs, column) }
            return
        }
        meanings[column, default: [:]][key] = meaning
        entries.append(Entry(column: column, theirs: Wording.trimmed(theirs), meaning: meaning))
    }

    /// Adds what another map says of values that nothing is said of here.
    mutating func addMissing(of other: ValueMap) {
        for entry in other.entries {
            let key = Self.key(entry.theirs)
            guard meanings[entry.column]?[key] == nil else { continue }
            meanings[entry.column, default: [:]][key] = entry.meaning
            entries.append(entry)
        }
    }

    private static func meaning(_ text: String, _ column: InputColumn, of theirs: String) throws(InputError)
        -> Meaning
    {
        let ours = Wording.trimmed(text)
        if ours.lowercased() == "skip" { return .skip }
        func fault(_ fix: String) -> InputError { .notOurValue(theirs, column, ours, fix: fix) }
        var bytes = ours
        switch column {
        case .serviceType:
            guard let type = bytes.withUTF8({ ServiceType(written: $0) }) else {
                let names = ServiceType.allCases.map(\.name)
                let meant = Suggestion.question(about: ours, among: names)
                throw fault("\(meant)write Install, Service or Rip-out, or skip for rows that are no visit")
            }
            return .value(type.name)
        case .techID:
            guard bytes.withUTF8({ positiveWholeNumber($0) }) > 0 || NobodyWords.contain(ours) else {
                throw fault("write the technician's number, none where nobody is assigned, or skip")
            }
        default:
            guard !ours.isEmpty else { throw fault("write the value that SecurityTrax has, or skip") }
        }
        return .value(ours)
    }

    /// Reads a file of them: three columns, in any order where they are headed column, theirs and ours.
    ///
    /// - Parameter encoding: What it is read in where it is not UTF-8.
    /// - Throws: what is wrong, with its line.
    package mutating func read(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws(InputError) {
        do {
            let reader = try ListFile.reader(bytes, encoding: encoding)
            var record = CSVRecord()
            var places = [0, 1, 2]
            var isFirst = true
            while try reader.next(&record) {
                let fields = record.strings.map { Wording.trimmed($0) }
                defer { isFirst = false }
                if isFirst, let heads = Self.heads(fields) {
                    places = heads
                    continue
                }
                guard let last = places.max(), fields.count > last else {
                    throw InputError.notThreeFields(fields.count, line: record.position.line)
                }
                do throws(InputError) {
                    try add(column: fields[places[0]], theirs: fields[places[1]], ours: fields[places[2]])
                } catch {
                    throw error.inLine(record.position.line)
                }
            }
        } catch let error as InputError {
            throw error
        } catch let error as CSVError {
            throw .unreadableWords(error.message, fix: ListFile.fix(error))
        } catch {
            throw .unreadableWords("\(error)")
        }
    }

    private static func heads(_ fields: [String]) -> [Int]? {
        let keys = fields.map { nameKey($0) }
        let places = ["column", "theirs", "ours"].compactMap { keys.firstIndex(of: $0) }
        return places.count == 3 ? places : nil
    }

    /// Whether any value of a column is mapped.
    func maps(_ column: InputColumn) -> Bool { meanings[column] != nil }

    /// What a value stands for, or nil where nobody has said.
    func meaning(of value: String, in column: InputColumn) -> Meaning? {
        meanings[column]?[Self.key(value)]
    }

    /// Our value for one of theirs; nil where nobody has said what it stands for, and where it is no visit.
    func ours(for value: String, in column: InputColumn) -> String? {
        guard case .value(let ours)? = meaning(of: value, in: column) else { return nil }
        return ours
    }

    /// What is left of a value when it is compared: no case, and white space only as one space within.
    private static func key(_ value: String) -> String {
        Wording.trimmed(value).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
