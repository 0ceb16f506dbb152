import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Puts one run's rows into the ledger inside one open transaction: fetches for each row what is known of its
/// appointment, and carries out what `RowDecision` says.
///
/// Used by the ledger's actor within one synchronous call; not `Sendable`.
final class StagingSession {
    let store: Connection
    let rules: StagingRules
    let run: Int
    let endpoint: Int
    /// The first file ID of this run: whatever has it or a higher one is of this run.
    let firstFile: Int
    /// How far before a row's start another window may begin and still overlap, in minutes.
    let reach: Int
    let index: LedgerIndex
    /// The run's own appointments, where the ledger is not to have them.
    var memory: RowsInMemory?
    /// Whether there are such.
    var isInMemory: Bool { rules.rowsInMemory > 0 }
    let replaced: ReplacedAppointments

    /// The file in hand.
    var file = 0 {
        didSet { index.file = file }
    }
    /// As the user named it.
    private(set) var fileName = ""
    /// When it was written: milliseconds since 1970 UTC; nil where that is not known.
    private(set) var saved: Int?
    /// Appointments of earlier files of the run that the file in hand has too.
    var repeated = IDBits()
    /// Appointments of rows of earlier files that are not to be posted, because of what a later file says.
    var overtaken: [Int: OvertakenRow] = [:]
    /// The numbers by which rows of the run have visits of other numbers.
    var takers: [Int: String] = [:]
    /// What the file calls the column of the start.
    private(set) var startColumn: String?
    /// The rows of the file in hand.
    var counts = RowCounts()
    /// The newest start of the valid rows of the file in hand.
    var newestStart: LocalTime?
    /// Where visits were moved to since they were created.
    var moved: MovedPlaces
    /// The rows of the file in hand that say that their visits were called off.
    var calledOff = CalledOffRows()
    /// Those of them that name a visit which the ledger has otherwise.
    var cancelledOtherwise: [CancelledOtherwise] = []
    /// Whether it can't be told of some row whose visit it is about.
    var hasUnknownCustomers = false
    /// Visits to come that numbers led to, once a row was found by one; nil where there is none.
    var foundVisits: FoundVisits?
    var hasLookedForFound = false
    /// What was said of how files were read whose rejected rows are read now.
    var saidOfOrigins: [OriginFile: [String: String]] = [:]
    /// What files say of visits of rejected rows, once such a row is read of the file in hand.
    var laterWords: LaterWords?
    /// The files of the run that have rejected rows of earlier runs.
    var rejectsFiles: Set<Int> = []
    /// Why the files may lack a part of the schedule, by their number of rows; nil where they don't.
    var cutShort: String?
    /// Why they lack a part of it in any case; nil where they don't.
    var lacksRows: String?
    /// Those of them whose customer the service is still to be asked for.
    var lookUps = 0
    var result = StagedRun()

    // What is written for each row: parameters by position.
    let insert: Statement
    let insertRow: Statement
    let insertFinding: Statement
    let told: ToldFindings
    let knownRows: KnownRows
    /// None for a check.
    let leftOut: LeftOutRows?

