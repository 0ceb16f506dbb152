package import SecurityTrax

/// One appointment that the sandbox created: the values as received, after XML decoding.
package struct SandboxAppointment: Sendable, Hashable {
    /// The ID that the sandbox gave it: 1, 2, 3, … in the order of creation.
    package var id: Int
    /// The number of the post that created it, from 1.
    package var post: Int
    /// `SecurityTraxUniqueID`.
    package var customerID: String
    /// `TechID`; may be empty.
    package var techID: String
    /// `StartTime`, as `MM/DD/YYYY H:MM`.
    package var start: String
    /// `EndTime`, as `MM/DD/YYYY H:MM`.
    package var end: String
    /// `ServiceType`: `1`, `2` or `3`.
    package var serviceType: String
    /// `ServiceDetailType`; may be empty.
    package var serviceDetailType: String
    /// `Notes`; may be empty.
    package var notes: String

    /// An appointment of these values.
    package init(
        id: Int, post: Int, customerID: String, techID: String, start: String, end: String,
        serviceType: String, serviceDetailType: String, notes: String
    ) {
        self.id = id
        self.post = post
        self.customerID = customerID
        self.techID = techID
        self.start = start
        self.end = end
        self.serviceType = serviceType
        self.serviceDetailType = serviceDetailType
        self.notes = notes
    }

    /// The value of one attribute.
    package subscript(field: AppointmentField) -> String {
        switch field {
        case .customerID: customerID
        case .techID: techID
        case .start: start
        case .end: end
        case .serviceType: serviceType
        case .serviceDetailType: serviceDetailType
        case .notes: notes
        }
    }

    /// The seven values in the wire's order.
    package var values: [String] {
        AppointmentField.allCases.map { self[$0] }
    }
}
