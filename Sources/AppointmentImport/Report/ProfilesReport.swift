package import AppointmentLedger

/// What a command came to for each profile of the settings file (`--all-profiles`).
package struct ProfilesReport {
    /// One profile.
    package struct Entry: Sendable {
        /// The profile's name.
        package var name: String
        /// What the command would have ended with by itself; nil where it was not begun.
        package var status: ExitStatus?
        /// The rows of its run; nil where there was none.
        package var totals: RowCounts?
        /// What it ended with, in words, where the status alone does not say it.
        package var words: String?
        /// Whether `--quiet` says nothing of it: it has nothing but what an earlier run told.
        package var isKnown = false
        /// What needs somebody, beside rows: not escaped.
        package var needs: [String] = []
        /// Why it could not be carried out: not escaped.
        package var failure: String?
        /// What it would have printed for programs.
        package var result: JSONOutput?

        /// A profile whose turn has not come.
        package init(name: String) {
            self.name = name
        }
    }

    /// The word of the command: `import`.
    private let command: String
    private let entries: [Entry]
    /// What else the process ends with: a signal that came between two of them.
    private let ending: ExitStatus?

    /// A report.
    package init(command: String, _ entries: [Entry], ending: ExitStatus? = nil) {
        self.command = command
        self.entries = entries
        self.ending = ending
    }

    /// The one that outranks the others.
    package var status: ExitStatus {
        ExitStatus.combined(entries.compactMap(\.status) + [ending].compactMap { $0 })
    }

    /// Whether `--quiet` tells of them.
    package var isToldQuietly: Bool {
        ending != nil || entries.contains { $0.status != .success && !$0.isKnown }
    }

    /// The rows of all of them.
    package var totals: RowCounts {
        entries.reduce(into: RowCounts()) { sum, entry in
            if let totals = entry.totals { sum += totals }
        }
    }

    /// A line for each profile, for people.
    package func lines(_ style: TextStyle) -> [String] {
        let titles = ["profile", "rows", "created", "exit"]
        var table = TextTable(rows: [titles.map { TextTable.Cell($0) }])
        for entry in entries {
            let numbers = entry.totals.map { [grouped($0.rows), grouped($0[.created])] } ?? ["-", "-"]
            table.rows.append(
                ([ActingCharacter.escaped(entry.name)] + numbers).map { TextTable.Cell($0) }
                    + [
                        TextTable.Cell(
                            entry.words ?? entry.status?.words ?? "not begun", Self.tone(entry.status))
                    ])
        }
        let needs = ["needs somebody"] + entries.map { ActingCharacter.escaped(Self.needs($0)) }
        return table.lines(style, notes: needs)
    }

    /// For programs.
    package var json: JSONOutput {
        .object([
            ("version", .integer(1)), ("command", .text(command)), ("exit", .integer(Int(status.rawValue))),
            (
                "profiles",
                .array(
                    entries.map { entry in
                        .object([
                            ("profile", .text(entry.name)),
                            ("exit", entry.status.map { .integer(Int($0.rawValue)) } ?? .null),
                            ("error", entry.failure.map { .text($0) } ?? .null),
                            ("result", entry.result ?? .null),
                        ])
                    })
            ),
        ])
    }

    private static func tone(_ status: ExitStatus?) -> TextStyle.Tone? {
        switch status {
        case .success: .good
        case nil, .rowsRejected, .unfinished, .interrupted, .terminated: .careful
        default: .bad
        }
    }

    /// `2 invalid, 1 in doubt`
    private static func needs(_ entry: Entry) -> String {
        let states: [RowState] = [.inDoubt, .invalid, .refused, .pending]
        let rows = entry.totals.map { totals in
            states.filter { totals[$0] > 0 }.map { "\(grouped(totals[$0])) \($0.words)" }
        }
        return ([entry.failure].compactMap { $0 } + (rows ?? []) + entry.needs).joined(separator: ", ")
    }
}
