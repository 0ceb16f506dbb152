/// A CSV file that stimport wrote itself, told by its header. It says what the ledger says, so that a comparison of the
/// two would agree with whatever is in doubt.
package enum OwnList: Sendable, Hashable {
    /// What `review --csv` and `reconcile --format csv` write, and `resolve` reads.
    case verdicts
    /// Rows and appointments: `report`, `find`, a rejects file.
    case rows

    /// The columns that such a list has and no report of somebody else's: all of one entry.
    private static let marks: [(columns: [String], list: OwnList)] = [
        (["id", "batch", ReviewList.verdict], .verdicts),
        (["stimport_id"], .rows),
        (["stimport_line"], .rows),
        (["stimport_code"], .rows),
        (["file", "line", "state", "code", "reason"], .rows),
        (["sender_numbers", "posted_run", "decisions"], .rows),
    ]

    /// The list with this header; nil where it is somebody else's.
    package init?(header: [String]) {
        // A spreadsheet may have changed the letters' case, and leaves spaces.
        let names = Set(header.map { $0.lowercased().filter { $0 != " " } })
        guard let mark = Self.marks.first(where: { $0.columns.allSatisfy(names.contains) }) else {
            return nil
        }
        self = mark.list
    }
}
