// Every sentence about rosters of technicians. Their file is nil where the settings hold the names.
extension InputError {
    static func rosterUnreadable(_ reason: String, fix: String? = nil, file: String? = nil) -> InputError {
        InputError(
            code: .rosterUnreadable, message: "\(place(file)): \(reason)",
            fix: fix ?? "give a CSV file with a name and a TechID on each line")
    }

    static func rosterEmpty(file: String? = nil) -> InputError {
        InputError(
            code: .rosterEmpty, message: "\(place(file)): no technician is in it",
            fix: "give a CSV file with a name and a TechID on each line")
    }

    /// - Parameters:
    ///   - what: What can't be told: `IDs`.
    ///   - columns: The columns that could be meant, as they are headed or by their number.
    static func rosterUnclearColumns(_ what: String, _ columns: [String], file: String? = nil) -> InputError {
        InputError(
            code: .rosterUnclearColumns,
            message: "\(place(file)): "
                + (columns.isEmpty
                    ? "no column holds the \(what)"
                    : columns.count == 1
                        ? "whether the column \(columns[0]) holds the \(what) can't be told"
                        : "which column holds the \(what) can't be told: \(columns.joined(separator: ", "))"),
            fix: columns.count == 1
                ? "head the columns Name and TechID, if it does"
                : "leave the right one of them, or head it \(what == "IDs" ? "TechID" : "Name")"
                    + (what == "IDs"
                        ? "; a TechID is the number in the column ID of the portal's list of users" : ""))
    }

    /// - Parameter name: Whose it is; empty where nobody is named.
    static func rosterInvalidID(_ value: String, name: String, line: Int? = nil, file: String? = nil)
        -> InputError
    {
        InputError(
            code: .rosterInvalidID,
            message: "\(place(file, line.map { "line \($0)" })): “\(Wording.shortened(value))”"
                + (name.isEmpty ? "" : ", for \(Wording.shortened(name)),") + " is not a TechID",
            fix: "give a positive number, as the portal's list of users shows it")
    }

    static func rosterNoName(id value: String) -> InputError {
        InputError(
            code: .rosterNoName, message: "\(place(nil)): the TechID \(Wording.shortened(value)) has no name",
            fix: "give the name, or remove it")
    }

    /// A name that stands for two IDs.
    static func rosterAmbiguousName(
        _ entry: TechnicianRoster.Entry, _ other: TechnicianRoster.Entry, file: String? = nil
    ) -> InputError {
        let lines = [other.line, entry.line].compactMap { $0 }.map { String($0) }
        let isSame = entry.name.lowercased() == other.name.lowercased()
        let who =
            isSame
            ? "\(Wording.shortened(entry.name)) stands"
            : "\(Wording.quoted(other.name)) and \(Wording.quoted(entry.name)) are one name, which stands"
        let both = lines.count == 2 ? "lines \(lines[0]) and \(lines[1])" : nil
        return InputError(
            code: .rosterAmbiguousName,
            message:
                "\(place(file, both)): \(who) for two TechIDs, \(other.id) and \(entry.id)",
            fix: "tell the two apart as the files do, or remove the one that no longer works here")
    }

    private static func place(_ file: String?, _ lines: String? = nil) -> String {
        let parts = [file, lines].compactMap { $0 }
        return parts.isEmpty ? "the roster" : parts.joined(separator: ", ")
    }
}
