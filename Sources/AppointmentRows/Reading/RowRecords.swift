import CSVReading

/// The records below a file's header, one after the other, and what only all of them show.
struct RowRecords {
    /// What a record below the header is.
    enum Kind {
        case row
        /// The header once more.
        case headerAgain
    }

    let reader: CSVReader
    private let file: InputFile
    /// nil where the file has no header.
    private let headerLine: Int?
    private let headerAgain: HeaderAgain
    private var rivals: RivalColumns
    /// nil where the order of day and month was given.
    private var dateOrder: DateOrderProof?
    /// The first records, which were read to see how far the file's rows reach (`usualExtent`).
    private(set) var ahead: [CSVRecord] = []
    /// How many of them were given out.
    private var given = 0
    /// How far the file's rows usually reach (`RowExtent`).
    let usualExtent: Int

    /// How many records are looked at for that.
    private static let sample = 16

    /// - Parameters:
    ///   - reader: stands behind the header.
    ///   - ahead: the first records, where they were read already (`readAhead`).
    ///   - above: the records above it, whose dates show how the program writes them.
    /// - Throws: Where a column's name says that its dates are written in another way than they are read.
    init(
        _ reader: CSVReader, ahead: [CSVRecord]? = nil, of file: InputFile, plan: ColumnPlan,
        headerLine: Int?,
        above: [CSVRecord],
        _ options: ReadingOptions
    ) throws(InputError) {
        for field in plan.dateFields {
            guard let named = NamedDateOrder.order(in: plan.header[field]), named != options.dateOrder else {
                continue
            }
            throw .otherDateOrder(
                plan.header[field], says: named, isGiven: options.givenDateOrder != nil, line: headerLine ?? 1
            )
        }
        self.reader = reader
        self.file = file
        self.headerLine = headerLine
        headerAgain = HeaderAgain(plan: plan)
        rivals = RivalColumns(plan: plan, options: options)
        dateOrder = options.givenDateOrder == nil ? DateOrderProof(plan: plan, years: options.years) : nil
        for record in above { dateOrder?.note(above: record) }
        self.ahead = ahead ?? Self.readAhead(reader)
        usualExtent = RowExtent.usual(of: self.ahead, plan)
    }

    /// Reads the first records.
    static func readAhead(_ reader: CSVReader) -> [CSVRecord] {
        var ahead: [CSVRecord] = []
        // What is wrong behind them is said when it is come to: the reader says it again.
        var record = CSVRecord()
        while ahead.count < sample, (try? reader.next(&record)) == true { ahead.append(record) }
        return ahead
    }

    /// Reads the next record.
    ///
    /// - Returns: nil at the end of the file, which is then known to be unchanged and to be meant in one way.
    /// - Throws: What ends the reading of the file; nothing of it may be used then.
    mutating func next(_ record: inout CSVRecord) throws(InputError) -> Kind? {
        let isThere: Bool
        do throws(CSVError) {
            isThere = try advance(&record)
        } catch {
            // A file that was cut short or is still being written says more by that than by its torn end.
            try file.checkUnchanged()
            throw InputError(error, name: file.name)
        }
        guard isThere else {
            try file.checkUnchanged()
            // Only the whole file shows how its dates and columns are meant.
            if let problem = rivals.problem ?? dateOrder?.problem { throw problem }
            return nil
        }
        dateOrder?.note(record)
        switch headerAgain.kind(of: record) {
        case .row: return .row
        case .sameOrder: return .headerAgain
        case .otherOrder: throw .otherHeader(line: record.position.line, first: headerLine)
        case .otherOrderBehindRow:
            throw .otherHeader(line: record.position.line, first: headerLine, isJoined: true)
        }
    }

    private mutating func advance(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        guard given < ahead.count else { return try reader.next(&record) }
        swap(&record, &ahead[given])
        given += 1
        return true
    }

    /// Whether two columns could both be one of ours: then each record that is a visit has to be noted.
    var hasRivals: Bool { !rivals.isEmpty }

    /// Compares those columns in the record of a visit.
    mutating func noteVisit(_ record: CSVRecord) { rivals.note(record) }
}
