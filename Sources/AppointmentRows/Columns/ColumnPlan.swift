import SecurityTrax

/// Where in a record each column stands.
struct ColumnPlan: Sendable {
    /// The file's names of its columns, trimmed; by position.
    var header: [String]
    /// Positions from 0 by `InputColumn.rawValue`, or -1.
    private(set) var positions = [Int](repeating: -1, count: InputColumn.allCases.count)
    /// The columns of phones and account numbers, in the order in which they are asked for.
    var numbers: [NumberColumn] = []
    /// Whether the column of the customers' IDs may hold their names instead: it is called `Customer`, and the file has
    /// phones or account numbers.
    var customerMayBeName = false
    /// The position of the sender's own number, or -1.
    var identity = -1
    /// The positions of columns that name a technician beside the first one: `Technician 2`.
    var furtherTechnicians: [Int] = []
    /// Columns that may name one beside those.
    var mentionedTechnicians: [TechnicianMention] = []
    /// The positions of columns that may name the technician, where their values do.
    var weakTechnicians: [Int] = []
    /// The positions of columns whose names say nothing to us; of those only the ones that may have somebody of the
    /// roster, once `keepStrangers` was called: `Owner`.
    var strangers: [Int] = []
    /// Columns that may hold a visit's new time beside the one that is read.
    var moves: [MoveColumn] = []
    /// The positions of columns that say AM or PM, apart from the times.
    var halvesOfDay: [Int] = []
    /// The zones that the names of the columns of times say, or a line above the header says of all of them.
    var namedZones: [InputColumn: NamedZone] = [:]
    /// Whether the column of the start is one of dates by its name: its values have to say the clock time.
    var takesDateForStart = false
    /// Where a rejects file says what its rows came from; nil in any other file.
    let origin: OriginColumns?
    /// Where it says of rows whose fields may stand under the wrong names how they looked; nil in any other file.
    let rejection: RejectionColumns?
    /// Columns that could be what another one was taken for.
    var rivals: [ColumnRival] = []
    /// How many fields a record must have: up to the last column with a name.
    var minimumWidth: Int

    init(header: [String]) {
        self.header = header
        origin = OriginColumns(header: header)
        rejection = RejectionColumns(header: header)
        minimumWidth = (header.lastIndex { !$0.isEmpty } ?? -1) + 1
    }

    /// How many fields the header has.
    var width: Int { header.count }

    subscript(column: InputColumn) -> Int {
        get { positions[column.rawValue] }
        set { positions[column.rawValue] = newValue }
    }

    /// The file's name of a column, our own where the file doesn't have it or leaves it unnamed.
    func name(_ column: InputColumn) -> String {
        let position = self[column]
        guard position >= 0, !header[position].isEmpty else { return column.name }
        return header[position]
    }

    /// The file's name of the technician's column; nil where the file has none.
    var technicianName: String? { self[.techID] < 0 ? nil : name(.techID) }

    /// The file's name of the column at a position, as `column 7` where it has none.
    func name(at position: Int) -> String {
        position < header.count && !header[position].isEmpty ? header[position] : "column \(position + 1)"
    }

    /// Whether anything is read from the column at a position.
    func isUsed(_ position: Int) -> Bool {
        position == identity || positions.contains(position) || holdsNumber(position)
    }

    /// The positions of the columns that dates are read from.
    var dateFields: [Int] {
        Set(InputColumn.allCases.filter(\.holdsDates).map { self[$0] }.filter { $0 >= 0 }).sorted()
    }

    /// Whether the column at a position may hold any text: none of ours is there, or one of the free texts.
    func isText(_ position: Int) -> Bool {
        if AppointmentField.texts.contains(where: { self[InputColumn($0)] == position }) { return true }
        return !isUsed(position)
    }

    /// Whether the column at a position holds phones or account numbers.
    func holdsNumber(_ position: Int) -> Bool {
        numbers.contains { $0.position == position }
    }

    /// Whether the column at a position has this meaning: of phones and account numbers there may be several.
    func has(_ column: InputColumn, at position: Int) -> Bool {
        self[column] == position || numbers.contains { $0.column == column && $0.position == position }
    }

    /// A column of numbers that lead to a customer.
    struct NumberColumn: Sendable, Hashable {
        /// `customerPhone` or `accountNumber`.
        let column: InputColumn
        /// From 0.
        let position: Int
    }

    /// The columns of a rejects file that say where its rows came from first.
    struct OriginColumns {
        let file: Int
        let line: Int
        let run: Int?
        /// Whether the columns that the rejects file adds stand behind all others.
        let isLast: Bool

        init?(header: [String]) {
            guard let file = position(of: .file, in: header), let line = position(of: .line, in: header)
            else { return nil }
            self.file = file
            self.line = line
            run = position(of: .run, in: header)
            isLast =
                header.firstIndex(where: ColumnName.isRejectsColumn).map { first in
                    header[first...].allSatisfy(ColumnName.isRejectsColumn)
                } ?? false
        }
    }

    /// The columns of a rejects file that say what was wrong with a row, and how it looked then.
    struct RejectionColumns {
        let code: Int
        let shape: Int
        /// The columns that the file had without ours.
        let others: [Int]

        init?(header: [String]) {
            guard let code = position(of: .code, in: header), let shape = position(of: .shape, in: header)
            else { return nil }
            self.code = code
            self.shape = shape
            others = header.indices.filter { !ColumnName.isRejectsColumn(header[$0]) }
        }
    }

    private static func position(of column: RejectsColumn, in header: [String]) -> Int? {
        let key = nameKey(column.rawValue)
        return header.firstIndex { nameKey($0) == key }
    }
}
