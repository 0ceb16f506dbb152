import Testing

/// One line of a test's file: a visit in January 2014, after the tests' now.
package struct Visit: Sendable, CustomTestStringConvertible {
    package var customer = 9710
    package var tech = "5"
    package var from = "07:30"
    package var to = "09:30"
    package var service = 1
    package var detail = "Panel"
    package var notes = "Ring twice"
    package var day = 23
    package var number = ""

    package var line: String {
        "\(customer),\(tech),2014-01-\(day) \(from),2014-01-\(day) \(to),\(service),\(detail),\(notes),\(number)"
    }
    package var testDescription: String { line }

    package static let header =
        "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes,Number"

    /// The visit with one thing changed.
    package func with<Value>(_ path: WritableKeyPath<Visit, Value>, _ value: Value) -> Visit {
        var visit = self
        visit[keyPath: path] = value
        return visit
    }

    package static func file(_ visits: [Visit]) -> String {
        ([header] + visits.map(\.line)).joined(separator: "\n") + "\n"
    }
}
