import SQLiteStore

/// What runs learn of the endpoint, for those that follow.
extension Ledger {
    /// Whether a run's first batch there is to be a single row: where the last run stopped since batch after
    /// batch came into doubt, and, for a run that makes no handshake, where the endpoint has not answered
    /// readably in its last run.
    func beginsWithProbe(handshakes: Bool) throws -> Bool {
        guard let run else { preconditionFailure("a run must have begun") }
        return try failable {
            let query = try statement(
                "SELECT doubted_run IS NOT NULL, answered_run IS NULL OR answered_run < asked_run FROM endpoints WHERE id = ?1"
            ).bind(run.endpoint, at: 1)
            defer { query.reset() }
            guard try query.step() else { return !handshakes }
            return query.integer(0) != 0 || !handshakes && query.integer(1) != 0
        }
    }

    /// Whether the run has rows that it has not claimed yet.
    func hasFreshRows() throws -> Bool {
        guard let run, let files = run.files else { return false }
        return try failable {
            let query = try statement(
                """
                SELECT 1 FROM appointments WHERE id > ?1 AND state = 0 AND file_id BETWEEN ?2 AND ?3 LIMIT 1
                """
            ).bind(run.cursor, at: 1).bind(files.lowerBound, at: 2).bind(files.upperBound, at: 3)
            defer { query.reset() }
            return try query.step()
        }
    }

    /// Takes note of a handshake. It claims nothing, so a crash around it leaves nothing open.
    func recordHandshake(answered: Bool) throws {
        guard let run, !run.hasAsked || answered else { return }
        try failable {
            try store.transaction {
                try recordAsking(run)
                if answered { try recordAnswer(run) }
            }
        }
        self.run?.hasAsked = true
    }

    func recordAsking(_ run: ActiveRun) throws {
        if run.hasAsked { return }
        try statement("UPDATE endpoints SET asked_run = ?2 WHERE id = ?1")
            .bind(run.endpoint, at: 1).bind(run.id, at: 2).run()
    }

    func record(_ trust: EndpointTrust, _ run: ActiveRun) throws {
        switch trust {
        case .answers:
            try recordAnswer(run)
            try statement("UPDATE endpoints SET doubted_run = NULL WHERE id = ?1")
                .bind(run.endpoint, at: 1).run()
        case .doubtful:
            try statement("UPDATE endpoints SET doubted_run = ?2 WHERE id = ?1")
                .bind(run.endpoint, at: 1).bind(run.id, at: 2).run()
        }
    }

    private func recordAnswer(_ run: ActiveRun) throws {
        try statement("UPDATE endpoints SET answered_run = ?2 WHERE id = ?1")
            .bind(run.endpoint, at: 1).bind(run.id, at: 2).run()
    }
}
