import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// What a comparison says of one customer: the visits that something is to be said of, and how many agree.
struct CustomerComparison {
    typealias Finding = Reconciliation.Finding

    /// What is to be said, in the visits' order.
    private(set) var items: [Reconciliation.Item] = []
    /// How many visits of ours stand there as they should.
    private(set) var agreeing = 0
    /// How many created visits lie outside of the days that were named.
    private(set) var uncovered = 0
    /// How many entries fit a visit of ours.
    private(set) var fittedEntries = 0

    private let rules: Reconciliation.Rules
    /// The lines of the customer's rows that can't be read.
    private let unreadLines: [Int]

    /// - Parameter visits: all of one customer, whatever their state.
    init(_ visits: [LedgerVisit], _ reconciliation: Reconciliation) {
        rules = reconciliation.rules
        guard let customer = visits.first?.appointment.customerID else {
            unreadLines = []
            return
        }
        precondition(visits.allSatisfy { $0.appointment.customerID == customer }, "one customer at a time")
        unreadLines = reconciliation.unreadLines(of: customer)
        let pairs = VisitPairs(visits, reconciliation.entries(of: customer), rules)
        fittedEntries = pairs.fittedEntries
        for index in visits.indices {
            guard let (finding, reason) = found(pairs, index) else { continue }
            items.append(
                Reconciliation.Item(
                    visit: visits[index], finding: finding, reason: reason, lines: pairs.lines(of: index)))
        }
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
        case .refused:
            return pairs.isCrowded(index)
                ? (.refusedInReport, "a file that brings it again would book it a second time") : nil
        // Whoever took a visit out has decided on it.
        case .posting, .withdrawn: return nil
        }
    }

    /// Why a visit has no entry, as far as that shows.
    private func absence(_ pairs: VisitPairs, _ index: Int) -> String {
        let rest =
            unreadLines.isEmpty
            ? nil
            : "what can't be read of this customer: line \(unreadLines.map(String.init).joined(separator: ", "))"
        return [pairs.absence(index), rest].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
