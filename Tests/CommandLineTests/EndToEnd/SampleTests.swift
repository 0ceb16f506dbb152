import AppointmentImport
import Foundation
import TestSupport
import Testing

@testable import stimport

@Suite("Samples")
struct SampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../samples").standardizedFileURL

    @Test("The sample begins on a Monday two to eight days ahead", arguments: 0..<7)
    func monday(day: Int) throws {
        let zone = try #require(TimeZone(identifier: "America/Denver"))
        let midnight = try Date("2026-12-28T00:30:00-07:00", strategy: .iso8601)
        let today = midnight.addingTimeInterval(Double(day) * 86_400)
        let csv = SampleWeek.csv(today: today, zone: zone)
        let first = day < 6 ? "1/4/2027" : "1/11/2027"
        #expect(csv.split(separator: "\n")[1].contains(",\(first) 8:00,"))
        #expect(!csv.contains("{"))
    }

    @Test("It has the rows of the file that comes with the source")
    func sameRows() throws {
        let today = try Date("2027-01-05T12:00:00Z", strategy: .iso8601)
        let file = try String(
            contentsOf: Self.folder.appending(path: "appointments.csv"), encoding: .utf8)
        #expect(SampleWeek.csv(today: today, zone: .gmt) == file)
    }

    @Test("What it prints is valid, and can be imported")
    func valid() throws {
        let folder = try TemporaryFolder()
        let stimport = try TestSupport.Stimport(folder: folder)
        let sample = try stimport.run("sample")
        #expect(sample.status == 0)
        try folder.write("appointments.csv", sample.stdout)
        #expect(try stimport.run("check", "appointments.csv").status == 0)
        let run = try stimport.run("--sandbox", "appointments.csv")
        #expect(run.status == 0 && run.stdout.contains("42 rows = 42 created"))
    }

    @Test("The messy file is read, and has one of each common mistake")
    func messy() throws {
        let folder = try TemporaryFolder()
        let stimport = try TestSupport.Stimport(folder: folder)
        let path = Self.folder.appending(path: "appointments-messy.csv").path
        let run = try stimport.run("check", path, "--format", "csv")
        #expect(run.status == 1)
        let codes = Set(CSVTable(run.stdout)["code"])
        #expect(
            codes.isSuperset(of: [
                "invalid-service-type", "missing-value", "invalid-customer-id", "invalid-tech-id",
                "invalid-time",
                "no-such-date", "end-not-after-start", "window-too-long", "in-the-past", "too-far-ahead",
                "time-zone-not-allowed", "no-such-local-time", "ambiguous-local-time", "ragged-row",
                "unprintable-character", "notes-too-long", "conflicting-duplicate", "bad-quoting",
            ]), "\(codes.sorted())")
    }
}
