package import SecurityTrax

/// One appointment that the sandbox created: the values as received, after XML decoding.
package struct SandboxAppointment: Sendable, Hashable {
    /// The ID that the sandbox gave it: 1, 2, 3, … in the order of creation.
    package var id: Int
    /// The number of the post that created it, from 1.
    package var post: Int
    /// The values in the order of `AppointmentField`.
    package let values: [String]

    /// An appointment of these values.
    package init(id: Int, post: Int, values: [String]) {
        precondition(values.count == AppointmentField.allCases.count, "a value for each attribute")
        self.id = id
        self.post = post
        self.values = values
    }

    /// The value of one attribute.
    package subscript(field: AppointmentField) -> String { values[field.rawValue] }

    /// `SecurityTraxUniqueID`.
    package var customerID: String { self[.customerID] }
    /// `TechID`; may be empty.
    package var techID: String { self[.techID] }
    /// `StartTime`, as `MM/DD/YYYY H:MM`.
    package var start: String { self[.start] }
    /// `EndTime`, as `MM/DD/YYYY H:MM`.
    package var end: String { self[.end] }
    /// `ServiceType`: `1`, `2` or `3`.
    package var serviceType: String { self[.serviceType] }
    /// `ServiceDetailType`; may be empty.
    package var serviceDetailType: String { self[.serviceDetailType] }
    /// `Notes`; may be empty.
    package var notes: String { self[.notes] }
}
