import AppointmentRows
import AppointmentImport
import CSVReading
import Foundation

/// How fast a file becomes validated rows, beside its parsing alone.
enum CheckingBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let file = try SampleFile(rows: arguments.rows ?? 500_000, order: .sequential)
        let size = file.bytes.count
        let bytes = file.bytes
        let parsing = try Measuring.fastest(of: 3) {
            let reader = try CSVReader(bytes: bytes)
            var record = CSVRecord()
            while try reader.next(&record) {}
        }
        let path = file.path
        for zone in [nil, "America/Denver"] {
            var options = ReadingOptions(now: Date())
            options.timeZone = zone.flatMap(ZoneRule.init(named:))
            var rows = 0
            let checking = try Measuring.fastest(of: 3) {
                rows = 0
                let reader = try AppointmentReader(file: InputFile(path), options: options)
                var chunk = CheckedRows()
                while try reader.next(&chunk) {
                    rows += chunk.rows.count
                    guard chunk.rows.allSatisfy(\.isValid) else {
                        throw BenchmarkFailure("a row of the sample is invalid")
                    }
                }
            }
            Measuring.line(
                "reading and checking" + (zone == nil ? "" : ", time zone"),
                Measuring.rows(rows, in: checking),
                Measuring.megabytes(size, in: checking),
                "\(Measuring.text(checking / parsing)) × parsing's time")
        }
    }
}
