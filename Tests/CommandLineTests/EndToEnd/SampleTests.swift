import AppointmentImport
import AppointmentRows
import Foundation
import SystemFiles
import ImportFixtures
import TestSupport
import Testing

@testable import stimport

@Suite("Samples")
struct SampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../samples").standardizedFileURL

    @Test("The sample begins on a Monday two to eight days ahead", arguments: 0..<7)
    func monday(day: Int) throws {
        let zone = try #require(SystemZone(identifier: "America/Denver"))
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
        #expect(SampleWeek.csv(today: today, zone: .utc) == file)
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

    @Test("The sample in the source never rots where the README uses it: the sandbox takes any day")
    func past() throws {
        let folder = try TemporaryFolder()
        let stimport = try TestSupport.Stimport(folder: folder)
        for year in ["2014", "2099"] {
            let rows = try String(
                contentsOf: Self.folder.appending(path: "appointments.csv"), encoding: .utf8)
            try folder.write("\(year).csv", rows.replacing("/2027", with: "/\(year)"))
            let run = try stimport.run("--sandbox", "\(year).csv")
            #expect(run.status == 0 && run.stdout.contains("42 rows = 42 created"), "\(year)")
        }
    }

    @Test("The messy file has one of each common mistake, whenever it is made", arguments: 0..<30)
    func messy(month: Int) throws {
        let today = try Date("2026-12-01T12:00:00Z", strategy: .iso8601)
            .addingTimeInterval(Double(month) * 30 * 86_400)
        let zone = try #require(SystemZone(identifier: "America/Denver"))
        let csv = SampleWeek.messyCSV(today: today, zone: zone)
        #expect(!csv.contains("{"))
        let codes = Set(try Reading(Array(csv.utf8), ReadingOptions(now: today)).findings.map(\.code))
        let expected: Set<FindingCode> = [
            .invalidServiceType, .missingValue, .invalidCustomerID, .invalidTechID, .invalidTime,
            .noSuchDate, .endNotAfterStart, .windowTooLong, .tooFarAhead, .timeZoneNotAllowed,
            .noSuchLocalTime, .ambiguousLocalTime, .raggedRow, .unprintableCharacter, .notesTooLong,
            .badQuoting,
        ]
        #expect(codes.isSuperset(of: expected), "\(codes)")
    }

    @Test("check says what is wrong with the messy file, and finds its good rows valid")
    func messyCheck() throws {
        let folder = try TemporaryFolder()
        let stimport = try TestSupport.Stimport(folder: folder)
        try folder.write("messy.csv", try stimport.run("sample", "messy").stdout)
        let run = try stimport.run("check", "messy.csv", "--format", "csv")
        #expect(run.status == 1)
        let codes = Set(CSVTable(run.stdout)["code"])
        #expect(codes.isSuperset(of: ["in-the-past", "conflicting-duplicate"]), "\(codes.sorted())")
        #expect(try stimport.run("check", "messy.csv").stdout.contains("4 valid"))
        #expect(try stimport.run("sample", "clean").status == 2)
    }
}
