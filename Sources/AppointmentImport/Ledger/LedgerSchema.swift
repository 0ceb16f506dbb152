import SQLiteStore

/// The ledger's tables.
///
/// An appointment carries its *latest* row: the file and line of the run that
/// took it up last. Rows that took up no appointment (invalid, duplicate, already
/// created, in doubt since an earlier run) stand in `rows`; so do the rows of
/// earlier runs, written there just before their appointment's state or row
/// changes outside their run, so that a run can always be shown as it ended.
/// The plain case, a new row that is posted, costs one insert.
///
/// Times are milliseconds since 1970 UTC, but for `start` and `end` (minutes of
/// the customer's clock, as `LocalTime`) and `past_after` (minutes since 1970 UTC).
enum LedgerSchema {
    static let current = Schema(
        applicationID: 0x5354_496D,  // "STIm"
        migrations: [version1]
    )

    private static let version1 = """
        -- max_window: the widest window ever accepted, in minutes. copied: when
        -- this file was made as a copy of another ledger. adopting: only inside
        -- the transaction that takes a copy into use.
        CREATE TABLE facts (
            name TEXT NOT NULL PRIMARY KEY,
            value ANY NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO facts VALUES ('max_window', 1440);

        -- asked_run: the last run that sent anything there. answered_run: the last one
        -- that got a readable answer. doubted_run: the run that stopped there since
        -- batch after batch came into doubt, until a batch is answered again.
        CREATE TABLE endpoints (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            asked_run INTEGER,
            answered_run INTEGER,
            doubted_run INTEGER
        ) STRICT;

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
            ledger_created INTEGER NOT NULL DEFAULT 0,
            findings_total INTEGER NOT NULL DEFAULT 0,
            abandoned INTEGER NOT NULL DEFAULT 0,
            stopped_code TEXT,
            stopped_message TEXT,
            stopped_fix TEXT,
            pruned INTEGER
        ) STRICT;

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
            rejects_error TEXT
        ) STRICT;
        CREATE INDEX files_by_run ON files (run_id);

        CREATE TABLE batches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES runs,
            claimed INTEGER NOT NULL,
            size INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            settled INTEGER,
            outcome TEXT,
            status INTEGER,
            reason TEXT
        ) STRICT;
        CREATE INDEX batches_open ON batches (id) WHERE settled IS NULL;

        -- state: 0 pending, 1 posting, 2 created, 3 refused, 4 in doubt, 5 withdrawn.
        -- tech: 0 where there is none. accepted_run: the run in which it last
        -- became pending from nothing or from refused; for a row of a rejects file
        -- the run that wrote it. withdrawn_from: the state that a person took it
        -- out of.
        CREATE TABLE appointments (
            id INTEGER PRIMARY KEY,
            endpoint_id INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            service INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            tech INTEGER NOT NULL,
            detail TEXT,
            notes TEXT,
            state INTEGER NOT NULL,
            accepted_run INTEGER NOT NULL,
            file_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            past_after INTEGER NOT NULL,
            batch_id INTEGER,
            changed INTEGER,
            code TEXT,
            reason TEXT,
            details TEXT,
            withdrawn_from INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX appointments_identity
            ON appointments (endpoint_id, customer, service, start, end, tech);
        CREATE TRIGGER appointments_transition BEFORE UPDATE OF state ON appointments
        WHEN NOT (
            OLD.state = 0 AND NEW.state IN (0, 1, 3) OR
            OLD.state = 1 AND NEW.state IN (0, 2, 3, 4) OR
            OLD.state = 3 AND NEW.state = 0 OR
            OLD.state = 4 AND NEW.state IN (0, 2) OR
            OLD.state IN (0, 2, 3) AND NEW.state = 5 AND NEW.withdrawn_from = OLD.state OR
            OLD.state = 5 AND NEW.state IN (0, OLD.withdrawn_from) OR
            OLD.state = 0 AND NEW.state = 4 AND EXISTS (SELECT 1 FROM facts WHERE name = 'adopting'))
        BEGIN
            SELECT RAISE(ABORT, 'an appointment can not change its state in that way');
        END;

        CREATE TABLE sender_numbers (
            endpoint_id INTEGER NOT NULL,
            number TEXT NOT NULL,
            appointment_id INTEGER NOT NULL,
            PRIMARY KEY (endpoint_id, number)
        ) STRICT, WITHOUT ROWID;

        -- state: 0 pending, 1 created, 2 already created, 3 duplicate, 4 invalid,
        -- 5 refused, 6 in doubt, 7 skipped. written: a JSON array of the seven columns where
        -- they are not those of the appointment.
        CREATE TABLE rows (
            file_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            state INTEGER NOT NULL,
            appointment_id INTEGER,
            code TEXT,
            reason TEXT,
            written TEXT,
            details TEXT,
            PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE findings (
            file_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            position INTEGER NOT NULL,
            column_name TEXT,
            code TEXT NOT NULL,
            severity TEXT NOT NULL,
            value TEXT NOT NULL,
            message TEXT NOT NULL,
            fix TEXT NOT NULL,
            PRIMARY KEY (file_id, line, position)
        ) STRICT, WITHOUT ROWID;

        -- Rows of rejects files: the file and line that each came from first, and the
        -- run that rejected it there.
        CREATE TABLE origins (
            file_id INTEGER NOT NULL,
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

        CREATE TABLE verdicts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            appointment_id INTEGER NOT NULL,
            made INTEGER NOT NULL,
            who TEXT NOT NULL,
            verdict TEXT NOT NULL,
            batch_id INTEGER,
            note TEXT
        ) STRICT;
        CREATE INDEX verdicts_by_appointment ON verdicts (appointment_id);
        """
}
