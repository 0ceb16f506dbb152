import SecurityTrax
import Testing

@testable import AppointmentRows

/// Values as they come, for messages that hold some.
enum MessageValue {
    static func time(
        _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, year: Int = 2027
    ) throws -> LocalTime {
        try #require(LocalTime(year: year, month: month, day: day, hour: hour, minute: minute))
    }

    static func zone(_ name: String) throws -> ZoneRule { try #require(ZoneRule(named: name)) }

    /// A phone and an account number that customers are looked up by.
    static func numbers() throws -> [CustomerQuery] {
        [.phone(try #require(PhoneNumber("5085550107"))), .account("A-77")]
    }

    /// A visit.
    static func visit() throws -> Appointment {
        Appointment(
            customerID: 103_317, techID: 23, start: try time(1, 11, 9), end: try time(1, 11, 10),
            serviceType: .service)
    }

    /// Another row's visit: of the same run, or of an earlier one.
    static func other(fromEarlierRun isEarlier: Bool = false) throws -> OtherAppointment {
        OtherAppointment(
            file: isEarlier ? "friday.csv" : "monday.csv", line: isEarlier ? 8 : 12, run: isEarlier ? 3 : nil,
            customerID: 103_317, techID: 23, start: try time(1, 11, 9), end: try time(1, 11, 10))
    }
}
