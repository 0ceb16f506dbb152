import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("find: everything that is known of a customer, a number, a technician or a day")
struct FindTests {
    /// The part of the JSON result that these tests read.
    private struct Result: Decodable {
        struct Appointment: Decodable {
            var id: Int
            var state: String
            var SecurityTraxUniqueID: String
            var sender_numbers: [String]
            var staged: String
            var posted: String?
            var answered: String?
            var run: Int
            var batch: Int?
            var file: String
            var line: Int
            var endpoint: String
            var decisions: [Decision]
        }
        struct Decision: Decodable, Equatable {
            var who: String
            var word: String
            var note: String?
        }
        var version: Int
        var found: Int
        struct NotBooked: Decodable {
            var run: Int
            var time: String
            var ledger: String
            var code: String
            var value: String
            var fix: String
        }
        var unknown: [String]
        var appointments: [Appointment]
        var not_booked: [NotBooked]
    }

    @Test(
        "Times are shown in the zone that the environment names",
        arguments: [("Asia/Kathmandu", " +05:45"), ("Asia/Kolkata", " +05:30"), ("UTC", " +00:00")])
    func zone(name: String, offset: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 1)
        #expect(try fixture.run("a.csv").status == 0)
        let found = try fixture.stimport.run(["find", "--state", "created"], environment: ["TZ": name])
        #expect(found.status == 0 && found.stdout.contains(offset), "\(found.stdout)")
    }

    private func find(_ fixture: SandboxFixture, _ arguments: String..., status: Int32 = 0) throws -> Result {
        let outcome = try fixture.stimport.run(["find", "--format", "json"] + arguments)
        #expect(outcome.status == status, "\(outcome.stderr)")
        let result = try JSONDecoder().decode(Result.self, from: Data(outcome.stdout.utf8))
        #expect(result.version == 1)
        #expect(result.found == result.appointments.count)
        return result
    }

    @Test("What is to be done, and the notes, are shown with a visit, here and before it is taken out")
    func work() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv",
            SampleRows.header + """

                7,23,1/11/2027 9:00,1/11/2027 10:00,2,14,"call first
                big dog"
                8,,1/11/2027 9:00,1/11/2027 10:00,1,,

                """)
        #expect(try fixture.run("a.csv", "--allow-past").status == 0)
        let found = try fixture.stimport.run("find", "7", "8").stdout
        #expect(
            found.contains(
                "customer 7, 01/11/2027 9:00 to 01/11/2027 10:00, Service (detail 14), technician 23\n"))
        #expect(found.contains("    notes: call first\\nbig dog\n"), "\(found)")
        #expect(found.contains("Install, no technician\n"))
        #expect(found.components(separatedBy: "notes:").count == 2, "\(found)")
        let shown = try fixture.stimport.run("withdraw", "1", "--note", "called off", "--yes")
        #expect(
            (shown.stdout + shown.stderr).contains("Service (detail 14), technician 23, line 2 of a.csv"),
            "\(shown)")
    }

    @Test(
        "Of a customer whose rows came to no appointment, find says why, each reason once, the newest first")
    func notBooked() throws {
        let fixture = try SandboxFixture()
        func write(_ service: String, _ status: String) throws {
            try fixture.folder.write(
                "a.csv",
                SampleRows.header + """
                    ,Status
                    9001,23,1/11/2027 9:00,1/11/2027 10:00,\(service),,,
                    9002,23,1/11/2027 9:00,1/11/2027 10:00,Service,,,\(status)
                    9003,23,1/11/2027 9:00,1/11/2027 10:00,Service,,,

                    """)
        }
        try write("Instal", "Cancelled")
        #expect(try fixture.run("a.csv", "--allow-past").status == 1)
        #expect(try fixture.run("a.csv", "--allow-past").status == 1)
        let wrong = try fixture.stimport.run("find", "9001")
        #expect(wrong.status == 1)
        #expect(wrong.stdout.hasPrefix("not booked: read by run 2, "), "\(wrong.stdout)")
        #expect(
            wrong.stdout.contains(
                "\n    a.csv:2, customer 9001, ServiceType: error invalid-service-type: \"Instal\""))
        #expect(wrong.stdout.contains("\n      fix: "))
        #expect(wrong.stdout.hasSuffix("The ledger has no such appointment of 9001.\n"), "\(wrong.stdout)")
        #expect(wrong.stdout.components(separatedBy: "not booked").count == 2, "once, though told twice")

        let cancelled = try fixture.stimport.run("find", "9002").stdout
        #expect(cancelled.contains("a.csv:3, customer 9002, Status: skipped skipped-status"), "\(cancelled)")
        #expect(try !fixture.stimport.run("find", "9003").stdout.contains("not booked"))
        #expect(try !fixture.stimport.run("find", "9001", "--tech", "23").stdout.contains("not booked"))

        // It is booked at last, and what was wrong before is still told.
        try write("Installation x", "")
        #expect(try fixture.run("a.csv", "--allow-past").status == 1)
        let both = try find(fixture, "9001", "9002", status: 1)
        #expect(both.appointments.map(\.SecurityTraxUniqueID) == ["9002"])
        #expect(both.unknown == ["9001"])
        #expect(both.not_booked.map(\.run) == [3, 2, 2])
        #expect(both.not_booked.map(\.value) == ["Installation x", "Instal", "Cancelled"])
        #expect(
            both.not_booked.map(\.code) == ["invalid-service-type", "invalid-service-type", "skipped-status"])
        #expect(both.not_booked.allSatisfy { !$0.ledger.isEmpty && !$0.time.isEmpty && !$0.fix.isEmpty })
    }

    @Test("A row that names its customer by a phone number is found by it, and stays one line on a terminal")
    func notBookedByNumber() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv",
            """
            CustomerPhone,StartTime,EndTime,ServiceType
            508-555-0107,1/11/2027 9:00,1/11/2027 10:00,\u{1B}[2J

            """)
        #expect(try fixture.run("a.csv", "--allow-past").status == 1)
        let found = try fixture.stimport.run("find", "5085550107").stdout
        #expect(found.contains("a.csv:2, customer phone 5085550107, ServiceType: error"), "\(found)")
        #expect(!found.contains("\u{1B}"))
    }

    @Test(
        "A customer's appointment is shown with its state, its times, its run, its file and what was said of it"
    )
    func customer() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        #expect(try fixture.run("a.csv").status == 0)
        let found = try find(fixture, "9002")
        let appointment = try #require(found.appointments.first)
        #expect(found.appointments.count == 1 && found.unknown.isEmpty)
        #expect(appointment.state == "created" && appointment.SecurityTraxUniqueID == "9002")
        #expect(appointment.run == 1 && appointment.batch == 1)
        #expect(appointment.file == "a.csv" && appointment.line == 3)
        #expect(fixture.server.endpoint.hasSuffix(appointment.endpoint))
        let times = try [appointment.staged, #require(appointment.posted), #require(appointment.answered)]
        #expect(times == times.sorted())
        #expect(appointment.decisions.isEmpty)

        let withdrawal = try fixture.stimport.run("withdraw", String(appointment.id), "--note", "called off")
        #expect(withdrawal.status == 0)
        let after = try #require(try find(fixture, "9002").appointments.first)
        #expect(after.state == "withdrawn")
        #expect(after.decisions.map(\.word) == ["withdrawn"] && after.decisions[0].note == "called off")

        let text = try fixture.stimport.run("find", "9002", "9003")
        #expect(text.status == 0)
        for part in [
            "customer 9002", "customer 9003", "withdrawn", "created", "line 3 of a.csv", "called off",
        ] {
            #expect(text.stdout.contains(part), "\(part) in \(text.stdout)")
        }
        let table = CSVTable(try fixture.stimport.run("find", "9002", "9003", "--format", "csv").stdout)
        #expect(table.counts(of: "state") == ["withdrawn": 1, "created": 1])
        #expect(table.counts(of: "file") == ["a.csv": 2])
    }

    @Test("What is unknown is said, and ends with 1", arguments: ["text", "json", "csv"])
    func unknown(format: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        #expect(try fixture.run("a.csv").status == 0)
        for (arguments, name) in [
            (["9001", "4711"], "4711"), (["A-17"], "A-17"), (["--tech", "99"], ""),
            (["9001", "--state", "refused"], "9001"),
        ] {
            let outcome = try fixture.stimport.run(["find", "--format", format] + arguments)
            #expect(outcome.status == 1, "\(arguments)")
            #expect(name.isEmpty || (outcome.stdout + outcome.stderr).contains(name))
            if format == "text" { #expect(outcome.stdout.contains("no such appointment")) }
            if format == "csv" { #expect(outcome.stderr.contains("no such appointment")) }
            if format == "json" { #expect(outcome.stdout.contains("\"unknown\"")) }
        }
    }

    @Test("Days, states and moments are read as people write them")
    func filters() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 21)
        #expect(try fixture.run("a.csv").status == 0)
        // Twenty a day, and the last one on the day after.
        let last = SampleRows.day(3).split(separator: "/")
        let (month, day, year) = (last[0], last[1], last[2])
        #expect(try find(fixture, "--date", "\(year)-\(month)-\(day)").found == 1)
        #expect(try find(fixture, "--date", "\(month)/\(day)/\(year)").found == 1)
        #expect(try find(fixture, "--date", "\(day)/\(month)/\(year)", "--date-order", "dmy").found == 1)
        #expect(try find(fixture, "--date", SampleRows.day(2), "--state", "created").found == 20)
        #expect(try find(fixture, "--state", "in-doubt", status: 1).found == 0)
        #expect(try find(fixture, "--since", "1h").found == 21)
        #expect(try find(fixture, "--since", "2030-01-01", status: 1).found == 0)
    }

    @Test(
        "Wrong usage ends with 2, before a ledger is looked for",
        arguments: [
            [], ["--date", "2027-02-30"], ["--date", "tomorrow"], ["--since", "soon"], ["--state", "done"],
            ["--tech", "x"], ["9001", "--format", "html"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        let outcome = try fixture.stimport.run(["find"] + arguments)
        #expect(outcome.status == 2, "\(outcome.stdout)\(outcome.stderr)")
        #expect(outcome.stderr.contains("\n  fix: "))
        #expect(try fixture.stimport.run("find", "9001").status == 8, "there is no ledger")
    }
}
