package import CSVReading
import SystemFiles

extension TechnicianRoster {
    /// A roster of a CSV file, whatever its delimiter and encoding: a name and an ID in any two columns that can be told
    /// apart, by their headers (`Name` or `First Name` and `Last Name`; `TechID` or `ID`) or by what stands in them
    /// (positive whole numbers; words). A header is not needed; where there is one, numbers are TechIDs only below a name
    /// that says so: a phone number is one too. Lines that lack the name are left out.
    ///
    /// - Parameter encoding: What it is read in where it is not UTF-8.
    /// - Throws: `InputError`.
    package init(path: String, encoding: TextEncoding? = nil) throws(InputError) {
        let bytes: [UInt8]
        do { bytes = try SmallFile.read(path) } catch {
            throw .rosterUnreadable(error.reason, file: path)
        }
        try self.init(csv: bytes, encoding: encoding, file: path)
    }

    /// A roster of a CSV file's bytes.
    ///
    /// - Parameters:
    ///   - encoding: What they are read in where they are not UTF-8.
    ///   - file: Its name, for messages.
    /// - Throws: `InputError`.
    package init(csv bytes: [UInt8], encoding: TextEncoding? = nil, file: String? = nil) throws(InputError) {
        var lines: [(line: Int, fields: [String])] = []
        do throws(CSVError) {
            let reader = try ListFile.reader(bytes, encoding: encoding)
            var record = CSVRecord()
            while try reader.next(&record) {
                if record.isBlank { continue }
                lines.append((record.position.line, record.strings.map { Wording.trimmed($0) }))
            }
        } catch {
            throw .rosterUnreadable(error.message, fix: ListFile.fix(error), file: file)
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

    /// Headers of a whole name, the surest first.
    private static let nameHeaders = [
        "technicianname", "techname", "name", "fullname", "displayname", "employeename", "username",
        "technician", "tech", "installer", "employee", "user",
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
        var ids = try Self.idColumns(header, below, file)
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

    private static func isIDHeader(_ name: String) -> Bool { RosterIDHeader(name) != nil }

    /// The column whose header says the most surely that it holds TechIDs; none where no header says so. Of several that
    /// say it equally the first, as long as nobody has two IDs then.
    ///
    /// - Throws: `InputError` where two of them differ.
    private static func idColumns(_ header: [String], _ below: [[String]], _ file: String?)
        throws(InputError) -> [Int]
    {
        let headed = header.indices.compactMap { column in
            RosterIDHeader(header[column]).map { (column: column, kind: $0) }
        }
        guard let surest = headed.map(\.kind).min() else { return [] }
        var columns = headed.filter { $0.kind == surest }.map(\.column)
        guard columns.count > 1 else { return columns }
        // A column of codes is not meant where another one has numbers.
        let numbers = columns.filter(columnsOfIDs(below).contains)
        if !numbers.isEmpty { columns = numbers }
        func value(_ fields: [String], _ column: Int) -> String? {
            guard column < fields.count, !fields[column].isEmpty else { return nil }
            return TechnicianRoster.id(fields[column]).map(String.init) ?? fields[column]
        }
        for other in columns.dropFirst() {
            let differs = below.contains { fields in
                guard let one = value(fields, columns[0]), let two = value(fields, other) else {
                    return false
                }
                return one != two
            }
            if differs { throw unclear("IDs", [columns[0], other], header, file) }
        }
        return [columns[0]]
    }

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
