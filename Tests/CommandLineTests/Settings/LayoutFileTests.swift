import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// Files that a layout of the settings is for, from end to end.
@Suite("Layouts in the settings")
struct LayoutFileTests {
    private let fixture: SandboxFixture

    init() throws { fixture = try SandboxFixture() }

    private func settings(_ text: String) throws {
        let folder = fixture.folder.path("config/stimport")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/settings.json", atomically: true, encoding: .utf8)
    }

    private static let confirmed = #"""
        {"layouts": {"jobs": {"set": "2026-11-25", "by": "ana",
            "header": ["Customer ID", "Start", "Confirmed Start", "End", "Confirmed End", "Service"],
            "columns": {"StartTime": "Confirmed Start", "EndTime": "Confirmed End"}}}}
        """#

    @Test("A file with a column more is read by its layout, and the result says which column that is")
    func newColumn() throws {
        try settings(Self.confirmed)
        let (day, other) = (SampleRows.day(3), SampleRows.day(4))
        try fixture.folder.write(
            "a.csv",
            "Customer ID,Start,Confirmed Start,End,Confirmed End,Service,Notes\n"
                + "104880,\(day) 9:00,\(other) 11:00,\(day) 10:00,\(other) 12:00,Install,Ladder\n")
        let check = try fixture.run("check", "a.csv")
        #expect(check.status == 0)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        for run in [check, run] {
            #expect(run.summary.files[0].remarks.map(\.code) == ["new-columns"])
            #expect(run.process.stdout.contains("read as Notes"))
        }
        #expect(try fixture.report("--all")["StartTime"] == ["\(other) 11:00"])
        for words in [["check", "a.csv"], ["a.csv"]] {
            let plain = try fixture.stimport.run(words)
            let text = plain.stdout + plain.stderr
            #expect(text.contains("read as Notes") && text.contains("layout jobs"), "\(text)")
        }
    }

    /// A day of next year that both orders have.
    private static var year: Int { (Int(SampleRows.day(0).suffix(4)) ?? 0) + 1 }
    private static let export =
        "Customer ID,Start,End,Service\n104880,2/3/\(year) 9:00,2/3/\(year) 10:00,Install\n"

    private func settings(order: String?, forAll: String?) throws {
        let layout = order.map { #", "dateOrder": "\#($0)""# } ?? ""
        try settings(
            (forAll.map { #"{"dateOrder": "\#($0)", "# } ?? "{")
                + #""layouts": {"optimo": {"header": ["Customer ID", "Start", "End", "Service"]\#(layout)}}}"#
        )
    }

    @Test(
        "A layout's order of dates holds for its files: flags and variables go before it, what is set for all files behind",
        arguments: [
            ("dmy", nil, [], [:], "03/02"), ("dmy", "mdy", [], [:], "03/02"),
            ("mdy", "dmy", [], [:], "02/03"),
            (nil, "dmy", [], [:], "03/02"), (nil, nil, [], [:], "02/03"),
            ("dmy", nil, ["--date-order", "mdy"], [:], "02/03"),
            ("mdy", nil, [], ["STIMPORT_DATE_ORDER": "dmy"], "03/02"),
            ("dmy", nil, ["--layout", "none"], [:], "02/03"),
        ] as [(String?, String?, [String], [String: String], String)])
    func dateOrder(
        order: String?, forAll: String?, flags: [String], environment: [String: String], day: String
    ) throws {
        try settings(order: order, forAll: forAll)
        try fixture.folder.write("a.csv", Self.export)
        let run = try fixture.run(["a.csv"] + flags, environment: environment)
        #expect(run.status == 0)
        #expect(try fixture.report("--all")["StartTime"].map { String($0.prefix(5)) } == [day])
    }

    @Test(
        "map writes the order of dates and the time zone that it was given, and keeps those of a layout that it replaces",
        arguments: [
            (["--date-order", "dmy"], nil, ["\"dateOrder\": \"dmy\""], "timeZone"),
            (
                ["--time-zone", "Mountain"], "dmy",
                ["\"dateOrder\": \"dmy\"", "\"timeZone\": \"America/Denver\""], "mdy"
            ),
            (["--date-order", "mdy"], "dmy", ["\"dateOrder\": \"mdy\""], "dmy"), ([], nil, [], "dateOrder"),
        ])
    func map(flags: [String], old: String?, written: [String], missing: String) throws {
        if let old { try settings(order: old, forAll: nil) }
        try fixture.folder.write("a.csv", Self.export)
        let map = try fixture.stimport.run(["map", "a.csv", "--layout", "optimo"] + flags)
        #expect(map.status == 0, "\(map.stderr)")
        for text in written { #expect(map.stdout.contains(text), "\(map.stdout)") }
        #expect(!map.stdout.contains(missing), "\(map.stdout)")
        // What is printed can be used as it is.
        try settings(map.stdout)
        let check = try fixture.stimport.run("check", "a.csv")
        #expect(check.status == 0 && check.stdout.contains("layout optimo"), "\(check.stderr)")
    }
}
