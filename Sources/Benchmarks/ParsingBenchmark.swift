import CSVReading
import Foundation

/// How fast bytes become records, beside the least that can be done with them: counting line feeds.
enum ParsingBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let file = try SampleFile(rows: arguments.rows ?? 500_000, order: .sequential)
        let bytes = file.bytes
        var lineFeeds = 0
        let counting = Measuring.fastest(of: 5) {
            lineFeeds = 0
            bytes.withUnsafeBytes { buffer in
                guard var place = buffer.baseAddress else { return }
                let end = place + buffer.count
                while let next = memchr(place, 10, end - place) {
                    lineFeeds += 1
                    place = UnsafeRawPointer(next) + 1
                }
            }
        }
        var records = 0
        let parsing = try Measuring.fastest(of: 5) {
            records = 0
            let reader = try CSVReader(bytes: bytes)
            var record = CSVRecord()
            while try reader.next(&record) { records += 1 }
        }
        Measuring.line("memchr, \(lineFeeds) line feeds", Measuring.megabytes(bytes.count, in: counting))
        Measuring.line(
            "CSVReader, \(records) records", Measuring.megabytes(bytes.count, in: parsing),
            Measuring.rows(records, in: parsing), "\(Measuring.text(parsing / counting)) × memchr's time")
    }
}
