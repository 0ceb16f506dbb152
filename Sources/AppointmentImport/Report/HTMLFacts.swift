import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// What a page has to know of its rows before the first is written.
struct HTMLFacts: Sendable {
    /// Rows that a person looks at for the same reason.
    struct Group: Sendable {
        var state: RowState
        var code: String
        /// What they have in common, in words; empty where each has a reason of its own.
        var reason: String
        var count = 0
        /// Which row of the report the first of them is.
        var place: Int
        /// Whether its rows have a reason each.
        var isMixed = false
        /// The first of them.
        var rows: [ReportRow] = []
    }

    /// How many rows of a group are listed by themselves; the table has the others.
    static let listed = 50
    /// How many reasons are told apart.
    private static let groupLimit = 200
    /// How many groups of one row may stand by themselves: what the service says of a row may name the row.
    private static let singleGroups = 5
    /// How many visits a picture is made of.
    private static let visitLimit = 200_000

    private(set) var counts = RowCounts()
    private(set) var visits: [SchedulePicture.Visit] = []
    private var groups: [String: Group] = [:]
    /// The first rows, as many as a table has.
    private(set) var firstRows: [ReportRow] = []
    /// The same of those that need somebody.
    private(set) var firstNeedingSomebody: [ReportRow] = []

    mutating func add(_ row: ReportRow) {
        counts[row.state] += 1
        if firstRows.count < HTMLReport.tableRows { firstRows.append(row) }
        if row.state == .created, visits.count < Self.visitLimit, let visit = SchedulePicture.Visit(row) {
            visits.append(visit)
        }
        guard row.state.needsSomebody else { return }
        if firstNeedingSomebody.count < HTMLReport.foldedTableRows { firstNeedingSomebody.append(row) }
        // The reason of an invalid row has its own value in it; what the service said, or did not, stands for many.
        let reason = row.state == .invalid ? "" : row.reason
        var key = "\(row.state.name) \(row.code) \(reason)"
        if groups[key] == nil, groups.count >= Self.groupLimit { key = "\(row.state.name) \(row.code)" }
        let group = Group(
            state: row.state, code: row.code, reason: reason, count: 1, place: counts.rows, rows: [row])
        if groups[key]?.take(group) == nil { groups[key] = group }
    }

    /// The groups of a state, the largest first. Where many rows have a reason of their own, they are one group.
    func groups(of state: RowState) -> [Group] {
        let all = groups.values.filter { $0.state == state }.sorted { $0.place < $1.place }
        var shown: [Group] = []
        for alike in Dictionary(grouping: all, by: \.code).values {
            let (own, shared) = (alike.filter(\.isOfOneRow), alike.filter { !$0.isOfOneRow })
            guard own.count > Self.singleGroups, var rest = own.first else {
                shown += alike
                continue
            }
            for group in own.dropFirst() { rest.take(group) }
            shown += shared + [rest]
        }
        return shown.sorted { ($1.count, $0.place) < ($0.count, $1.place) }
    }
}

extension HTMLFacts.Group {
    /// Whether its reason is one row's alone.
    fileprivate var isOfOneRow: Bool { count == 1 || isMixed }

    /// Takes the rows of another group; what they don't have in common is not this group's any more.
    fileprivate mutating func take(_ other: HTMLFacts.Group) {
        count += other.count
        if reason != other.reason { (reason, isMixed) = ("", true) }
        rows += other.rows.prefix(HTMLFacts.listed - rows.count)
    }
}
