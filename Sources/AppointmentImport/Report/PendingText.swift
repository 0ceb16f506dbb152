package import AppointmentLedger
import SecurityTrax
import SystemFiles

/// What is pending, as `resume` announces it before it posts.
package enum PendingText {
    /// - Parameters:
    ///   - pending: what this run posts.
    ///   - elsewhere: what it leaves alone, since it is pending for another site.
    package static func lines(_ pending: [PendingRows], _ elsewhere: [PendingRows]) -> [String] {
        var lines = pending.map { rows in
            "resume: \(rows.count) pending since run \(rows.run), \(LedgerTime.age(rows.started)), for \(place(rows.endpoint))"
        }
        if pending.isEmpty { lines.append("resume: nothing is pending here") }
        return lines + elsewhere.map(other)
    }

    private static func other(_ rows: PendingRows) -> String {
        let option =
            Endpoint.site(ofIdentity: rows.endpoint).map { "--site \(ShellArgument.quoted($0))" }
            ?? "--endpoint URL"
        return
            "left alone: \(rows.count) pending since run \(rows.run), \(LedgerTime.age(rows.started)), for \(place(rows.endpoint)) (stimport resume \(option))"
    }

    private static func place(_ identity: String) -> String {
        Endpoint.site(ofIdentity: identity).map { "site \($0)" } ?? identity
    }
}
