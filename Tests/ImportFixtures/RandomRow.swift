import Foundation

/// A line of a test's file as random numbers draw it: of few customers and technicians, with a window that may reach
/// into the next day, so that there are many twins, neighbours and moves.
package struct RandomRow: Sendable {
    /// The customer IDs that are drawn from.
    package var customers: [Int]
    /// The sender's numbers that are drawn from; where there are none, no row has one.
    package var numbers: [String] = []

    package init(customers: [Int], numbers: [String] = []) {
        self.customers = customers
        self.numbers = numbers
    }

    package func line(_ random: inout some RandomNumberGenerator) -> String {
        let start = Int.random(in: 0...48, using: &random) * 60
        let length = [30, 60, 120, 600, 1440].randomElement(using: &random) ?? 30
        let customer = customers.randomElement(using: &random) ?? 1
        let tech = ["", "5", "6", "5000000000"].randomElement(using: &random) ?? ""
        let service = Int.random(in: 1...2, using: &random)
        let notes = ["", "Ring twice"].randomElement(using: &random) ?? ""
        let number = numbers.randomElement(using: &random) ?? ""
        return
            "\(customer),\(tech),\(Self.time(start)),\(Self.time(start + length)),\(service),Panel,\(notes),\(number)"
    }

    /// A text of that many lines under `Visit.header`.
    package func file(rows: Int, _ random: inout some RandomNumberGenerator) -> String {
        ([Visit.header] + (0..<rows).map { _ in line(&random) }).joined(separator: "\n") + "\n"
    }

    private static func time(_ minutes: Int) -> String {
        let (day, rest) = (minutes / 1440, minutes % 1440)
        return String(format: "2014-01-%02d %02d:%02d", 20 + day, rest / 60, rest % 60)
    }
}
