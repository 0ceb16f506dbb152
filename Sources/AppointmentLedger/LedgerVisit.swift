package import SecurityTrax

/// An appointment of the ledger, as it is compared with what SecurityTrax shows.
package struct LedgerVisit: Sendable, Hashable {
    /// Its ID in the ledger.
    package var id: Int
    /// What it is; what a dead run was posting is in doubt.
    package var state: AppointmentState
    /// The batch that it was posted with last.
    package var batch: Int?
    /// When that post began: milliseconds since 1970 UTC; nil where that was forgotten.
    package var sent: Int?
    /// As on the wire.
    package var appointment: Appointment
    /// When it starts, in minutes since 1970-01-01 00:00 UTC; nil where the customer's time zone is not known.
    package var start: Int?
    /// The file that brought it last, as its run named it.
    package var file: String
    /// Its line there.
    package var line: Int

    /// A visit.
    package init(
        id: Int, state: AppointmentState, batch: Int? = nil, sent: Int? = nil, appointment: Appointment,
        start: Int? = nil, file: String = "", line: Int = 0
    ) {
        self.id = id
        self.state = state
        self.batch = batch
        self.sent = sent
        self.appointment = appointment
        self.start = start
        self.file = file
        self.line = line
    }

    /// How long it takes, in minutes of the customer's clock.
    package var length: Int { Int(appointment.end.minutes) - Int(appointment.start.minutes) }
}
