import AppointmentLedger
import CSVReading

/// Where several ledgers stand, one for each site of a dealer: one line for each, and what the worst of them needs.
package struct LedgersStatus {
    /// One ledger.
    package struct Entry {
        /// The ledger, as it was named.
        package var ledger: String
        /// Where it stands; nil where it could not be read.
        package var status: LedgerStatus?
        /// Whether all is well with it; nil where nobody asked or where it could not be read.
        package var health: LedgerStatus.Health?
        /// Why it could not be read, and what a command of it alone would end with.
        package var failure: (status: ExitStatus, message: String)?

        /// A ledger that was read, or that could not be.
        package init(
            ledger: String, status: LedgerStatus? = nil, health: LedgerStatus.Health? = nil,
            failure: (status: ExitStatus, message: String)? = nil
        ) {
            self.ledger = ledger
            self.status = status
            self.health = health
            self.failure = failure
        }

        /// What a status of this ledger alone would end with.
        fileprivate var exit: ExitStatus { failure?.status ?? health?.status ?? .success }

        /// `IN DOUBT`, or `UNREADABLE`; nil where nobody asked and it could be read.
        fileprivate var word: String? { failure == nil ? health?.word : "UNREADABLE" }
    }

    private let entries: [Entry]
    private let isChecked: Bool

    /// The status of these ledgers.
    ///
    /// - Parameter isChecked: whether it was asked whether all is well.
    package init(_ entries: [Entry], isChecked: Bool) {
        self.entries = entries
        self.isChecked = isChecked
    }

    /// What the worst of them would end with.
    package var exit: ExitStatus { ExitStatus.combined(entries.map(\.exit)) }

    /// One line for a monitor: the worst ledger with its reason, and how many others are not well; nil where nobody
    /// asked.
    package var health: LedgerStatus.Health? {
        guard isChecked, let worst = worst else { return nil }
        let others = entries.count { $0.exit != .success } - (exit == .success ? 0 : 1)
        let reason = worst.failure?.message ?? worst.health?.reason ?? ""
        let rest =
            exit == .success
            ? "; the oldest of \(counted(entries.count, "ledger"))"
            : others > 0 ? "; and \(others) more of \(counted(entries.count, "ledger"))" : ""
        return LedgerStatus.Health(
            status: exit, word: worst.word ?? "OK",
            reason: ActingCharacter.escaped("\(worst.ledger): \(reason)\(rest)"))
    }

    /// The first that the process ends with; where all are well, the one whose last complete run is the oldest.
    private var worst: Entry? {
        guard exit == .success else { return entries.first { $0.exit == exit } }
        return entries.min { ($0.status?.lastSuccess ?? 0) < ($1.status?.lastSuccess ?? 0) }
    }

    // MARK: Forms

    /// A line for each ledger, for people.
    package func lines(_ style: TextStyle) -> [String] {
        let titles = ["ledger", "site", "last complete run", "pending", "held", "to do", "in doubt"]
        var table = TextTable(rows: [titles.map { TextTable.Cell($0) }])
        var notes = ["needs somebody"]
        for entry in entries {
            var texts = [entry.ledger, entry.status?.site ?? "-"].map { ActingCharacter.escaped($0) }
            if let status = entry.status {
                let standing = status.standing
                let counts = [standing.pendingCount, standing.heldCount, standing.toDos, standing.inDoubt]
                texts.append(status.lastSuccess.map { LedgerTime.local($0) } ?? "none")
                texts += counts.map(grouped)
            } else {
                texts += Array(repeating: "-", count: 5)
            }
            table.rows.append(texts.map { TextTable.Cell($0) })
            notes.append(ActingCharacter.escaped(note(entry)))
        }
        return table.lines(style, notes: notes)
    }

    private func note(_ entry: Entry) -> String {
        if let failure = entry.failure { return failure.message }
        if let health = entry.health, health.status != .success { return health.text }
        guard let status = entry.status else { return "" }
        let standing = status.standing
        if standing.inDoubt + standing.heldCount + standing.toDos > 0 { return status.next.command("review") }
        return standing.pendingCount > 0 ? status.completion : ""
    }

    /// For programs: what `status --format json` has of each, and of all together.
    package var json: JSONOutput {
        var members: [(String, JSONOutput)] = [
            ("version", .integer(1)), ("exit", .integer(Int(exit.rawValue))),
        ]
        if let health { members.append(("health", health.json)) }
        members.append(
            (
                "ledgers",
                .array(
                    entries.map { entry in
                        .object([
                            ("ledger", .text(entry.ledger)),
                            ("site", entry.status?.site.map { .text($0) } ?? .null),
                            ("exit", .integer(Int(entry.exit.rawValue))),
                            ("error", entry.failure.map { .text($0.message) } ?? .null),
                            ("status", entry.status?.json(entry.health) ?? .null),
                        ])
                    })
            ))
        return .object(members)
    }

    /// For spreadsheets: a line for each ledger.
    package func csv() throws -> [UInt8] {
        var writer = CSVWriter(dialect: .lines)
        try writer.write([
            "ledger", "site", "exit", "health", "reason", "last_complete_run", "pending", "posting", "held",
            "to_do", "in_doubt",
        ])
        for entry in entries {
            let counts = entry.status.map { status in
                let standing = status.standing
                return [
                    standing.pendingCount, standing.posting, standing.heldCount, standing.toDos,
                    standing.inDoubt,
                ].map { String($0) }
            }
            let texts = [
                entry.ledger, entry.status?.site ?? "", String(entry.exit.rawValue), entry.word ?? "",
                entry.failure?.message ?? entry.health?.reason ?? "",
                entry.status?.lastSuccess.map { LedgerTime.iso($0) } ?? "",
            ]
            try writer.write(
                texts.map(RowReport.neutralizingFormulas) + (counts ?? Array(repeating: "", count: 5)))
        }
        return writer.drain()
    }
}
