import CSVReading

/// Reads a file of appointments: CSV in, checked rows out, a chunk at a time.
package final class AppointmentReader {
    /// How the file is understood.
    package let layout: FileLayout
    /// The names of the columns as the file has them, untrimmed; what `--columns` says where it has no header.
    package let header: [String]
    private let file: InputFile
    /// The header's line, nil where the file has none.
    private let headerLine: Int?
    /// nil only while it is used.
    private var work: Work?
    private var isAtEnd = false
    /// What tells the file from other nights'. Its digest is there at the end, where `wantsDigest` asks for it.
    package private(set) var facts = FileFacts()
    private let wantsDigest: Bool

    /// What reads and checks record by record.
    private struct Work {
        var records: RowRecords
        var checker: RowChecker
        var check: RowCheck
    }

    /// Reads a file's header and finds out what its columns mean.
    ///
    /// - Throws: `missing-column`, `duplicate-column`, `no-header`; what `CSVError` says of bytes that aren't CSV.
    package init(file: InputFile, options: ReadingOptions) throws(InputError) {
        self.file = file
        let (reader, found) = try FoundHeader.open(file, options)
        var plan = found.plan
        let options = found.options
        plan.keepStrangers(options)
        let ahead = plan[.techID] < 0 ? RowRecords.readAhead(reader) : nil
        let technicianRemark = ahead.flatMap { plan.takeWeakTechnician(from: $0, options) }
        plan.takeZone(above: found.above)
        header = found.names
        headerLine = found.line
        layout = FileLayout(
            dialect: reader.dialect, encoding: reader.encoding, hasByteOrderMark: reader.hasByteOrderMark,
            headerLine: found.line, recordsAboveHeader: found.above.count,
            layoutRemarks: found.layoutRemarks + [technicianRemark].compactMap { $0 },
            columns: plan.header.enumerated().map { position, name in
                FileLayout.Column(
                    header: name, meaning: InputColumn.allCases.first { plan.has($0, at: position) },
                    isIdentity: plan.identity == position, isFromRejects: ColumnName.isRejectsColumn(name))
            })
        let records = try RowRecords(
            reader, ahead: ahead, of: file, plan: plan, headerLine: found.line, above: found.above, options)
        if options.columns == nil,
            let problem = plan.missingStart(
                in: records.ahead, order: options.dateOrder, line: found.line ?? 1)
        {
            throw problem
        }
        if let problem = plan.secondTable(in: records.ahead, options, line: found.line ?? 1) { throw problem }
        let checker = try RowChecker(
            plan: plan, options: options, delimiter: reader.dialect.delimiter, line: found.line ?? 1,
            usualExtent: records.usualExtent, above: found.above, sample: records.ahead)
        if !layout.columns.contains(where: \.isFromRejects) {
            facts.layout = (found.layout?.fingerprint ?? HeaderFingerprint(layout.columns.map(\.header))).text
        }
        facts.newColumns = found.newColumns
        facts.modified = file.saved
        wantsDigest = options.wantsDigest
        work = Work(records: records, checker: checker, check: RowCheck(plan: plan))
    }

    /// Reads and checks the next rows.
    ///
    /// - Parameter chunk: Emptied first; then up to `CheckedRows.capacity` rows.
    /// - Returns: false, with an empty chunk, at the end of the file, which is then known to be unchanged.
    /// - Throws: What ends the reading of the file; nothing of it may be posted then.
    package func next(_ chunk: inout CheckedRows) throws(InputError) -> Bool {
        chunk.removeAll()
        guard !isAtEnd else { return false }
        // Held by nobody else while it is used: what belongs to an object is looked after at each step.
        guard var work = work.take() else { return false }
        swap(&work.check.chunk, &chunk)
        defer {
            swap(&work.check.chunk, &chunk)
            self.work = work
        }
        while work.check.chunk.rows.count < CheckedRows.capacity {
            guard let kind = try work.records.next(&work.check.record) else {
                isAtEnd = true
                break
            }
            switch kind {
            case .headerAgain:
                work.check.skip(.repeatedHeader(line: work.check.record.position.line))
                work.checker.noteGap()
            case .row:
                if work.records.hasRivals, !work.checker.isNoAppointment(work.check) {
                    work.records.noteVisit(work.check.record)
                }
                work.checker.run(&work.check)
            }
        }
        if let problem = work.checker.problem(isAtEnd: isAtEnd) { throw problem }
        if isAtEnd, wantsDigest { facts.digest = file.digest() }
        return !work.check.chunk.rows.isEmpty
    }

    /// Begins a second pass over the file's records, as they are. Ends the first one.
    package func originals() throws(InputError) -> OriginalRecords {
        isAtEnd = true
        guard let reader = work?.records.reader else { preconditionFailure("nobody reads meanwhile") }
        return try OriginalRecords(reader: reader, file: file, headerLine: headerLine)
    }

    /// How many columns a header has that mean something, for the reader to find the delimiter by.
    static func headerScore(_ options: ReadingOptions) -> ((CSVRecord) -> Int)? {
        // Without a header there is nothing to count.
        guard options.columns == nil else { return nil }
        let named = Set(
            (options.columnMap.values + [options.identityColumn].compactMap { $0 }).map { nameKey($0) }
        )
        return { record in
            let names = record.strings
            if LayoutFit(names, options).layout != nil { return 2 * names.count }
            return names.reduce(0) { score, name in
                if named.contains(nameKey(name)) { return score + 2 }
                return score + (ColumnName.match(name).map { $0.certainty == .exact ? 2 : 1 } ?? 0)
            }
        }
    }
}
