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
        /// The first of them.
        var rows: [ReportRow] = []
    }

    /// How many rows of a group are listed by themselves; the table has the others.
    static let listed = 50
    /// How many reasons are told apart.
    private static let groupLimit = 200
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
        if firstNeedingSomebody.count < HTMLReport.tableRows { firstNeedingSomebody.append(row) }
        // The reason of an invalid row has its own value in it; what the service said, or did not, stands for many,
        // whatever line, customer or time it names.
        let reason = row.state == .invalid ? "" : row.reason
        var key = "\(row.state.name) \(row.code) \(reason.replacing(/[0-9]+/, with: "0"))"
        if groups[key] == nil, groups.count >= Self.groupLimit { key = row.state.name }
        var group = groups[key] ?? Group(state: row.state, code: row.code, reason: reason)
        group.count += 1
        if group.reason != reason { group.reason = "" }
        if group.code != row.code { group.code = "" }
        if group.rows.count < Self.listed { group.rows.append(row) }
        groups[key] = group
    }

    /// The groups of a state, the largest first.
    func groups(of state: RowState) -> [Group] {
        groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value)
            .filter { $0.state == state }
    }
}
