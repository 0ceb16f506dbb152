import AppointmentRows
import AppointmentLedger

extension RunReport {
    /// The stable JSON object, version 2: the same for a run that has just ended and for one that the ledger keeps.
    package var json: JSONOutput { .object(members) }

    /// The code of why it stopped itself, if it did.
    package var stopCode: String? { failure?.code.rawValue ?? stopped?.code.rawValue }

    private var members: [(String, JSONOutput)] {
        var members: [(String, JSONOutput)] = [
            ("version", .integer(2)),
            ("run", run.map { .integer($0) } ?? .null),
            ("exit", exit.map { .integer(Int($0.rawValue)) } ?? .null),
            ("stopped", failure?.stopJSON ?? stopped?.json ?? .null),
            ("files", .array(files.map(\.json))),
            ("totals", .object(totals.json)),
            ("batches", .integer(batches)),
            ("posts", .integer(posts)),
            ("retries", .integer(retries)),
            ("seconds", .number((seconds * 1000).rounded() / 1000)),
            ("ledger_created", .boolean(ledgerCreated)),
            ("to_do", toDos.json),
            ("findings_total", .integer(findingsTotal)),
            ("findings_known", .integer(findingsKnown)),
            ("in_doubt_known", .integer(doubtsKnown)),
            ("findings", .array(findings.map(\.json))),
        ]
        if lookUpsNeeded > 0 { members.append(("look_ups_needed", .integer(lookUpsNeeded))) }
        if let pruned { members.append(("pruned", .text(LedgerTime.iso(pruned)))) }
        return members
    }
}

extension LedgerError {
    /// The entry of a run that ended because its ledger could not be used any more, in the form of a stop.
    fileprivate var stopJSON: JSONOutput {
        .object([("code", .text(code.rawValue)), ("message", .text(message)), ("fix", .text(fix))])
    }
}

extension RunReport.File {
    /// The file's entry.
    package var json: JSONOutput {
        var members: [(String, JSONOutput)] = [("file", .text(name))]
        members += counts.json
        members.append(("rejects", rejects.map { .text($0) } ?? .null))
        if let rejectsError { members.append(("rejects_error", .text(rejectsError))) }
        if let problem {
            members.append(("error", .text(problem.message)))
            if !problem.code.isEmpty { members.append(("error_code", .text(problem.code))) }
        }
        if !remarks.isEmpty {
            members.append(
                (
                    "remarks",
                    .array(
                        remarks.map {
                            .object([("code", .text($0.code.rawValue)), ("message", .text($0.message))])
                        })
                ))
        }
        if let movedTo { members.append(("moved_to", .text(movedTo))) }
        if let moveError { members.append(("move_error", .text(moveError))) }
        return .object(members)
    }
}

extension RowCounts {
    /// `rows` and the eight states, in the order in which they are shown.
    package var json: [(String, JSONOutput)] {
        [("rows", .integer(rows))] + RowState.shown.map { ($0.name, .integer(self[$0])) }
    }
}

extension FileFinding {
    /// The finding's entry in the summary.
    package var json: JSONOutput { .object(members) }

    /// What the entry has.
    var members: [(String, JSONOutput)] {
        [
            ("file", .text(file)),
            ("line", .integer(finding.line)),
            ("customer", finding.customer.isEmpty ? .null : .text(finding.customer)),
            ("column", finding.column.map { .text($0) } ?? .null),
            ("code", .text(finding.code.rawValue)),
            ("severity", .text(finding.severity.rawValue)),
            ("value", .text(finding.value)),
            ("message", .text(finding.message)),
            ("fix", .text(finding.fix)),
            ("known", .boolean(isKnown)),
        ]
    }
}
