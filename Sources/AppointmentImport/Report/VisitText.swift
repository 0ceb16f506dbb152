package import SecurityTrax

/// A visit in words for people; not escaped.
package struct VisitText {
    private let visit: Appointment

    /// The words for a visit.
    package init(_ visit: Appointment) {
        self.visit = visit
    }

    /// `Mon 01/11/2027 9:00 to 10:00`, by the customer's clock.
    package var window: String {
        "\(Self.time(visit.start)) to \(Self.isSameDay(visit.start, visit.end) ? Self.clock(visit.end) : Self.time(visit.end))"
    }

    /// `Service (detail 14), technician 23`
    package var work: String {
        let details = AppointmentField.workTexts.map { visit.texts[$0] }.filter { !$0.isEmpty }
        let detail = details.isEmpty ? "" : " (detail \(details.joined(separator: ", ")))"
        return "\(visit.serviceType.name)\(detail), \(technician)"
    }

    /// `customer 103317, Mon 01/11/2027 9:00 to 10:00, Service, technician 23`
    package var line: String {
        "customer \(visit.customerID), \(window), \(visit.serviceType.name), \(technician)"
    }

    private var technician: String { visit.techID.map { "technician \($0)" } ?? "no technician" }

    /// `Mon 01/11/2027 9:00`
    package static func time(_ time: LocalTime) -> String {
        "\(weekday(ofDay: time.dayNumber)) \(time.wire)"
    }

    /// `Mon`, for a day in days since 1970-01-01.
    static func weekday(ofDay day: Int) -> String { weekdays[LocalTime.weekday(ofDay: day)] }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func clock(_ time: LocalTime) -> String {
        time.wire.split(separator: " ").last.map(String.init) ?? time.wire
    }

    private static func isSameDay(_ first: LocalTime, _ second: LocalTime) -> Bool {
        first.dayNumber == second.dayNumber
    }
}
