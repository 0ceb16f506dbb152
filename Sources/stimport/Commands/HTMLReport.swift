import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax

/// A run as one HTML page that stands alone: no script, nothing loaded from elsewhere.
struct HTMLReport {
    private let ledger: Ledger
    private let console: Console

    init(_ ledger: Ledger, _ console: Console) {
        self.ledger = ledger
        self.console = console
    }

    func write(_ run: RunRecord) async throws {
        console.write(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>stimport run \(run.run)</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
            td.notes { white-space: pre-wrap; }
            .created, .already_created { color: #1a7f37; } .in_doubt, .refused, .invalid { color: #b42318; }
            .pending { color: #9a6700; }
            </style></head><body>
            <h1>stimport run \(run.run)</h1>
            <p>\(Self.escaped(RunText.headline(run)))</p>
            \(run.stopped.map { "<p class=\"invalid\">It stopped itself: \(Self.escaped($0.message))</p>" } ?? "")
            <table><tr><th>file</th><th>rows</th>

            """)
        for state in RowState.shown { console.write("<th class=\"\(state.name)\">\(state.words)</th>") }
        console.write("</tr>\n")
        for file in run.files {
            console.write("<tr><td>\(Self.escaped(file.name))</td><td>\(file.counts.rows)</td>")
            for state in RowState.shown { console.write("<td>\(file.counts[state])</td>") }
            console.write("</tr>\n")
            if let error = file.error {
                console.write(
                    "<tr><td colspan=\"\(RowState.shown.count + 2)\" class=\"invalid\">\(Self.escaped(error))</td></tr>\n"
                )
            }
        }
        if let pruned = run.pruned {
            console.write(
                "</table>\n<p>Its rows were forgotten \(LedgerTime.utc(pruned)): only the counts are left.</p>\n</body></html>\n"
            )
            return
        }
        console.write(
            "</table>\n<table><tr><th>file</th><th>line</th><th>state</th><th>code</th><th>reason</th>")
        for field in AppointmentField.allCases { console.write("<th>\(field.name)</th>") }
        console.write("</tr>\n")
        for try await rows in ledger.rows(ofRun: run.run) {
            for row in rows { console.write(Self.line(row)) }
        }
        console.write("</table>\n</body></html>\n")
    }

    private static func line(_ row: ReportRow) -> String {
        var line = "<tr><td>\(escaped(row.file))</td><td>\(row.line)</td>"
        line += "<td class=\"\(row.state.name)\">\(row.state.words)</td>"
        line += "<td>\(escaped(row.code))</td><td>\(escaped(row.reason))</td>"
        for (field, value) in zip(AppointmentField.allCases, row.columns) {
            line += "<td\(field == .notes ? " class=\"notes\"" : "")>\(escaped(value))</td>"
        }
        return line + "</tr>\n"
    }

    /// Text from files and servers as text of the page.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            // Visible, not as a reference: a browser would follow that.
            case _ where ActingCharacter.contains(scalar): escaped += ActingCharacter.visible(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
