import AppointmentRows
package import AppointmentLedger
import Foundation

extension RunRecord {
    /// The run in the form of its summary, with the findings given.
    package func json(findings: [FileFinding]) -> JSONOutput {
        var members = SummaryJSON(
            run: run, exit: exit, stopped: stopped, files: files.map(\.json), totals: totals,
            batches: batches, posts: posts, retries: retries, seconds: seconds,
            ledgerCreated: ledgerCreated, findings: findings, findingsTotal: findingsTotal
        ).members
        if let pruned { members.append(("pruned", .text(Self.iso(pruned)))) }
        return .object(members)
    }

    private static func iso(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }
}

extension RunRecord.File {
    /// The file's entry.
    package var json: JSONOutput {
        var members: [(String, JSONOutput)] = [("file", .text(name))]
        members += counts.json
        members.append(("rejects", rejects.map { .text($0) } ?? .null))
        if let rejectsError { members.append(("rejects_error", .text(rejectsError))) }
        if let error { members.append(("error", .text(error))) }
        if let errorCode { members.append(("error_code", .text(errorCode))) }
        return .object(members)
    }
}
