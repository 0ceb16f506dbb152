package import AppointmentLedger
import CSVReading
import SecurityTrax

/// What `find` found: for people, for programs and for spreadsheets.
package enum FoundReport {
    /// One appointment as lines of text, not escaped: what it is, then how it came to be so.
    ///
    /// - Parameter ledger: which of several ledgers it is in; nil where there is one.
    package static func lines(_ found: FoundAppointment, in ledger: String? = nil) -> [String] {
        let visit = found.appointment
        let reason = found.reason.isEmpty ? "" : " (\(found.reason))"
        var lines = [
            "\(found.id)\(ledger.map { " in \($0)" } ?? ""): \(found.state.words)\(reason)",
            "    customer \(visit.customerID), \(visit.start.wire) to \(visit.end.wire), \(VisitText(visit).work)",
        ]
        if !visit.texts[.notes].isEmpty { lines.append("    notes: \(visit.texts[.notes])") }
        if let customer = found.foundCustomer { lines.append("    the customer was found by \(customer.by)") }
        if !found.senderNumbers.isEmpty {
            lines.append("    the sender's number: \(found.senderNumbers.joined(separator: ", "))")
        }
        lines.append(
            "    staged \(LedgerTime.local(found.staged)) by run \(found.run), line \(found.line) of \(found.file)"
        )
        if let posted = found.posted {
            let run = found.postedRun.map { " of run \($0)" } ?? ""
            let answer = found.answered.map { ", settled \(LedgerTime.local($0))" } ?? ", not settled yet"
            lines.append(
                "    posted \(LedgerTime.local(posted)) with batch \(found.batch ?? 0)\(run)\(answer)")
        } else if let batch = found.batch {
            lines.append("    posted with batch \(batch), whose details were forgotten (stimport prune)")
        } else {
            lines.append("    never posted")
        }
        for decision in found.decisions {
            lines.append(
                "    \(LedgerTime.local(decision.made)): \(decision.who) said \(decision.word)"
                    + (decision.note.map { ": \($0)" } ?? ""))
        }
        lines += found.toDos.map { "    " + ToDoText($0).history }
        lines.append("    at \(found.endpoint)")
        lines += pages(found).map { "    \($0)" }
        return lines
    }

    /// A row that came to no appointment as lines of text, escaped: when it was read, then why.
    package static func lines(_ row: RowNotBooked, in ledger: String? = nil) -> [String] {
        let place = ledger.map { " in \(ActingCharacter.escaped($0))" } ?? ""
        return ["not booked\(place): read by run \(row.run), \(LedgerTime.local(row.started))"]
            + row.finding.lines().map { "    \($0)" }
    }

    /// So many rows that came to no appointment are shown of each ledger at the most.
    package static let rowsNotBooked = 20

    /// One object: the appointments, each with its ledger; then how many they are, the words that none of them has, the
    /// rows that came to no appointment, and the ledgers that could not be read, with the reason.
    package struct JSON {
        private var list = JSONList([("version", .integer(1))], "appointments")
        private var count = 0
        private var notBooked: [JSONOutput] = []

        /// Nothing yet.
        package init() {}

        /// The text up to the end of these appointments of a ledger.
        package mutating func adding(_ found: [FoundAppointment], in ledger: String) -> String {
            count += found.count
            return found.map { list.adding(json($0, in: ledger)) }.joined()
        }

        /// Takes note of rows of a ledger that came to no appointment.
        package mutating func add(_ rows: [RowNotBooked], in ledger: String) {
            notBooked += rows.map { row in
                .object(
                    row.finding.members + [
                        ("run", .integer(row.run)), ("time", .text(LedgerTime.iso(row.started))),
                        ("ledger", .text(ledger)),
                    ])
            }
        }

        /// The rest of the text.
        package func end(unknown: [String], failures: [(ledger: String, message: String)]) -> String {
            list.end([
                ("found", .integer(count)), ("unknown", .array(unknown.map { .text($0) })),
                ("not_booked", .array(notBooked)),
                (
                    "unread",
                    .array(
                        failures.map {
                            .object([("ledger", .text($0.ledger)), ("error", .text($0.message))])
                        })
                ),
            ])
        }
    }

    private static func json(_ found: FoundAppointment, in ledger: String) -> JSONOutput {
        func time(_ milliseconds: Int?) -> JSONOutput {
            milliseconds.map { .text(LedgerTime.iso($0)) } ?? .null
        }
        func number(_ number: Int?) -> JSONOutput { number.map { .integer($0) } ?? .null }
        let known: [(String, JSONOutput)] = [
            ("id", .integer(found.id)), ("state", .text(found.state.name)), ("code", .text(found.code)),
            ("reason", .text(found.reason)),
        ]
        let history: [(String, JSONOutput)] = [
            ("customer_found", found.foundCustomer.map { .text($0.words) } ?? .null),
            ("sender_numbers", .array(found.senderNumbers.map { .text($0) })),
            ("staged", time(found.staged)), ("posted", time(found.posted)),
            ("answered", time(found.answered)),
            ("run", .integer(found.run)), ("posted_run", number(found.postedRun)),
            ("batch", number(found.batch)),
            ("file", .text(found.file)), ("line", .integer(found.line)), ("endpoint", .text(found.endpoint)),
            ("details", .object(found.details.map { ($0.name, .text($0.value)) })),
            (
                "decisions",
                .array(
                    found.decisions.map { decision in
                        .object([
                            ("time", time(decision.made)), ("who", .text(decision.who)),
                            ("word", .text(decision.word)),
                            ("note", decision.note.map { .text($0) } ?? .null),
                        ])
                    })
            ),
            ("to_do", .array(found.toDos.filter { $0.done == nil }.map(\.json))),
            ("done_by_hand", .array(found.toDos.filter { $0.done != nil }.map(\.doneJSON))),
            ("links", .array(pages(found).map { .text($0) })), ("ledger", .text(ledger)),
        ]
        return .object(known + found.appointment.json + history)
    }

    /// The names of the columns that `csv` fills.
    package static func csvHeader(isForSpreadsheet: Bool = false) throws -> [UInt8] {
        var writer = CSVWriter(dialect: .lines, byteOrderMark: isForSpreadsheet)
        try writer.write(
            ["id", "state", "code", "reason"] + AppointmentField.allCases.map(\.name) + [
                "sender_numbers", "staged", "posted", "answered", "run", "posted_run", "batch", "file",
                "line",
                "endpoint", "decisions", "links", "customer_found", "ledger",
            ])
        return writer.drain()
    }

    /// A line for each appointment of a ledger.
    package static func csv(
        _ found: [FoundAppointment], in ledger: String, isForSpreadsheet: Bool = false
    ) throws -> [UInt8] {
        var writer = CSVWriter(dialect: .lines)
        for found in found {
            func text(_ number: Int?) -> String { number.map { String($0) } ?? "" }
            func time(_ milliseconds: Int?) -> String { milliseconds.map { LedgerTime.iso($0) } ?? "" }
            let decisions = found.decisions.map { decision in
                "\(LedgerTime.iso(decision.made)) \(decision.who): \(decision.word)"
                    + (decision.note.map { " (\($0))" } ?? "")
            }
            let links = pages(found).joined(separator: " ")
            let known = [
                text(found.id), found.state.name, found.code, RowReport.neutralizingFormulas(found.reason),
            ]
            let visit = RowReport.fields(
                AppointmentField.allCases.map { found.appointment[$0] }, isForSpreadsheet)
            let history = [
                RowReport.neutralizingFormulas(found.senderNumbers.joined(separator: " ")),
                time(found.staged),
                time(found.posted), time(found.answered), text(found.run), text(found.postedRun),
                text(found.batch), RowReport.neutralizingFormulas(found.file), text(found.line),
                RowReport.neutralizingFormulas(found.endpoint),
                RowReport.neutralizingFormulas(decisions.joined(separator: "; ")),
                links, found.foundCustomer.map { RowReport.neutralizingFormulas($0.words) } ?? "",
                RowReport.neutralizingFormulas(ledger),
            ]
            try writer.write(known + visit + history)
        }
        return writer.drain()
    }

    private static func pages(_ found: FoundAppointment) -> [String] {
        Portal.pages(of: found.appointment.customerID, at: found.endpoint)
    }
}
