import SQLiteStore

/// The ledger's tables.
///
/// An appointment carries its *latest* row: the file and line of the run that
/// took it up last. Rows that took up no appointment (invalid, duplicate, already
/// created, in doubt since an earlier run) stand in `rows`; so do the rows of
/// earlier runs, written there just before their appointment's state or row
/// changes outside their run, so that a run can always be shown as it ended.
/// The plain case, a new row that is posted, costs one insert. Rows of appointments
/// that an earlier run created stand in `known_rows`, some hundred to an entry.
///
/// Times are milliseconds since 1970 UTC, but for `start` and `end` (minutes of
/// the customer's clock, as `LocalTime`) and `expires_at` (minutes since 1970 UTC: not posted after it).
///
/// Numbers of states are written by the names of their cases, one by one: a case that is added later changes no
/// migration that was released. Checks are ranges and comparisons, since SQLite builds a table for an `IN` list of
/// more than two, and would for each row that is staged. A batch is named without a foreign key: pruning forgets
/// batches and keeps their numbers. `rows.appointment_id` has none either: it would be looked up a second time.
///
/// What is open has no index of its own: among a million appointments it is found in 0.1 s, and the index would add a
/// fifth to the time of staging and work to each claim.
enum LedgerSchema {
    static let current = Schema(
        applicationID: 0x5374_696D,  // "Stim"
        migrations: [{ version1 }]
    )

    /// What marks the ledgers of builds from before the first version ("STIm"): their tables are others, whatever
    /// version they say they have.
    static let developmentID = 0x5354_496D

    /// The tables whose entries belong to a row of a file: they are set aside, put back and forgotten with it.
    static let tablesByRow = ["rows", "known_rows", "findings", "origins", "row_customers"]

    // The numbers of states, as version 1 stores them.
    private static let pending = AppointmentState.sql(.pending)
    private static let withdrawn = AppointmentState.sql(.withdrawn)
    private static let held = AppointmentState.sql(.held)
    private static let rowPending = RowState.sql(.pending)
    private static let rowSkipped = RowState.sql(.skipped)

    /// For `--check-overlaps`, whose first run makes it. Kept up for every row of everybody's runs it would add half
    /// as much again to the time of staging.
    static let techIndex = """
        CREATE INDEX IF NOT EXISTS appointments_by_tech ON appointments (endpoint_id, tech, start) WHERE tech > 0
        """

    static let identityIndexName = "appointments_identity"

    /// No two appointments of one identity. The customer comes first: SQLite compares a leading integer by a quicker
    /// path, and the endpoint is nearly always the same.
    static let identityIndex = """
        CREATE UNIQUE INDEX IF NOT EXISTS \(identityIndexName)
            ON appointments (customer, endpoint_id, service, start, end, tech)
        """

    /// Rows that are not posted, by the visits that they are about, and runs of whole schedules (`LeftOutRows`).
    ///
    /// ends: 1 where the visit is not to be made, or can't be told to be; 0 where the row can't be posted as it is; 2 where
    /// a rule leaves it out, which says nothing of the visit but that the file has it. number: empty without one.
    /// customer, tech: 0 where they can't be told; start: null. appointment_id: one that is meant and was refused, or is
    /// in doubt; 0 where there is none.
    ///
    /// Made by the first run that needs it, so that a ledger of an earlier version has it too.
    static let makeLeftOut = """
        CREATE TABLE IF NOT EXISTS left_out (
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            appointment_id INTEGER NOT NULL,
            ends INTEGER NOT NULL CHECK (ends BETWEEN 0 AND 2),
            number TEXT NOT NULL,
            customer INTEGER NOT NULL,
            start INTEGER,
            tech INTEGER NOT NULL,
            PRIMARY KEY (file_id, line, appointment_id)
        ) STRICT, WITHOUT ROWID;
        -- Runs whose files were the whole schedule (--complete-export), and could be judged by it.
        CREATE TABLE IF NOT EXISTS whole_schedules (run_id INTEGER PRIMARY KEY REFERENCES runs) STRICT;
        """

