import CSVReading

/// What a report that a person exported from SecurityTrax says of visits: any header, since whoever makes a report picks
/// its columns. It has to name the customer's SecurityTrax ID and the start; what else it says is compared too.
package struct ReportedVisits: Sendable {
    /// A row that can't be read: what it stands for is unknown.
    package struct UnreadRow: Sendable, Hashable {
        /// Its line, from 1.
        package var line: Int
        /// The customer's ID, where that much could be read.
        package var customerID: Int64?
        /// Why, in words; not escaped.
        package var reason: String

        /// A row.
        package init(line: Int, customerID: Int64?, reason: String) {
            self.line = line
            self.customerID = customerID
            self.reason = reason
        }
    }

    /// The visits, in the report's order.
    package private(set) var visits: [ReportedVisit] = []
    /// The rows that can't be read.
    package private(set) var unread: [UnreadRow] = []
    /// How many rows were left out: totals, headings, the header once more.
    package private(set) var leftOut = 0
    /// How many rows repeat another one of the same number (`--identity-column`) in all that is compared.
    package private(set) var repeated = 0
    /// The file's names of the columns that are read, by what they mean.
    package private(set) var columns: [(meaning: InputColumn, name: String)] = []
    /// All names of its header.
    package let header: [String]

    /// Reads a report.
    ///
    /// - Parameter options: As for an import; the time zone is the viewer's, nil where times are the customers' own.
    /// - Throws: What keeps it from being read: of a part of a report nobody could say what it lacks.
    package init(_ file: InputFile, options: ReadingOptions) throws(InputError) {
        let reader: CSVReader
        let header: FoundHeader
        var plan: ColumnPlan
        do throws(InputError) {
            (reader, header) = try FoundHeader.open(file, options) { $0 == .customerID || $0 == .start }
            plan = header.plan
        } catch  where error.code == .missingColumn {
            // A report's only time may stand in a column that is named after the day.
            guard
                let found = try? FoundHeader.open(file, options, needs: { $0 == .customerID || $0 == .date })
            else {
                throw error
            }
            (reader, header) = found
            plan = header.plan
            plan[.start] = plan[.date]
            plan[.date] = -1
        }
        // Nobody is asked here, so a phone or an account stands in for no customer.
        guard plan[.customerID] >= 0 else {
            throw .missingColumns(
                [.customerID], header: plan.header, unused: plan.header.filter { !$0.isEmpty },
                isGiven: options.columns != nil, line: header.line ?? 1)
        }
        self.header = plan.header
        columns = InputColumn.allCases.filter { plan[$0] >= 0 }.map { ($0, plan.name($0)) }
        try read(reader, plan, header, file, options)
        if visits.isEmpty, let row = unread.first {
            throw InputError(
                code: .missingColumn, line: row.line,
                message: "no row of the report can be read; line \(row.line): \(row.reason)",
                fix:
                    "say where the customer's SecurityTrax ID and the start stand: --map SecurityTraxUniqueID=\"its name in the file\" --map StartTime=\"its name in the file\""
            )
        }
    }

    private mutating func read(
        _ reader: CSVReader, _ plan: ColumnPlan, _ header: FoundHeader, _ file: InputFile,
        _ options: ReadingOptions
    ) throws(InputError) {
        let parser = ReportedRow(plan: plan, options: options)
        var records = try RowRecords(
            reader, of: file, plan: plan, headerLine: header.line, above: header.above, options)
        var byNumber: [String: [ReportedVisit]] = [:]
        var record = CSVRecord()
        while let kind = try records.next(&record) {
            if kind == .headerAgain {
                leftOut += 1
                continue
            }
            switch parser.read(record) {
            case .nothing: leftOut += 1
            case .unread(let row): unread.append(row)
            case .visit(let visit, let number):
                if records.hasRivals { records.noteVisit(record) }
                if !number.isEmpty {
                    if byNumber[number, default: []].contains(where: { $0.isSame(as: visit) }) {
                        repeated += 1
                        continue
                    }
                    byNumber[number, default: []].append(visit)
                }
                visits.append(visit)
            }
        }
    }
}

extension ReportedVisit {
    /// Whether another row says the same of its visit.
    fileprivate func isSame(as other: ReportedVisit) -> Bool {
        var other = other
        other.line = line
        return self == other
    }
}
