import AppointmentRows
import Foundation

/// How long rows of many kinds take, beside plain ones: what is rare in one dealer's files is each row of another's.
enum RowKindsBenchmark {
    /// A header, and a row by its number and its day: `3/17/2027`.
    private typealias Kind = (name: String, header: String, row: @Sendable (Int, String) -> String)

    private static let header = "Customer ID,Tech,Start,End,Service,Notes"

    private static let kinds: [Kind] = [
        ("plain", header, { "\($0 + 100),12,\($1) 8:00,\($1) 9:00,Install,Gate code \($0)" }),
        (
            "a window", "Customer ID,Tech,Date,Time Window,Service",
            { "\($0 + 100),12,\($1),8am - 10am,Install" }
        ),
        (
            "a duration", "Customer ID,Tech,Start,Duration,Service",
            { "\($0 + 100),12,\($1) 8:00,1 hour 30 minutes,Install" }
        ),
        (
            "a month by its name", header,
            { row, _ in "\(row + 100),12,\"Jan 5, 2027 8:00 AM\",\"Jan 5, 2027 9:00 AM\",Install," }
        ),
        (
            "a phone", "Phone,Tech,Start,End,Service",
            { "508-555-\($0 % 9_000 + 1_000),12,\($1) 8:00,\($1) 9:00,Install" }
        ),
        (
            "a phone with an extension", "Phone,Tech,Start,End,Service",
            { "508-555-\($0 % 9_000 + 1_000) ext. 3,12,\($1) 8:00,\($1) 9:00,Install" }
        ),
        (
            "a subject", header + ",Subject",
            { "\($0 + 100),12,\($1) 8:00,\($1) 9:00,Install,,Panel at Smith \($0)" }
        ),
        (
            "cancelled", header + ",Status",
            { "\($0 + 100),12,\($1) 8:00,\($1) 9:00,Install,,Cancelled per customer" }
        ),
        ("on hold", header + ",Status", { "\($0 + 100),12,\($1) 8:00,\($1) 9:00,Install,,On hold" }),
        ("no time", header, { row, _ in "\(row + 100),12,,,Install," }),
        ("times that can't be read", header, { row, _ in "\(row + 100),12,soon,later,Install," }),
        ("customers that can't be read", header, { "abc,12,\($1) 8:00,\($1) 9:00,Install,\($0)" }),
        ("services that can't be read", header, { "\($0 + 100),12,\($1) 8:00,\($1) 9:00,Instalt," }),
        ("headings", header, { row, _ in "Group \(row),,,,," }),
    ]

    static func run(_ arguments: BenchmarkArguments) async throws {
        let rows = arguments.rows ?? 20_000
        var options = ReadingOptions(now: Date())
        options.allowPast = true
        var plain: Double?
        for kind in kinds {
            let lines = (0..<rows).map { kind.row($0, "\($0 % 12 + 1)/\($0 % 28 + 1)/2027") }
            let file = try SampleFile(Data(([kind.header] + lines + [""]).joined(separator: "\n").utf8))
            let path = file.path
            let seconds = try Measuring.fastest(of: 3) {
                let reader = try AppointmentReader(file: InputFile(path), options: options)
                var chunk = CheckedRows()
                var read = 0
                while try reader.next(&chunk) { read += chunk.rows.count }
                guard read == rows else { throw BenchmarkFailure("\(kind.name): \(read) rows were read") }
            }
            Measuring.line(
                kind.name, Measuring.rows(rows, in: seconds),
                plain.map { "\(Measuring.text(seconds / $0)) × a plain row's time" } ?? "")
            plain = plain ?? seconds
        }
    }
}