    private static let version1 = """
        -- max_window: the widest window ever accepted, in minutes. copied: when
        -- this file was made as a copy of another ledger. adopting: only inside
        -- the transaction that takes a copy into use.
        CREATE TABLE metadata (
            name TEXT NOT NULL PRIMARY KEY,
            value ANY NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO metadata VALUES ('max_window', 1440);

        -- asked_run: the last run that sent anything there. answered_run: the last one
        -- that got a readable answer. doubted_run: the run that stopped there since
        -- batch after batch came into doubt, until a batch is answered again.
        -- login_accepted: when a login alone was accepted last, outside of a run.
        CREATE TABLE endpoints (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            asked_run INTEGER REFERENCES runs,
            answered_run INTEGER REFERENCES runs,
            doubted_run INTEGER REFERENCES runs,
            login_accepted INTEGER
        ) STRICT;

        -- findings_new, findings_known, in_doubt_known: what was told for the first time, and what was known; null where
        -- the run was killed.
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            command TEXT NOT NULL,
            endpoint_id INTEGER NOT NULL REFERENCES endpoints,
            started INTEGER NOT NULL,
            finished INTEGER,
            exit INTEGER,
            batches INTEGER NOT NULL DEFAULT 0,
            posts INTEGER NOT NULL DEFAULT 0,
            retries INTEGER NOT NULL DEFAULT 0,
            seconds REAL NOT NULL DEFAULT 0,
            ledger_created INTEGER NOT NULL DEFAULT 0 CHECK (ledger_created IN (0, 1)),
            findings_total INTEGER NOT NULL DEFAULT 0,
            abandoned INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1)),
            stopped_code TEXT,
            stopped_message TEXT,
            stopped_fix TEXT,
            pruned INTEGER,
            findings_new INTEGER,
            findings_known INTEGER,
            in_doubt_known INTEGER
        ) STRICT;

        -- What tells tonight's file from those of other nights: layout, the fingerprint of its header, null for a
        -- rejects file of ours; digest, of its bytes; newest_start, of its valid rows, minutes of the customer's
        -- clock; modified, milliseconds since 1970 UTC. held: how many of its rows waited for a word on an earlier run.
        -- remarks: a JSON array of codes and messages, one after the other.
        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES runs,
            name TEXT NOT NULL,
            created INTEGER,
            already_created INTEGER,
            duplicate INTEGER,
            skipped INTEGER,
            invalid INTEGER,
            refused INTEGER,
            in_doubt INTEGER,
            pending INTEGER,
            error TEXT,
            error_code TEXT,
            rejects TEXT,
            rejects_error TEXT,
            layout TEXT,
            digest TEXT,
            newest_start INTEGER,
            modified INTEGER,
            held INTEGER,
            remarks TEXT
        ) STRICT;
        CREATE INDEX files_by_run ON files (run_id);
        CREATE INDEX files_by_layout ON files (layout, id) WHERE layout IS NOT NULL;
        CREATE INDEX files_by_digest ON files (digest) WHERE digest IS NOT NULL;

        -- refused, in_doubt: how many of its rows became so when it was settled.
        CREATE TABLE batches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES runs,
            claimed INTEGER NOT NULL,
            size INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            settled INTEGER,
            outcome TEXT,
            status INTEGER,
            reason TEXT,
            refused INTEGER NOT NULL DEFAULT 0,
            in_doubt INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX batches_open ON batches (id) WHERE settled IS NULL;

        -- state: as AppointmentState. tech: 0 where there is none. accepted_run: the run in which it last
        -- became pending from nothing or from refused; for a row of a rejects file
        -- the run that wrote it. withdrawn_from: the state that a person took it
        -- out of.
        CREATE TABLE appointments (
            id INTEGER PRIMARY KEY,
            endpoint_id INTEGER NOT NULL REFERENCES endpoints,
            customer INTEGER NOT NULL,
            service INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            tech INTEGER NOT NULL,
            service_detail TEXT,
            notes TEXT,
            state INTEGER NOT NULL CHECK (state BETWEEN \(pending) AND \(held)),
            accepted_run INTEGER NOT NULL REFERENCES runs,
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            batch_id INTEGER,
            changed INTEGER,
            code TEXT,
            reason TEXT,
            response_details TEXT,
            withdrawn_from INTEGER CHECK (withdrawn_from BETWEEN \(pending) AND \(withdrawn))
        ) STRICT;
        \(identityIndex);
        \(TransitionGuard.sql);

        CREATE TABLE sender_numbers (
            endpoint_id INTEGER NOT NULL REFERENCES endpoints,
            number TEXT NOT NULL,
            appointment_id INTEGER NOT NULL REFERENCES appointments,
            PRIMARY KEY (endpoint_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sender_numbers_by_appointment ON sender_numbers (appointment_id);

        -- state: as RowState. written: a JSON array of the seven columns where they are
        -- not those of the appointment.
        CREATE TABLE rows (
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN \(rowPending) AND \(rowSkipped)),
            appointment_id INTEGER,
            code TEXT,
            reason TEXT,
            written TEXT,
            response_details TEXT,
            PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;

        -- Rows of appointments that an earlier run created, which are most rows of most nights, many to an entry.
        -- pairs: a JSON array of line << 32 | appointment_id. See KnownRows.
        CREATE TABLE known_rows (
            file_id INTEGER NOT NULL REFERENCES files,
            first_line INTEGER NOT NULL,
            count INTEGER NOT NULL,
            pairs TEXT NOT NULL,
            PRIMARY KEY (file_id, first_line)
        ) STRICT, WITHOUT ROWID;

        -- known: whether an earlier run told the same of the same visit. customer: whose visit the row is about, in
        -- words, as far as it says so.
        CREATE TABLE findings (
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            position INTEGER NOT NULL,
            column_name TEXT,
            code TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'skipped', 'refused')),
            value TEXT NOT NULL,
            message TEXT NOT NULL,
            fix TEXT NOT NULL,
            known INTEGER NOT NULL DEFAULT 0 CHECK (known IN (0, 1)),
            customer TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (file_id, line, position)
        ) STRICT, WITHOUT ROWID;

        -- Rows of rejects files: the file and line that each came from first, and the
        -- run that rejected it there.
        CREATE TABLE origins (
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            origin_file TEXT NOT NULL,
            origin_line INTEGER NOT NULL,
            origin_run INTEGER NOT NULL,
            PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;

        -- The rejects files that we wrote, as they were when we wrote them.
        CREATE TABLE rejects_files (
            path TEXT NOT NULL PRIMARY KEY,
            input TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What a person said of an appointment: word is created, not-created, withdrawn, withdrawal-undone, rebook, done,
        -- quiet, approved.
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            appointment_id INTEGER NOT NULL REFERENCES appointments,
            made INTEGER NOT NULL,
            who TEXT NOT NULL,
            word TEXT NOT NULL,
            batch_id INTEGER,
            note TEXT
        ) STRICT;
        CREATE INDEX decisions_by_appointment ON decisions (appointment_id);

        -- What the service said of a phone (its digits) or an account number. asked: when. customers: their IDs,
        -- separated by spaces; empty where there was none.
        CREATE TABLE customer_answers (
            endpoint_id INTEGER NOT NULL REFERENCES endpoints,
            kind TEXT NOT NULL CHECK (kind IN ('phone', 'account')),
            number TEXT NOT NULL,
            asked INTEGER NOT NULL,
            customers TEXT NOT NULL,
            PRIMARY KEY (endpoint_id, kind, number)
        ) STRICT, WITHOUT ROWID;

        -- Rows without an ID whose customer was found. found_by: the numbers in words, "phone 5085550107".
        CREATE TABLE row_customers (
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            found_by TEXT NOT NULL,
            PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;

        -- What was told once, by a hash of its code and of the visit. last_run: the last run that found it.
        CREATE TABLE told (
            endpoint_id INTEGER NOT NULL REFERENCES endpoints,
            key INTEGER NOT NULL,
            first_run INTEGER NOT NULL,
            last_run INTEGER NOT NULL,
            PRIMARY KEY (endpoint_id, key)
        ) STRICT, WITHOUT ROWID;

        -- Visits that stand, or may stand, in SecurityTrax as they were created, and of which a file said otherwise
        -- since: a person changes them there. customer to tech: what the file says now, null where it has no such visit.
        -- said: its words. line: 0 where the file has no row of it. last_run: the last run that found it so.
        -- closed_by: file (it agrees again), person (done by hand), changed (the file says something else now).
        CREATE TABLE to_dos (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            appointment_id INTEGER NOT NULL REFERENCES appointments,
            code TEXT NOT NULL,
            customer INTEGER,
            service INTEGER,
            start INTEGER,
            end INTEGER,
            tech INTEGER,
            said TEXT NOT NULL,
            file_id INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            opened_run INTEGER NOT NULL,
            last_run INTEGER NOT NULL,
            closed INTEGER,
            closed_by TEXT CHECK (closed_by IN ('file', 'person', 'changed')),
            closed_run INTEGER,
            who TEXT,
            note TEXT,
            CHECK ((closed IS NULL) = (closed_by IS NULL))
        ) STRICT;
        CREATE INDEX to_dos_by_appointment ON to_dos (appointment_id, id);
        CREATE UNIQUE INDEX to_dos_open ON to_dos (appointment_id) WHERE closed IS NULL;

        -- What a person does not want to be told of before a day: milliseconds since 1970 UTC.
        CREATE TABLE quiet (
            appointment_id INTEGER PRIMARY KEY REFERENCES appointments,
            until INTEGER NOT NULL,
            who TEXT NOT NULL
        ) STRICT;

        -- Runs that were held before their first post. word: what a person said of it since, approved or withdrawn.
        CREATE TABLE holds (
            run_id INTEGER PRIMARY KEY REFERENCES runs,
            held INTEGER NOT NULL,
            reason TEXT NOT NULL,
            decided INTEGER,
            word TEXT CHECK (word IN ('approved', 'withdrawn')),
            who TEXT,
            note TEXT,
            CHECK ((decided IS NULL) = (word IS NULL))
        ) STRICT;
        """
}
