import Foundation
import SQLiteStore
import SecurityTrax
import SystemFiles

/// The ledger: every appointment that was ever staged, what is proven of it, and
/// every run.
///
/// One actor owns the one connection; no transaction contains an `await`. Whoever
/// changes anything holds the ledger's lock, and has from before the ledger was
/// read: `posting` found at start-up is nobody's.
actor Ledger {
    let store: Connection
    /// The path that messages name.
    nonisolated let path: String
    /// Whether opening made it.
    nonisolated let wasCreated: Bool
    /// Held as long as the ledger is; nil for readers and throwaway ledgers.
    nonisolated let lock: LedgerLock?
    /// The file without links; nil for a throwaway ledger.
    private let file: LedgerFile?
    /// Which file was opened.
    private let opened: FileIdentity?
    /// The files in use, once a run has begun.
    private(set) var place: LedgerPlace?

    /// The ledger's path without links.
    var resolvedPath: String { file?.resolvedPath ?? path }

    private var statements: [String: Statement] = [:]

    /// The run that claims and settles, once begun.
    var run: ActiveRun?

    /// Knows how to undo what it staged: kept until the first claim.
    var stager: Stager?

    /// What the ledger remembers of the run in progress.
    struct ActiveRun {
        var id: Int
        var endpoint: Int
        /// The files of this run: their IDs are contiguous, since the lock is ours.
        var files: ClosedRange<Int>?
        /// Appointments up to here were claimed or are not this run's.
        var cursor = 0
        var batches = 0
        /// Rows claimed and not settled.
        var inFlight = 0
        /// What is on record of the endpoint already, so that it need not be written again.
        var hasAsked = false
        var trust: EndpointTrust?
    }

    private init(
        store: Connection, path: String, wasCreated: Bool, lock: LedgerLock? = nil, file: LedgerFile? = nil,
        opened: FileIdentity? = nil
    ) {
        self.store = store
        self.path = path
        self.wasCreated = wasCreated
        self.lock = lock
        self.file = file
        self.opened = opened
    }

    /// Opens the ledger for a run: takes its lock, makes it where there is none,
    /// brings its schema up to date, and settles what a dead run left behind.
    ///
    /// - Parameters:
    ///   - mustExist: refuses to make one.
    ///   - lockWait: how long to wait for another run.
    ///   - adopting: opens a copy, and one that is behind, too.
    static func open(
        _ path: String, mustExist: Bool, lockWait: Duration = .zero, adopting: Bool = false,
        isStopped: @Sendable () -> Bool = { false }
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
                if file.wasCreated { unlink(file.resolvedPath) }
                throw error
            }
            try configure(store)
            try LedgerSchema.current.migrate(store)
            return Ledger(
                store: store, path: path, wasCreated: file.wasCreated || found == 0, lock: lock, file: file,
                opened: opened)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Opens the ledger for looking at it, without its lock.
    static func openForReading(_ path: String) throws -> Ledger {
        do {
            let file = try LedgerFile(existing: path)
            let store = try ReadingPlace.open(file)
            try store.execute("PRAGMA query_only = ON")
            return Ledger(store: store, path: path, wasCreated: false, file: file)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// A ledger that is gone with this process and that nobody else can see.
    static func temporary() throws -> Ledger {
        do {
            let store = try Connection(path: "", mode: .temporary)
            try store.execute(
                "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000")
            try LedgerSchema.current.migrate(store)
            return Ledger(store: store, path: "(temporary)", wasCreated: true)
        } catch {
            throw LedgerError(error, path: "(temporary)")
        }
    }

    /// Begins to read, for as long as this ledger is open: everything is as it is at this moment.
    ///
    /// - Returns: whether a run is in progress at that same moment. Only with that, what is claimed can be told from
    ///   what a dead run left.
    func beginReading() throws -> Bool {
        guard let file else { return false }
        while true {
            // While we have the lock, no run can begin; it is given back as soon as the moment is fixed.
            let lock = try SharedLock(file)
            defer { withExtendedLifetime(lock) {} }
            try failable { try store.execute("BEGIN; SELECT count(*) FROM sqlite_master") }
            if lock.isTaken { return false }
            // It was held before: where it still is, it was at the moment in between.
            if try LedgerLock.isHeld(file) { return true }
            try failable { try store.execute("ROLLBACK") }
        }
    }

    private static func configure(_ store: Connection) throws {
        // FULL makes every commit durable before it returns: a batch is known as
        // claimed before its first byte leaves, whatever happens to the power.
        try store.execute(
            """
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -24000;
            PRAGMA temp_store = FILE;
            PRAGMA journal_size_limit = 67108864;
            """)
    }

    /// A statement that is prepared once.
    func statement(_ sql: String) throws -> Statement {
        if let statement = statements[sql] { return statement }
        let statement = try store.prepare(sql)
        statements[sql] = statement
        return statement
    }

    /// Runs `body` with failures told as the ledger's.
    func failable<Result>(_ body: () throws -> Result) throws -> Result {
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
    func recover() throws -> Int {
        precondition(lock != nil, "only the lock proves that nobody is posting")
        return try failable {
            guard
                try store.integer("SELECT 1 FROM batches WHERE settled IS NULL LIMIT 1") != nil
                    || store.integer("SELECT 1 FROM runs WHERE finished IS NULL LIMIT 1") != nil
            else { return 0 }
            return try store.transaction {
                let now = Self.now
                let stranded = try store.prepare(
                    """
                    UPDATE appointments SET state = 4, changed = ?1, code = 'outcome-unknown',
                        reason = 'the run ended while this was being posted'
                    WHERE state = 1
                    """
                ).bind(now, at: 1).run()
                try store.prepare(
                    """
                    UPDATE batches SET settled = ?1, outcome = 'interrupted',
                        reason = 'the run ended while this was being posted'
                    WHERE settled IS NULL
                    """
                ).bind(now, at: 1).run()
                let unfinished = try store.prepare("SELECT id, abandoned FROM runs WHERE finished IS NULL")
                var ended: [(run: Int, isAbandoned: Bool)] = []
                while try unfinished.step() {
                    ended.append((unfinished.integer(0), unfinished.integer(1) != 0))
                }
                for (run, isAbandoned) in ended {
                    // A run that was abandoned has its counts on record, and its appointments no more.
                    if !isAbandoned { try recordCounts(ofRun: run) }
                    try store.prepare("UPDATE runs SET finished = ?1 WHERE id = ?2")
                        .bind(now, at: 1).bind(run, at: 2).run()
                }
                return stranded
            }
        }
    }

    /// Puts a new run on record.
    func begin(command: String, endpoint: String) throws -> Int {
        let id = try failable {
            try store.transaction {
                try statement("INSERT INTO endpoints (identity) VALUES (?1) ON CONFLICT DO NOTHING")
                    .bind(endpoint, at: 1).run()
                let find = try statement("SELECT id FROM endpoints WHERE identity = ?1").bind(endpoint, at: 1)
                _ = try find.step()
                let endpointID = find.integer(0)
                find.reset()
                try statement(
                    "INSERT INTO runs (command, endpoint_id, started, ledger_created) VALUES (?1, ?2, ?3, ?4)"
                )
                .bind(command, at: 1).bind(endpointID, at: 2).bind(Self.now, at: 3)
                .bind(wasCreated ? 1 : 0, at: 4).run()
                let id = store.lastInsertedRowID
                run = ActiveRun(id: id, endpoint: endpointID)
                return id
            }
        }
        try rememberMark()
        if let lock, let file, let opened { place = LedgerPlace(file, opened: opened, lock: lock) }
        return id
    }

    /// What a run leaves on record when it ends.
    struct Ending: Sendable {
        var exit: Int32
        var seconds: Double
        var posts: Int
        var retries: Int
        var findingsTotal: Int
        /// Why it stopped itself.
        var stopped: RunStop?
        /// Each file's rows by state.
        var counts: [Int: RowCounts]
        /// What each file's rejects file is called, or why it could not be written.
        var rejects: [(file: Int, name: String?, error: String?)] = []
    }

    /// Puts a run's end on record.
    func finish(_ ending: Ending) throws {
        guard let run else { return }
        try failable {
            try store.transaction {
                for rejects in ending.rejects {
                    try statement("UPDATE files SET rejects = ?2, rejects_error = ?3 WHERE id = ?1")
                        .bind(rejects.file, at: 1).bind(rejects.name, at: 2).bind(rejects.error, at: 3).run()
                }
                for (file, counts) in ending.counts { try record(counts, ofFile: file) }
                try statement(
                    """
                    UPDATE runs SET finished = ?2, exit = ?3, batches = ?4, posts = ?5, retries = ?6,
                        seconds = round(?7 / 1000.0, 3), findings_total = ?8, stopped_code = ?9,
                        stopped_message = ?10, stopped_fix = ?11 WHERE id = ?1
                    """
                )
                .bind(run.id, at: 1).bind(Self.now, at: 2).bind(Int(ending.exit), at: 3)
                .bind(run.batches, at: 4).bind(ending.posts, at: 5).bind(ending.retries, at: 6)
                .bind(Int(ending.seconds * 1000), at: 7).bind(ending.findingsTotal, at: 8)
                .bind(ending.stopped?.code, at: 9).bind(ending.stopped?.message, at: 10)
                .bind(ending.stopped?.fix, at: 11).run()
            }
        }
        self.run = nil
    }

    /// The files of a run, contiguous by construction.
    func fileRange(ofRun run: Int) throws -> ClosedRange<Int>? {
        let query = try statement("SELECT min(id), max(id) FROM files WHERE run_id = ?1").bind(run, at: 1)
        defer { query.reset() }
        guard try query.step(), let first = query.optionalInteger(0), let last = query.optionalInteger(1)
        else { return nil }
        return first...last
    }

    /// The rows of each file of a run, by state, as they are now.
    func counts(ofRun run: Int) throws -> [Int: RowCounts] {
        guard let files = try fileRange(ofRun: run) else { return [:] }
        var counts: [Int: RowCounts] = [:]
        let carried = try statement(
            """
            SELECT file_id, state, count(*) FROM appointments AS a
            WHERE file_id BETWEEN ?1 AND ?2 AND \(Self.carriesItsRow) GROUP BY 1, 2
            """
        ).bind(files.lowerBound, at: 1).bind(files.upperBound, at: 2)
        while try carried.step() {
            guard let state = AppointmentState(rawValue: carried.integer(1)) else { continue }
            counts[carried.integer(0), default: RowCounts()][RowState(of: state)] += carried.integer(2)
        }
        let fixed = try statement(
            "SELECT file_id, state, count(*) FROM rows WHERE file_id BETWEEN ?1 AND ?2 GROUP BY 1, 2"
        ).bind(files.lowerBound, at: 1).bind(files.upperBound, at: 2)
        while try fixed.step() {
            guard let state = RowState(rawValue: fixed.integer(1)) else { continue }
            counts[fixed.integer(0), default: RowCounts()][state] += fixed.integer(2)
        }
        // Of a file that was set aside, the ledger keeps the counts and not the appointments.
        let setAside = try statement(
            """
            SELECT id, created, already_created, duplicate, skipped, invalid, refused, in_doubt, pending
            FROM files WHERE id BETWEEN ?1 AND ?2 AND error_code = '\(InputError.tooManyInvalidCode)'
            """
        ).bind(files.lowerBound, at: 1).bind(files.upperBound, at: 2)
        while try setAside.step() {
            counts[setAside.integer(0)] = Self.counts(in: setAside, from: 1)
        }
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
        try store.prepare(
            """
            UPDATE files SET created = 0, already_created = 0, duplicate = 0, skipped = 0, invalid = 0,
                refused = 0, in_doubt = 0, pending = 0
            WHERE run_id = ?1 AND created IS NULL
            """
        ).bind(run, at: 1).run()
    }

    /// Counts in the order of `RowState.shown`.
    static func counts(in statement: Statement, from column: Int32) -> RowCounts {
        var counts = RowCounts()
        for (offset, state) in RowState.shown.enumerated() {
            counts[state] = statement.integer(column + Int32(offset))
        }
        return counts
    }

    func record(_ counts: RowCounts, ofFile file: Int) throws {
        try statement(
            """
            UPDATE files SET created = ?2, already_created = ?3, duplicate = ?4, invalid = ?5, refused = ?6,
                in_doubt = ?7, pending = ?8, skipped = ?9 WHERE id = ?1
            """
        )
        .bind(file, at: 1).bind(counts[.created], at: 2).bind(counts[.alreadyCreated], at: 3)
        .bind(counts[.duplicate], at: 4).bind(counts[.invalid], at: 5).bind(counts[.refused], at: 6)
        .bind(counts[.inDoubt], at: 7).bind(counts[.pending], at: 8)
        .bind(counts[.skipped], at: 9).run()
    }

    /// Milliseconds since 1970 UTC.
    static var now: Int {
        Int(Date().timeIntervalSince1970 * 1000)
    }
}
