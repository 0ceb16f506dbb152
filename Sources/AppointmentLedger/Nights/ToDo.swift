package import SecurityTrax

/// A visit that a person has to change in SecurityTrax, since a file says something else of it than what was created.
package struct ToDo: Sendable, Hashable {
    /// Its own number: what tells an old list from today's.
    package var number: Int
    /// What kind of news it is.
    package var code: ToDoCode
    /// The visit as it was created, or is in doubt, with its ID in the ledger.
    package var visit: LedgerAppointment
    /// What it should be now; nil where it should not be at all.
    package var wanted: Appointment?
    /// Where a person has brought it by hand before; nil where it stands as it was created.
    package var broughtTo: Appointment?
    /// How the file says so, in words; not escaped. Empty where the values say it all.
    package var said: String
    /// The file that said so last.
    package var file: String
    /// Its line there; 0 where the file has no row of it.
    package var line: Int
    /// The run that found it first.
    package var run: Int
    /// When: milliseconds since 1970 UTC.
    package var opened: Int
    /// Until when nobody wants to be told of it: milliseconds since 1970 UTC; nil where nobody said so.
    package var quietUntil: Int?
    /// When a person said that it was done: milliseconds since 1970 UTC; nil while it is open.
    package var done: Int?
    /// Who said so; empty while it is open.
    package var doneBy = ""
}

/// What a run changed in what is to be done by hand.
package struct ToDoChanges: Sendable, Hashable {
    /// How many are new with this run.
    package var new = 0
    /// How many are open after it, the new ones among them.
    package var open = 0
    /// How many this run's files closed: they agree again with what was created.
    package var closed = 0
    /// The new ones, up to `listed`.
    package var firstNew: [ToDo] = []

    /// How many are listed at the most.
    package static let listed = 1_000

    /// Nothing is to be done.
    package init() {}
}
