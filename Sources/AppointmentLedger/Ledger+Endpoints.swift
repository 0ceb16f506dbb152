import SQLiteStore

/// What runs learn of the endpoint, for those that follow.
extension Ledger {
    /// Whether a run's first batch there is to be a single row: where the last run stopped since batch after
    /// batch came into doubt, and, for a run that makes no handshake, where the endpoint has not answered
    /// readably in its last run.
    package func beginsWithProbe(handshakes: Bool) throws -> Bool {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        return try mappingErrors {
            try store.first(
                """
                SELECT doubted_run IS NOT NULL AS doubted,
                    answered_run IS NULL OR answered_run < asked_run AS unanswered
                FROM endpoints WHERE id = :endpoint
                """, ["endpoint": run.endpoint]
            ) { try $0["doubted"] || !handshakes && $0["unanswered"] } ?? !handshakes
        }
    }

    /// Whether the run has rows that it has not claimed yet.
    package func hasFreshRows() throws -> Bool {
        try !nextFresh(1, now: nil).isEmpty
    }

    /// Takes note of a handshake. It claims nothing, so a crash around it leaves nothing open.
    package func recordHandshake(answered: Bool) throws {
        guard let run = activeRun, !run.hasAsked || answered else { return }
        try mappingErrors {
            try store.transaction {
                try recordAsking(run)
                if answered { try recordAnswer(run) }
            }
        }
        activeRun?.hasAsked = true
    }

    func recordAsking(_ run: ActiveRun) throws {
        if run.hasAsked { return }
        try store.run(
            "UPDATE endpoints SET asked_run = :run WHERE id = :endpoint",
            ["run": run.id, "endpoint": run.endpoint])
    }

    func record(_ trust: EndpointTrust, _ run: ActiveRun) throws {
        switch trust {
        case .answers:
            try recordAnswer(run)
            try store.run(
                "UPDATE endpoints SET doubted_run = NULL WHERE id = :endpoint", ["endpoint": run.endpoint])
        case .doubtful:
            try store.run(
                "UPDATE endpoints SET doubted_run = :run WHERE id = :endpoint",
                ["run": run.id, "endpoint": run.endpoint])
        }
    }

    private func recordAnswer(_ run: ActiveRun) throws {
        try store.run(
            "UPDATE endpoints SET answered_run = :run WHERE id = :endpoint",
            ["run": run.id, "endpoint": run.endpoint])
    }
}
