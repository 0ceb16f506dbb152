import AppointmentRows
import SQLiteStore
import SecurityTrax
import SystemFiles

/// The ledger: every appointment that was ever staged, what is proven of it, and
/// every run.
///
/// One actor owns the one connection; no transaction contains an `await`. Whoever
/// changes anything holds the ledger's lock, and has from before the ledger was
/// read: `posting` found at start-up is nobody's.
///
/// It works on a queue of its own: waiting for its lock, for the disk and for SQLite keeps no thread of the
/// others' tasks.
package actor Ledger {
    private nonisolated let queue: LedgerQueue
    let store: Connection
    /// The path that messages name.
    package nonisolated let path: String
    /// Whether opening made it.
    package nonisolated let wasCreated: Bool
    /// Held as long as the ledger is; nil for readers and throwaway ledgers.
    package nonisolated let lock: LedgerLock?
    /// The file without links; nil for a throwaway ledger.
    private let file: LedgerFile?
    /// Which file was opened.
    private let opened: FileIdentity?
    /// The files in use, once a run has begun.
    private(set) var place: LedgerPlace?

    /// The ledger's path without links.
    var resolvedPath: String { file?.resolvedPath ?? path }

    /// Whether another process was posting at the moment that is read; false for a writer, which has the lock. Only
    /// with that, what is claimed can be told from what a dead run left.
    nonisolated let isInUse: Bool

    /// How far the ledger that was used last had come at the moment that is read; nil for a writer, and where another
    /// process was posting.
    private let lastMark: LedgerMark?

    /// The run that claims and settles, once begun.
    package var activeRun: ActiveRun?

    /// What is being read in chunks, by its number; nil where it came to its end.
    var cursors: [AnyObject?] = []

    /// What the run staged, and how to take it back: kept until the first claim.
    var unclaimed: (staged: StagedRun, replaced: ReplacedAppointments)?

    /// What the ledger remembers of the run in progress.
    package struct ActiveRun: Sendable {
        var id: Int
        var endpoint: Int
        /// The files of this run: their IDs are contiguous, since the lock is ours.
        var files: ClosedRange<Int>?
        /// What it has not claimed yet.
        var fresh = FreshRows()
        /// Rows claimed and not settled.
        var inFlight = 0
        /// What is on record of the endpoint already, so that it need not be written again.
        var hasAsked = false
        var trust: EndpointTrust?
    }

    /// Where it runs.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private init(
        queue: LedgerQueue, store: Connection, path: String, wasCreated: Bool, lock: LedgerLock? = nil,
        file: LedgerFile? = nil, opened: FileIdentity? = nil, isInUse: Bool = false,
        lastMark: LedgerMark? = nil
    ) {
        self.queue = queue
        self.isInUse = isInUse
        self.lastMark = lastMark
        self.store = store
        self.path = path
        self.wasCreated = wasCreated
        self.lock = lock
        self.file = file
        self.opened = opened
    }

    // MARK: Opening

    /// Opens the ledger for a run: takes its lock, makes it where there is none, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - mustExist: refuses to make one.
    ///   - lockWait: how long to wait for another run.
    ///   - adopting: opens a copy, and one that is behind, too.
    ///   - isStopped: ends the waiting early.
    /// - Throws: `LedgerError`.
    package static func open(
        _ path: String, mustExist: Bool, lockWait: Duration = .zero, adopting: Bool = false,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) async throws -> Ledger {
        try await onNewQueue {
            try openBlocking(
                path, mustExist: mustExist, lockWait: lockWait, adopting: adopting, isStopped: isStopped,
                on: $0)
        }
    }

    /// Opens the ledger for a person's words: waits until nobody is posting, and settles what a dead run left behind,
    /// so that what is shown then is what is known.
    ///
    /// - Throws: `LedgerError`, also where there is none and where another run holds it.
    package static func openSettled(_ path: String, lockWait: Duration = .zero) async throws -> Ledger {
        let ledger = try await open(path, mustExist: true, lockWait: lockWait)
        try await ledger.recover()
        return ledger
    }

    /// Opens the ledger for looking at it, without its lock. Everything is as it is at this moment for as long as the
    /// ledger is open.
    ///
    /// - Throws: `LedgerError`, also where there is none.
    package static func read(_ path: String) async throws -> Ledger {
        try await onNewQueue { try readBlocking(path, on: $0) }
    }

    /// A ledger that is gone with this process and that nobody else can see.
    package static func temporary() async throws -> Ledger {
        try await onNewQueue { try temporaryBlocking(on: $0) }
    }

    /// A copy of this ledger as it is now, gone with this process: what a run would do can be tried out there.
    package func throwawayCopy() async throws -> Ledger {
        try mappingErrors {
            // Once it is copied, both have nothing in common: the new ledger alone uses it.
            nonisolated(unsafe) let copy = try Connection(path: "", mode: .temporary)
            try copy.execute(Self.throwawaySettings)
            try store.copy(to: copy)
            return Ledger(queue: LedgerQueue(), store: copy, path: path, wasCreated: wasCreated)
        }
    }

    private static let throwawaySettings =
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000"

    private static func onNewQueue(
        _ open: @escaping @Sendable (LedgerQueue) throws -> Ledger
    ) async throws -> Ledger {
        let queue = LedgerQueue()
        return try await queue.run { try open(queue) }
    }

    /// `open`, keeping the caller's thread.
    package static func openBlocking(
        _ path: String, mustExist: Bool, lockWait: Duration = .zero, adopting: Bool = false,
        isStopped: @Sendable () -> Bool = { false },
        on queue: LedgerQueue = LedgerQueue()
    ) throws -> Ledger {
        do {
            let file = try LedgerFile.prepare(path, mustExist: mustExist)
            let lock = try LedgerLock(file, wait: lockWait, isStopped: isStopped)
            // Looked at under the lock, and before anything is opened.
            try file.checkPlace()
            let opened = FileIdentity.status(of: file.resolvedPath)?.identity
            let store = try Connection(path: file.resolvedPath, mode: .readWrite)
            // Between looking and opening, somebody may have put another one there.
            guard let opened, opened == FileIdentity.status(of: file.resolvedPath)?.identity else {
                throw LedgerError.moved(path: path, .replaced(file.resolvedPath), outcomes: nil)
            }
            // Before anything is written: a foreign file keeps its journal mode too.
            let found = try LedgerSchema.current.version(of: store)
            // An emptied ledger knows as little of what was posted as a missing one.
            if mustExist, found == 0 { throw Schema.Mismatch.empty }
            try checkHealth(store, path, found: found)
            do {
                try checkIdentity(store, path, found: found, lock: lock, adopting: adopting)
            } catch {
                if file.wasCreated { _ = ForeignPath.withBytes(of: file.resolvedPath, { unlink($0) }) }
                throw error
            }
            try configure(store)
            try LedgerSchema.current.migrate(store)
            return Ledger(
                queue: queue, store: store, path: path, wasCreated: file.wasCreated || found == 0, lock: lock,
                file: file, opened: opened)
        } catch {
            throw LedgerError.unopened(error, path: path)
        }
    }

    /// `read`, keeping the caller's thread.
    package static func readBlocking(
        _ path: String, on queue: LedgerQueue = LedgerQueue()
    ) throws -> Ledger {
        do {
            let file = try LedgerFile(existing: path)
            let store = try ReadingPlace.open(file)
            try store.execute("PRAGMA query_only = ON")
            let mark = try beginReading(store, file)
            return Ledger(
                queue: queue, store: store, path: path, wasCreated: false, file: file, isInUse: mark == nil,
                lastMark: mark)
        } catch {
            throw LedgerError.unopened(error, path: path)
        }
    }

    /// `temporary`, keeping the caller's thread.
    package static func temporaryBlocking(
        on queue: LedgerQueue = LedgerQueue()
    ) throws -> Ledger {
        do {
            let store = try Connection(path: "", mode: .temporary)
            try store.execute(throwawaySettings)
            try LedgerSchema.current.migrate(store)
            return Ledger(queue: queue, store: store, path: "(temporary)", wasCreated: true)
        } catch {
            throw LedgerError(error, path: "(temporary)")
        }
    }

    /// Fixes the moment that is read.
    ///
    /// - Returns: what the lock file says at that same moment; nil where a run is in progress.
    private static func beginReading(_ store: Connection, _ file: LedgerFile) throws -> LedgerMark? {
        while true {
            // While we have the lock, no run can begin; it is given back as soon as the moment is fixed.
            let lock = try SharedLock(file)
            defer { withExtendedLifetime(lock) {} }
            try store.execute("BEGIN; SELECT count(*) FROM sqlite_master")
            if lock.isTaken { return LedgerLock.mark(of: file) }
            // It was held before: where it still is, it was at the moment in between.
            if try LedgerLock.isHeld(file) { return nil }
            try store.execute("ROLLBACK")
        }
    }

    /// Why a run would not use the ledger that is read, however well it can be read: it is a copy, or lacks something
    /// that was done with it.
    package func objectionToRuns() throws -> LedgerError? {
        guard let lastMark else { return nil }
        return try mappingErrors { try Self.objection(to: store, path, found: 1, last: lastMark) }?
            .namingRescuedCopy(of: path)
    }

    private static func configure(_ store: Connection) throws {
        // FULL makes every commit durable before it returns: a batch is known as
        // claimed before its first byte leaves, whatever happens to the power.
        try store.execute(
            """
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -8000;
            PRAGMA temp_store = FILE;
            PRAGMA journal_size_limit = 67108864;
            """)
    }

    /// Runs `body` with failures told as the ledger's.
    func mappingErrors<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SQLiteError {
            throw LedgerError(error, path: path)
        }
    }

    // MARK: Runs

    /// Settles what a dead run left behind: its posts in flight are in doubt.
    ///
    /// - Returns: how many appointments came into doubt.
    @discardableResult
    package func recover() throws -> Int {
        precondition(lock != nil, "only the lock proves that nobody is posting")
        return try mappingErrors {
            guard
                try store.integer("SELECT 1 FROM batches WHERE settled IS NULL LIMIT 1") != nil
                    || store.integer("SELECT 1 FROM runs WHERE finished IS NULL LIMIT 1") != nil
            else { return 0 }
            return try store.transaction {
                let reason = RowCode.strandedReason
                let now = Self.now
                let stranded = try store.run(
                    """
                    UPDATE appointments SET state = \(AppointmentState.sql(.inDoubt)), changed = :now,
                        code = :code, reason = :reason
                    WHERE state = \(AppointmentState.sql(.posting))
                    """, ["now": now, "code": RowCode.outcomeUnknown, "reason": reason])
                try store.run(
                    """
                    UPDATE batches SET settled = :now, outcome = 'interrupted', reason = :reason, in_doubt = size
                    WHERE settled IS NULL
                    """, ["now": now, "reason": reason])
                let ended = try store.all("SELECT id, abandoned FROM runs WHERE finished IS NULL") {
                    (run: try $0["id"] as Int, isAbandoned: try $0["abandoned"] as Bool)
                }
                for (run, isAbandoned) in ended {
                    // A run that was abandoned has its counts on record, and its appointments no more.
                    if !isAbandoned { try recordCounts(ofRun: run) }
                    try store.run(
                        "UPDATE runs SET finished = :now WHERE id = :run", ["now": now, "run": run])
                }
                return stranded
            }
        }
    }

    /// Puts a new run on record.
    package func begin(command: String, endpoint: String) throws -> Int {
        let id = try mappingErrors {
            try store.transaction {
                let endpointID = try endpointID(endpoint)
                try store.run(
                    """
                    INSERT INTO runs (command, endpoint_id, started, ledger_created)
                    VALUES (:command, :endpoint, :now, :created)
                    """,
                    ["command": command, "endpoint": endpointID, "now": Self.now, "created": wasCreated])
                let id = store.lastInsertedRowID
                activeRun = ActiveRun(id: id, endpoint: endpointID)
                return id
            }
        }
        try rememberMark()
        if let lock, let file, let opened { place = LedgerPlace(file, opened: opened, lock: lock) }
        return id
    }

    /// The ID of an endpoint by its identity, put on record where it is new; inside a transaction.
    func endpointID(_ identity: String) throws -> Int {
        try store.run(
            "INSERT INTO endpoints (identity) VALUES (:identity) ON CONFLICT DO NOTHING",
            ["identity": identity])
        let found = try store.integer(
            "SELECT id FROM endpoints WHERE identity = :identity", ["identity": identity])
        guard let found else { preconditionFailure("it was put there just now") }
        return found
    }

    /// What a run leaves on record when it ends.
    package struct Ending: Sendable {
        var exit: Int32
        var seconds: Double
        var batches: Int
        var posts: Int
        var retries: Int
        var findingsTotal: Int
        /// What was told for the first time.
        var findingsNew = 0
        /// What an earlier run told of the same visit.
        var findingsKnown = 0
        /// How many rows were in doubt since an earlier run.
        var doubtsKnown = 0
        /// Why it stopped itself.
        var stopped: RunStop?
        /// Each file's rows by state.
        var counts: [Int: RowCounts]
        /// What each file's rejects file is called, or why it could not be written.
        var rejects: [(file: Int, name: String?, error: String?)] = []

        /// A value of its parts.
        package init(
            exit: Int32, seconds: Double, batches: Int, posts: Int, retries: Int, findingsTotal: Int,
            findingsNew: Int = 0, findingsKnown: Int = 0, doubtsKnown: Int = 0,
            stopped: RunStop? = nil, counts: [Int: RowCounts],
            rejects: [(file: Int, name: String?, error: String?)] = []
        ) {
            self.exit = exit
            self.seconds = seconds
            self.batches = batches
            self.posts = posts
            self.retries = retries
            self.findingsTotal = findingsTotal
            self.findingsNew = findingsNew
            self.findingsKnown = findingsKnown
            self.doubtsKnown = doubtsKnown
            self.stopped = stopped
            self.counts = counts
            self.rejects = rejects
        }
    }

    /// Puts a run's end on record.
    package func finish(_ ending: Ending) throws {
        guard let run = activeRun else { return }
        try mappingErrors {
            try store.transaction {
                for rejects in ending.rejects {
                    try store.run(
                        "UPDATE files SET rejects = :name, rejects_error = :error WHERE id = :file",
                        ["file": rejects.file, "name": rejects.name, "error": rejects.error])
                }
                for (file, counts) in ending.counts { try record(counts, ofFile: file) }
                if let files = run.files, ending.counts.values.contains(where: { $0[.refused] > 0 }) {
                    try tellRefused(ofFiles: files, run)
                }
                try store.run(
                    """
                    UPDATE runs SET finished = :now, exit = :exit, batches = :batches, posts = :posts,
                        retries = :retries, seconds = round(:milliseconds / 1000.0, 3), findings_total = :findings,
                        findings_new = :new, findings_known = :known, in_doubt_known = :doubts_known,
                        stopped_code = :code, stopped_message = :message, stopped_fix = :fix
                    WHERE id = :run
                    """,
                    [
                        "run": run.id, "now": Self.now, "exit": ending.exit, "batches": ending.batches,
                        "posts": ending.posts, "retries": ending.retries,
                        "milliseconds": Int(ending.seconds * 1000),
                        "findings": ending.findingsTotal, "new": ending.findingsNew,
                        "known": ending.findingsKnown, "doubts_known": ending.doubtsKnown,
                        "code": ending.stopped?.code.rawValue,
                        "message": ending.stopped?.message, "fix": ending.stopped?.fix,
                    ])
            }
        }
        activeRun = nil
    }

    /// The files of a run, contiguous by construction.
    func fileRange(ofRun run: Int) throws -> ClosedRange<Int>? {
        let range = try store.first(
            "SELECT min(id) AS first, max(id) AS last FROM files WHERE run_id = :run", ["run": run]
        ) { (first: try $0["first"] as Int?, last: try $0["last"] as Int?) }
        guard let first = range?.first, let last = range?.last else { return nil }
        return first...last
    }

    /// The rows of each file of a run, by state, as they are now.
    package func counts(ofRun run: Int) throws -> [Int: RowCounts] {
        guard let files = try fileRange(ofRun: run) else { return [:] }
        if let staged = unclaimed?.staged, run == activeRun?.id {
            // Nothing of it was claimed: it is as staging left it.
            return Dictionary(
                staged.files.map { ($0.id, $0.counts) }, uniquingKeysWith: { first, _ in first })
        }
        return try storedCounts(ofFiles: files)
    }

    /// The rows of files by state, as the tables have them.
    package func storedCounts(ofFiles files: ClosedRange<Int>) throws -> [Int: RowCounts] {
        let range: Arguments = ["first": files.lowerBound, "last": files.upperBound]
        var counts: [Int: RowCounts] = [:]
        // All appointments are gone through: asking of each whether it has a row would double the time.
        let hasRows =
            try store.integer("SELECT 1 FROM rows WHERE file_id BETWEEN :first AND :last LIMIT 1", range)
            != nil
        // The rows of one file need not be sorted to be grouped.
        let isOfFiles =
            files.count == 1 ? "file_id = :first AND file_id <= :last" : "file_id BETWEEN :first AND :last"
        let byState = AppointmentState.allCases.map {
            "count(*) FILTER (WHERE state = \(AppointmentState.sql($0))) AS \($0.name)"
        }
        try store.forEach(
            """
            SELECT file_id, \(byState.joined(separator: ", ")) FROM appointments AS a
            WHERE \(isOfFiles) AND \(hasRows ? Self.carriesItsRow : "TRUE") GROUP BY file_id
            """, range
        ) { row in
            let file: Int = try row["file_id"]
            for state in AppointmentState.allCases {
                counts[file, default: RowCounts()][RowState(of: state, isInUse: isInUse)] +=
                    try row[state.name]
            }
        }
        try store.forEach(
            """
            SELECT file_id, state, count(*) AS count FROM rows
            WHERE file_id BETWEEN :first AND :last GROUP BY file_id, state
            UNION ALL
            SELECT file_id, \(RowState.sql(.alreadyCreated)), sum(count) FROM known_rows
            WHERE file_id BETWEEN :first AND :last GROUP BY file_id
            """, range
        ) { row in
            let state: RowState = try row["state"]
            counts[try row["file_id"], default: RowCounts()][state] += try row["count"]
        }
        // Of a file that was set aside, the ledger keeps the counts and not the appointments.
        try store.forEach(
            """
            SELECT id, \(Self.countColumns) FROM files
            WHERE id BETWEEN :first AND :last AND error_code = '\(InputError.Code.tooManyInvalid.rawValue)'
            """, range
        ) { counts[try $0["id"]] = try Self.counts(in: $0) }
        return counts
    }

    /// Whether an appointment `a` still carries the row that it was taken up with:
    /// one that was written down in `rows` stands there.
    static let carriesItsRow =
        "NOT EXISTS (SELECT 1 FROM rows AS r WHERE r.file_id = a.file_id AND r.line = a.line)"

    private func recordCounts(ofRun run: Int) throws {
        for (file, counts) in try counts(ofRun: run) {
            try record(counts, ofFile: file)
        }
        let zeros = RowState.shown.map { "\($0.name) = 0" }.joined(separator: ", ")
        try store.run("UPDATE files SET \(zeros) WHERE run_id = :run AND created IS NULL", ["run": run])
    }

    /// The columns of `files` that count its rows: they have the states' names.
    static let countColumns = RowState.shown.map(\.name).joined(separator: ", ")

    /// The counts in a row of `files`; zeros where there are none yet.
    static func counts(in row: Row) throws -> RowCounts {
        var counts = RowCounts()
        for state in RowState.shown { counts[state] = try row[state.name] ?? 0 }
        return counts
    }

    private static let countUpdate =
        "UPDATE files SET \(RowState.shown.map { "\($0.name) = :\($0.name)" }.joined(separator: ", ")) WHERE id = :file"

    func record(_ counts: RowCounts, ofFile file: Int) throws {
        var arguments: Arguments = ["file": file]
        for state in RowState.shown { arguments[state.name] = counts[state] }
        try store.run(Self.countUpdate, arguments)
    }

    /// Milliseconds since 1970 UTC.
    static var now: Int {
        Date().milliseconds
    }
}
