import AppointmentLedger
import SystemFiles

/// Keeps a timer from locking an account: after refused logins in a row, no run that nobody watches tries again for a
/// day.
struct LoginGuard {
    /// So many refused logins in a row are enough.
    static let limit = 2
    /// How long nobody tries again.
    static let pause: Duration = .seconds(86_400)

    /// When runs were refused since the last login that was not, the newest first: milliseconds since 1970 UTC.
    let refused: [Int]

    /// Why no run may try now; nil where one may.
    func objection(at now: Date) -> LoginHeldBack? {
        guard refused.count >= Self.limit, let last = refused.first else { return nil }
        let until = last + Self.pause.inMilliseconds
        guard Double(until) > now.timeIntervalSince1970 * 1000 else { return nil }
        return LoginHeldBack(
            message:
                "SecurityTrax refused the login of the last \(refused.count) runs, the last time \(LedgerTime.local(last)): "
                + "no run that nobody watches tries again before \(LedgerTime.local(until)), so that the account is not locked; nothing was sent",
            fix:
                "correct the user name, the password or the partner ID, then let stimport doctor try them once: where it is let in, runs log in again; so they do after one at a terminal was let in"
        )
    }
}

/// A run that did not try to log in.
package struct LoginHeldBack: Error, Sendable, Hashable {
    /// One sentence without its full stop, not escaped.
    package var message: String
    /// What would help: one sentence without its full stop, not escaped.
    package var fix: String
}
