import AppointmentRows
import SQLiteStore

/// A file that an import read, as the ledger keeps it.
package struct ImportedFile: Sendable, Hashable {
    /// As its run named it.
    package var name: String
    /// When its run began: milliseconds since 1970 UTC.
    package var started: Int
    /// How many rows it had; nil where its run did not end by itself.
    package var rows: Int?
    /// Why nothing of it was imported.
    package var error: String?
    /// Whether it had rows that were invalid, and none that was valid.
    package var hasNothingValid = false
    /// Whether its run stopped itself for its rows, and kept none of its appointments.
    package var isAbandoned: Bool
    /// What its bytes are known by; nil where they are not.
    package var digest: String?
    /// When it was last written to: milliseconds since 1970 UTC; nil where it had no place in the file system.
    package var modified: Int?
}

extension ImportedFile {
    /// A file of a run that has not ended yet.
    ///
    /// - Parameter isAbandoned: whether the run stopped itself for its rows.
    package init(_ file: StagedFile, started: Int, isAbandoned: Bool) {
        self.init(
            name: file.name, started: started, rows: file.counts.rows, error: file.error?.message,
            hasNothingValid: file.counts[.invalid] > 0
                && file.counts.rows == file.counts[.invalid] + file.counts[.skipped],
            isAbandoned: isAbandoned, digest: file.facts.digest, modified: file.facts.modified)
    }
}

extension Ledger {
    /// The last import of a file whose bytes are these; nil where there was none, or nothing of it was kept. A rehearsal
    /// is none.
    ///
    /// - Parameter digest: as in `FileFacts`.
    package func importOfFile(digest: String) throws -> (run: Int, name: String)? {
        try mappingErrors {
            try store.first(
                """
                SELECT r.id, f.name FROM files AS f JOIN runs AS r ON r.id = f.run_id
                WHERE f.digest = :digest AND r.command = 'import' AND r.abandoned = 0 AND f.error IS NULL
                ORDER BY f.id DESC LIMIT 1
                """, ["digest": digest]
            ) { (run: try $0["id"], name: try $0["name"]) }
        }
    }

    /// The files of imports that began since then, in their order; rehearsals are none.
    ///
    /// - Parameters:
    ///   - time: milliseconds since 1970 UTC.
    ///   - run: left out: the run that asks.
    package func importedFiles(since time: Int, exceptRun run: Int? = nil) throws -> [ImportedFile] {
        try mappingErrors {
            try store.all(
                """
                SELECT f.name, f.error, f.digest, f.modified, r.started, r.abandoned,
                    \(RowState.shown.map { "f.\($0.name)" }.joined(separator: " + ")) AS count,
                    coalesce(f.invalid, 0) > 0 AND \(Self.validRows) = 0 AS has_nothing_valid
                FROM files AS f JOIN runs AS r ON r.id = f.run_id
                WHERE r.command = 'import' AND r.started >= :time AND r.id IS NOT :run ORDER BY f.id
                """, ["time": time, "run": run]
            ) { row in
                ImportedFile(
                    name: try row["name"], started: try row["started"], rows: try row["count"],
                    error: try row["error"], hasNothingValid: try row["has_nothing_valid"],
                    isAbandoned: try row["abandoned"],
                    digest: try row["digest"], modified: try row["modified"])
            }
        }
    }
}
