import SQLiteStore

/// A row that goes to a rejects file.
struct RejectedRow: Sendable, Hashable {
    var line: Int
    var code: String
    var reason: String
    var fix: String
    /// Where it came from first: this file and line, but for a row of a rejects file.
    var origin: RowOrigin
    /// The seven columns, where they are not to be taken from the file.
    var columns: [String]
}

/// A rejects file as it was when we wrote it.
struct WrittenRejects: Sendable, Hashable {
    var path: String
    /// The input file that it belongs to.
    var input: String
    /// In bytes.
    var size: Int
    /// Nanoseconds since 1970 UTC.
    var modified: Int
}

extension Ledger {
    /// Writes some files' invalid and refused rows to what `make` makes.
    func writeRejected(ofFiles files: ClosedRange<Int>, _ make: @Sendable () throws -> RejectsContent) throws
        -> TemporaryOutput
    {
        let content = try make()
        try forEachRejected(ofFiles: files, content.add)
        try content.finish()
        return content.output
    }

    /// Hands some files' invalid and refused rows to `body`, in their order.
    func forEachRejected(ofFiles files: ClosedRange<Int>, _ body: (RejectedRow) throws -> Void) throws {
        let findings = try store.prepare(
            """
            SELECT message, fix FROM findings
            WHERE file_id = ?1 AND line = ?2 AND severity = 'error' ORDER BY position
            """)
        let origins = try store.prepare(
            "SELECT origin_file, origin_line, origin_run FROM origins WHERE file_id = ?1 AND line = ?2")
        // A throwaway ledger's numbers mean nothing to anybody.
        let run =
            lock == nil
            ? 0 : try store.integer("SELECT run_id FROM files WHERE id = \(files.lowerBound)") ?? 0
        try forEachRow(ofFiles: files, onlyRejected: true) { row in
            var messages: [String] = []
            var fixes: [String] = []
            findings.bind(row.fileID, at: 1).bind(row.line, at: 2)
            while try findings.step() {
                messages.append(findings.text(0))
                let fix = findings.text(1)
                if !fixes.contains(fix) { fixes.append(fix) }
            }
            if messages.isEmpty || row.state == .refused {
                messages = [row.reason]
                fixes = [Self.fix(forRefused: row.code)]
            }
            var origin = RowOrigin(file: row.file, line: row.line, run: run)
            origins.bind(row.fileID, at: 1).bind(row.line, at: 2)
            if try origins.step() {
                origin = RowOrigin(
                    file: origins.text(0), line: origins.integer(1), run: origins.integer(2))
            }
            origins.reset()
            try body(
                RejectedRow(
                    line: row.line, code: row.code, reason: messages.joined(separator: "; "),
                    fix: fixes.joined(separator: "; "), origin: origin, columns: row.columns))
        }
    }

    static func fix(forRefused code: String) -> String {
        switch code {
        case FindingCode.inThePast.rawValue: "give it a time to come, or import it with --allow-past"
        default: "correct what SecurityTrax names, and import this file again"
        }
    }

    /// What is on record of a rejects file at `path`.
    func writtenRejects(at path: String) throws -> WrittenRejects? {
        try failable {
            let query = try statement("SELECT input, size, modified FROM rejects_files WHERE path = ?1")
                .bind(path, at: 1)
            defer { query.reset() }
            guard try query.step() else { return nil }
            return WrittenRejects(
                path: path, input: query.text(0), size: query.integer(1), modified: query.integer(2))
        }
    }

    /// The rejects files on record for one input.
    func writtenRejects(ofInput input: String) throws -> [WrittenRejects] {
        try failable {
            let query = try statement(
                "SELECT path, size, modified FROM rejects_files WHERE input = ?1 ORDER BY path"
            )
            .bind(input, at: 1)
            var found: [WrittenRejects] = []
            while try query.step() {
                found.append(
                    WrittenRejects(
                        path: query.text(0), input: input, size: query.integer(1), modified: query.integer(2))
                )
            }
            return found
        }
    }

    /// Puts a rejects file on record.
    func remember(_ rejects: WrittenRejects) throws {
        _ = try failable {
            try statement(
                """
                INSERT INTO rejects_files VALUES (?1, ?2, ?3, ?4) ON CONFLICT (path)
                DO UPDATE SET input = excluded.input, size = excluded.size, modified = excluded.modified
                """
            )
            .bind(rejects.path, at: 1).bind(rejects.input, at: 2).bind(rejects.size, at: 3)
            .bind(rejects.modified, at: 4).run()
        }
    }

    /// Forgets a rejects file that is gone.
    func forgetRejects(at path: String) throws {
        _ = try failable {
            try statement("DELETE FROM rejects_files WHERE path = ?1").bind(path, at: 1).run()
        }
    }
}
