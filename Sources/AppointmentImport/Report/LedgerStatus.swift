package import AppointmentLedger
package import SystemFiles
import SecurityTrax

/// Where a ledger stands at one moment: its runs, and what is open.
package struct LedgerStatus {
    /// The last runs, the newest first.
    private let runs: [RunReport]
    /// Whether there are earlier ones.
    private let hasMore: Bool
    /// What is open in it.
    package let standing: LedgerStanding
    let next: NextSteps
    /// Where `resume` would post to: an endpoint's identity; nil where nobody has said.
    private let endpoint: String?
    /// Why no run uses the ledger as it is; nil where runs do.
    private let objection: LedgerError?

    /// The status of a ledger.
    package init(
        runs: [RunReport], hasMore: Bool, standing: LedgerStanding, next: NextSteps, endpoint: String? = nil,
        objection: LedgerError? = nil
    ) {
        self.runs = runs
        self.hasMore = hasMore
        self.standing = standing
        self.next = next
        self.endpoint = endpoint
        self.objection = objection
    }

    /// When the last complete run ended: milliseconds since 1970 UTC; nil where there was none.
    var lastSuccess: Int? { standing.lastSuccess }

    /// The dealer's sites that its runs posted to, or the addresses where those are no site's; nil without a run.
    var site: String? {
        var names: [String] = []
        for endpoint in runs.compactMap(\.endpoint) {
            let name = Endpoint.site(ofIdentity: endpoint) ?? endpoint
            if !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    // MARK: For people

    /// The runs, and what is open with the commands that deal with it.
    package var lines: [String] {
        var lines = runs.isEmpty ? ["No run yet."] : runs.flatMap(Self.lines)
        if hasMore { lines.append("… and earlier runs: --verbose lists them") }
        lines.append("")
        if standing.posting > 0 { lines.append(beingPosted(standing.posting)) }
        for rows in standing.pending {
            lines.append(
                ActingCharacter.escaped(
                    "\(grouped(rows.count)) pending since run \(rows.run), \(LedgerTime.age(rows.started)), for \(rows.endpoint)"
                ))
        }
        if let objection {
            lines.append(ActingCharacter.escaped("No run uses this ledger as it is: \(objection.message)"))
            lines.append(ActingCharacter.escaped("Next: \(objection.fix)"))
        } else if standing.pendingCount > 0 {
            lines.append(
                "Next: \(completion) (or \(next.command("withdraw", "--run", "N", "--note", "TEXT")))"
            )
        }
        for run in standing.held {
            lines.append(
                ActingCharacter.escaped("\(grouped(run.count)) held since run \(run.run): \(run.reason)"))
            lines.append(
                "Next: \(next.approval(ofRun: run.run)) (or \(next.withdrawal(ofRun: run.run)))"
            )
        }
        if standing.toDos > 0 {
            lines.append("\(grouped(standing.toDos)) to do by hand. Next: \(next.command("review"))")
        }
        if standing.inDoubt > 0 {
            lines.append("\(grouped(standing.inDoubt)) in doubt. Next: \(next.command("review"))")
        }
        if standing.pendingCount + standing.heldCount + standing.inDoubt + standing.posting == 0 {
            lines.append("Nothing is pending or in doubt.")
        }
        return lines
    }

    /// What has pending rows posted. `resume` takes only those of the place that it posts to.
    var completion: String {
        let elsewhere = standing.pending.filter { endpoint != nil && $0.endpoint != endpoint }
        let resume = next.command("resume")
        guard let first = elsewhere.first else { return resume }
        let settings = "with the settings of \(ActingCharacter.escaped(first.endpoint))"
        return elsewhere.count == standing.pending.count
            ? "\(resume), \(settings): today's post to another place"
            : "\(resume), and once more \(settings)"
    }

    private static func lines(of run: RunReport) -> [String] {
        var lines = [run.headline]
        if let stopped = run.stopped {
            lines.append("    \(stopped.lead): \(ActingCharacter.escaped(stopped.message))")
        }
        for file in run.files {
            let outcome = file.outcome(isOnlyValid: run.isOnlyValid(file))
            lines.append("    " + ActingCharacter.escaped("\(file.name): \(outcome)"))
            if let rejects = file.rejects {
                lines.append("    " + ActingCharacter.escaped("rejects: \(rejects)"))
            }
        }
        return lines
    }

    // MARK: For monitoring

    /// Whether all is well, in the form of monitoring plug-ins: a word, and why.
    package struct Health: Sendable, Hashable {
        /// What the process ends with.
        package var status: ExitStatus
        /// `OK`, `STALE`, `MISSING`, `PENDING`, `HELD`, `POSTING` or `IN DOUBT`.
        package var word: String
        /// The figures that decided.
        package var reason: String

        /// `STALE: last complete run 31 h ago, limit 26 h`
        package var text: String { "\(word): \(reason)" }

        /// For programs.
        var json: JSONOutput { .object([("word", .text(word)), ("reason", .text(reason))]) }
    }

    /// 0 when the last complete run is young enough, nothing is open, and every file has come that should have.
    package func health(
        within age: Duration, overdue: [OverdueFile] = [], now: Date = Date()
    ) -> Health {
        let health = health(within: age, now)
        guard !overdue.isEmpty else { return health }
        let reason = overdue.map(\.message).joined(separator: "; ")
        guard health.status != .success else {
            return Health(status: .unfinished, word: "MISSING", reason: reason)
        }
        return Health(
            status: health.status, word: health.word, reason: "\(health.reason); and MISSING: \(reason)")
    }

    private func health(within age: Duration, _ now: Date) -> Health {
        if standing.inDoubt > 0 {
            return Health(
                status: .inDoubt, word: "IN DOUBT",
                reason: "\(counted(standing.inDoubt, "appointment")) in doubt: \(next.command("review"))")
        }
        if let oldest = standing.pending.first {
            return Health(
                status: .unfinished, word: "PENDING",
                reason:
                    "\(counted(standing.pendingCount, "appointment")) pending since run \(oldest.run), \(LedgerTime.age(oldest.started, now: now)): \(completion)"
            )
        }
        if let held = standing.held.first {
            return Health(
                status: .unfinished, word: "HELD",
                reason:
                    "\(counted(standing.heldCount, "appointment")) held since run \(held.run), \(LedgerTime.age(held.held, now: now)): \(next.command("review"))"
            )
        }
        if standing.posting > 0 {
            return Health(
                status: .unfinished, word: "POSTING",
                reason: beingPosted(standing.posting).dropLast().description)
        }
        let limit = "limit \(LedgerTime.elapsed(age))"
        guard let last = standing.lastSuccess else {
            return Health(status: .unfinished, word: "STALE", reason: "no complete run yet, \(limit)")
        }
        let seconds = now.timeIntervalSince1970 - Double(last) / 1000
        // A clock that is put right by some minutes is nothing to tell of.
        guard seconds > -600 else {
            return Health(
                status: .unfinished, word: "STALE",
                reason:
                    "the last complete run is dated \(LedgerTime.local(last)), which is to come: the machine's clock was or is wrong, and its age can't be told"
            )
        }
        let isFresh = seconds <= Double(age.components.seconds)
        return Health(
            status: isFresh ? .success : .unfinished, word: isFresh ? "OK" : "STALE",
            reason:
                "last complete run \(LedgerTime.elapsed(seconds)) ago (\(LedgerTime.local(last))), \(limit)")
    }

    /// The status for programs, with the health where somebody asked for it.
    package func json(_ health: Health? = nil) -> JSONOutput {
        var members: [(String, JSONOutput)] = [
            ("version", .integer(2)), ("runs", .array(runs.map(Self.entry))),
            ("pending", .integer(standing.pendingCount)), ("in_doubt", .integer(standing.inDoubt)),
            ("posting", .integer(standing.posting)),
            ("held", .array(standing.held.map(\.json))), ("to_do", .integer(standing.toDos)),
            ("last_success", standing.lastSuccess.map { .text(LedgerTime.iso($0)) } ?? .null),
        ]
        if let health {
            members.append(("health", health.json))
        }
        return .object(members)
    }

    private static func entry(_ run: RunReport) -> JSONOutput {
        .object([
            ("run", run.run.map { .integer($0) } ?? .null), ("command", .text(run.command)),
            ("started", run.started.map { .text(LedgerTime.iso($0)) } ?? .null),
            ("finished", run.finished.map { .text(LedgerTime.iso($0)) } ?? .null),
            ("exit", run.exit.map { .integer(Int($0.rawValue)) } ?? .null),
            ("stopped", run.stopped.map { .text($0.code.rawValue) } ?? .null),
            ("seconds", .number(run.seconds)),
            ("files", .array(run.files.map(\.json))), ("totals", .object(run.totals.json)),
        ])
    }
}
