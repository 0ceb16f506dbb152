import AppointmentRows
import AppointmentLedger
import SecurityTrax

/// The accounting, and what needs somebody.
extension HTMLReport {
    func writeOverview(_ facts: HTMLFacts) {
        let counts = content.runs.isEmpty || !content.isWholeRun ? facts.counts : content.runs[0].totals
        output.text("<section><h2>Accounting</h2>\n")
        output.text(HTMLText.element("p", counts.sentence(isOnlyValid: isOnlyValid)) + "\n")
        if counts.rows > 0 { output.text(Self.bar(counts, isOnlyValid: isOnlyValid)) }
        for run in content.runs where content.isWholeRun { output.text(Self.files(of: run)) }
        output.text("</section>\n")
    }

    /// Whether what is pending was only found valid: nothing will post it.
    private var isOnlyValid: Bool { content.isWholeRun && content.runs.allSatisfy(\.isOnlyValid) }

    /// A bar of the states, each with its number beside its name.
    private static func bar(_ counts: RowCounts, isOnlyValid: Bool) -> String {
        let states = RowState.shown.filter { counts[$0] > 0 }
        var x = 0.0
        var bar =
            "<svg class=\"bar\" viewBox=\"0 0 400 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(HTMLText.escaped(counts.sentence(isOnlyValid: isOnlyValid)))\">"
        // What is small stays visible.
        let least = 3.0
        let small = states.filter { Double(counts[$0]) / Double(counts.rows) * 400 < least }
        let shared = 400 - Double(small.count) * least
        let large = states.filter { !small.contains($0) }.reduce(0) { $0 + counts[$1] }
        for state in states {
            let width =
                small.contains(state) ? least : shared * Double(counts[state]) / Double(max(1, large))
            let words = state.words(isOnlyValid: isOnlyValid)
            bar +=
                "<rect class=\"\(state.name)\" x=\"\(number(x))\" y=\"0\" width=\"\(number(width))\" height=\"24\"><title>\(grouped(counts[state])) \(words)</title></rect>"
            x += width
        }
        bar += "</svg>\n<ul class=\"legend\">"
        for state in states {
            bar +=
                "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"\(state.name)\" width=\"10\" height=\"10\"/></svg> \(grouped(counts[state])) \(state.words(isOnlyValid: isOnlyValid))</li>"
        }
        return bar + "</ul>\n"
    }

