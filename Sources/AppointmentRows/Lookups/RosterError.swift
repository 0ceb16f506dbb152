/// Why a roster can't be used: wrong usage.
package struct RosterError: Error, Sendable, Hashable {
    /// What is wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file can't be read as CSV.
        case unreadable = "roster-unreadable"
        /// It holds no technician.
        case empty = "roster-empty"
        /// Its columns can't be told apart.
        case unclearColumns = "roster-unclear-columns"
        /// An ID is no positive number.
        case invalidID = "roster-invalid-id"
        /// An ID has no name.
        case noName = "roster-no-name"
        /// A name stands for two IDs.
        case ambiguousName = "roster-ambiguous-name"
    }

    /// What is wrong.
    package let code: Code
    /// The file and the line; empty for a settings file's.
    package var place: String
    /// The name, the value or the reason that the message names.
    let name: String
    let value: String

    init(_ code: Code, name: String = "", value: String = "", place: String = "") {
        self.code = code
        self.name = name
        self.value = value
        self.place = place
    }

    /// A name that stands for two IDs.
    init(_ code: Code, entry: TechnicianRoster.Entry, other: TechnicianRoster.Entry) {
        let lines = [other.line, entry.line].compactMap { $0 }.map { String($0) }
        self.init(
            code, name: entry.name, value: "\(other.id) and \(entry.id)",
            place: lines.count == 2 ? "lines \(lines[0]) and \(lines[1])" : "")
    }

    /// What is wrong, in one sentence without a full stop.
    package var message: String { (place.isEmpty ? "the roster" : place) + ": " + wording.message }

    /// What would put it right.
    package var fix: String { wording.fix }

    private var wording: (message: String, fix: String) {
        switch code {
        case .unreadable: (value, "give a CSV file with a name and a TechID on each line")
        case .empty: ("no technician is in it", "give a CSV file with a name and a TechID on each line")
        case .unclearColumns:
            (value, "leave two columns, or head them Name and TechID")
        case .invalidID:
            (
                "“\(Wording.shortened(value))”\(name.isEmpty ? "" : ", for \(Wording.shortened(name)),") is not a TechID",
                "give a positive number, as the portal's list of users shows it"
            )
        case .noName: ("the TechID \(Wording.shortened(value)) has no name", "give the name, or remove it")
        case .ambiguousName:
            (
                "\(Wording.shortened(name)) stands for two TechIDs, \(value)",
                "tell the two apart as the files do, or remove the one that no longer works here"
            )
        }
    }
}
