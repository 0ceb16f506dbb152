import Foundation
package import SecurityTrax

/// Valid appointment rows in the future: the same ones whenever they are asked for on the same day.
package enum SampleRows {
    /// The header of `csv`: the seven columns in the wire's order.
    package static let header = AppointmentField.allCases.map(\.name).joined(separator: ",")

    /// One valid appointment for each customer from `firstCustomer` up, each with a start of
    /// its own, from the day after tomorrow (in any time zone at least tomorrow) on.
    package static func appointments(count: Int, firstCustomer: Int = 9001) -> [Appointment] {
        let midnight = Int32(Date().timeIntervalSince1970 / 86_400) * 1440
        return (0..<count).map { index in
            // Twenty a day, half an hour apart, for less than a year; then the days come again.
            let day = Int32(2 + index / 20 % 300)
            let start = midnight + day * 1440 + 7 * 60 + Int32(index % 20) * 30
            return Appointment(
                customerID: Int64(firstCustomer + index),
                techID: index % 5 == 4 ? nil : Int64(101 + index % 7),
                start: LocalTime(minutes: start), end: LocalTime(minutes: start + 90),
                serviceType: ServiceType.allCases[index % 3],
                serviceDetailType: index % 4 == 0 ? "Panel" : "",
                notes: index % 3 == 0 ? "Gate code \(index), \"ring twice\"" : "")
        }
    }

    /// The rows as a CSV file with a header and LF line ends.
    package static func csv(count: Int, firstCustomer: Int = 9001) -> String {
        var text = header + "\n"
        for texts in texts(count: count, firstCustomer: firstCustomer) {
            text += texts.map(quoted).joined(separator: ",") + "\n"
        }
        return text
    }

    /// The texts of the seven fields of each appointment, in the wire's order.
    package static func texts(count: Int, firstCustomer: Int = 9001) -> [[String]] {
        appointments(count: count, firstCustomer: firstCustomer).map { appointment in
            AppointmentField.allCases.map { appointment[$0] }
        }
    }

    /// The date that many days from today (UTC), as the wire writes it: `01/23/2014`.
    package static func day(_ days: Int) -> String {
        let midnight = Int32(Date().timeIntervalSince1970 / 86_400) * 1440
        return String(LocalTime(minutes: midnight + Int32(days) * 1440).wire.prefix(10))
    }

    /// One CSV row of any texts, without its line end.
    package static func row(_ values: String...) -> String {
        values.map(quoted).joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
