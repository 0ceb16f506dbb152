import AppointmentRows
import AppointmentLedger
import SecurityTrax

/// A report for people to read: each run's summary, and the rows that somebody has to look at or asked for.
package struct TextReport: ReportWriter {
    private let content: ReportContent
    private let output: ReportOutput

    package init(_ content: ReportContent, _ output: ReportOutput) {
        (self.content, self.output) = (content, output)
    }

    package func write() async throws {
        for run in content.runs { show(run) }
        var counts = RowCounts()
        try await content.forEachRow { row in
            counts[row.state] += 1
            if !content.isWholeRun || row.state.needsSomebody { output.words(row.line(output.style)) }
        }
        if !content.isWholeRun { output.words(counts.sentence(isOnlyValid: false)) }
        for run in content.runs { showRemarks(run) }
    }

    private func show(_ run: RunReport) {
        output.words(run.headline)
        if let stopped = run.stopped {
            output.words("\(stopped.lead): \(ActingCharacter.escaped(stopped.message))")
        }
        for line in SummaryText(run, output.style).lines { output.words(line) }
        for file in run.files {
            guard let problem = file.problem else { continue }
            output.words(
                ActingCharacter.escaped(
                    (problem.isSetAside ? "set aside: " : "could not be read: ")
                        + problem.sentence(about: file.name)))
        }
        if let pruned = run.pruned {
            output.words(
                "its rows and findings were forgotten \(LedgerTime.local(pruned)) (stimport prune): only the counts are left"
            )
        }
    }

    /// What was said of rows that were posted or left out all the same.
    private func showRemarks(_ run: RunReport) {
        guard content.isWholeRun else { return }
        let remarks = run.findings.filter {
            $0.finding.severity == .warning || $0.finding.severity == .skipped
        }
        for entry in remarks {
            for line in entry.lines(output.style) { output.words(line) }
        }
        if run.findings.count < run.findingsTotal {
            output.words(
                "\(grouped(run.findings.count)) of \(grouped(run.findingsTotal)) findings were looked at: stimport check --format csv lists them all"
            )
        }
    }
}

extension ReportRow {
    /// `a.csv:17: refused refused-by-service: Customer not found (customer 103317, 01/11/2027 9:00 to 01/11/2027 10:00, Service, run 12, 2026-11-25 02:00:04 +01:00, acme)`
    package func line(_ style: TextStyle) -> String {
        let word = state.tone.map { style.paint(state.words, $0) } ?? state.words
        let about = [code, reason].filter { !$0.isEmpty }.joined(separator: ": ")
        return ActingCharacter.escaped("\(file):\(line): ") + word
            + ActingCharacter.escaped((about.isEmpty ? "" : " \(about)") + " (\(facts))")
    }

    private var facts: String {
        func named(_ name: String, _ value: String) -> String? { value.isEmpty ? nil : name + value }
        let window = [self[.start], self[.end]].filter { !$0.isEmpty }.joined(separator: " to ")
        return [
            named("customer ", customer), named("", window), named("", service),
            named("technician ", self[.techID]), run.map { "run \($0)" }, time.map { LedgerTime.local($0) },
            site, appointment.map { "ID \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
    }
}

extension ReportRow {
    /// One of the seven columns; empty where the row has none.
    subscript(field: AppointmentField) -> String {
        columns.indices.contains(field.rawValue) ? columns[field.rawValue] : ""
    }

    /// The customer's ID, and the number that gave it where the row had none; or the number alone.
    package var customer: String {
        if let foundCustomer { return foundCustomer.words }
        // What is no ID may be a name beside a number.
        return namedCustomer.isEmpty ? self[.customerID] : namedCustomer
    }

    /// The service type in words, or as it was written.
    var service: String {
        let text = self[.serviceType]
        return Int(text).flatMap { ServiceType(rawValue: $0)?.name } ?? text
    }

    /// The dealer's site, or the address where it has no such form.
    package var site: String? {
        endpoint.map { Endpoint.site(ofIdentity: $0) ?? $0 }
    }
}
