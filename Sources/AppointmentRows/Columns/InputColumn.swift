package import SecurityTrax

/// What a column of an input file can mean: the seven attributes of the wire, and helpers that
/// only serve to read the times.
package enum InputColumn: Int, Sendable, Hashable, CaseIterable {
    case customerID
    case techID
    case start
    case end
    case serviceType
    case serviceDetailType
    case notes
    /// The date of times that hold only a clock time.
    case date
    /// The date of an end that holds only a clock time, where it isn't the start's.
    case endDate
    /// The time zone of the row.
    case timeZone
    /// Whether the row is an all-day event, whose times are none.
    case allDay
    /// How long the appointment takes, where the file gives no end: a number of minutes, or with its own unit.
    case duration
    /// The same in hours; with `durationMinutes` its whole hours.
    case durationHours
    /// The same in minutes; with `durationHours` the minutes beyond them.
    case durationMinutes
    /// What a number in `duration` counts: minutes or hours.
    case durationUnit
    /// The start and the end in one field: `8:00 AM - 12:00 PM`.
    case window
    /// A phone of the customer, where the row has no ID: the service is asked whose it is.
    case customerPhone
    /// The customer's account number, in the same way.
    case accountNumber

    /// The column's own name, as our files and messages have it.
    package var name: String {
        if let field { return field.name }
        return switch self {
        case .date: "Date"
        case .endDate: "EndDate"
        case .allDay: "AllDay"
        case .duration: "Duration"
        case .durationHours: "DurationHours"
        case .durationMinutes: "DurationMinutes"
        case .durationUnit: "DurationUnit"
        case .window: "Window"
        case .customerPhone: "CustomerPhone"
        case .accountNumber: "AccountNumber"
        default: "TimeZone"
        }
    }

    /// The column that feeds an attribute.
    package init(_ field: AppointmentField) {
        switch field {
        case .customerID: self = .customerID
        case .techID: self = .techID
        case .start: self = .start
        case .end: self = .end
        case .serviceType: self = .serviceType
        case .serviceDetailType: self = .serviceDetailType
        case .notes: self = .notes
        }
    }

    /// Whether dates are read from the column.
    var holdsDates: Bool {
        switch self {
        case .start, .end, .date, .endDate, .window: true
        default: false
        }
    }

    /// Whether it says how long the visit takes.
    var holdsLength: Bool { [.duration, .durationHours, .durationMinutes].contains(self) }

    /// Whether any text can stand in the column.
    var isFreeText: Bool { field.map(AppointmentField.texts.contains) ?? false }

    /// The attribute that the column feeds, nil for a helper column.
    package var field: AppointmentField? {
        AppointmentField.allCases.first { InputColumn($0) == self }
    }

    /// Whether a file can't do without it, or without what stands in for it.
    package var isRequired: Bool {
        switch self {
        case .customerID, .start, .end, .serviceType: true
        case .techID, .serviceDetailType, .notes, .date, .endDate, .timeZone, .allDay, .duration,
            .durationHours, .durationMinutes, .durationUnit, .window, .customerPhone, .accountNumber:
            false
        }
    }

    /// The columns that can stand in for it.
    var substitutes: [InputColumn] {
        switch self {
        case .customerID: [.customerPhone, .accountNumber]
        case .start: [.window]
        case .end: [.window, .duration, .durationHours, .durationMinutes]
        default: []
        }
    }

    /// What the column says of the visit: itself, or the one that it stands in for.
    var purpose: InputColumn {
        switch self {
        case .duration, .durationHours, .durationMinutes, .durationUnit: .end
        case .window: .start
        case .customerPhone, .accountNumber: .customerID
        default: self
        }
    }

    /// The column of a name as people write it (its own name or an alias, in any case, with or without
    /// spaces, `_` and `-`), or nil.
    package init?(named text: String) {
        guard let match = ColumnName.match(text) else { return nil }
        self = match.column
    }
}
