import CSVReading

/// The names of a file's columns, and where they were found.
struct FoundHeader {
    let plan: ColumnPlan
    /// As the file has them, untrimmed.
    let names: [String]
    /// nil where `--columns` gives the names.
    let line: Int?
    /// The records that stand above it.
    let above: [CSVRecord]
    /// The options that hold for the file: what was given, and what its layout adds.
    let options: ReadingOptions
    /// What is to be said of the layouts that are known.
    let layoutRemarks: [String]
    /// The layout that holds for the file.
    var layout: Layout?
    /// What is said of columns that are new to it.
    var newColumns: String?

    /// How many records may stand above the header: a title, the day of the report, a row of groups.
    private static let limit = 20

    /// Opens a file of rows: a reader that stands behind the header, and the header.
    ///
    /// - Parameter needs: Which columns the file can't do without.
    static func open(
        _ file: InputFile, _ options: ReadingOptions, needs: (InputColumn) -> Bool = \.isRequired
    ) throws(InputError) -> (CSVReader, FoundHeader) {
        try file.rewind()
        let reader: CSVReader
        do throws(CSVError) {
            reader = try CSVReader(
                descriptor: file.descriptor,
                options: CSVReader.Options(
                    delimiter: options.delimiter, encoding: options.encoding,
                    headerScore: AppointmentReader.headerScore(options), suspectsBackslashes: true))
        } catch {
            throw InputError(error, name: file.name)
        }
        if let names = options.columns {
            return (reader, try FoundHeader(given: names, options: options, needs: needs))
        }
        return (reader, try FoundHeader(in: reader, of: file, options: options, needs: needs))
    }

    /// The names that `--columns` gives.
    ///
    /// - Parameter needs: Which columns the file can't do without.
    private init(
        given names: [String], options: ReadingOptions, needs: (InputColumn) -> Bool
    ) throws(InputError) {
        plan = try ColumnPlan(
            mapping: names, isGiven: true, line: 1, map: options.columnMap,
            identityColumn: options.identityColumn, needs: needs)
        self.names = names
        line = nil
        above = []
        self.options = options
        layoutRemarks = []
    }

    /// Looks for the header among the first records; the reader then stands behind it.
    ///
    /// - Parameter needs: Which columns the file can't do without.
    /// - Throws: What is wrong with the record that comes closest to a header, where none is one.
    private init(
        in reader: CSVReader, of file: InputFile, options: ReadingOptions, needs: (InputColumn) -> Bool
    ) throws(InputError) {
        var passed: [CSVRecord] = []
        var closest: (score: Int, error: InputError)?
        var record = CSVRecord()
        while passed.count <= Self.limit {
            do throws(CSVError) {
                guard try reader.next(&record) else { break }
            } catch {
                // What is wrong further down matters less than that the first lines are no header.
                throw closest?.error ?? InputError(error, name: file.name)
            }
            let names = record.strings
            let line = record.position.line
            let fit = LayoutFit(names, options)
            if case .columnsGone(let layout, let gone) = fit { throw .columnGone(layout, gone, line: line) }
            if case .several(let layouts) = fit { throw .severalLayouts(layouts, line: line) }
            let effective = fit.layout.map { options.applying($0) } ?? options
            do throws(InputError) {
                plan = try ColumnPlan(
                    mapping: names, isGiven: false, line: line, map: effective.columnMap,
                    identityColumn: effective.identityColumn, needs: needs, mayMean: fit.mayMean)
                self.names = names
                self.line = line
                above = passed
                self.options = effective
                layoutRemarks = fit.remarks
                layout = fit.layout
                newColumns = fit.newColumns(plan, hasDefaultSkips: options.hasDefaultSkips)
            } catch {
                let score = Self.score(names)
                if closest.map({ score > $0.score }) ?? true { closest = (score, error) }
                passed.append(record)
                continue
            }
            // A file that begins with rows was put together wrongly, and none of them may be lost.
            guard let row = passed.first(where: { Self.isRow($0, plan) }) else { return }
            if let closest, closest.score > 1 { throw closest.error }
            throw .rowsAboveHeader(line: row.position.line, header: line)
        }
        if let closest { throw closest.error }
        try file.checkUnchanged()
        throw .empty
    }

    /// How many of the columns that a file can't do without a record names.
    private static func score(_ names: [String]) -> Int {
        // The word for a service may be a name too.
        guard !ColumnPlan.looksLikeData(names) else { return 0 }
        return Set(names.compactMap { ColumnName.match($0)?.column.purpose }.filter(\.isRequired)).count
    }

    /// Whether a record has a number and two clock times, in whatever columns: a row of a header that was not understood.
    private static func isRow(_ record: CSVRecord) -> Bool {
        var clocks = 0
        var numbers = 0
        for index in 0..<record.count {
            record.withField(index) { field in
                let text = trim(field)
                if text.isEmpty { return }
                if positiveNumber(text) > 0 {
                    numbers += 1
                } else if case .time(let time) = TimeText.read(text, order: .monthFirst), time.hasClock {
                    clocks += 1
                }
            }
        }
        return clocks >= 2 && numbers >= 1
    }

    /// Whether a record says something of a visit: in the columns of the header that follows, or by itself.
    private static func isRow(_ record: CSVRecord, _ plan: ColumnPlan) -> Bool {
        if isRow(record) { return true }
        func bytes<R>(_ column: InputColumn, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
            guard plan[column] >= 0, plan[column] < record.count else { return nil }
            return record.withField(plan[column]) { body(trim($0)) }
        }
        func isFilled(_ column: InputColumn) -> Bool { bytes(column) { !$0.isEmpty } ?? false }
        func hasClock(_ column: InputColumn) -> Bool {
            bytes(column) { text in
                guard !text.isEmpty, case .time(let time) = TimeText.read(text, order: .monthFirst) else {
                    return false
                }
                return time.hasClock
            } ?? false
        }
        let hasCustomer = bytes(.customerID) { positiveNumber($0) > 0 } ?? false
        if hasCustomer, isFilled(.start) || isFilled(.end) || isFilled(.window) || isFilled(.serviceType) {
            return true
        }
        return (hasClock(.start) && hasClock(.end) || isFilled(.window)) && isFilled(.serviceType)
    }
}
