import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// Which entries of a report may be which visits of one customer.
struct VisitPairs {
    let visits: [LedgerVisit]
    private let entries: [ReportedVisit]
    private let rules: Reconciliation.Rules
    /// For each visit, the entries that fit it and take place.
    private var entriesOfVisit: [[Int]]
    /// For each of the entries, the visits that it fits.
    private var visitsOfEntry: [[Int]]
    /// For each visit, the entries that fit it and were called off.
    private var calledOff: [[Int]]
    /// The visits that an entry can't be compared with.
    private var incomparable: Set<Int> = []
    /// For each visit, which group of visits and entries that hang together it is in.
    private var groups: [Int: (visits: Set<Int>, entries: Set<Int>)] = [:]

    /// How far away an entry may be and still be worth a look: a day, and the difference of two zones.
    private static let nearby = 36 * 60
    /// How many such entries are named.
    private static let namedEntries = 3

    init(_ visits: [LedgerVisit], _ entries: [ReportedVisit], _ rules: Reconciliation.Rules) {
        self.visits = visits
        self.entries = entries
        self.rules = rules
        entriesOfVisit = visits.map { _ in [] }
        calledOff = visits.map { _ in [] }
        visitsOfEntry = entries.map { _ in [] }
        for (number, visit) in visits.enumerated() {
            for (position, entry) in entries.enumerated() {
                let shift = VisitFit.shift(visit, entry, rules.customerZone)
                // Most are at other times.
                if let shift, shift != 0 { continue }
                switch fit(visit, entry) {
                case .same where entry.calledOff != nil: calledOff[number].append(position)
                case .same:
                    entriesOfVisit[number].append(position)
                    visitsOfEntry[position].append(number)
                case .incomparable: incomparable.insert(number)
                case .different: break
                }
            }
        }
        for number in visits.indices where groups[number] == nil {
            let group = group(of: number)
            for member in group.visits { groups[member] = group }
        }
    }

    private func fit(_ visit: LedgerVisit, _ entry: ReportedVisit) -> VisitFit {
        VisitFit(
            visit, entry, customerZone: rules.customerZone, namedTechnicians: rules.namedTechnicians)
    }

    /// The visits and entries that hang together with a visit.
    private func group(of visit: Int) -> (visits: Set<Int>, entries: Set<Int>) {
        var found: Set<Int> = [visit]
        var foundEntries: Set<Int> = []
        var open = [visit]
        while let next = open.popLast() {
            for entry in entriesOfVisit[next] where foundEntries.insert(entry).inserted {
                for other in visitsOfEntry[entry] where found.insert(other).inserted { open.append(other) }
            }
        }
        return (found, foundEntries)
    }

    // MARK: What fits

    /// How many entries fit a visit, those of visits that were called off included.
    var fittedEntries: Int {
        Set(visitsOfEntry.indices.filter { !visitsOfEntry[$0].isEmpty } + calledOff.joined()).count
    }

    /// The entries that fit a visit and take place.
    func entries(of visit: Int) -> [ReportedVisit] { entriesOfVisit[visit].map { entries[$0] } }

    /// The lines of the entries that fit a visit.
    func lines(of visit: Int) -> [Int] {
        (entriesOfVisit[visit] + calledOff[visit]).map { entries[$0].line }.sorted()
    }

    /// Whether one entry fits the visit, and fits no other visit of the ledger.
    func isAlone(_ visit: Int) -> Bool {
        entriesOfVisit[visit].count == 1 && calledOff[visit].isEmpty
            && entriesOfVisit[visit].allSatisfy { visitsOfEntry[$0] == [visit] }
    }

    /// Whether every entry of the customer could be compared with the visit.
    func isComparable(_ visit: Int) -> Bool { !incomparable.contains(visit) }

    /// Whether more entries fit the visit, and those that share them, than there are visits of ours.
    func isCrowded(_ visit: Int) -> Bool {
        guard let group = groups[visit] else { return false }
        return group.entries.count > group.visits.count { visits[$0].state.mayExist }
    }

    /// Whether fewer entries fit the visit, and those that share them, than there are visits that were created.
    func isShort(_ visit: Int) -> Bool {
        guard let group = groups[visit] else { return false }
        return group.entries.count < group.visits.count { visits[$0].state == .created }
    }

    // MARK: In words

    /// `3 entries (lines 4, 5, 6) fit 2 visits (31, 32)`
    func crowd(_ visit: Int) -> String {
        guard let group = groups[visit] else { return "" }
        let lines = group.entries.map { entries[$0].line }.sorted().map(String.init).joined(separator: ", ")
        let ids = IDRanges.text(group.visits.map { visits[$0].id })
        let count = group.entries.count
        var words =
            "\(count) \(count == 1 ? "entry (line" : "entries (lines") \(lines)) \(count == 1 ? "fits" : "fit") "
            + "\(counted(group.visits.count, "visit")) (\(ids))"
        if !calledOff[visit].isEmpty { words += "; \(calledOffWords(visit))" }
        return words
    }

    /// Why no entry is the visit's, and what comes near.
    func absence(_ visit: Int) -> String {
        if !calledOff[visit].isEmpty { return calledOffWords(visit) }
        if incomparable.contains(visit) {
            return
                "the ledger does not know the customer's time zone: say it with --customer-zone, or leave --time-zone out where the report shows the customers' own times"
        }
        var near: [(distance: Int, words: String)] = []
        for (position, entry) in entries.enumerated() where visitsOfEntry[position].isEmpty {
            guard let shift = VisitFit.shift(visits[visit], entry, rules.customerZone),
                abs(shift) <= Self.nearby,
                case .different(let differences) = fit(visits[visit], entry)
            else { continue }
            near.append((abs(shift), "line \(entry.line): \(differences.joined(separator: ", "))"))
        }
        guard !near.isEmpty else { return "" }
        return "near it: "
            + near.sorted { ($0.distance, $0.words) < ($1.distance, $1.words) }.prefix(Self.namedEntries)
            .map(\.words).joined(separator: "; ")
    }

    private func calledOffWords(_ visit: Int) -> String {
        calledOff[visit].map { "line \(entries[$0].line) has it as “\(entries[$0].calledOff ?? "")”" }
            .joined(separator: ", ")
    }
}
