import SystemFiles
import AppointmentLedger
import AppointmentImport

/// What ends a command otherwise than a usage error.
struct CommandFailure: Error {
    let status: ExitStatus
    /// One sentence without its full stop; not escaped, without a secret.
    let message: String
    let fix: String?

    init(_ status: ExitStatus, _ message: String, fix: String? = nil) {
        self.status = status
        self.message = message
        self.fix = fix
    }

    /// A signal came before anything was read.
    init(stoppedBy number: Int32, while what: String) {
        self.init(
            number == SIGINT ? .interrupted : .terminated, "stopped while \(what); nothing was posted",
            fix: "start it again")
    }
}

extension CommandFailure {
    /// What a command threw. What else is wrong with the usage is in the error itself.
    init(any error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as UsageError: self.init(.wrongUsage, error.message, fix: error.fix)
        case let error as LedgerError: self.init(error)
        default:
            self.init(
                .unfinished, "something failed that stimport has no words for: \(error)",
                fix:
                    "what was done stays done: stimport status shows it; the same command can be started again"
            )
        }
    }
}

extension CommandFailure {
    /// The ledger can't be used, or refuses what was asked of it.
    init(_ error: LedgerError) {
        let status: ExitStatus =
            switch error.code {
            case .held: .ledgerLocked
            case let code where code.isRefusal: .wrongUsage
            default: .ledgerUnusable
            }
        self.init(status, error.message, fix: error.fix)
    }
}
