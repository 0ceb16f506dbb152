import AppointmentLedger
import AppointmentRows

/// How a run ended, for people: a table of files and states, the accounting, what it took.
package struct SummaryText {
    private let report: RunReport
    private let style: TextStyle

    /// The text of one run.
    package init(_ report: RunReport, _ style: TextStyle = .plain) {
        self.report = report
        self.style = style
    }

    /// A line for each file and a column for each state that occurs, the accounting, where rejects went, and the run.
    package var lines: [String] {
        table + [accounting] + [lookUps].compactMap { $0 } + remarks + toDos + places
            + [run].compactMap { $0 }
    }

    /// How many to-dos are shown one by one.
    private static let shownToDos = 20

    private var toDos: [String] {
        guard let sentence = report.toDos.sentence else { return [] }
        let shown = report.toDos.firstNew.prefix(Self.shownToDos)
        let hidden = report.toDos.new - shown.count
        return [sentence] + shown.map { "  " + ActingCharacter.escaped(ToDoText($0).line) }
            + (hidden > 0 ? ["  … and \(grouped(hidden)) more"] : [])
    }

    private var remarks: [String] {
        report.files.flatMap { file in
            file.remarks.map { ActingCharacter.escaped("\(Self.name(file)): \($0.message)") }
        }
    }

    // MARK: Table

    /// A column of the table: a state, or what was found valid and is not to be posted.
    private struct Column: Hashable {
        let state: RowState
        let isOnlyValid: Bool
    }

    private var columns: [Column] {
        let all = RowState.shown.flatMap { state in
            state == .pending
                ? [Column(state: state, isOnlyValid: true), Column(state: state, isOnlyValid: false)]
                : [Column(state: state, isOnlyValid: false)]
        }
        return all.filter { column in report.files.contains { count($0, column) > 0 } }
    }

    private func count(_ file: RunReport.File, _ column: Column) -> Int {
        let isOnlyValid = column.state == .pending && report.isOnlyValid(file)
        return isOnlyValid == column.isOnlyValid ? file.counts[column.state] : 0
    }

    private func cell(_ count: Int, _ column: Column) -> TextTable.Cell {
        TextTable.Cell(grouped(count), count == 0 || column.isOnlyValid ? nil : column.state.tone)
    }

    private static func name(_ file: RunReport.File) -> String {
        ActingCharacter.escaped(file.name == "-" ? "standard input" : file.name)
    }

    private var table: [String] {
        guard !report.files.isEmpty else { return [] }
        let columns = columns
        let titles = columns.map { $0.state.words(isOnlyValid: $0.isOnlyValid) }
        var table = TextTable(rows: [(["file", "rows"] + titles).map { TextTable.Cell($0) }])
        for file in report.files {
            let isRead = file.problem.map(\.isSetAside) ?? true
            let numbers =
                isRead
                ? [TextTable.Cell(grouped(file.counts.rows))] + columns.map { cell(count(file, $0), $0) }
                : [TextTable.Cell("not read", .bad)]
            table.rows.append([TextTable.Cell(Self.name(file))] + numbers)
        }
        if report.files.count > 1 {
            let sums = columns.map { column in
                cell(report.files.reduce(0) { $0 + count($1, column) }, column)
            }
            table.rows.append(
                [TextTable.Cell("all files"), TextTable.Cell(grouped(report.totals.rows))] + sums)
        }
        guard let width = style.width else { return table.lines(style) }
        return table.narrowed(to: width)?.lines(style) ?? blocks(table)
    }

    /// The same for a narrow terminal: a block a file, a line a state.
    private func blocks(_ table: TextTable) -> [String] {
        guard let header = table.rows.first else { return [] }
        return table.rows.dropFirst().flatMap { row in
            let values = zip(header, row).dropFirst().filter { $1.text != "0" }
            let block = TextTable(rows: values.map { [TextTable.Cell("  " + $0.text), $1] })
            return [row[0].text] + block.lines(style)
        }
    }

    // MARK: Below it

    private var accounting: String {
        var parts: [String] = []
        for column in columns {
            let count = report.files.reduce(0) { $0 + self.count($1, column) }
            let text = "\(grouped(count)) \(column.state.words(isOnlyValid: column.isOnlyValid))"
            parts.append(
                column.isOnlyValid ? text : column.state.tone.map { style.paint(text, $0) } ?? text)
        }
        return counted(report.totals.rows, "row")
            + (parts.isEmpty ? "" : " = " + parts.joined(separator: " + "))
    }

    private var lookUps: String? {
        let count = report.lookUpsNeeded
        guard count > 0 else { return nil }
        let verb = count == 1 ? "names its" : "name their"
        return "\(counted(count, "row")) \(verb) customer by phone or account number: "
            + "an import asks SecurityTrax who that is, and so does check --online"
    }

    private var places: [String] {
        report.files.flatMap { file in
            let name = report.files.count > 1 ? " of \(Self.name(file))" : ""
            return [
                file.rejects.map { "rejects\(name): \(ActingCharacter.escaped($0))" },
                file.movedTo.map { "\(Self.name(file)) was moved to \(ActingCharacter.escaped($0))" },
            ].compactMap { $0 }
        }
    }

    /// `run 12: 20 batches, 21 posts (1 repeated), 3.2 s, 312 rows a second`
    private var run: String? {
        var parts: [String] = []
        if report.batches > 0 {
            let repeats = report.retries == 0 ? "" : " (\(grouped(report.retries)) repeated)"
            parts.append(
                "\(counted(report.batches, "batch")), \(counted(report.posts, "post"))\(repeats)")
        }
        if report.seconds > 0 { parts.append(LedgerTime.elapsed(report.seconds)) }
        let totals = report.totals
        let done =
            report.isAbandoned ? totals.rows : totals[.created] + totals[.refused] + totals[.inDoubt]
        if done > 0, report.seconds >= 0.05 {
            parts.append(counted(Int((Double(done) / report.seconds).rounded()), "row") + " a second")
        }
        guard !parts.isEmpty else { return report.run.map { "run \($0)" } }
        return (report.run.map { "run \($0): " } ?? "took ") + parts.joined(separator: ", ")
    }
}
