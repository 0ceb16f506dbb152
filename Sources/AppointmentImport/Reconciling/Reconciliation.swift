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

    /// What is to be said, in the order of customers and times.
    package private(set) var items: [Item] = []
    /// How many visits of ours stand there as they should.
    package private(set) var agreeing = 0
    /// How many created visits lie outside of the days that were named.
    package private(set) var uncovered = 0
    /// The entries that fit no visit of ours.
    package private(set) var foreign: Int
    /// How many visits that are missing start outside of the days that the report has entries of.
    package private(set) var missingBeyondReport = 0

    /// How many visits are missing that no item stands for, and how many of them were posted after the report was saved.
    package private(set) var unlisted = (missing: 0, postedLater: 0)

    private let rules: Rules
    private let entries: [Int64: [ReportedVisit]]
    /// The lines of rows that can't be read, by the customer that they name.
    private let unread: [Int64: [Int]]
    /// The first and the last time of the report.
    private let span: ClosedRange<LocalTime>?

    /// A comparison with a report's entries.
    ///
    /// - Parameter unread: the rows of the report that can't be read.
    package init(
        _ entries: [ReportedVisit], unread: [ReportedVisits.UnreadRow] = [], rules: Rules = Rules()
    ) {
        self.unread = unread.reduce(into: [:]) { lines, row in
            if let customer = row.customerID { lines[customer, default: []].append(row.line) }
        }
        self.entries = Dictionary(grouping: entries, by: \.customerID)
        self.rules = rules
        foreign = entries.count
        let times = entries.map(\.start.shown)
        span = times.min().flatMap { first in times.max().map { first...$0 } }
    }

    /// How many items were found so.
    package func count(_ finding: Finding) -> Int {
        items.count { $0.finding == finding } + (finding == .missing ? unlisted.missing : 0)
    }

    /// The visits that are proposed as created.
    package var proposed: [Int] { items.filter { $0.finding == .proposedCreated }.map(\.visit.id) }

    /// What is proposed as a person's words: each visit with the batch that it was in doubt with when it was compared.
    package var words: PersonsWords {
        PersonsWords(
            resolutions: items.filter { $0.finding == .proposedCreated }.map {
                ($0.visit.id, $0.visit.batch, .created)
            })
    }

    /// What the process ends with.
    ///
    /// - Parameter isTaken: whether what is proposed was taken: it is in doubt no more.
    package func status(isTaken: Bool = false) -> ExitStatus {
        var statuses: [ExitStatus] = []
        let open = items.filter { !isTaken || $0.finding != .proposedCreated }
        if open.contains(where: { $0.visit.state == .inDoubt }) { statuses.append(.inDoubt) }
        let wrong: Set<Finding> = [.missing, .double, .pendingInReport, .unclear]
        if items.contains(where: { wrong.contains($0.finding) }) { statuses.append(.rowsRejected) }
        return ExitStatus.combined(statuses)
    }

    /// Compares one customer's visits: all of them, whatever their state.
    package mutating func compare(_ visits: [LedgerVisit]) {
        guard let customer = visits.first?.appointment.customerID else { return }
        precondition(visits.allSatisfy { $0.appointment.customerID == customer }, "one customer at a time")
        let pairs = VisitPairs(visits, entries[customer] ?? [], rules)
        foreign -= pairs.fittedEntries
        for index in visits.indices {
            if let (finding, reason) = found(pairs, index) {
                items.append(
                    Item(
                        visit: visits[index], finding: finding, reason: reason, lines: pairs.lines(of: index))
                )
                if finding == .missing, !isWithinReport(visits[index]) { missingBeyondReport += 1 }
            }
        }
    }

    /// Compares all visits of a site with the report.
    ///
    /// A ledger of years holds many more customers than a report of some days: of those that it doesn't name there is
    /// nothing to compare, and the ledger counts them.
    ///
    /// - Parameters:
    ///   - limit: how many visits are listed at the least that were created for customers whom the report doesn't name;
    ///     nil for all.
    ///   - saved: when the report was saved: milliseconds since 1970 UTC.
    package mutating func compare(
        _ ledger: Ledger, at endpoint: String, listing limit: Int?, saved: Int? = nil
    ) async throws {
        guard let limit else { return try await compare(ledger.visits(at: endpoint)) }
        let named = Set(entries.keys).union(unread.keys).sorted()
        try await compare(ledger.visits(at: endpoint, .ofCustomers(named)))
        try await compare(ledger.visits(at: endpoint, .inDoubt(besides: named)))
        let days = rules.days
        let counts = try await ledger.createdVisits(
            at: endpoint, besides: named, on: days, span: span, saved: saved)
        let (before, beyondBefore) = (items.count, missingBeyondReport)
        try await compare(ledger.visits(at: endpoint, .created(besides: named, on: days, limit: limit)))
        let listed = items[before...]
        uncovered += counts.uncovered
        missingBeyondReport = beyondBefore + counts.beyondReport
        unlisted = (
            max(0, counts.missing - listed.count),
            max(0, counts.postedLater - listed.count { $0.wasPosted(after: saved) })
        )
        items.sort {
            ($0.visit.appointment.customerID, $0.visit.appointment.start, $0.visit.id)
                < ($1.visit.appointment.customerID, $1.visit.appointment.start, $1.visit.id)
        }
    }

    /// Compares all visits of a site, as the ledger gives them: customer by customer.
    package mutating func compare(_ visits: LedgerChunks<LedgerVisit>) async throws {
        var customer: [LedgerVisit] = []
        for try await chunk in visits {
            for visit in chunk {
                if let first = customer.first, first.appointment.customerID != visit.appointment.customerID {
                    compare(customer)
                    customer.removeAll(keepingCapacity: true)
                }
                customer.append(visit)
            }
        }
        compare(customer)
    }

    private mutating func found(_ pairs: VisitPairs, _ index: Int) -> (Finding, String)? {
        let visit = pairs.visits[index]
        let fitting = pairs.entries(of: index)
        switch visit.state {
        case .inDoubt:
            if fitting.isEmpty {
                return (pairs.isComparable(index) ? .notInReport : .unclear, absence(pairs, index))
            }
            if pairs.isAlone(index) { return (.proposedCreated, "") }
            return pairs.isCrowded(index)
                ? (.double, "\(pairs.crowd(index)); it stays in doubt") : (.unclear, pairs.crowd(index))
        case .created:
            if fitting.isEmpty {
                guard rules.covers(visit.appointment.start) else {
                    uncovered += 1
                    return nil
                }
                return (pairs.isComparable(index) ? .missing : .unclear, absence(pairs, index))
            }
            if pairs.isCrowded(index) { return (.double, pairs.crowd(index)) }
            if pairs.isShort(index) { return (.missing, pairs.crowd(index)) }
            agreeing += 1
            return nil
        case .pending, .held:
            // Where the entry is the one of another visit of ours, it says nothing of this one.
            return pairs.isCrowded(index)
                ? (.pendingInReport, "posting it would book it a second time") : nil
        case .posting, .refused, .withdrawn: return nil
        }
    }

    /// Why a visit has no entry, as far as that shows.
    private func absence(_ pairs: VisitPairs, _ index: Int) -> String {
        let lines = unread[pairs.visits[index].appointment.customerID] ?? []
        let rest =
            lines.isEmpty
            ? nil
            : "what can't be read of this customer: line \(lines.map(String.init).joined(separator: ", "))"
        return [pairs.absence(index), rest].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private func isWithinReport(_ visit: LedgerVisit) -> Bool {
        guard let span else { return false }
        let day = visit.appointment.start.dayNumber
        return span.lowerBound.dayNumber <= day && day <= span.upperBound.dayNumber
    }
}
