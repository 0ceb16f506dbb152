import AppointmentRows
import SecurityTrax

/// Which visits the rows of one file call off: another row of it that books one of them contradicts the file.
struct CalledOffRows {
    private struct Visit: Hashable {
        var customer: Int64
        var start: LocalTime
        var tech: Int64
    }

    /// By number: technicians, 0 for nobody, and lines.
    private var numbers: [String: [(tech: Int64, line: Int)]] = [:]
    private var visits: [Visit: Int] = [:]

    /// Takes note of a row that calls its visit off.
    mutating func add(_ row: CheckedRow, number: String) {
        if !number.isEmpty { numbers[number, default: []].append((row.techID, row.line)) }
        guard row.customerID > 0, row.named.contains(.start) else { return }
        visits[Visit(customer: row.customerID, start: row.start, tech: row.techID)] = row.line
    }

    /// The line that calls off the visit of a valid row.
    ///
    /// - Parameter number: its sender's number; empty without one.
    /// - Returns: whether the row is known by its number too; nil where none calls it off.
    func line(callingOff row: CheckedRow, number: @autoclosure () -> String) -> (line: Int, byNumber: Bool)? {
        if !numbers.isEmpty, !row.senderNumber.isEmpty, let rows = numbers[number()] {
            // Another technician's row is another one of a crew's.
            let own = rows.first { $0.tech == 0 || row.techID == 0 || $0.tech == row.techID }
            if let own { return (own.line, true) }
        }
        guard !visits.isEmpty else { return nil }
        for tech in [row.techID, 0] {
            if let line = visits[Visit(customer: row.customerID, start: row.start, tech: tech)] {
                return (line, false)
            }
        }
        return nil
    }
}
