/// The seven attributes of a create request, in the order of the vendor's sample.
public enum AppointmentField: Int, Sendable, Hashable, CaseIterable {
    case customerID
    case techID
    case start
    case end
    case serviceType
    case serviceDetailType
    case notes

    /// The attribute's name on the wire, which also heads its column in every
    /// file that this program reads or writes.
    package var name: String {
        switch self {
        case .customerID: "SecurityTraxUniqueID"
        case .techID: "TechID"
        case .start: "StartTime"
        case .end: "EndTime"
        case .serviceType: "ServiceType"
        case .serviceDetailType: "ServiceDetailType"
        case .notes: "Notes"
        }
    }
}

extension Appointment {
    /// The value of one attribute as it stands on the wire, before escaping:
    /// empty where there is none.
    package subscript(field: AppointmentField) -> String {
        switch field {
        // One whose customer is still to be looked up is only shown.
        case .customerID: customerID > 0 ? String(customerID) : ""
        case .techID: techID.map { String($0) } ?? ""
        case .start: start.wire
        case .end: end.wire
        case .serviceType: String(serviceType.rawValue)
        case .serviceDetailType, .notes: texts[field]
        }
    }
}
