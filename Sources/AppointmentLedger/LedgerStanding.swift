/// What is open in a ledger at one moment.
package struct LedgerStanding: Sendable {
    /// What is pending, by the run that left it, the oldest first.
    package var pending: [PendingRows]
    /// How many appointments are in doubt: those that a dead run was posting included.
    package var inDoubt: Int
    /// How many appointments a living run is posting.
    package var posting: Int
    /// Runs that are held, the oldest first.
    package var held: [HeldRun] = []
    /// How much is to be done by hand.
    package var toDos = 0
    /// When the last complete run ended: milliseconds since 1970 UTC; nil where there was none. Complete means
    /// that it posted all it could: some of its rows may have been invalid or refused.
    package var lastSuccess: Int?

    /// How many appointments are of runs that are held.
    package var heldCount: Int { held.reduce(0) { $0 + $1.count } }

    /// How many appointments are pending.
    package var pendingCount: Int { pending.reduce(0) { $0 + $1.count } }
}