    /// A number for a picture, with one decimal.
    static func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
    }

    private static func files(of run: RunReport) -> String {
        let states = RowState.shown.filter { run.totals[$0] > 0 }
        var table =
            "<table class=\"stack\"><caption>Files</caption><thead><tr><th scope=\"col\">File</th><th scope=\"col\" class=\"number\">Rows</th>"
        let names = states.map { $0.words(isOnlyValid: run.isOnlyValid) }
        for name in names { table += "<th scope=\"col\" class=\"number\">\(name)</th>" }
        table += "<th scope=\"col\">Rejects file</th></tr></thead><tbody>\n"
        for file in run.files {
            table +=
                "<tr><th scope=\"row\">\(HTMLText.escaped(file.name == "-" ? "standard input" : file.name))</th>"
            table += "<td data-label=\"rows\" class=\"number\">\(grouped(file.counts.rows))</td>"
            for (state, name) in zip(states, names) {
                let style = file.counts[state] > 0 ? "number \(state.name)" : "number"
                table += "<td data-label=\"\(name)\" class=\"\(style)\">\(grouped(file.counts[state]))</td>"
            }
            table += "<td data-label=\"rejects\">\(HTMLText.escaped(file.rejects ?? ""))</td></tr>\n"
            if let problem = file.problem {
                let kind = problem.isSetAside ? "set aside" : "could not be read"
                table +=
                    "<tr><td colspan=\"\(states.count + 3)\" class=\"bad\">\(HTMLText.escaped("\(file.name): \(kind): \(problem.message)"))</td></tr>\n"
            }
        }
        return table + "</tbody></table>\n"
    }

    // MARK: What needs somebody

    func writeAttention(_ facts: HTMLFacts) {
        let states: [RowState] = [.inDoubt, .refused, .invalid] + (isOnlyValid ? [] : [.pending])
        let changes = content.isWholeRun ? content.runs.first?.toDos ?? ToDoChanges() : ToDoChanges()
        let hasToDos = changes.new + changes.open > 0
        guard states.contains(where: { facts.counts[$0] > 0 }) || hasToDos else {
            if facts.counts.rows > 0 {
                output.text("<section><h2>What needs somebody</h2><p>Nothing.</p></section>\n")
            }
            return
        }
        output.text("<section><h2>What needs somebody</h2>\n")
        let fixes = fixes
        if hasToDos { output.text(Self.list(changes)) }
        for state in states where facts.counts[state] > 0 {
            let isHeld = state == .pending && content.runs.contains { $0.stopped?.code == .held }
            let advice = isHeld ? "They are held until somebody says: stimport review." : state.advice ?? ""
            output.text(
                "<h3 class=\"\(state.name)\">\(grouped(facts.counts[state])) \(isHeld ? "held" : state.words)</h3>\n"
                    + "<p>\(HTMLText.withCommands(advice))</p>\n")
            for group in facts.groups(of: state) {
                output.text(Self.list(group, named: isHeld ? "held" : state.words, fixes: fixes))
            }
        }
        output.text("</section>\n")
    }

    /// What the run's files say of visits that stand in SecurityTrax otherwise.
    private static func list(_ changes: ToDoChanges) -> String {
        let (shown, open) = (changes.firstNew, max(changes.open, changes.new))
        var list =
            "<h3>\(grouped(open)) to do by hand</h3>\n<p>"
            + HTMLText.withCommands(
                "No interface can move or cancel these visits in SecurityTrax: somebody has to, and then say so: stimport resolve --done ID… --note TEXT."
            ) + "</p>\n<ul>\n"
        for toDo in shown {
            let words = ToDoText(toDo)
            list +=
                "<li>\(HTMLText.isolated(words.line)) <em>\(HTMLText.escaped(words.action))</em>"
                + links(toDo.visit.endpoint, toDo.visit.appointment.customerID) + "</li>\n"
        }
        list += "</ul>\n"
        let rest = open - shown.count
        if rest > 0 {
            list +=
                "<p class=\"note\">\(HTMLText.withCommands("\(shown.isEmpty ? "" : "and ")\(grouped(rest)) \(shown.isEmpty ? "" : "more, ")known from earlier runs or not listed here: stimport review"))</p>\n"
        }
        return list
    }

    /// What would fix a row, where the findings say so.
    private var fixes: [String: String] {
        var fixes: [String: String] = [:]
        for entry in content.runs.flatMap(\.findings) {
            let key = "\(entry.file):\(entry.finding.line)"
            if fixes[key] == nil { fixes[key] = entry.finding.fix }
        }
        return fixes
    }

    private static func list(
        _ group: HTMLFacts.Group, named state: String, fixes: [String: String]
    ) -> String {
        let name = [group.code, group.reason].filter { !$0.isEmpty }.joined(separator: ": ")
        let isOpen = group.state == .inDoubt || group.rows.count <= 10
        var list =
            "<details\(isOpen ? " open" : "")><summary>\(grouped(group.count)) × \(HTMLText.escaped(name.isEmpty ? state : name))</summary><ul>\n"
        for row in group.rows {
            var text =
                [
                    row.appointment.map { "\($0):" },
                    row.customer.isEmpty ? nil : "customer \(row.customer),",
                    row[.start].isEmpty ? nil : "\(row[.start]) to \(row[.end]),",
                    row.service.isEmpty ? nil : "\(row.service),",
                    "\(row.file):\(row.line)",
                ].compactMap { $0 }.map(HTMLText.isolated).joined(separator: " ")
            if group.code.isEmpty, !row.code.isEmpty { text += ": " + HTMLText.escaped(row.code) }
            if group.reason.isEmpty, !row.reason.isEmpty { text += ": " + HTMLText.isolated(row.reason) }
            if let fix = fixes["\(row.file):\(row.line)"] { text += " <em>\(HTMLText.isolated(fix))</em>" }
            if group.state == .inDoubt { text += links(row) }
            list += "<li>\(text)</li>\n"
        }
        list += "</ul>"
        if group.count > group.rows.count {
            list +=
                "<p class=\"note\">and \(grouped(group.count - group.rows.count)) more among the rows below</p>"
        }
        return list + "</details>\n"
    }

    /// Where to look the customer up.
    private static func links(_ row: ReportRow) -> String {
        guard let endpoint = row.endpoint, let customer = Int64(row[.customerID]) else { return "" }
        return links(endpoint, customer)
    }

    private static func links(_ endpoint: String, _ customer: Int64) -> String {
        guard let portal = Portal(identity: endpoint) else { return "" }
        return
            " <a href=\"\(HTMLText.escaped(portal.appointments(of: customer)))\" rel=\"noreferrer\">appointments</a> <a href=\"\(HTMLText.escaped(portal.history(of: customer)))\" rel=\"noreferrer\">history</a>"
    }
}
