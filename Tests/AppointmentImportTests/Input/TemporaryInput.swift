import Foundation

@testable import AppointmentImport

/// A file that is gone when the test is over.
final class TemporaryInput {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path = NSTemporaryDirectory() + "stimport-test-" + UUID().uuidString + ".csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ text: String) throws {
        try self.init(Array(text.utf8))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// What reading a whole file gave.
struct Reading {
    var rows: [Row] = []
    var findings: [Finding] = []
    var layout: FileLayout?

    /// A row with its texts.
    struct Row {
        var row: CheckedRow
        var detail: String
        var notes: String
        var senderNumber: String
        var findings: [Finding]
    }

    /// The findings as `code column`.
    var summary: [String] { findings.map { "\($0.code.rawValue) \($0.column ?? "-")" } }
    /// The same without the warnings.
    var errors: [String] {
        findings.filter { $0.severity == .error }.map { "\($0.code.rawValue) \($0.column ?? "-")" }
    }
    var codes: [String] { findings.map(\.code.rawValue) }

    init(_ bytes: [UInt8], _ options: ReadingOptions = .test) throws {
        let temporary = try TemporaryInput(bytes)
        let reader = try AppointmentReader(file: InputFile(temporary.path), options: options)
        layout = reader.layout
        var chunk = CheckedRows()
        while try reader.next(&chunk) {
            findings += chunk.findings
            rows += chunk.rows.map {
                Row(
                    row: $0, detail: chunk.string($0.serviceDetailType), notes: chunk.string($0.notes),
                    senderNumber: chunk.string($0.senderNumber), findings: Array(chunk.findings[$0.findings]))
            }
        }
    }

    init(_ text: String, _ options: ReadingOptions = .test) throws {
        try self.init(Array(text.utf8), options)
    }

    /// One row below the usual header.
    init(row: String, _ options: ReadingOptions = .test) throws {
        try self.init(Self.header + "\n" + row + "\n", options)
    }

    static let header = "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes"
    static let goodRow = "9710,5,1/23/2014 7:30,1/23/2014 9:30,Install,Panel,Ring twice"
}

extension ReadingOptions {
    /// The options of most tests: now is 2014-01-01 00:00 UTC.
    static var test: ReadingOptions { ReadingOptions(now: Date(timeIntervalSince1970: 1_388_534_400)) }

    static func test(_ change: (inout ReadingOptions) -> Void) -> ReadingOptions {
        var options = test
        change(&options)
        return options
    }
}
