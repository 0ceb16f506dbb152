import AppointmentRows
import SQLiteStore
import SystemFiles

/// Why the ledger can't be used. All wording of it is here.
package struct LedgerError: Error, Sendable, Hashable {
    /// The reasons. The raw values are stable.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case held = "ledger-held"
        case missing = "ledger-missing"
        case corrupt = "ledger-corrupt"
        case foreign = "ledger-foreign"
        case newer = "ledger-newer"
        case older = "ledger-older"
        case readOnly = "ledger-read-only"
        case full = "ledger-full"
        case unreachable = "ledger-unreachable"
        case busy = "ledger-busy"
        case copy = "ledger-copy"
        case behind = "ledger-behind"
        case linked = "ledger-linked"
        case moved = "ledger-moved"
        case lockFailed = "ledger-lock-failed"
        case failed = "ledger-failed"

        // A person's word was refused: nothing was changed, and the ledger itself is in order.
        case unknownAppointment = "unknown-appointment"
        case unknownRun = "unknown-run"
        case notInDoubt = "not-in-doubt"
        case tooSoon = "too-soon"
        case oldList = "old-list"
        case unreadableList = "unreadable-list"
        case notWithdrawable = "not-withdrawable"
        case notWithdrawn = "not-withdrawn"
        case changedMeanwhile = "changed-meanwhile"
        case nothingToDo = "nothing-to-do"
        case notHeld = "not-held"
        case copyFailed = "copy-failed"

        /// Whether what was asked for is at fault, not the ledger.
        package var isRefusal: Bool {
            switch self {
            case .unknownAppointment, .unknownRun, .notInDoubt, .tooSoon, .oldList, .unreadableList,
                .notWithdrawable, .notWithdrawn, .changedMeanwhile, .nothingToDo, .notHeld, .copyFailed:
                true
            case .held, .missing, .corrupt, .foreign, .newer, .older, .readOnly, .full, .unreachable, .busy,
                .copy,
                .behind, .linked, .moved, .lockFailed, .failed:
                false
            }
        }
    }

    /// The reason.
    package var code: Code
    /// What is wrong and where: one sentence without its full stop, not escaped.
    package var message: String
    /// What would help: one sentence without its full stop, not escaped.
    package var fix: String

    /// A value of its parts.
    package init(_ code: Code, _ message: String, fix: String) {
        self.code = code
        self.message = message
        self.fix = fix
    }

    static func held(path: String, by holder: String?) -> LedgerError {
        LedgerError(
            .held,
            "another run holds the ledger \(path)" + (holder.map { " (\($0))" } ?? ""),
            fix: "wait for it to end, or let this run wait with --wait-for-lock")
    }

    static func missing(path: String) -> LedgerError {
        LedgerError(
            .missing, "there is no ledger at \(path)",
            fix:
                "name the right one with --ledger: without its ledger nobody knows what was posted before; where nothing was ever posted, a run without --require-ledger makes the first one"
        )
    }

    static func copy(path: String, made: Int) -> LedgerError {
        LedgerError(
            .copy,
            "the ledger \(path) is a copy, made \(Self.utc(made)): what was posted since then it doesn't know",
            fix: "go on with the ledger that it was made of; if that one is lost: \(adoption(path))")
    }

    static func behind(path: String, at mark: LedgerMark, last: LedgerMark) -> LedgerError {
        let lack =
            if last.run > mark.run {
                "ends with run \(mark.run), but run \(last.run) was made with it"
            } else if last.batch > mark.batch {
                "ends with batch \(mark.batch), but batch \(last.batch) was posted with it"
            } else {
                "lacks the last word that was given on it (stimport resolve, withdraw)"
            }
        return LedgerError(
            .behind, "the ledger \(path) \(lack): it was put back from an older copy, or has lost its log",
            fix:
                "go on with the newest one, with its log (\(PathParts(path).name)-wal) if there was one; if that is lost: \(adoption(path))"
        )
    }

    static func vanished(path: String, last: Int) -> LedgerError {
        LedgerError(
            .behind, "there is no ledger at \(path), but run \(last) was made with one",
            fix:
                "put it back, or a copy of it; to begin anew, so that what was posted before may be posted again, remove \(path).lock"
        )
    }

    /// A run that lost its ledger kept what it knew.
    ///
    /// - Parameter lacksFolder: whether the ledger's folder is gone too.
    static func rescued(path: String, copy: String, last: Int?, lacksFolder: Bool = false) -> LedgerError {
        let folder =
            lacksFolder ? "mkdir -p -m 700 \(ShellArgument.quoted(PathParts(path).folder)) && " : ""
        let forget = last == nil ? copy : "\(copy) and \(path).lock"
        return LedgerError(
            .behind,
            "there is no ledger at \(path), but a run that lost it kept what it knew in \(copy)",
            fix:
                "put that file in the ledger's place: \(folder)mv \(ShellArgument.quoted(copy)) \(ShellArgument.quoted(path)); to begin anew, so that what was posted before may be posted again, move \(forget) away"
        )
    }

    /// A file that its lock file knows as a ledger, and that is none now.
    static func lost(path: String, _ what: String, last: Int) -> LedgerError {
        LedgerError(
            .corrupt,
            "the ledger \(path) is damaged or was replaced: \(what), but run \(last) was made with it",
            fix: restoring(path) + "; " + beginningAnew(path))
    }

    /// A file without tables: what was written lay in its log.
    static func emptied(path: String, last: Int) -> LedgerError {
        LedgerError(
            .corrupt,
            "the ledger \(path) is empty, but run \(last) was made with it: its log (\(PathParts(path).name)-wal) is lost",
            fix: "put its log back; without that, \(restoring(path)); \(beginningAnew(path))")
    }

    private static func beginningAnew(_ path: String) -> String {
        "a run with another ledger, or with a new one, books again what this one knew of: only where there is no backup, and everything was looked up, move \(path) and \(path).lock away to begin anew"
    }

    static func linked(path: String, links: Int) -> LedgerError {
        LedgerError(
            .linked,
            "the ledger \(path) has \(links) names (hard links): a run that uses another one would not know of this one",
            fix:
                "keep one name and remove the others (find them with find DIR -samefile \(path)); to reach it from elsewhere, make a symbolic link or mount its folder"
        )
    }

    static func mounted(_ part: String, folder: String) -> LedgerError {
        LedgerError(
            .linked,
            "\(part) is mounted by itself: its log and its lock are not shared with those who use it elsewhere",
            fix: "mount the folder that it lies in, at \(folder) for instance, instead of the file alone")
    }

    static func lockUnopened(_ path: String, _ failure: SystemError) -> LedgerError {
        LedgerError(
            failure.code == ENOSPC || failure.code == EDQUOT ? .full : .readOnly,
            "the lock file \(path) can't be opened: \(failure.reason)",
            fix: failure.code == ENOSPC || failure.code == EDQUOT
                ? "make room and start the same command again"
                : "check the permissions of the ledger's folder")
    }

    static func lockFailed(_ path: String, _ failure: SystemError) -> LedgerError {
        LedgerError(
            .lockFailed, "the lock file \(path) can't be locked: \(failure.reason)",
            fix:
                "keep the ledger on a local disk: this file system may have no locks (a network file system), or have run out of them"
        )
    }

    static func lockUnwritable(_ path: String, _ failure: SystemError) -> LedgerError {
        let isFull = failure.code == ENOSPC || failure.code == EDQUOT
        return LedgerError(
            isFull ? .full : .readOnly, "the lock file \(path) can't be written: \(failure.reason)",
            fix: isFull
                ? "make room and start the same command again" : "check the disk that the ledger lies on")
    }

    static func lockDamaged(_ path: String, of ledger: String) -> LedgerError {
        LedgerError(
            .corrupt,
            "the lock file \(path) is damaged: whether the ledger is the one that was used last can't be told",
            fix:
                "if the ledger was not put back from a copy, remove the lock file and start again; if it was: remove it, then \(adoption(ledger))"
        )
    }

    /// The command that takes a copy into use, as it is typed: it names the ledger, which is not the usual one perhaps.
    private static func adoption(_ path: String) -> String {
        "stimport ledger adopt --ledger \(ShellArgument.quoted(path))"
    }

    /// What helps where the file itself is of no use.
    private static func restoring(_ path: String) -> String {
        "put its newest backup in its place and run \(adoption(path)); what was posted since that backup is not in it: "
            + "look it up in SecurityTrax before importing those files again"
    }

    static func damaged(path: String, _ words: String) -> LedgerError {
        LedgerError(SQLiteError(.corrupt, message: words, operation: "check"), path: path)
    }

    /// `2026-11-23 22:46 UTC`.
    private static func utc(_ milliseconds: Int) -> String {
        Date(milliseconds: milliseconds).formatted(
            .iso8601.year().month().day().dateSeparator(.dash).dateTimeSeparator(.space)
                .time(includingFractionalSeconds: false)) + " UTC"
    }

    /// What a failure of SQLite means for the ledger at `path`.
    package init(_ error: any Error, path: String) {
        switch error {
        case let error as LedgerError: self = error
        case let error as SQLiteError: self.init(error, path: path)
        case Schema.Mismatch.foreign(LedgerSchema.developmentID):
            self.init(
                .foreign, "the ledger \(path) is one of a development build from before the first version",
                fix:
                    "move it away, and the next run makes a new one, which remembers nothing; this one was not touched"
            )
        case Schema.Mismatch.foreign:
            self.init(
                .foreign, "\(path) is an SQLite database of another program",
                fix: "name another file with --ledger; this one was not touched")
        case Schema.Mismatch.newer(let version, let known):
            self.init(
                .newer, "the ledger \(path) is of version \(version), and this program knows \(known)",
                fix: "install the newer stimport that wrote it; it was not touched")
        case Schema.Mismatch.older(let version, let known):
            self.init(
                .older, "the ledger \(path) is of version \(version), and this program wants \(known)",
                fix: "the next import or resume brings it up to date")
        case Schema.Mismatch.empty:
            self.init(
                .missing, "the ledger \(path) is empty",
                fix: "the first import fills it; name the right one with --ledger if there should be one")
        default:
            self.init(
                .failed, "the ledger \(path) failed: \(error)",
                fix: "check the disk; nothing was lost, and the same command can be started again")
        }
    }

    private init(_ error: SQLiteError, path: String) {
        switch error.kind {
        case .full:
            self.init(
                .full, "the disk is full: the ledger \(path) can't be written",
                fix: "make room and start the same command again; nothing was lost")
        case .readOnly:
            self.init(
                .readOnly, "the ledger \(path) can't be written",
                fix: "check the permissions of the file and of its folder, and whether the disk is read-only")
        case .corrupt:
            self.init(
                .corrupt, "the ledger \(path) is damaged (\(error.message))",
                fix: Self.restoring(path))
        case .notADatabase:
            self.init(
                .foreign, "\(path) is not a ledger: it is not an SQLite database",
                fix: "name another file with --ledger; this one was not touched")
        case .cantOpen:
            self.init(
                .unreachable, "the ledger \(path) can't be opened",
                fix: "check that its folder exists and that you may read and write it")
        case .busy:
            self.init(
                .busy, "another program has locked the ledger \(path)",
                fix: "close the program that has it open for writing, and start again")
        default:
            self.init(
                .failed, "the ledger \(path) failed: \(error.description)",
                fix: "check the disk; nothing was lost, and the same command can be started again")
        }
    }
}
