extension AppointmentField {
    /// The free texts: no part of what makes two appointments the same visit, and any of them may be empty.
    @inlinable public static var texts: [AppointmentField] { [.serviceDetailType, .notes] }

    /// Those that say in a few words what is to be done, for places that have no room for notes.
    package static var workTexts: [AppointmentField] { texts.filter { $0 != .notes } }
}

/// One value for each of an appointment's free texts.
///
/// Public, with the attributes it is made for, although no other package uses it: the compiler specializes generic code
/// in other modules only then, and staging goes through this for each row.
public struct AppointmentTexts<Value> {
    /// What is to be done at the visit.
    public var serviceDetailType: Value
    /// Remarks for the technician.
    public var notes: Value

    /// The values that `make` gives, in the order of `AppointmentField.texts`.
    @inlinable public init(_ make: (AppointmentField) throws -> Value) rethrows {
        serviceDetailType = try make(.serviceDetailType)
        notes = try make(.notes)
    }

    /// The value of one text.
    ///
    /// - Precondition: `field` is one of `AppointmentField.texts`.
    @inlinable public subscript(field: AppointmentField) -> Value {
        get {
            switch field {
            case .serviceDetailType: serviceDetailType
            case .notes: notes
            case .customerID, .techID, .start, .end, .serviceType:
                preconditionFailure("\(field) is no free text")
            }
        }
        set {
            switch field {
            case .serviceDetailType: serviceDetailType = newValue
            case .notes: notes = newValue
            case .customerID, .techID, .start, .end, .serviceType:
                preconditionFailure("\(field) is no free text")
            }
        }
    }

    /// The same for other values.
    @inlinable public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> AppointmentTexts<
        Other
    > {
        try AppointmentTexts<Other> { try transform(self[$0]) }
    }
}

extension AppointmentTexts: BitwiseCopyable where Value: BitwiseCopyable {}
extension AppointmentTexts: Sendable where Value: Sendable {}
extension AppointmentTexts: Equatable where Value: Equatable {}
extension AppointmentTexts: Hashable where Value: Hashable {}
