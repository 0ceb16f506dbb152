import SystemFiles
import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Is tonight normal? What the files are compared with, and what holds the run.
extension StagingSession {
    /// Earlier files `f` of finished imports to the same site that were not held back.
    private static let earlier = """
        f.id < :first AND r.endpoint_id = :endpoint AND r.command = 'import' AND r.abandoned = 0
        AND r.finished IS NOT NULL AND f.error IS NULL
        AND NOT EXISTS (SELECT 1 FROM holds AS h WHERE h.run_id = r.id AND h.word IS NOT 'approved')
        """

    private func arguments(_ name: String, _ value: String) -> Arguments {
        var arguments = arguments
        arguments[name] = value
        return arguments
    }

    private var arguments: Arguments { ["first": firstFile, "endpoint": endpoint] }

    /// What is odd about a file that was just staged.
    func remarks(of staged: StagedFile) throws -> [FileRemark] {
        guard staged.counts.rows > 0 else { return [] }
        if let digest = staged.facts.digest {
            let same = try store.first(
                """
                SELECT f.run_id, f.name FROM files AS f JOIN runs AS r ON r.id = f.run_id
                WHERE f.digest = :digest AND coalesce(f.pending, 0) = 0 AND \(Self.earlier)
                ORDER BY f.id DESC LIMIT 1
                """, arguments("digest", digest)
            ) { FileRemark.sameFile(run: try $0["run_id"], name: try $0["name"]) }
            if let same { return [same] }
        }
        return try [olderExport(staged)].compactMap { $0 }
    }

    private func olderExport(_ staged: StagedFile) throws -> FileRemark? {
        guard let layout = staged.facts.layout else { return nil }
        let last = try store.first(
            """
            SELECT f.run_id, max(f.newest_start) AS newest, max(f.modified) AS modified
            FROM files AS f JOIN runs AS r ON r.id = f.run_id
            WHERE f.layout = :layout AND \(Self.earlier)
            GROUP BY f.run_id ORDER BY f.run_id DESC LIMIT 1
            """, arguments("layout", layout)
        ) {
            (
                run: try $0["run_id"] as Int, newest: try $0["newest"] as Int?,
                modified: try $0["modified"] as Int?
            )
        }
        guard let last else { return nil }
        if let now = staged.newestStart, let then = last.newest, Int(now.minutes) < then {
            let before = LocalTime(minutes: Int32(then)).wire
            return .olderExport(
                run: last.run, because: "its newest visit starts \(now.wire), and that one's \(before)")
        }
        if let now = staged.facts.modified, let then = last.modified, now < then {
            return .olderExport(run: last.run, because: "it was written before that one")
        }
        return nil
    }

    /// Why the run is held; nil where it is not.
    func holdReason() throws -> String? {
        guard !rules.holds.isEmpty else { return nil }
        let facts = try holdFacts()
        cutShort = facts.cutShort(rules.holds).first
        let reasons = facts.reasons(rules.holds)
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    private func holdFacts() throws -> HoldFacts {
        func weekday(_ milliseconds: Int) -> Int {
            LocalTime.weekday(ofDay: SystemZone.current.clock(at: milliseconds / 1000).day) + 1
        }
        var facts = HoldFacts(weekday: weekday(Int(rules.now) * 60_000))
        facts.remarks = result.files.flatMap { file in
            file.remarks.map { FileRemark(code: $0.code, message: "\(file.name): \($0.message)") }
        }
        for file in result.files where file.error == nil {
            guard let layout = file.facts.layout else { continue }
            if let index = facts.layouts.firstIndex(where: { $0.layout == layout }) {
                facts.layouts[index].rows += file.counts.rows
                continue
            }
            let sum = RowState.shown.map { "coalesce(f.\($0.name), 0)" }.joined(separator: " + ")
            // Rows that only waited for a word on an earlier run say nothing of what is normal.
            let nights = try store.all(
                """
                SELECT f.run_id, r.started, sum(\(sum) - coalesce(f.held, 0)) AS rows
                FROM files AS f JOIN runs AS r ON r.id = f.run_id
                WHERE f.layout = :layout AND \(Self.earlier)
                GROUP BY f.run_id HAVING rows > 0 OR sum(coalesce(f.held, 0)) = 0
                ORDER BY f.run_id DESC LIMIT 200
                """, arguments("layout", layout)
            ) {
                HoldFacts.Night(
                    run: try $0["run_id"], weekday: weekday(try $0["started"]), rows: try $0["rows"])
            }
            facts.layouts.append(
                HoldFacts.LayoutRows(
                    layout: layout, file: file.name, rows: file.counts.rows, nights: nights))
        }
        facts.new =
            try store.integer("SELECT count(*) FROM appointments AS a WHERE \(Self.toBeHeld)", arguments) ?? 0
        if rules.holds.contains(where: { if case .newCustomersAbove = $0 { true } else { false } }) {
            try countCustomers(&facts)
        }
        return facts
    }

    private func countCustomers(_ facts: inout HoldFacts) throws {
        try index.seen.writeDown()
        let earlier = """
            b.endpoint_id = :endpoint AND (b.file_id < :first OR b.id IN (SELECT id FROM temp.replaced))
            """
        facts.hasHistory =
            try store.integer("SELECT 1 FROM appointments AS b WHERE \(earlier) LIMIT 1", arguments) != nil
        let counts = try store.first(
            """
            WITH named AS (
                SELECT customer FROM appointments WHERE endpoint_id = :endpoint AND file_id >= :first
                UNION SELECT a.customer FROM temp.seen AS s JOIN appointments AS a ON a.id = s.appointment_id)
            SELECT count(*) AS all_named, count(*) FILTER (WHERE NOT EXISTS (
                SELECT 1 FROM appointments AS b WHERE b.customer = named.customer AND \(earlier))) AS new
            FROM named
            """, arguments
        ) { (all: try $0["all_named"] as Int, new: try $0["new"] as Int) }
        facts.customers = counts?.all ?? 0
        facts.newCustomers = counts?.new ?? 0
    }

    /// The appointments `a` that only this run brought. What an earlier run left pending was let pass then.
    private static let toBeHeld = """
        a.endpoint_id = :endpoint AND a.file_id >= :first AND a.state = \(AppointmentState.sql(.pending))
        AND NOT EXISTS (
            SELECT 1 FROM temp.replaced AS t WHERE t.id = a.id AND t.state = \(AppointmentState.sql(.pending)))
        """

    /// Puts the run's appointments apart: only a person's word brings them back.
    func hold(because reason: String) throws {
        let count = try store.run(
            """
            UPDATE appointments AS a SET state = \(AppointmentState.sql(.held)) WHERE \(Self.toBeHeld)
            """, arguments)
        try store.run(
            "INSERT INTO holds (run_id, held, reason) VALUES (:run, :now, :reason)",
            ["run": run, "now": Ledger.now, "reason": reason])
        result.hold = reason
        result.heldRows[run, default: 0] += count
    }
}
