import Foundation
import SecurityTrax

/// How fast batches become request documents, beside copying the same bytes.
enum DocumentBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let batchSize = 50
        let batches = max(1, (arguments.rows ?? 500_000) / batchSize)
        let credentials = Credentials(username: "user", password: "pass & word", partnerID: "partner")
        let batch = (0..<batchSize).map { row in
            let start = LocalTime(minutes: 20_000_000 + Int32(row) * 60)
            return Appointment(
                customerID: Int64(100_000 + row), techID: Int64(row % 40 + 1), start: start,
                end: LocalTime(minutes: start.minutes + 90), serviceType: .install,
                serviceDetailType: "Basic Package",
                notes: row % 4 == 0 ? "Says \"again\" & rings twice <sic>\nthen waits" : "Gate code 4471#")
        }
        var size = 0
        let building = Measuring.fastest(of: 3) {
            size = 0
            for _ in 0..<batches {
                size += RequestDocument(credentials: credentials, appointments: batch).bytes.count
            }
        }
        let document = RequestDocument(credentials: credentials, appointments: batch).bytes
        var copy: [UInt8] = []
        let copying = Measuring.fastest(of: 3) {
            for _ in 0..<batches {
                copy.removeAll(keepingCapacity: true)
                for byte in document { copy.append(byte) }
            }
        }
        Measuring.line(
            "copied byte by byte", Measuring.megabytes(copy.count * batches, in: copying))
        Measuring.line(
            "\(batches) documents of \(batchSize)", Measuring.megabytes(size, in: building),
            Measuring.rows(batches * batchSize, in: building),
            "\(Measuring.text(building / copying)) × copying's time")
    }
}
