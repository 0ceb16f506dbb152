/// One technician appointment with the values that go on the wire: what
/// `CreateTechScheduleBySecurityTraxUniqueID` takes.
package struct Appointment: Sendable, Hashable {
    /// The customer's SecurityTrax ID: positive; below zero where a check that asks nobody shows one that is still to
    /// be looked up.
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
    /// The free texts: the service detail type, a value that the dealer defines; the notes, which may hold line
    /// breaks and tabs. Any of them may be empty.
    package var texts: AppointmentTexts<String>

    /// A value that the dealer defines; may be empty.
    package var serviceDetailType: String {
        get { texts.serviceDetailType }
        set { texts.serviceDetailType = newValue }
    }
    /// May be empty, may hold line breaks and tabs.
    package var notes: String {
        get { texts.notes }
        set { texts.notes = newValue }
    }

    /// An appointment of these values.
    package init(
        customerID: Int64, techID: Int64?, start: LocalTime, end: LocalTime, serviceType: ServiceType,
        texts: AppointmentTexts<String>
    ) {
        self.customerID = customerID
        self.techID = techID
        self.start = start
        self.end = end
        self.serviceType = serviceType
        self.texts = texts
    }

    /// An appointment of these values.
    package init(
        customerID: Int64, techID: Int64?, start: LocalTime, end: LocalTime, serviceType: ServiceType,
        serviceDetailType: String = "", notes: String = ""
    ) {
        var texts = AppointmentTexts { _ in "" }
        texts.serviceDetailType = serviceDetailType
        texts.notes = notes
        self.init(
            customerID: customerID, techID: techID, start: start, end: end, serviceType: serviceType,
            texts: texts)
    }
}
