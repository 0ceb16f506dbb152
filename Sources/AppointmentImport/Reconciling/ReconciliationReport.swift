package import AppointmentLedger
package import AppointmentRows
import CSVReading
import SecurityTrax

/// What a comparison with a report came to, for people, for programs, and as a list that `resolve` takes.
package struct ReconciliationReport {
    /// How many visits of one finding are listed for people.
    package static let listed = 20
    /// How many lines of CSV are written at a time.
    private static let chunk = 200
    /// How many ranges of IDs a command to type may have.
    private static let typedRanges = 30

    private let result: Reconciliation
    private let report: ReportedVisits
    /// The report's name, as it was given.
    private let file: String
    private let ledger: Ledger
    /// The identity of the endpoint that the ledger's visits are at.
    private let endpoint: String
    /// The viewer's time zone; nil where the report's times are the customers' own.
    private let viewerZone: ZoneRule?
    private let next: NextSteps

    /// A report.
    ///
    /// - Parameter ledger: what was compared: a million visits are read again rather than kept.
    package init(
        _ result: Reconciliation, of report: ReportedVisits, file: String, ledger: Ledger,
        endpoint: String, viewerZone: ZoneRule?, next: NextSteps
    ) {
        self.result = result
        self.report = report
        self.file = file
        self.ledger = ledger
        self.endpoint = endpoint
        self.viewerZone = viewerZone
        self.next = next
    }

    // MARK: For people

    /// Writes the text, line by line; not escaped.
    ///
    /// - Parameters:
    ///   - style: how wide lines may become.
    ///   - isWhole: whether every visit is listed, however many there are.
    ///   - isTaken: whether what is proposed is about to be taken, or asked about: all of it is listed then.
    package func writeText(
        _ style: TextStyle, isWhole: Bool, isTaken: Bool = false, to write: (String) -> Void
    ) async throws {
        func put(_ lines: [String]) {
            for line in lines { style.lines(of: line).forEach(write) }
        }
        put(heading)
        for finding in Reconciliation.Finding.allCases where result.count(finding) > 0 {
            put(["", "\(finding.heading): \(grouped(result.count(finding)))"])
            if isWhole || isTaken && finding == .proposedCreated {
                try await forEachItem(of: finding) { put(lines($0)) }
            } else {
                let items = result.items.filter { $0.finding == finding }.prefix(Self.listed)
                for item in items { put(lines(item)) }
                let rest = result.count(finding) - items.count
                if rest > 0 { put(["  … and \(grouped(rest)) more: --verbose"]) }
            }
            put(remarks(finding, isTaken: isTaken))
        }
        let limit = isWhole ? Int.max : Self.listed
        if !report.unread.isEmpty {
            put(["", "Rows that can't be read: \(grouped(report.unread.count))"])
            put(report.unread.prefix(limit).map { "  line \($0.line): \($0.reason)" })
            if report.unread.count > limit {
                put(["  … and \(grouped(report.unread.count - limit)) more: --verbose"])
            }
        }
        put(["", summary + (isTaken ? "." : ". Nothing was changed.")])
    }

    private func forEachItem(
        of finding: Reconciliation.Finding? = nil, _ body: (Reconciliation.Item) throws -> Void
    ) async throws {
        try await result.forEachItem(of: finding, in: ledger, at: endpoint, body)
    }

    /// What is said below what was found so.
    private func remarks(_ finding: Reconciliation.Finding, isTaken: Bool) -> [String] {
        var lines: [String] = []
        if finding == .missing, result.missingBeyondReport > 0 {
            lines.append(
                "  \(grouped(result.missingBeyondReport)) of them are on days that the report has no entry of: if it was made for some days only, say --from DAY --to DAY."
            )
        }
        if finding == .missing || finding == .notInReport, let remark = ageRemark(finding) {
            lines.append("  " + remark)
        }
        if let advice = finding.advice { lines.append("  " + advice) }
        if finding == .proposedCreated, !isTaken { lines.append("  Say so: \(words)") }
        return lines
    }

    private var heading: [String] {
        let columns = report.columns.map { "\($0.name) is \($0.meaning.name)" }.joined(separator: ", ")
        let times =
            viewerZone.map { "Its times are taken for \($0.identifier), the viewer's zone." }
            ?? "Its times are taken for the customers' own: if they are the viewer's, say --time-zone ZONE."
        return [
            "\(file): \(counted(report.visits.count, "visit")), compared with what was sent to \(endpoint)",
            "\(columns). \(times)",
        ]
            + (isThin
                ? ["It tells neither the end nor the service: only the customer and the start are compared."]
                : [])
    }

    /// Whether little is compared.
    private var isThin: Bool {
        let telling: Set<InputColumn> = [
            .end, .window, .duration, .durationHours, .durationMinutes, .serviceType,
        ]
        return !report.columns.contains { telling.contains($0.meaning) }
    }

    /// What is said where the report is older than the posts of visits that it lacks; nil where it is not.
    private func ageRemark(_ finding: Reconciliation.Finding) -> String? {
        let later = result.postedLater(finding)
        guard later > 0, let saved = result.saved else { return nil }
        return
            "\(grouped(later)) of them \(later == 1 ? "was" : "were") posted after the report was saved (\(LedgerTime.local(saved))): export a new one."
    }

    private func lines(_ item: Reconciliation.Item) -> [String] {
        let place =
            item.lines.isEmpty
            ? ""
            : " (line\(item.lines.count == 1 ? "" : "s") \(item.lines.map(String.init).joined(separator: ", ")))"
        let state =
            item.visit.state == .inDoubt || item.visit.state == .created ? "" : ", \(item.visit.state.words)"
        return ["  \(item.visit.id): \(VisitText(item.visit.appointment).line)\(state)\(place)"]
            + (item.reason.isEmpty ? [] : ["      " + item.reason])
            // Where somebody has to look.
            + (item.finding == .proposedCreated ? [] : pages(item).map { "      " + $0 })
    }

    private func pages(_ item: Reconciliation.Item) -> [String] {
        Portal.pages(of: item.visit.appointment.customerID, at: endpoint)
    }

    /// The words that a person may give: a command to type; empty where nothing is proposed.
    package var words: String {
        let ranges = IDRanges.text(result.words.ids, separator: " ").split(separator: " ").map(String.init)
        if ranges.isEmpty { return "" }
        guard ranges.count <= Self.typedRanges else {
            return
                "stimport reconcile … --format csv > words.csv, then \(next.command("resolve", "words.csv"))"
        }
        return next.command(["resolve", "--created"] + ranges)
    }

    private var summary: String {
        var parts = ["\(grouped(result.agreeing)) agree"]
        for finding in Reconciliation.Finding.allCases where result.count(finding) > 0 {
            parts.append("\(grouped(result.count(finding))) \(finding.words)")
        }
        if result.foreign > 0 { parts.append("\(grouped(result.foreign)) in the report are none of ours") }
        if result.uncovered > 0 { parts.append("\(grouped(result.uncovered)) of ours on other days") }
        if report.repeated > 0 { parts.append("\(grouped(report.repeated)) repeated rows") }
        return parts.joined(separator: ", ")
    }

    // MARK: For programs

    /// Writes one object, visit by visit.
    ///
    /// - Parameter taken: how many of the proposals were taken.
    package func writeJSON(taken: Int = 0, to write: (String) -> Void) async throws {
        let counts = Reconciliation.Finding.allCases.map {
            ($0.rawValue.replacing("-", with: "_"), JSONOutput.integer(result.count($0)))
        }
        let head: [(String, JSONOutput)] =
            [
                ("version", .integer(1)), ("report", .text(file)), ("endpoint", .text(endpoint)),
                ("saved", result.saved.map { .text(LedgerTime.iso($0)) } ?? .null),
                ("time_zone", viewerZone.map { .text($0.identifier) } ?? .null),
                ("exit", .integer(Int(result.status(isTaken: taken > 0).rawValue))),
                ("visits", .integer(report.visits.count)), ("unread", .integer(report.unread.count)),
                ("agree", .integer(result.agreeing)), ("foreign", .integer(result.foreign)),
                ("other_days", .integer(result.uncovered)),
            ] + counts + [
                ("taken", .integer(taken)), ("words", .text(words)),
                (
                    "unread_rows",
                    .array(
                        report.unread.map {
                            .object([("line", .integer($0.line)), ("reason", .text($0.reason))])
                        })
                ),
            ]
        var list = JSONList(head, "items")
        try await forEachItem { write(list.adding(json($0))) }
        write(list.end())
    }

    private func json(_ item: Reconciliation.Item) -> JSONOutput {
        let visit = item.visit
        return .object(
            [
                ("finding", .text(item.finding.rawValue)), ("id", .integer(visit.id)),
                ("batch", visit.batch.map { .integer($0) } ?? .null), ("state", .text(visit.state.name)),
                ("verdict", Self.verdict(item).isEmpty ? .null : .text(Self.verdict(item))),
                ("reason", .text(item.reason)), ("lines", .array(item.lines.map { .integer($0) })),
                ("sent", visit.sent.map { .text(LedgerTime.iso($0)) } ?? .null),
                ("file", .text(visit.file)), ("line", .integer(visit.line)),
            ] + visit.appointment.json
                + [("links", .array(pages(item).map { .text($0) }))])
    }

    /// Writes a line for each visit that something is said of. `stimport resolve` takes it: what is proposed stands in
    /// the column `verdict`.
    package func writeCSV(isForSpreadsheet: Bool = false, to write: ([UInt8]) -> Void) async throws {
        var writer = CSVWriter(dialect: .lines, byteOrderMark: isForSpreadsheet)
        try writer.write(
            ["finding", "id", "batch", "state", "reason", "lines"] + AppointmentField.allCases.map(\.name)
                + [ReviewList.links, ReviewList.verdict])
        var unwritten = 1
        try await forEachItem { item in
            let visit = item.visit
            try writer.write(
                [
                    item.finding.rawValue, String(visit.id), visit.batch.map { String($0) } ?? "0",
                    visit.state.name, RowReport.neutralizingFormulas(item.reason),
                    item.lines.map(String.init).joined(separator: " "),
                ]
                    + RowReport.fields(
                        AppointmentField.allCases.map { visit.appointment[$0] }, isForSpreadsheet)
                    + [pages(item).joined(separator: " "), Self.verdict(item)])
            if unwritten == Self.chunk { write(writer.drain()) }
            unwritten = unwritten % Self.chunk + 1
        }
        write(writer.drain())
    }

    private static func verdict(_ item: Reconciliation.Item) -> String {
        item.finding == .proposedCreated ? Resolution.created.rawValue : ""
    }
}
