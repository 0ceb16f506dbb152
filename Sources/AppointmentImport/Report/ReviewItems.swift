package import AppointmentLedger
package import SystemFiles

/// All that needs a person: doubts, then runs that are held, then what is to be done by hand.
package struct ReviewItems: Sendable {
    /// What is in doubt, the oldest first.
    package var doubts: [DoubtfulAppointment]
    /// The runs that are held.
    package var held: [HeldRun]
    /// What is to be done by hand, the earliest visit first.
    package var toDos: [ToDo]
    /// Until when nobody wants to be told of some of them, by appointment: milliseconds since 1970 UTC.
    package private(set) var quiet: [Int: Int] = [:]

    /// These, and nothing that is kept quiet.
    package init(doubts: [DoubtfulAppointment] = [], held: [HeldRun] = [], toDos: [ToDo] = []) {
        (self.doubts, self.held, self.toDos) = (doubts, held, toDos)
    }

    /// All that needs a person in a ledger.
    ///
    /// - Parameter now: what is kept quiet until later is not told of.
    /// - Throws: `LedgerError`.
    package init(of ledger: Ledger, now: Date = Date()) async throws {
        doubts = try await ledger.inDoubt()
        held = try await ledger.heldRuns()
        toDos = try await ledger.toDos()
        quiet = try await ledger.quiet(at: now.milliseconds)
    }

    /// Those that somebody wants to be told of now.
    package var loud: ReviewItems {
        var loud = self
        loud.doubts.removeAll { quiet[$0.id] != nil }
        loud.toDos.removeAll { quiet[$0.visit.id] != nil }
        return loud
    }

    /// How many nobody wants to be told of now.
    package var quietCount: Int {
        doubts.count { quiet[$0.id] != nil } + toDos.count { quiet[$0.visit.id] != nil }
    }

    /// Lists those too that nobody wants to be told of.
    package mutating func listQuiet() { quiet.removeAll() }

    /// How many there are.
    package var count: Int { doubts.count + held.count + toDos.count }

    /// Whether there is nothing.
    package var isEmpty: Bool { doubts.isEmpty && held.isEmpty && toDos.isEmpty }
}

extension HeldRun {
    /// The entry in a list.
    package var json: JSONOutput {
        .object([
            ("run", .integer(run)), ("held", .text(LedgerTime.iso(held))), ("reason", .text(reason)),
            ("appointments", .integer(count)), ("files", .array(files.map { .text($0) })),
            ("endpoint", .text(endpoint)),
        ])
    }
}
