import CSVReading
import SystemFiles

extension TechnicianRoster {
    /// A roster of a CSV file, whatever its delimiter and encoding: a name and an ID in any two columns that can be told
    /// apart, by their headers (`Name` or `First Name` and `Last Name`; `TechID` or `ID`) or by what stands in them
    /// (positive whole numbers; words). A header is not needed; where there is one, numbers are TechIDs only below a name
    /// that says so: a phone number is one too. Lines that lack the name are left out.
    ///
    /// - Throws: `InputError`.
    package init(path: String) throws(InputError) {
        let bytes: [UInt8]
        do { bytes = try SmallFile.read(path) } catch {
            throw .rosterUnreadable(error.reason, file: path)
        }
        try self.init(csv: bytes, file: path)
    }

    /// A roster of a CSV file's bytes.
    ///
    /// - Parameter file: Its name, for messages.
    /// - Throws: `InputError`.
    package init(csv bytes: [UInt8], file: String? = nil) throws(InputError) {
        var lines: [(line: Int, fields: [String])] = []
        do {
            let reader = try CSVReader(bytes: bytes)
            var record = CSVRecord()
            while try reader.next(&record) {
                if record.isBlank { continue }
                lines.append((record.position.line, record.strings.map { Wording.trimmed($0) }))
            }
        } catch {
            throw .rosterUnreadable(error.message, file: file)
        }
        guard let first = lines.first else { throw .rosterEmpty(file: file) }
        let columns: RosterColumns
        if let headed = try RosterColumns(
            header: first.fields, below: lines.dropFirst().map(\.fields), file: file)
        {
            columns = headed
            lines.removeFirst()
        } else {
            columns = try RosterColumns(contents: lines.map(\.fields), file: file)
            // The first line is a header too, of names that are not known. A line that only lacks its ID is none.
            let text = columns.id(in: first.fields)
            if Self.id(text) == nil, !text.isEmpty { lines.removeFirst() }
        }
        var entries: [Entry] = []
        var namesWithoutID: [String] = []
        for (line, fields) in lines {
            let (name, text) = (columns.name(in: fields), columns.id(in: fields))
            if nameKey(name).isEmpty { continue }
            if text.isEmpty {
                namesWithoutID.append(name)
                continue
            }
            guard let id = Self.id(text) else {
                throw .rosterInvalidID(text, name: name, line: line, file: file)
            }
            entries.append(Entry(name: name, id: id, line: line))
        }
        guard !entries.isEmpty else { throw .rosterEmpty(file: file) }
        try self.init(entries, withoutID: namesWithoutID, file: file)
    }
}

/// Which columns of a roster hold the name and the ID.
struct RosterColumns: Equatable {
    /// One column, or the first name's and the last name's.
    let names: [Int]
    let idColumn: Int

    /// Headers of a whole name, of its parts and of an ID, the surest first.
    private static let nameHeaders = [
        "technicianname", "techname", "name", "fullname", "displayname", "employeename", "username",
        "technician",
        "tech", "installer", "employee", "user",
    ]
    private static let idHeaders = [
        "techid", "technicianid", "securitytraxtechid", "securitytraxid", "internalid", "userid",
        "employeeid", "id",
        "techid#", "tech#", "number",
    ]

