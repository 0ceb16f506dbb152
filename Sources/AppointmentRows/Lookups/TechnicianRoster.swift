/// The technicians' names and their TechIDs, so that a file may have names.
///
/// Letter case, spaces, hyphens and underscores don't matter, and `Smith, John` is `John Smith`. A name is never met in
/// part: who is meant by `Mike` is not guessed.
package struct TechnicianRoster: Sendable, Hashable {
    /// Who a name stands for.
    package enum Match: Sendable, Hashable {
        /// The technician with this TechID.
        case technician(Int64)
        /// Nobody: blank, `Unassigned`, `TBD`, `None` and the like.
        case nobody
        /// A name that the roster has without a TechID.
        case withoutID
        /// Nobody of the roster, with the nearest names in it, three at the most.
        case unknown(nearest: [String])
    }

    /// One line of a roster.
    package struct Entry: Sendable, Hashable {
        /// The name, as it stands there.
        package var name: String
        /// A positive number.
        package var id: Int64
        /// Its line in the file, from 1; nil for a settings file's.
        package var line: Int?

        /// An entry.
        package init(name: String, id: Int64, line: Int? = nil) {
            self.name = name
            self.id = id
            self.line = line
        }
    }

    /// The entries, in their order.
    package let entries: [Entry]
    private let ids: [String: Int64]
    /// Whether some of the names are numbers that are not the IDs: a staff number of the dealer's own. A number in a
    /// file is a name then.
    package let hasNumberNames: Bool
    /// Their TechIDs.
    package let techIDs: Set<Int64>
    /// The keys of names that have no TechID there.
    private let withoutID: Set<String>

    /// Whether nobody is in it.
    package var isEmpty: Bool { entries.isEmpty }

    /// A roster of these entries.
    ///
    /// - Parameters:
    ///   - withoutID: Names that stand there without a TechID.
    ///   - file: The file that they are of, for messages; nil for a settings file's.
    /// - Throws: `InputError` where one name stands for two IDs.
    package init(_ entries: [Entry], withoutID: [String] = [], file: String? = nil) throws(InputError) {
        hasNumberNames = entries.contains { entry in Self.id(entry.name).map { $0 != entry.id } ?? false }
        var ids: [String: Int64] = [:]
        var first: [String: Entry] = [:]
        for entry in entries {
            let key = Self.key(entry.name)
            if let other = first[key], other.id != entry.id {
                throw .rosterAmbiguousName(entry, other, file: file)
            }
            first[key] = first[key] ?? entry
            ids[key] = entry.id
        }
        self.entries = entries
        self.ids = ids
        techIDs = Set(entries.map(\.id))
        self.withoutID = Set(withoutID.map { Self.key($0) })
    }

    /// A roster of a settings file: TechIDs by name.
    ///
    /// - Throws: `InputError` where an ID is none, or one name stands for two IDs.
    package init(settings: [String: String]) throws(InputError) {
        var entries: [Entry] = []
        for (name, text) in settings.sorted(by: { $0.key < $1.key }) {
            guard let id = Self.id(text) else { throw .rosterInvalidID(text, name: name) }
            guard !nameKey(name).isEmpty else { throw .rosterNoName(id: text) }
            entries.append(Entry(name: Wording.trimmed(name), id: id))
        }
        try self.init(entries)
    }

    /// Who a field of a file stands for. A TechID's digits are no name, unless the roster has numbers for names
    /// (`hasNumberNames`): they are the caller's.
    package func technician(_ text: String) -> Match {
        if NobodyWords.contain(text) { return .nobody }
        let name = Wording.trimmed(text)
        // `John Smith?` is planned, and not said yet.
        let marks = name.reversed().prefix { "?*: ".contains($0) }
        if marks.contains("?"), !entries.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            return .unknown(nearest: nearest(to: String(name.dropLast(marks.count))))
        }
        let key = Self.key(name)
        if let id = ids[key] { return .technician(id) }
        if withoutID.contains(key) { return .withoutID }
        return .unknown(nearest: nearest(to: name))
    }

    /// Whether a text is a name that stands in the roster, and no number.
    func names(_ text: String) -> Bool {
        text.contains(where: \.isLetter) && ids[Self.key(Wording.trimmed(text))] != nil
    }

    /// Whether a text names two technicians of the roster or more, with commas between them, and nobody else.
    package func namesSeveral(_ text: String) -> Bool {
        let people = text.split(separator: ",").map { technician(Wording.trimmed(String($0))) }
        return people.count > 1
            && people.allSatisfy { if case .technician = $0 { true } else { false } }
    }

    /// A name as it is compared, the given name first; a number without what a spreadsheet does to it.
    private static func key(_ name: String) -> String {
        id(name).map(String.init) ?? nameKey(otherOrders(of: name).first ?? name)
    }

    /// `John Smith` for `Smith, John`.
    private static func otherOrders(of name: String) -> [String] {
        let parts = name.split(separator: ",", omittingEmptySubsequences: false).map {
            Wording.trimmed(String($0))
        }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return [] }
        return ["\(parts[1]) \(parts[0])"]
    }

    private func nearest(to name: String) -> [String] {
        let names = [name] + Self.otherOrders(of: name)
        var found: [(distance: Int, name: String)] = []
        for entry in entries where !found.contains(where: { $0.name == entry.name }) {
            let candidates = ([entry.name] + Self.otherOrders(of: entry.name)).map {
                Suggestion.Candidate($0)
            }
            let distances = names.compactMap { Suggestion.match(to: $0, among: candidates)?.distance }
            if let distance = distances.min() { found.append((distance, entry.name)) }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// A TechID as people and spreadsheets write it: `12`, ` 012`, `12.0`, `="12"`, `#12`.
    static func id(_ text: String) -> Int64? {
        var digits = Wording.trimmed(text)[...]
        if digits.hasPrefix("=\""), digits.hasSuffix("\""), digits.count > 3 {
            digits = digits.dropFirst(2).dropLast()
        }
        if digits.hasPrefix("#") { digits = digits.dropFirst() }
        if digits.hasSuffix(".0") { digits = digits.dropLast(2) }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let id = Int64(digits),
            id > 0
        else { return nil }
        return id
    }
}
