/// One technician appointment with the values that go on the wire: what
/// `CreateTechScheduleBySecurityTraxUniqueID` takes.
package struct Appointment: Sendable, Hashable {
    /// The customer's SecurityTrax ID: positive.
    package var customerID: Int64
    /// The technician's ID: positive, or nil where the dealer leaves the choice
    /// open. Must be nil under slot scheduling (the vendor's rule).
    package var techID: Int64?
    /// When it starts, in the customer's time zone.
    package var start: LocalTime
    /// When it ends, in the customer's time zone; after `start`.
    package var end: LocalTime
    /// What the technician comes for.
    package var serviceType: ServiceType
    /// A value that the dealer defines; may be empty.
    package var serviceDetailType: String
    /// Free text; may be empty, may hold line breaks and tabs.
    package var notes: String

    /// An appointment of these values.
    package init(
        customerID: Int64, techID: Int64?, start: LocalTime, end: LocalTime, serviceType: ServiceType,
        serviceDetailType: String = "", notes: String = ""
    ) {
        self.customerID = customerID
        self.techID = techID
        self.start = start
        self.end = end
        self.serviceType = serviceType
        self.serviceDetailType = serviceDetailType
        self.notes = notes
    }
}
