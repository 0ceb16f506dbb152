import AppointmentRows
package import SecurityTrax

/// What is looked for in the ledger: an appointment has to fit every part that is given.
package struct AppointmentSearch: Sendable, Hashable {
    /// Customers' IDs, their phones and account numbers that were looked up before, and senders' numbers, any of which
    /// will do; empty for whatever fits the rest.
    package var words: [String] = []
    /// The technician.
    package var techID: Int64?
    /// From the first of these times on, and before the second: when it starts, by the customer's clock.
    package var start: Range<LocalTime>?
    /// What it is now, any of which will do; empty for whatever fits the rest.
    package var states: [AppointmentState] = []
    /// Since when something became of it: staged, posted, answered, or said of it by a person. Milliseconds since 1970
    /// UTC.
    package var since: Int?

    /// A search that everything fits.
    package init() {}
}

/// An appointment with everything that the ledger knows of it.
package struct FoundAppointment: Sendable, Hashable {
    /// Its ID in the ledger: what `resolve` and `withdraw` take.
    package var id: Int
    /// As on the wire.
    package var appointment: Appointment
    /// What it is; what a dead run was posting is in doubt.
    package var state: AppointmentState
    /// A stable code, empty where there is nothing to say.
    package var code: String
    /// Why, in words; not escaped.
    package var reason: String
    /// The sender's own numbers for it.
    package var senderNumbers: [String]
    /// Where it is, or is to be, posted.
    package var endpoint: String
    /// The run that brought it last.
    package var run: Int
    /// When that run began: milliseconds since 1970 UTC.
    package var staged: Int
    /// The file that brought it, as that run named it.
    package var file: String
    /// Its line there.
    package var line: Int
    /// The batch that it was posted with last; its details are forgotten where `posted` is nil.
    package var batch: Int?
    /// The run that posted it.
    package var postedRun: Int?
    /// When the post began: milliseconds since 1970 UTC.
    package var posted: Int?
    /// When its outcome was put on record: milliseconds since 1970 UTC.
    package var answered: Int?
    /// What the service returned for it.
    package var details: [ResponseDetail]
    /// What people said of it, the oldest first.
    package var decisions: [RecordedDecision]
    /// What is to be done for it by hand, and what was, the earliest first.
    package var toDos: [ToDo] = []
    /// Which number gave its customer; nil where its row had the ID.
    package var foundCustomer: FoundCustomer?
    /// The words of the search that are phones or account numbers of its customer.
    package var lookedUp: Set<String> = []

    /// Whether one of the words of a search names it.
    package func isNamed(_ word: String) -> Bool {
        Int64(word) == appointment.customerID || senderNumbers.contains(word)
            || senderNumbers.contains(SenderNumber.canonical(word))
            || lookedUp.contains(word)
            || toDos.contains { $0.wanted.map { Int64(word) == $0.customerID } ?? false }
    }
}

/// A row that came to no appointment: nothing was booked for it.
package struct RowNotBooked: Sendable, Hashable {
    /// Why, and where it stands.
    package var finding: FileFinding
    /// The last run that told so.
    package var run: Int
    /// When that run began: milliseconds since 1970 UTC.
    package var started: Int
}

/// What a person said of an appointment.
package struct RecordedDecision: Sendable, Hashable {
    /// When: milliseconds since 1970 UTC.
    package var made: Int
    /// The user's name.
    package var who: String
    /// `created`, `not-created`, `withdrawn`, `withdrawal-undone`, `rebook`, `done` or `quiet`.
    package var word: String
    /// In the user's words.
    package var note: String?
}
