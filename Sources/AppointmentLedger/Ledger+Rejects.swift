package import AppointmentRows
import SQLiteStore

/// A row that goes to a rejects file.
package struct RejectedRow: Sendable, Hashable {
    package var line: Int
    package var code: String
    package var reason: String
    package var fix: String
    /// Where it came from first: this file and line, but for a row of a rejects file.
    package var origin: RowOrigin
    /// The seven columns, where they are not to be taken from the file.
    package var columns: [String]
    /// Which number gave its customer; nil where the row has the ID, or none was found.
    package var foundCustomer: FoundCustomer?

    /// Whether its fields may stand under the wrong names.
    package var isShapeless: Bool { FindingCode.shapeless.contains { $0.rawValue == code } }
}

/// A rejects file as it was when we wrote it.
package struct WrittenRejects: Sendable, Hashable {
    package var path: String
    /// The input file that it belongs to.
    package var input: String
    /// In bytes.
    package var size: Int
    /// Nanoseconds since 1970 UTC.
    package var modified: Int

    /// A value of its parts.
    package init(path: String, input: String, size: Int, modified: Int) {
        self.path = path
        self.input = input
        self.size = size
        self.modified = modified
    }
}

extension Ledger {
    /// Some files' invalid and refused rows, in their order.
    package nonisolated func rejected(ofFiles files: ClosedRange<Int>) -> LedgerChunks<RejectedRow> {
        LedgerChunks(of: self) { try $0.rejectedRows(ofFiles: files) }
    }

    /// Whether some files have rows whose fields may stand under the wrong names.
    package func hasShapelessRows(inFiles files: ClosedRange<Int>) throws -> Bool {
        let codes = FindingCode.shapeless.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try mappingErrors {
            try store.integer(
                """
                SELECT 1 FROM findings WHERE file_id BETWEEN :first AND :last AND code IN (\(codes)) LIMIT 1
                """, ["first": files.lowerBound, "last": files.upperBound]) != nil
        }
    }

    private func rejectedRows(ofFiles files: ClosedRange<Int>) throws -> LedgerCursor<RejectedRow> {
        let findings = try store.prepared(
            """
            SELECT message, fix FROM findings
            WHERE file_id = :file AND line = :line AND severity = 'error' ORDER BY position
            """)
        let origins = try store.prepared(
            """
            SELECT origin_file, origin_line, origin_run FROM origins
            WHERE file_id = :file AND line = :line
            """)
        // A throwaway ledger's numbers mean nothing to anybody.
        let run =
            lock == nil
            ? 0
            : try store.integer("SELECT run_id FROM files WHERE id = :file", ["file": files.lowerBound]) ?? 0
        let rows = try rows(ofFiles: files, onlyRejected: true)
        return LedgerCursor {
            guard let row = try rows.next() else { return nil }
            var messages: [String] = []
            var fixes: [String] = []
            let place: Arguments = ["file": row.fileID, "line": row.line]
            try findings.forEach(place) { finding in
                messages.append(try finding["message"])
                let fix: String = try finding["fix"]
                if !fixes.contains(fix) { fixes.append(fix) }
            }
            if messages.isEmpty || row.state == .refused {
                messages = [row.reason]
                fixes = [RowCode.fix(forRefused: row.code, row.reason)]
            }
            let origin = try origins.first(place) { origin in
                RowOrigin(
                    file: try origin["origin_file"], line: try origin["origin_line"],
                    run: try origin["origin_run"])
            }
            return RejectedRow(
                line: row.line, code: row.code, reason: messages.joined(separator: "; "),
                fix: fixes.joined(separator: "; "),
                origin: origin ?? RowOrigin(file: row.file, line: row.line, run: run), columns: row.columns,
                foundCustomer: row.foundCustomer)
        }
    }

    /// What is on record of a rejects file at `path`.
    package func writtenRejects(at path: String) throws -> WrittenRejects? {
        try mappingErrors {
            try store.first(
                "SELECT path, input, size, modified FROM rejects_files WHERE path = :path", ["path": path],
                Self.writtenRejects)
        }
    }

    /// The rejects files on record for one input.
    package func writtenRejects(ofInput input: String) throws -> [WrittenRejects] {
        try mappingErrors {
            try store.all(
                "SELECT path, input, size, modified FROM rejects_files WHERE input = :input ORDER BY path",
                ["input": input], Self.writtenRejects)
        }
    }

    private static func writtenRejects(in row: Row) throws -> WrittenRejects {
        WrittenRejects(
            path: try row["path"], input: try row["input"], size: try row["size"],
            modified: try row["modified"])
    }

    /// Puts a rejects file on record.
    package func remember(_ rejects: WrittenRejects) throws {
        _ = try mappingErrors {
            try store.run(
                """
                INSERT INTO rejects_files (path, input, size, modified)
                VALUES (:path, :input, :size, :modified) ON CONFLICT (path)
                DO UPDATE SET input = excluded.input, size = excluded.size, modified = excluded.modified
                """,
                [
                    "path": rejects.path, "input": rejects.input, "size": rejects.size,
                    "modified": rejects.modified,
                ])
        }
    }

    /// Forgets a rejects file that is gone.
    package func forgetRejects(at path: String) throws {
        _ = try mappingErrors {
            try store.run("DELETE FROM rejects_files WHERE path = :path", ["path": path])
        }
    }
}
