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
    /// Until when nobody wants to be told of some of the doubts, by appointment: milliseconds since 1970 UTC.
    private var quietDoubts: [Int: Int] = [:]
    /// The same of what is to be done, by the to-do's number.
    private var quietToDos: [Int: Int] = [:]

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
        quietDoubts = try await ledger.quietDoubts(at: now.milliseconds)
        for toDo in toDos {
            if let until = toDo.quietUntil, until > now.milliseconds { quietToDos[toDo.number] = until }
        }
    }

    /// Those that somebody wants to be told of now.
    package var loud: ReviewItems {
        var loud = self
        loud.doubts.removeAll { quietDoubts[$0.id] != nil }
        loud.toDos.removeAll { quietToDos[$0.number] != nil }
        return loud
    }

    /// How many nobody wants to be told of now.
    package var quietCount: Int {
        doubts.count { quietDoubts[$0.id] != nil } + toDos.count { quietToDos[$0.number] != nil }
    }

    /// Until when at least one of them is kept quiet: milliseconds since 1970 UTC; nil where none is.
    package var quietUntil: Int? {
        (doubts.compactMap { quietDoubts[$0.id] } + toDos.compactMap { quietToDos[$0.number] }).min()
    }

    /// Lists those too that nobody wants to be told of.
    package mutating func listQuiet() {
        quietDoubts.removeAll()
        quietToDos.removeAll()
    }

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