    init(store: Connection, run: Int, endpoint: Int, rules: StagingRules) throws {
        self.store = store
        self.rules = rules
        self.run = run
        self.endpoint = endpoint
        firstFile = try (store.integer("SELECT seq FROM sqlite_sequence WHERE name = 'files'") ?? 0) + 1
        let known = try store.integer("SELECT value FROM metadata WHERE name = 'max_window'") ?? 1440
        reach = max(known, rules.maxWindow)
        if rules.maxWindow > known {
            try store.run(
                "UPDATE metadata SET value = :widest WHERE name = 'max_window'", ["widest": rules.maxWindow])
        }
        lacksRows = rules.lacksRows
        moved = rules.rowsInMemory > 0 ? MovedPlaces() : try MovedPlaces(store: store, endpoint: endpoint)
        replaced = try ReplacedAppointments(store: store, endpoint: endpoint, firstFile: firstFile)
        knownRows = try KnownRows(store: store)
        leftOut = rules.rowsInMemory > 0 ? nil : try LeftOutRows(store: store)
        index = try LedgerIndex(
            store: store, run: run, endpoint: endpoint, firstFile: firstFile, reach: reach,
            knownRows: knownRows,
            rules: rules)
        memory =
            rules.rowsInMemory > 0
            ? RowsInMemory(
                limit: rules.rowsInMemory, ledger: index, run: run, reach: reach)
            : nil
        let texts = AppointmentField.texts
        insert = try store.prepare(
            """
            INSERT INTO appointments (endpoint_id, state, customer, service, start, end, tech, accepted_run, file_id,
                line, expires_at, \(AppointmentField.sql(texts)))
            VALUES (\(endpoint), \(AppointmentState.sql(.pending)), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
                \(Self.parameters(texts.count, from: 10)))
            """)
        insertRow = try store.prepare(
            """
            INSERT INTO rows (file_id, line, state, appointment_id, code, reason, written)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        insertFinding = try store.prepare(
            """
            INSERT INTO findings (file_id, line, position, column_name, code, severity, value, message, fix, known,
                customer)
            VALUES (?1, ?2, (SELECT count(*) FROM findings WHERE file_id = ?1 AND line = ?2),
                ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        told = try ToldFindings(store: store, endpoint: endpoint, run: run)
        // A check knows of no visit that there could be news of.
        if !isInMemory { try store.execute(Self.newsTables) }
    }

    private static func parameters(_ count: Int, from first: Int) -> String {
        (first..<first + count).map { "?\($0)" }.joined(separator: ", ")
    }

    /// Stages one file. One that can't be read as appointments leaves its entry and nothing else, one with too many
    /// invalid rows its rows and findings too.
    func stage(_ input: RowInput, isStopped: () -> Bool, progress: (Int) -> Void) throws {
        var staged = StagedFile(id: firstFile + result.files.count, name: input.name)
        file = staged.id
        (fileName, saved) = (input.name, input.saved)
        calledOff = CalledOffRows()
        cancelledOtherwise = []
        repeated = IDBits()
        laterWords = nil
        try staged.record(in: store, run: run, isPosted: true)
        counts = RowCounts()
        newestStart = nil
        lookUps = 0
        var rows: SetAsideRows?
        let mark = (
            memory: memory?.count ?? 0, index: index.mark, heldRows: result.heldRows, moved: moved,
            overtaken: overtaken, takers: takers
        )
        do {
            try store.inSavepoint {
                try recordReading()
                staged.facts = try read(input, isStopped: isStopped, progress: progress)
                staged.counts = counts
                staged.newestStart = newestStart
                staged.heldRows =
                    result.heldRows.values.reduce(0, +) - mark.heldRows.values.reduce(0, +)
                guard let limit = rules.maxInvalid, limit.isExceeded(by: counts) else { return .commit }
                staged.error = .tooManyInvalid(counts, limit: limit)
                rows = try setAside(files: file...file)
                return .rollback
            }
        } catch let error as InputError {
            staged.error = error
            knownRows.forget()
        }
        if staged.error != nil {
            try memory?.forget(since: mark.memory)
            try index.goBack(to: mark.index)
            result.heldRows = mark.heldRows
            moved = mark.moved
            overtaken = mark.overtaken
            takers = mark.takers
            // Perhaps the table was made for that file.
            (foundVisits, hasLookedForFound) = (nil, false)
            laterWords = nil
            try store.execute(LaterWords.drop + FoundVisits.drop)
        }
        if let rows { try rows.putBack(into: store) }
        if staged.error != nil { try staged.record(in: store, run: run, isPosted: false) }
        if staged.error == nil {
            result.lookUpsNeeded += lookUps
            staged.remarks =
                staged.facts.newColumns.map { [FileRemark(code: .newColumns, message: $0)] } ?? []
            if !isInMemory {
                staged.remarks += try remarks(of: staged)
                try staged.recordFacts(in: store)
            }
        }
        result.files.append(staged)
    }

    private func read(
        _ input: RowInput, isStopped: () -> Bool, progress: (Int) -> Void
    ) throws -> FileFacts {
        let source = try input.open()
        startColumn = source.name(of: .start)
        try memory?.expect(input.size / BulkLoad.bytesPerRow)
        var chunk = CheckedRows()
        while try source.next(&chunk) {
            if isStopped() { throw RunStopped() }
            try chunk.text.withUnsafeBufferPointer { text in
                try chunk.rows.withUnsafeBufferPointer { rows in
                    var index = try addUnknown(rows, from: 0, text: text)
                    while index < rows.count {
                        try stage(rows[index], of: chunk, text: text)
                        index = try addUnknown(rows, from: index + 1, text: text)
                    }
                }
            }
            progress(counts.rows)
        }
        index.endFile()
        try warnOfOtherVisits()
        try knownRows.flush()
        return source.facts
    }

    /// Ends the session of a run that is to be posted, before its transaction is committed.
    func close() throws {
        precondition(result.lookUpsNeeded == 0, "whoever is not known can't be booked")
        foundVisits = nil
        try store.execute(LaterWords.drop + FoundVisits.drop)
        try replaced.keepEarlierTexts()
        try index.close()
        try store.execute(Self.dropNewsTables)
    }

    /// What is to be kept of some files, before what was staged of them is rolled back.
    func setAside(files: ClosedRange<Int>) throws -> SetAsideRows {
        try replaced.detachRows(
            ofFiles: files, from: "a.file_id BETWEEN \(files.lowerBound) AND \(files.upperBound)")
        return try SetAsideRows(ofFiles: files, in: store)
    }
}
