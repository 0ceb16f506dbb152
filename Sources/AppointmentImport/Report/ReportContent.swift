package import AppointmentLedger

/// What a report is about: some runs and their rows, or every appointment as it is now.
package struct ReportContent: Sendable {
    /// Which rows are listed.
    package struct Filter: Sendable {
        /// Only rows in these states; nil for all.
        package var states: Set<RowState>?
        /// Only rows of files of this name, or whose path ends in it.
        package var file: String?

        /// A filter.
        package init(states: Set<RowState>? = nil, file: String? = nil) {
            self.states = states
            self.file = file
        }

        /// Whether a row is listed.
        func takes(_ row: ReportRow) -> Bool {
            (states?.contains(row.state) ?? true) && takes(file: row.file)
        }

        /// Whether a file's rows are listed.
        package func takes(file name: String) -> Bool {
            guard let file else { return true }
            return name == file || name.hasSuffix("/" + file)
        }
    }

    /// The runs, the newest first; empty where every appointment is meant.
    package let runs: [RunReport]
    /// Whether somebody asked for one run as a whole: its summary is the report then.
    package let isWholeRun: Bool
    /// The posts of one run, in their order.
    package let posts: [PostRecord]
    private let filter: Filter
    private let rows: [LedgerChunks<ReportRow>]

    /// One run, all of it.
    package init(run: RunReport, posts: [PostRecord], rows: LedgerChunks<ReportRow>) {
        (runs, isWholeRun, filter) = ([run], true, Filter())
        self.posts = posts
        self.rows = [rows]
    }

    /// Some rows of some runs, or of the whole ledger where there are no runs.
    package init(runs: [RunReport], filter: Filter, rows: [LedgerChunks<ReportRow>]) {
        (self.runs, isWholeRun, self.filter) = (runs, false, filter)
        posts = []
        self.rows = rows
    }

    /// Hands each row that is listed to `body`.
    package func forEachRow(_ body: (ReportRow) throws -> Void) async throws {
        try await forEachChunk { try $0.forEach(body) }
    }

    /// The same with some hundred rows at a time.
    package func forEachChunk(_ body: ([ReportRow]) throws -> Void) async throws {
        for chunks in rows {
            for try await chunk in chunks { try body(chunk.filter(filter.takes)) }
        }
    }
}
