import AppointmentLedger
import SecurityTrax

/// A report as one HTML page that stands alone: nothing is loaded from elsewhere, and no script is needed to read it.
/// What needs somebody comes first; a script, where it may run, sorts and filters the rows.
package struct HTMLReport: ReportWriter {
    /// How many rows stand in the table itself. A page of more keeps all of them as text, which costs a browser
    /// little, and in its table the first of those that need somebody.
    static let tableRows = 1_000
    /// How many those are: as many as the script shows at a time.
    static let foldedTableRows = 100
    /// How many rows of text are one element: a browser lays out those that are in sight.
    private static let textRows = 250
    /// How many rows a page holds at the most.
    static let rowLimit = 60_000

    let content: ReportContent
    let output: ReportOutput

    package init(_ content: ReportContent, _ output: ReportOutput) {
        (self.content, self.output) = (content, output)
    }

    package func write() async throws {
        var facts = HTMLFacts()
        try await content.forEachRow { facts.add($0) }
        writeHead()
        writeOverview(facts)
        writeAttention(facts)
        output.text(SchedulePicture(facts.visits).html)
        output.text(PostsChart(content.posts).html)
        try await writeRows(facts)
        output.text("</main></body></html>\n")
    }

    private var title: String {
        if let run = content.runs.first, content.runs.count == 1 { return "stimport run \(run.run ?? 0)" }
        return content.runs.isEmpty ? "stimport: every appointment" : "stimport: \(content.runs.count) runs"
    }

    private func writeHead() {
        output.text(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <title>\(HTMLText.escaped(title))</title>
            <style>\(Self.style)</style></head><body><main>
            <h1>\(HTMLText.escaped(title))</h1>

            """)
        for run in content.runs {
            output.text(HTMLText.element("p", run.headline) + "\n")
            if let site = run.endpoint.map({ Endpoint.site(ofIdentity: $0) ?? $0 }) {
                output.text(HTMLText.element("p", "Posted to \(site)", class: "note") + "\n")
            }
            if let stopped = run.stopped {
                output.text(
                    HTMLText.element(
                        "p",
                        "\(stopped.lead.prefix(1).uppercased())\(stopped.lead.dropFirst()): \(stopped.message)",
                        class: "bad")
                        + HTMLText.element(
                            "p", stopped.fix.prefix(1).uppercased() + stopped.fix.dropFirst(), class: "note")
                        + "\n")
            }
            if let pruned = run.pruned {
                output.text(
                    HTMLText.element(
                        "p",
                        "Its rows were forgotten \(LedgerTime.local(pruned)) (stimport prune): only the counts are left."
                    ) + "\n")
            }
        }
    }

    // MARK: Rows

    private func writeRows(_ facts: HTMLFacts) async throws {
        guard facts.counts.rows > 0 else {
            if content.runs.allSatisfy({ $0.pruned == nil }) {
                output.text("<section><h2>Rows</h2><p>There are no rows.</p></section>\n")
            }
            return
        }
        let isFolded = facts.counts.rows > Self.tableRows
        let total = counted(facts.counts.rows, "row")
        let caption =
            isFolded
            ? "The first rows that need somebody; below are all \(total) as text" : "All \(total)"
        output.text("<section><h2>Rows</h2>\n")
        output.text("<table id=\"rows\" class=\"stack\"><caption>\(caption)</caption><thead><tr>")
        for name in Self.columns { output.text("<th scope=\"col\">\(name)</th>") }
        output.text("</tr></thead><tbody>\n")
        for row in isFolded ? facts.firstNeedingSomebody : facts.firstRows {
            output.text(Self.tableRow(row))
        }
        output.text("</tbody></table>\n")
        if isFolded { try await writeFolded(facts, total) }
        output.text("</section>\n<script>\(Self.script)</script>\n")
    }

    /// Every row as a line of text.
    private func writeFolded(_ facts: HTMLFacts, _ total: String) async throws {
        let shown = min(facts.counts.rows, Self.rowLimit)
        let rest =
            shown < facts.counts.rows
            ? "; the first \(grouped(shown)) are here, stimport report --format csv has all" : ""
        output.text("<details id=\"all\"><summary>All \(total) as text\(rest)</summary>\n")
        output.text("<p class=\"note\">\(Self.columns.joined(separator: " · "))</p>")
        var written = 0
        try await content.forEachRow { row in
            guard written < Self.rowLimit else { return }
            if written % Self.textRows == 0 { output.text(written == 0 ? "<pre>\n" : "</pre><pre>\n") }
            written += 1
            output.text(Self.fields(of: row).map(HTMLText.field).joined(separator: "\t") + "\n")
        }
        output.text("</pre></details>\n")
    }

    /// The columns of the table; the style names them again for narrow windows.
    static let columns = [
        "ID", "Row", "State", "Customer", "Start", "End", "Service", "Tech", "Detail", "Notes", "Why", "Time",
    ]

    private static func fields(of row: ReportRow) -> [String] {
        [
            row.appointment.map { String($0) } ?? "", "\(row.file):\(row.line)", row.state.words,
            row.customer, row[.start], row[.end], row.service, row[.techID],
            AppointmentField.workTexts.map { row[$0] }.filter { !$0.isEmpty }.joined(separator: "; "),
            row[.notes], [row.code, row.reason].filter { !$0.isEmpty }.joined(separator: ": "),
            row.time.map { LedgerTime.local($0) } ?? "",
        ]
    }

    private static func tableRow(_ row: ReportRow) -> String {
        let cells = fields(of: row).enumerated().map { index, text in
            let style = index == 2 ? " class=\"\(row.state.name)\"" : index == 9 ? " class=\"notes\"" : ""
            return "<td\(style)>\(HTMLText.escaped(text))</td>"
        }
        return "<tr>" + cells.joined() + "</tr>\n"
    }
}
