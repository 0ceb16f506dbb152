package import AppointmentLedger
package import AppointmentRows

/// A run as every output format shows it: one that has just ended, or one that the ledger keeps.
package struct RunReport: Sendable {
    /// One input file.
    package struct File: Sendable {
        /// As the user named it; `-` for standard input.
        package var name: String
        /// Its rows by state.
        package var counts: RowCounts
        /// Its rejects file, if one was written.
        package var rejects: String?
        /// Why its rejects file could not be written.
        package var rejectsError: String?
        /// Why nothing of it was imported: it can't be read as appointments, or was set aside.
        package var problem: Problem?
        /// What is odd about it as a whole.
        package var remarks: [FileRemark] = []
        /// Where an inbox put it.
        package var movedTo: String?
        /// Why it was left in its inbox.
        package var moveError: String?
        /// What would help, where it is not to leave it there; not escaped.
        package var moveFix: String?
    }

    /// Why nothing of a file was imported.
    package struct Problem: Sendable, Hashable {
        /// Stable: people script against it.
        package var code: String
        /// The reason: one sentence without its full stop, not escaped.
        package var message: String
        /// What would fix it; nil where the ledger does not keep it.
        package var fix: String?
        /// The line that it speaks of, if it speaks of one.
        package var line: Int?

        /// Whether the file was read, and set aside because of its rows.
        package var isSetAside: Bool { code == InputError.Code.tooManyInvalid.rawValue }
        /// Whether the same file may be read the next time without anybody's doing.
        package var mayPass: Bool { InputError.Code(rawValue: code)?.mayPass ?? false }
    }

    /// The run's number in the ledger; nil where there is no ledger.
    package var run: Int?
    /// `import`, `resume`, `dry-run`, `check` or `adopt`.
    package var command = "import"
    /// Where it posts to: an endpoint's identity.
    package var endpoint: String?
    /// When it began: milliseconds since 1970 UTC.
    package var started: Int?
    /// When it ended, in the same way; nil while it goes on, and for good where it was killed and nothing ran since.
    package var finished: Int?
    /// The status that the process ends with; nil where it did not end by itself.
    package var exit: ExitStatus?
    /// The files, in the order given.
    package var files: [File] = []
    /// Batches claimed.
    package var batches = 0
    /// Requests attempted.
    package var posts = 0
    /// Those that repeated rows after an outcome that proved that nothing was created.
    package var retries = 0
    /// From the start of the run to its end.
    package var seconds = 0.0
    /// Whether the run made its ledger.
    package var ledgerCreated = false
    /// The first findings, at most 1,000.
    package var findings: [FileFinding] = []
    /// All findings.
    package var findingsTotal = 0
    /// Whether nothing was posted because of the rows, or because nothing was to be posted.
    package var isAbandoned = false
    /// How many of the rows wait for a person's word on a held run, by that run.
    package var heldRows: [Int: Int] = [:]
    /// What is to be done by hand.
    package var toDos = ToDoChanges()
    /// How many of the findings an earlier run told of the same visit.
    package var findingsKnown = 0
    /// How many findings are told for the first time; of rows that are left out, none counts.
    package var findingsNew = 0
    /// How many of the rows in doubt are so since an earlier run.
    package var doubtsKnown = 0
    /// Valid rows that name their customer by a number that SecurityTrax was not asked about.
    package var lookUpsNeeded = 0
    /// Why it stopped itself before everything was posted; nil where it did not.
    package var stopped: RunStop?
    /// When its rows and findings were forgotten, which leaves its counts: milliseconds since 1970 UTC.
    package var pruned: Int?
    /// Why delivery ended; nil where there was none, or where the ledger tells of the run.
    package var end: DeliveryEnd?
    /// What the ledger failed with in the middle of the run.
    package var failure: LedgerError?

    /// The rows of all files.
    package var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }

    /// The rows that are still to be posted, as the ledger has them: those of files that were set aside, or of a
    /// run that posts nothing, are not.
    package var open: Int {
        isAbandoned ? 0 : files.reduce(0) { $0 + ($1.problem == nil ? $1.counts[.pending] : 0) }
    }

    /// Whether `--quiet` tells of it: of a run that ended well, or has nothing but what an earlier one told, it says
    /// nothing.
    package var isToldQuietly: Bool {
        guard command == "import" || command == "resume" else { return status != .success }
        return hasNews
            || status != .success && files.contains { $0.moveError != nil || $0.rejectsError != nil }
    }

    /// Whether there is anything that an earlier run has not told.
    package var hasNews: Bool {
        switch status {
        case .success: false
        case .rowsRejected, .inDoubt:
            findingsNew > 0 || toDos.new > 0 || totals[.inDoubt] > doubtsKnown || hasStopNews
                || files.contains { $0.problem != nil }
        case .unfinished:
            // What waits for a person's word on an earlier run was told when that was held.
            heldRows.isEmpty || heldRows.keys.contains { $0 == run } || hasStopNews || toResume > 0
                || findingsNew > 0 || toDos.new > 0
        case .wrongUsage, .unreadableInput, .credentialsRefused, .ledgerLocked, .ledgerUnusable, .interrupted,
            .terminated:
            true
        }
    }

    /// Whether all is well again after a run that ended otherwise: it is complete and that one was not, or it ended
    /// with nothing to correct and nothing left to do by hand.
    package func isRecovery(from before: ExitStatus) -> Bool {
        switch status {
        case .success: !before.isComplete || before != .success && toDos.open == 0
        case .rowsRejected: !before.isComplete
        default: false
        }
    }

    /// Whether it stopped itself for something else than that its rows wait for a word on an earlier run.
    private var hasStopNews: Bool {
        guard let stopped else { return false }
        return stopped.code != .held || heldRows.keys.contains { $0 == run }
    }

    /// The rows that `resume` would post.
    package var toResume: Int { open - heldRows.values.reduce(0, +) }

    /// What the process ends with; a run that did not end by itself is unfinished.
    package var status: ExitStatus { exit ?? .unfinished }

    /// Whether a file's pending rows were only found valid: nothing will post them.
    package func isOnlyValid(_ file: File) -> Bool { isAbandoned || file.problem != nil }

    /// Whether all pending rows were only found valid.
    package var isOnlyValid: Bool {
        isAbandoned || files.allSatisfy { $0.problem != nil || $0.counts[.pending] == 0 }
    }
}

