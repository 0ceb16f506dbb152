import AppointmentRows
import SystemFiles

/// What an import, an inbox or a report can't do, where no other library says why. All wording of it is here.
package struct ImportError: Error, Sendable, Hashable {
    /// One sentence without its full stop, not escaped.
    package let message: String
    /// What would help: one sentence without its full stop, not escaped; nil where it goes without saying.
    package let fix: String?

    private init(_ message: String, fix: String? = nil) {
        self.message = message
        self.fix = fix
    }

    // MARK: The inbox

    static func inbox(_ path: String, _ reason: SystemError) -> ImportError { inbox(path, reason.reason) }

    static func inboxIsNoFolder(_ path: String) -> ImportError { inbox(path, "it is not a folder") }

    private static func inbox(_ path: String, _ reason: String) -> ImportError {
        ImportError(
            "the inbox \(path) can't be used: \(reason)",
            fix: "name a folder that you may read and write with --inbox")
    }

    // MARK: Files that are moved out of it

    static let movedByOthers = ImportError(
        "it is not there any more: somebody else moved or deleted it",
        fix:
            "leave it so: what became of its rows stands in the ledger (stimport report), and a copy that comes again books nothing twice"
    )
    static let changedSinceRead = ImportError("it was changed or replaced since it was read")

    static func notMoved(to target: String, _ reason: SystemError) -> ImportError {
        ImportError("it can't be moved to \(target): \(reason)")
    }

    static func folderNotMade(_ folder: String, _ reason: SystemError) -> ImportError {
        ImportError("\(folder) can't be made: \(reason)")
    }

    static func folderNotFound(_ folder: String, _ reason: SystemError) -> ImportError {
        ImportError("\(folder): \(reason)")
    }

    static func notAFolder(_ path: String) -> ImportError { ImportError("\(path) is not a folder") }

    static func tooManyOfItsName(in folder: String) -> ImportError {
        ImportError("there are too many files of its name in \(folder)")
    }

    // MARK: Files that must have come

    static func expectation(_ text: String, _ reason: String) -> ImportError {
        ImportError(
            "\(Wording.quoted(text)): \(reason)",
            fix: "give for example 'housecall-*.csv by 02:30 Mon-Fri' or '*.csv by 06:00 daily'")
    }

    // MARK: Rejects files and reports

    static let tooManyRejectsFiles = ImportError("there are too many rejects files beside it already")

    static func forgottenRows(ofRun run: Int) -> ImportError {
        ImportError(
            "the rows of run \(run) were forgotten (stimport prune): only its counts are left",
            fix: "stimport report --run \(run) shows them; --all has every appointment")
    }
}
