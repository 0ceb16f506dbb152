public import SecurityTrax

/// One appointment that the sandbox created: the values as received, after XML decoding.
public struct SandboxAppointment: Sendable, Hashable {
    /// The ID that the sandbox gave it: 1, 2, 3, … in the order of creation.
    public var id: Int
    /// The number of the post that created it, from 1.
    public var post: Int
    /// `SecurityTraxUniqueID`.
    public var customerID: String
    /// `TechID`; may be empty.
    public var techID: String
    /// `StartTime`, as `MM/DD/YYYY H:MM`.
    public var start: String
    /// `EndTime`, as `MM/DD/YYYY H:MM`.
    public var end: String
    /// `ServiceType`: `1`, `2` or `3`.
    public var serviceType: String
    /// `ServiceDetailType`; may be empty.
    public var serviceDetailType: String
    /// `Notes`; may be empty.
    public var notes: String

    /// An appointment of these values.
    public init(
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
    public subscript(field: AppointmentField) -> String {
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
    public var values: [String] {
        AppointmentField.allCases.map { self[$0] }
    }
}