extension RunReport {
    /// A run that could not begin.
    package init(nothingBegan exit: ExitStatus) {
        self.exit = exit
    }

    /// A run as the ledger keeps it.
    package init(_ record: RunRecord, findings: [FileFinding] = []) {
        run = record.run
        command = record.command
        endpoint = record.endpoint
        started = record.started
        finished = record.finished
        exit = record.exit.flatMap { ExitStatus(rawValue: Int32($0)) }
        files = record.files.map { file in
            File(
                name: file.name, counts: file.counts, rejects: file.rejects, rejectsError: file.rejectsError,
                problem: file.error.map { Problem(code: file.errorCode ?? "", message: $0) },
                remarks: file.remarks)
        }
        batches = record.batches
        posts = record.posts
        retries = record.retries
        seconds = record.seconds
        ledgerCreated = record.ledgerCreated
        self.findings = findings
        findingsTotal = record.findingsTotal
        findingsNew = record.findingsNew
        findingsKnown = record.findingsKnown
        doubtsKnown = record.doubtsKnown
        toDos = record.toDos
        isAbandoned = record.isAbandoned
        stopped = record.stopped
        pruned = record.pruned
    }
}

extension RunReport.Problem {
    /// What an input failed with.
    package init(_ error: InputError) {
        self.init(code: error.code.rawValue, message: error.message, fix: error.fix, line: error.line)
    }
}