    func name(in fields: [String]) -> String {
        names.map { $0 < fields.count ? fields[$0] : "" }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    func id(in fields: [String]) -> String { idColumn < fields.count ? fields[idColumn] : "" }

    /// The columns by their headers; nil where the first line is none, or names neither.
    ///
    /// - Throws: `InputError` where only one of the two can be told, and what stands below does not help.
    init?(header: [String], below: [[String]], file: String?) throws(InputError) {
        let keys = header.map { nameKey($0) }
        // A line with an ID in it is a technician.
        if header.contains(where: { TechnicianRoster.id($0) != nil }) { return nil }
        func places(_ words: [String]) -> [Int] {
            for word in words {
                let found = keys.indices.filter { keys[$0] == word }
                if !found.isEmpty { return found }
            }
            return []
        }
        var ids = places(Self.idHeaders)
        var names = places(Self.nameHeaders)
        let first = places(["firstname", "givenname", "first"])
        let last = places(["lastname", "surname", "familyname", "last"])
        let hasParts = first.count == 1 && last.count == 1
        if hasParts,
            names.isEmpty || !["name", "fullname", "technicianname", "techname"].contains(keys[names[0]])
        {
            names = first + last
        }
        if ids.isEmpty, names.isEmpty { return nil }
        if ids.isEmpty {
            ids = Self.columnsOfIDs(below).filter { !names.contains($0) }
            ids = Self.named(ids, header)
        } else if names.isEmpty {
            names = Self.columnsOfNames(below).filter { !ids.contains($0) }
        }
        guard ids.count == 1, Self.mayHoldIDs(header, ids[0]) else {
            throw Self.unclear("IDs", ids, header, file)
        }
        guard names.count == 1 || hasParts && names == first + last else {
            throw Self.unclear("names", names, header, file)
        }
        (self.names, idColumn) = (names, ids[0])
    }

    /// The columns by what stands in them.
    ///
    /// - Throws: `InputError` where there is not exactly one of each.
    init(contents lines: [[String]], file: String?) throws(InputError) {
        let hasHeader = lines.count > 1 && !(lines[0].contains { TechnicianRoster.id($0) != nil })
        let (body, header) = hasHeader ? (Array(lines.dropFirst()), lines[0]) : (lines, [])
        let found = Self.columnsOfIDs(body)
        let ids = Self.named(found, header)
        let names = Self.columnsOfNames(body).filter { !found.contains($0) }
        guard ids.count == 1 else { throw Self.unclear("IDs", ids, header, file) }
        guard names.count == 1 else { throw Self.unclear("names", names, header, file) }
        guard Self.mayHoldIDs(header, ids[0]) else { throw Self.unclear("IDs", ids, header, file) }
        (self.names, idColumn) = (names, ids[0])
    }

    /// Of columns of numbers those that are headed as IDs; all of them where none is.
    private static func named(_ columns: [Int], _ header: [String]) -> [Int] {
        let headed = columns.filter { $0 < header.count && isIDHeader(header[$0]) }
        return headed.isEmpty ? columns : headed
    }

    /// Whether nothing speaks against TechIDs in a column: it is headed as one of IDs, or not at all.
    private static func mayHoldIDs(_ header: [String], _ column: Int) -> Bool {
        column >= header.count || header[column].isEmpty || isIDHeader(header[column])
    }

    /// `Tech No.`, `Number in portal`, but not `Phone number`.
    private static func isIDHeader(_ name: String) -> Bool {
        let key = nameKey(name)
        if idHeaders.contains(key) { return true }
        let words = KnownWords.split(key.filter { $0.isLetter || $0 == "#" }, into: idWords.union(idOwners))
        return words?.contains(where: idWords.contains) ?? false
    }

    private static let idWords: Set<String> = ["id", "ids", "number", "no", "num", "nr", "#"]
    /// Whose, or where.
    private static let idOwners: Set<String> = [
        "tech", "technician", "installer", "securitytrax", "st", "portal", "user", "staff", "employee",
        "internal",
        "in", "of", "the", "our", "unique",
    ]

    /// Columns in which every value is a positive whole number, and one at least is there.
    private static func columnsOfIDs(_ lines: [[String]]) -> [Int] {
        columns(lines) { TechnicianRoster.id($0) != nil }
    }

    /// Columns in which every value has letters and could be somebody's name.
    private static func columnsOfNames(_ lines: [[String]]) -> [Int] {
        columns(lines) { text in text.contains(where: \.isLetter) && !text.contains("@") }
    }

    private static func columns(_ lines: [[String]], where isOne: (String) -> Bool) -> [Int] {
        let width = lines.map(\.count).max() ?? 0
        return (0..<width).filter { column in
            let values = lines.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
            return !values.isEmpty && values.allSatisfy(isOne)
        }
    }

    private static func unclear(_ what: String, _ columns: [Int], _ header: [String], _ file: String?)
        -> InputError
    {
        let names = columns.map { column in
            column < header.count && !header[column].isEmpty
                ? "“\(Wording.shortened(header[column]))”" : "\(column + 1)"
        }
        return .rosterUnclearColumns(what, names, file: file)
    }
}
