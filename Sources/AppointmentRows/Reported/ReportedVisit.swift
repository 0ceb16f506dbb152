package import SecurityTrax

/// A visit as a report that a person exported from SecurityTrax shows it.
package struct ReportedVisit: Sendable, Hashable {
    /// The line of its record, from 1.
    package var line: Int
    /// The customer's SecurityTrax ID.
    package var customerID: Int64
    /// When it starts.
    package var start: ReportedTime
    /// How long it takes, in minutes; nil where the report doesn't say.
    package var length: Int?
    /// What the technician comes for.
    package var service: ReportedValue<ServiceType>
    /// Who comes.
    package var technician: ReportedValue<Int64>
    /// What its status column says where that means that the visit was called off; nil for every other visit.
    package var calledOff: String?

    /// A visit.
    package init(
        line: Int, customerID: Int64, start: ReportedTime, length: Int? = nil,
        service: ReportedValue<ServiceType> = .unsaid, technician: ReportedValue<Int64> = .unsaid,
        calledOff: String? = nil
    ) {
        self.line = line
        self.customerID = customerID
        self.start = start
        self.length = length
        self.service = service
        self.technician = technician
        self.calledOff = calledOff
    }
}

/// What a report says of one thing.
package enum ReportedValue<Value: Sendable & Hashable>: Sendable, Hashable {
    /// Nothing: it has no such column, or leaves the field empty.
    case unsaid
    /// Nobody: `Unassigned` and the like.
    case nobody
    /// This.
    case value(Value)
    /// Something in words that are not ours.
    case words(String)
}

/// When a visit starts, as far as a report tells.
package struct ReportedTime: Sendable, Hashable {
    /// What the report shows.
    package var shown: LocalTime
    /// The instants that it may stand for, in minutes since 1970-01-01 00:00 UTC: two in an hour that the clocks show
    /// twice; nil where the viewer's zone was not given, so that the customer's clock is taken to be meant.
    package var instants: [Int]?

    /// A time.
    package init(shown: LocalTime, instants: [Int]? = nil) {
        self.shown = shown
        self.instants = instants
    }
}
