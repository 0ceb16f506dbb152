import SQLiteStore

/// One post of a run, for a report.
package struct PostRecord: Sendable, Hashable {
    /// When its batch was claimed: milliseconds since 1970 UTC.
    package var claimed: Int
    /// When its outcome was on record, in the same way; nil where it is not yet.
    package var settled: Int?
    /// How often its rows were posted before.
    package var attempt: Int
    /// The outcome's stable word: `answered`, `timeout`, …; nil where there is none yet.
    package var outcome: String?
    /// How many of its rows were refused.
    package var refused: Int
    /// How many of its rows came into doubt.
    package var inDoubt: Int
}

extension Ledger {
    /// A run's posts, in the order in which they were claimed.
    package func posts(ofRun run: Int) throws -> [PostRecord] {
        try mappingErrors {
            try store.all(
                """
                SELECT claimed, settled, attempt, outcome, refused, in_doubt FROM batches
                WHERE run_id = :run ORDER BY id
                """, ["run": run]
            ) { row in
                PostRecord(
                    claimed: try row["claimed"], settled: try row["settled"], attempt: try row["attempt"],
                    outcome: try row["outcome"], refused: try row["refused"], inDoubt: try row["in_doubt"])
            }
        }
    }
}
