import AppointmentImport
import AppointmentLedger

/// What is said after a person's words were taken, whichever command they were given to.
struct WordsTaken {
    /// What was said, all of it taken.
    let words: PersonsWords
    /// Whose each of its appointments is.
    let customers: [Int: Int64]
    /// The held runs that were approved with it.
    let approved: [HeldRun]
    /// What was to be done for some of them before, by appointment.
    let toDos: [Int: ToDo]
    /// How many appointments are pending after it.
    let pendingCount: Int
    private let next: NextSteps

    /// - Parameters:
    ///   - ledger: the ledger after the words were taken.
    ///   - next: makes the commands that lead to the same ledger.
    init(
        _ words: PersonsWords, customers: [Int: Int64], approved: [HeldRun] = [],
        toDos: [Int: ToDo] = [:], _ ledger: Ledger, next: NextSteps
    ) async throws {
        self.toDos = toDos
        self.next = next
        self.words = words
        self.customers = customers
        self.approved = approved
        pendingCount = try await ledger.standing().pendingCount
        var approvedOtherwise: [Int: Int] = [:]
        for run in approved { approvedOtherwise[run.run] = try await ledger.overtakenCount(ofRun: run.run) }
        self.approvedOtherwise = approvedOtherwise
        let notCreated = words.resolutions.filter { $0.resolution == .notCreated }.map(\.id)
        overtaken = Set(
            notCreated.isEmpty
                ? [] : try await ledger.appointments(notCreated).filter { $0.state == .refused }.map(\.id))
    }

    /// How many appointments of the approved runs are not posted, since a later file has them otherwise.
    private let approvedOtherwise: [Int: Int]
    /// Those that were not created and are not posted either.
    private let overtaken: Set<Int>

    /// The text; not escaped.
    var lines: [String] {
        var lines: [String] = []
        if !words.resolutions.isEmpty {
            lines.append("\(counted(words.resolutions.count, "appointment")) resolved.")
        }
        for resolution in Resolution.allCases {
            lines += line(
                resolution == .created ? "created" : "not created, to be posted again",
                words.resolutions.filter { $0.resolution == resolution && !overtaken.contains($0.id) }.map(
                    \.id))
        }
        lines += line("not created, and not posted, since a later file says otherwise", Array(overtaken))
        lines += overtaken.sorted().compactMap { toDos[$0] }.prefix(Self.namedCustomers).map {
            "    \($0.visit.id): \(ToDoText($0).news) (\(ToDoText($0).place))"
                + ($0.wanted == nil ? "" : ": importing that file again posts it so")
        }
        lines += line("done by hand", words.done.map(\.id))
        let done = words.done.compactMap { toDos[$0.id] }
        lines += done.prefix(Self.namedCustomers).map { "    \($0.visit.id): \(ToDoText($0).news)" }
        if done.count > Self.namedCustomers {
            lines.append("    and \(grouped(done.count - Self.namedCustomers)) more, as they are shown above")
        }
        lines += line("kept quiet", words.quiet.map(\.id))
        for run in approved {
            let overtaken = approvedOtherwise[run.run] ?? 0
            lines.append(
                "run \(run.run) approved: \(counted(run.count - overtaken, "appointment")) to be posted."
                    + (overtaken == 0
                        ? ""
                        : " \(counted(overtaken, "appointment")) of it not, since a later file has other values: importing that file again posts \(overtaken == 1 ? "it" : "them") so.")
            )
        }
        if pendingCount > 0, !words.resolutions.isEmpty || !approved.isEmpty {
            let (are, them) = pendingCount == 1 ? ("is", "it") : ("are", "them")
            lines.append(
                "\(counted(pendingCount, "appointment")) \(are) pending now: \(next.command("resume")) posts \(them)."
            )
        }
        return lines
    }

    /// How many customers are named where many visits are settled at once.
    private static let namedCustomers = 10

    /// `  created: 31-33 (customers 103317, 103318)`; none where there are no such appointments.
    private func line(_ word: String, _ ids: [Int]) -> [String] {
        guard !ids.isEmpty else { return [] }
        var named: [Int64] = []
        for customer in ids.sorted().compactMap({ customers[$0] }) where !named.contains(customer) {
            named.append(customer)
            if named.count > Self.namedCustomers { break }
        }
        let list = named.prefix(Self.namedCustomers).map(String.init).joined(separator: ", ")
        let rest = named.count > Self.namedCustomers ? " and others" : ""
        return ["  \(word): \(IDRanges.text(ids)) (customer\(named.count == 1 ? "" : "s") \(list)\(rest))"]
    }
}
