import AppointmentLedger
import SecurityTrax

/// A report as JSON: a run's summary as it was, or runs and the rows that were asked for.
package struct JSONReport: ReportWriter {
    private let content: ReportContent
    private let output: ReportOutput

    package init(_ content: ReportContent, _ output: ReportOutput) {
        (self.content, self.output) = (content, output)
    }

    package func write() async throws {
        if content.isWholeRun, let run = content.runs.first { return output.line(run.json.pretty) }
        // Row by row: a ledger may have a million.
        var list = JSONList(
            [("version", .integer(1)), ("runs", .array(content.runs.map(\.json)))], "rows")
        try await content.forEachRow { output.text(list.adding($0.json)) }
        output.text(list.end())
    }
}

extension ReportRow {
    /// The row's entry: where it stands, what became of it, the seven columns, what the service returned.
    package var json: JSONOutput {
        .object(
            [
                ("id", appointment.map { .integer($0) } ?? .null), ("file", .text(file)),
                ("line", .integer(line)), ("state", .text(state.name)), ("code", .text(code)),
                ("reason", .text(reason)), ("run", run.map { .integer($0) } ?? .null),
                ("time", time.map { .text(LedgerTime.iso($0)) } ?? .null),
                ("site", site.map { .text($0) } ?? .null),
                ("customer", customer.isEmpty ? .null : .text(customer)),
                ("customer_found", foundCustomer.map { .text($0.words) } ?? .null),
            ] + zip(AppointmentField.allCases, columns).map { ($0.name, .text($1)) }
                + [("details", .object(details.map { ($0.name, .text($0.value)) }))])
    }
}
