package import SecurityTrax

/// What a column of an input file can mean: the seven attributes of the wire, and helpers that
/// only serve to read the times.
package enum InputColumn: Int, Sendable, Hashable, CaseIterable {
    // The seven attributes, in the order of `AppointmentField`.
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

    /// The column's own name, as our files and messages have it.
    package var name: String {
        if let field { return field.name }
        return switch self {
        case .date: "Date"
        case .endDate: "EndDate"
        case .allDay: "AllDay"
        default: "TimeZone"
        }
    }

    /// The attribute that the column feeds, nil for a helper column.
    package var field: AppointmentField? { AppointmentField(rawValue: rawValue) }

    /// Whether a file can't do without it.
    package var isRequired: Bool {
        switch self {
        case .customerID, .start, .end, .serviceType: true
        case .techID, .serviceDetailType, .notes, .date, .endDate, .timeZone, .allDay: false
        }
    }

    /// The column of a name as people write it (its own name or an alias, in any case, with or without
    /// spaces, `_` and `-`), or nil.
    package init?(named text: String) {
        guard let match = ColumnName.match(text) else { return nil }
        self = match.column
    }
}
