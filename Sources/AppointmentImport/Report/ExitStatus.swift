/// What the process tells whoever started it. The numbers are stable: people
/// script against them.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Every row is created, already created, a duplicate of one that is, or skipped by a rule.
    case success = 0
    /// Finished; some rows are invalid or refused (see the rejects file), or there is something new to do by hand.
    case rowsRejected = 1
    /// Wrong usage or settings; nothing was posted.
    case wrongUsage = 2
    /// The input can't be read as appointments; nothing of it was posted.
    case unreadableInput = 3
    /// SecurityTrax refused the credentials.
    case credentialsRefused = 4
    /// The service was unreachable or refused, or time ran out; rows are pending. Or the run is held, or a file that must come has not.
    case unfinished = 5
    /// Some appointments are in doubt: a person has to decide.
    case inDoubt = 6
    /// Another run holds the ledger.
    case ledgerLocked = 7
    /// The ledger can't be used (corrupt, read-only, disk full, from a newer version).
    case ledgerUnusable = 8
    /// Interrupted by SIGINT after settling what was in flight.
    case interrupted = 130
    /// Interrupted by SIGTERM after settling what was in flight.
    case terminated = 143

    /// The order in which a status outranks the others where several hold.
    /// `inDoubt` stands early because it alone needs a person.
    package static let ranking: [ExitStatus] = [
        .ledgerUnusable, .ledgerLocked, .wrongUsage, .inDoubt, .credentialsRefused, .interrupted, .terminated,
        .unreadableInput, .unfinished, .rowsRejected, .success,
    ]

    /// The one status that the process ends with, where all of these hold;
    /// `success` where none does.
    package static func combined(_ statuses: some Collection<ExitStatus>) -> ExitStatus {
        ranking.first { statuses.contains($0) } ?? .success
    }

    /// Whether all was posted that could be.
    package var isComplete: Bool { self == .success || self == .rowsRejected }

    /// The status in two words, beside its number.
    package var words: String {
        switch self {
        case .success: "complete"
        case .rowsRejected: "rows rejected"
        case .wrongUsage: "wrong usage"
        case .unreadableInput: "unreadable input"
        case .credentialsRefused: "credentials refused"
        case .unfinished: "unfinished"
        case .inDoubt: "in doubt"
        case .ledgerLocked: "ledger in use"
        case .ledgerUnusable: "ledger unusable"
        case .interrupted: "interrupted"
        case .terminated: "terminated"
        }
    }

    /// What the status means, in one line without a full stop.
    package var meaning: String {
        switch self {
        case .success:
            "every row is created, already created, a duplicate of one that is, or skipped by a rule"
        case .rowsRejected:
            "finished; some rows are invalid or refused (see the rejects file), or there is something new to do by hand"
        case .wrongUsage: "wrong usage or settings; nothing was posted"
        case .unreadableInput:
            "the input can't be read as appointments (missing file, missing column, not CSV, wrong encoding); nothing of it was posted"
        case .credentialsRefused: "SecurityTrax refused the credentials"
        case .unfinished:
            "unfinished: the service was unreachable or refused, or time ran out; rows are pending, start it again. Or the run is held (stimport review), or a file that --expect names has not come"
        case .inDoubt: "some appointments are in doubt: see stimport review"
        case .ledgerLocked: "another run holds the ledger"
        case .ledgerUnusable: "the ledger can't be used (corrupt, read-only, disk full, from a newer version)"
        case .interrupted: "interrupted (SIGINT) after settling what was in flight; start it again"
        case .terminated: "interrupted (SIGTERM) after settling what was in flight; start it again"
        }
    }
}
