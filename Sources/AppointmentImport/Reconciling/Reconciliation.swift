package import AppointmentLedger
package import AppointmentRows
package import SecurityTrax

/// A report that SecurityTrax exported against the ledger, one customer after the other. It changes nothing, and it
/// proposes one word only: "created", for a visit in doubt that one entry fits which fits no other visit.
package struct Reconciliation: Sendable {
    /// What was found of a visit. The raw values are stable: people script against them.
    package enum Finding: String, Sendable, Hashable, CaseIterable {
        /// In doubt, and in the report once: proposed as created.
        case proposedCreated = "proposed-created"
        /// In doubt, and not in the report: it stays in doubt.
        case notInReport = "not-in-report"
        /// In doubt, and which entry is its own can't be told: it stays in doubt.
        case unclear
        /// Created by us, and not in the report.
        case missing
        /// More entries than visits of ours.
        case double
        /// Still to be posted, and in the report already.
        case pendingInReport = "pending-in-report"
        /// Refused, and in the report all the same.
        case refusedInReport = "refused-in-report"
    }

    /// A visit that something is to be said of.
    package struct Item: Sendable, Hashable {
        /// The visit.
        package var visit: LedgerVisit
        /// What was found.
        package var finding: Finding
        /// More of it, in words; not escaped, empty where there is nothing to add.
        package var reason: String
        /// The report's lines that fit it.
        package var lines: [Int]

        /// Whether its visit was posted after a moment.
        func wasPosted(after moment: Int?) -> Bool {
            guard let moment, let sent = visit.sent else { return false }
            return sent > moment
        }
    }

    /// What is compared, and how.
    package struct Rules: Sendable {
        /// The customers' time zone, for visits that were imported without one.
        package var customerZone: ZoneRule?
        /// The TechIDs whose names are known.
        package var namedTechnicians: Set<Int64> = []
        /// The days that the report covers, by the customers' clocks: a visit of ours outside of them is not missed.
        package var from: LocalTime?
        package var until: LocalTime?

        /// Everything is compared.
        package init() {}

        /// The times at which the report should have a visit.
        var days: Range<LocalTime> {
            let first = from ?? LocalTime(minutes: .min)
            return first..<max(first, until ?? LocalTime(minutes: .max))
        }

        /// Whether the report should have a visit that starts then.
        package func covers(_ start: LocalTime) -> Bool {
            from.map { $0 <= start } ?? true && until.map { start < $0 } ?? true
        }
    }

    /// The first items of each finding, in the order of customers and times. `forEachItem` has the others.
    package private(set) var items: [Item] = []
    /// How many visits of ours stand there as they should.
    package private(set) var agreeing = 0
    /// How many created visits lie outside of the days that were named.
    package private(set) var uncovered = 0
    /// The entries that fit no visit of ours.
    package private(set) var foreign: Int
    /// How many visits that are missing start outside of the days that the report has entries of.
    package private(set) var missingBeyondReport = 0
    /// What is proposed as a person's words: each visit with the batch that it was in doubt with when it was compared.
    package private(set) var words = PersonsWords()
    /// Whose each visit is that is proposed as created.
    package private(set) var proposedCustomers: [Int: Int64] = [:]
    /// When the report was saved: milliseconds since 1970 UTC; nil where that is not known.
    package let saved: Int?

    /// How many visits are missing that were counted and not compared.
    private var uncompared = 0
    private var counts: [Finding: Int] = [:]
    /// How many of the items were posted after the report was saved.
    private var postedLater: [Finding: Int] = [:]
    /// How many are in doubt and not proposed.
    private var stayingInDoubt = 0

    let rules: Rules
    private let entries: [Int64: [ReportedVisit]]
    /// The lines of rows that can't be read, by the customer that they name.
    private let unread: [Int64: [Int]]
    /// The first and the last time of the report.
    private let span: ClosedRange<LocalTime>?
    /// How many items of one finding are kept.
    private let kept: Int

    /// A comparison with a report's entries.
    ///
    /// - Parameters:
    ///   - unread: the rows of the report that can't be read.
    ///   - saved: when the report was saved: milliseconds since 1970 UTC.
    ///   - kept: how many items of one finding are kept: a ledger may have a million.
    package init(
        _ entries: [ReportedVisit], unread: [ReportedVisits.UnreadRow] = [], rules: Rules = Rules(),
        saved: Int? = nil, keeping kept: Int = 1_000
    ) {
        self.unread = unread.reduce(into: [:]) { lines, row in
            if let customer = row.customerID { lines[customer, default: []].append(row.line) }
        }
        self.entries = Dictionary(grouping: entries, by: \.customerID)
        self.rules = rules
        self.saved = saved
        self.kept = kept
        foreign = entries.count
        let times = entries.map(\.start.shown)
        span = times.min().flatMap { first in times.max().map { first...$0 } }
    }

    /// How many visits were found so.
    package func count(_ finding: Finding) -> Int {
        (counts[finding] ?? 0) + (finding == .missing ? uncompared : 0)
    }

    /// How many of them were posted after the report was saved.
    package func postedLater(_ finding: Finding) -> Int { postedLater[finding] ?? 0 }

    /// What the process ends with.
    ///
    /// - Parameter isTaken: whether what is proposed was taken: it is in doubt no more.
    package func status(isTaken: Bool = false) -> ExitStatus {
        var statuses: [ExitStatus] = []
        if stayingInDoubt > 0 || !isTaken && count(.proposedCreated) > 0 { statuses.append(.inDoubt) }
        let wrong: [Finding] = [.missing, .double, .pendingInReport, .refusedInReport, .unclear]
        if wrong.contains(where: { count($0) > 0 }) { statuses.append(.rowsRejected) }
        return ExitStatus.combined(statuses)
    }

    // MARK: Comparing

    /// Compares one customer's visits: all of them, whatever their state.
    package mutating func compare(_ visits: [LedgerVisit]) {
        let customer = CustomerComparison(visits, self)
        agreeing += customer.agreeing
        uncovered += customer.uncovered
        foreign -= customer.fittedEntries
        for item in customer.items { add(item) }
    }

    private mutating func add(_ item: Item) {
        let visit = item.visit
        if counts[item.finding, default: 0] < kept { items.append(item) }
        counts[item.finding, default: 0] += 1
        if item.wasPosted(after: saved) { postedLater[item.finding, default: 0] += 1 }
        if item.finding == .missing, !isWithinReport(visit) { missingBeyondReport += 1 }
        if item.finding == .proposedCreated {
            words.resolutions.append((visit.id, visit.batch, .created))
            proposedCustomers[visit.id] = visit.appointment.customerID
        } else if visit.state == .inDoubt {
            stayingInDoubt += 1
        }
    }

    /// Compares all visits of a site with the report.
    ///
    /// A ledger of years holds many more customers than a report of some days: of those that it doesn't name there is
    /// nothing to compare, and the ledger counts them.
    ///
    /// - Parameter limit: how many visits are compared at the least that were created for customers whom the report
    ///   doesn't name; nil for all.
    package mutating func compare(_ ledger: Ledger, at endpoint: String, listing limit: Int?) async throws {
        guard let limit else { return try await compare(ledger.visits(at: endpoint)) }
        let named = Set(entries.keys).union(unread.keys).sorted()
        try await compare(ledger.visits(at: endpoint, .ofCustomers(named)))
        try await compare(ledger.visits(at: endpoint, .inDoubt(besides: named)))
        let days = rules.days
        let all = try await ledger.createdVisits(
            at: endpoint, besides: named, on: days, span: span, saved: saved)
        let before = self
        try await compare(ledger.visits(at: endpoint, .created(besides: named, on: days, limit: limit)))
        uncovered += all.uncovered
        missingBeyondReport = before.missingBeyondReport + all.beyondReport
        uncompared = max(0, all.missing - (count(.missing) - before.count(.missing)))
        postedLater[.missing] = before.postedLater(.missing) + all.postedLater
        items.sort {
            ($0.visit.appointment.customerID, $0.visit.appointment.start, $0.visit.id)
                < ($1.visit.appointment.customerID, $1.visit.appointment.start, $1.visit.id)
        }
    }

    private mutating func compare(_ visits: LedgerChunks<LedgerVisit>) async throws {
        var customers = LedgerCustomers(visits)
        while let visits = try await customers.next() { compare(visits) }
    }

    /// Hands every item to `body`, in the order of customers and times. Where not all were kept, the visits are compared
    /// again: the ledger that is read stays as it was.
    ///
    /// - Parameter finding: only what was found so; nil for all.
    package func forEachItem(
        of finding: Finding? = nil, in ledger: Ledger, at endpoint: String, _ body: (Item) throws -> Void
    ) async throws {
        let wanted = finding.map { [$0] } ?? Finding.allCases
        let isKept = wanted.allSatisfy { finding in count(finding) == items.count { $0.finding == finding } }
        if isKept { return try items.filter { wanted.contains($0.finding) }.forEach(body) }
        var customers = LedgerCustomers(ledger.visits(at: endpoint))
        while let visits = try await customers.next() {
            for item in CustomerComparison(visits, self).items where wanted.contains(item.finding) {
                try body(item)
            }
        }
    }

    /// A customer's entries.
    func entries(of customer: Int64) -> [ReportedVisit] { entries[customer] ?? [] }

    /// The lines of a customer's rows that can't be read.
    func unreadLines(of customer: Int64) -> [Int] { unread[customer] ?? [] }

    private func isWithinReport(_ visit: LedgerVisit) -> Bool {
        guard let span else { return false }
        let day = visit.appointment.start.dayNumber
        return span.lowerBound.dayNumber <= day && day <= span.upperBound.dayNumber
    }
}
