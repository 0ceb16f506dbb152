import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Rows of rejects files, beside what the ledger has of the rows that they came from.
extension StagingSession {
    private static let makeTable = """
        CREATE TABLE IF NOT EXISTS readings (file_id INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT
        """

    /// Puts on record what was said of how the file in hand is read: made with the first file of which anything was
    /// said, so that a ledger of an earlier version has it too.
    func recordReading() throws {
        guard !rules.said.isEmpty, !isInMemory else { return }
        try store.execute(Self.makeTable)
        let texts = rules.said.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        try store.run(
            "INSERT OR REPLACE INTO readings (file_id, said) VALUES (:file, :said)",
            ["file": file, "said": Ledger.json(texts)])
    }

    /// Sees to it that a rejected row is read as the file was that it came from.
    ///
    /// - Throws: `read-otherwise` where something was said of that file that nobody says now.
    func checkReading(_ origin: RowOrigin) throws {
        guard origin.run > 0 else { return }
        let missing = try said(of: origin).filter { rules.said[$0.key] == nil }
        guard missing.isEmpty else {
            throw InputError.readOtherwise(origin.file, run: origin.run, missing: missing)
        }
    }

    /// What was said of how the file was read that a row came from.
    private func said(of origin: RowOrigin) throws -> [String: String] {
        let file = OriginFile(run: origin.run, name: origin.file)
        if let known = saidOfOrigins[file] { return known }
        let hasReadings = try store.integer("SELECT 1 FROM sqlite_schema WHERE name = 'readings'") != nil
        let said =
            try !hasReadings
            ? nil
            : store.first(
                """
                SELECT s.said FROM files AS f JOIN runs AS r ON r.id = f.run_id JOIN readings AS s ON s.file_id = f.id
                WHERE f.run_id = :run AND f.name = :name AND r.endpoint_id = :endpoint LIMIT 1
                """, ["run": file.run, "name": file.name, "endpoint": endpoint]
            ) { try $0["said"] as String }
        let words = Dictionary(
            Ledger.pairs(said ?? "[]").map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        saidOfOrigins[file] = words
        return words
    }

    /// Whether a row's start is that of the row that it came from with day and month swapped, which is what a spreadsheet
    /// does to dates that it takes for another country's: nil where it is not.
    func swappedStart(_ row: CheckedRow, _ origin: RowOrigin) throws -> Finding? {
        let (day, month) = (row.start.components.day, row.start.components.month)
        guard origin.run > 0, day <= 12, day != month else { return nil }
        let written = try store.first(
            """
            SELECT x.written FROM files AS f JOIN runs AS r ON r.id = f.run_id
            JOIN rows AS x ON x.file_id = f.id AND x.line = :line
            WHERE f.run_id = :run AND f.name = :name AND r.endpoint_id = :endpoint LIMIT 1
            """,
            ["run": origin.run, "name": origin.file, "line": origin.line, "endpoint": endpoint]
        ) { try $0["written"] as String? }
        let position = AppointmentField.allCases.firstIndex(of: .start) ?? 0
        let texts = written?.map(Ledger.texts) ?? []
        let order = try said(of: origin)["--date-order"].flatMap(DateOrder.init(rawValue:)) ?? .monthFirst
        let posted = try isInMemory ? nil : saidSince().rejected(origin).appointment?.start
        let before =
            posted
            ?? (texts.indices.contains(position) ? WrittenStart.read(texts[position], order: order) : nil)
        guard let before, before.components.year == row.start.components.year, before.components.day == month,
            before.components.month == day, before.minuteOfDay == row.start.minuteOfDay
        else { return nil }
        return .dayAndMonthSwapped(line: row.line, column: startColumn, start: row.start, before: before)
    }

    /// A file of an earlier run.
    struct OriginFile: Hashable {
        var run: Int
        var name: String
    }
}
