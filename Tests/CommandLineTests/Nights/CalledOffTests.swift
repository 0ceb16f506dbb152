import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// An export that empties or changes the fields of a visit that is called off.
@Suite("A visit is called off in whatever words the export leaves")
struct CalledOffTests {
    private static let day = SampleRows.day(12)

    private static let customers = SandboxCustomers([
        SandboxCustomer(id: "9001", accountNumber: "A-17", values: ["Phone1": "5085550101"]),
        SandboxCustomer(id: "9002", accountNumber: "1042", values: ["Phone1": "5085550102"]),
    ])

    struct Export: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var header: String
        /// The row as it was booked.
        var booked: String
        /// The row that calls it off.
        var calledOff: String
        var arguments: [String] = []
    }

    private static let times = "\(day) 9:00,\(day) 10:00"

    static let exports: [Export] = [
        Export(
            testDescription: "a phone", header: "Phone,Start,End,Service,Tech,Status",
            booked: "508-555-0101,\(times),Install,5,Scheduled",
            calledOff: "5085550101,\(times),Install,5,Cancelled"),
        Export(
            testDescription: "an account number", header: "Account,Start,End,Service,Status",
            booked: "A-17,\(times),Install,Scheduled", calledOff: "A-17,\(times),Install,Canceled"),
        Export(
            testDescription: "an empty ID beside a phone",
            header: "Customer ID,Phone,Start,End,Service,Status",
            booked: ",5085550101,\(times),Install,", calledOff: ",5085550101,\(times),Install,void"),
        Export(
            testDescription: "without its technician", header: "Customer ID,Start,End,Service,Tech,Status",
            booked: "9001,\(times),Install,5,Scheduled", calledOff: "9001,\(times),Install,,Cancelled"),
        Export(
            testDescription: "with nobody as technician",
            header: "Customer ID,Start,End,Service,Tech,Status",
            booked: "9001,\(times),Install,5,Scheduled",
            calledOff: "9001,\(times),Install,Unassigned,Cancelled"),
        Export(
            testDescription: "without its service", header: "Customer ID,Start,End,Service,Tech,Status",
            booked: "9001,\(times),Service,5,Scheduled", calledOff: "9001,\(times),,5,Cancelled"),
        Export(
            testDescription: "with another word as service",
            header: "Customer ID,Start,End,Service,Tech,Status",
            booked: "9001,\(times),Service,5,Scheduled", calledOff: "9001,\(times),Call-off,5,Cancelled"),
        Export(
            testDescription: "without its end", header: "Customer ID,Start,End,Service,Tech,Status",
            booked: "9001,\(times),Service,5,Scheduled", calledOff: "9001,\(day) 9:00,,Service,5,Cancelled"),
        Export(
            testDescription: "a title", header: "Subject,Start,End,Location",
            booked: "Service,\(times),9001", calledOff: "Canceled: Service,\(times),9001",
            arguments: ["--map", "SecurityTraxUniqueID=Location", "--map", "ServiceType=Subject"]),
        Export(
            testDescription: "nothing but its number",
            header: "Job No,Customer ID,Start,End,Service,Tech,Status",
            booked: "J1,9001,\(times),Service,5,Scheduled", calledOff: "J1,,,,,,Cancelled",
            arguments: ["--identity-column", "Job No"]),
        Export(
            testDescription: "its number and what can't be read",
            header: "Job No,Customer ID,Start,End,Service,Tech,Status",
            booked: "J1,9001,\(times),Service,5,Scheduled", calledOff: "J1,gone,?,?,Foo,?,Cancelled",
            arguments: ["--identity-column", "Job No"]),
    ]

    private static func other(_ header: String) -> String {
        header.split(separator: ",").map { column in
            switch column {
            case "Phone": "5085550102"
            case "Account": "1042"
            case "Customer ID": header.contains("Phone") ? "" : "9002"
            case "Location": "9002"
            case "Start": "\(day) 14:00"
            case "End": "\(day) 15:00"
            case "Service", "Subject": "Service"
            case "Job No": "J2"
            default: ""
            }
        }.joined(separator: ",")
    }

    private static func file(_ export: Export, _ row: String) -> String {
        "\(export.header)\n\(row)\n\(other(export.header))\n"
    }

    @Test("Created before, it is to be done by hand", arguments: exports)
    func created(export: Export) throws {
        let fixture = try SandboxFixture { $0.customers = Self.customers }
        try fixture.folder.write("a.csv", Self.file(export, export.booked))
        #expect(try fixture.run(["a.csv"] + export.arguments).totals == "created 2")
        try fixture.folder.write("a.csv", Self.file(export, export.calledOff))
        let night = try fixture.run(["a.csv"] + export.arguments)
        #expect(night.totals == "already_created 1, skipped 1")
        #expect(night.status == 1)
        #expect(night.toDo.codes == ["cancelled-since-created"])
        #expect(try fixture.toDos() == ["9001 cancelled-since-created"])
        #expect(try fixture.run(["a.csv"] + export.arguments).toDo.new == 0)
    }

    @Test("Left to be posted, it is not posted", arguments: exports)
    func pending(export: Export) throws {
        let fixture = try SandboxFixture { $0.customers = Self.customers }
        try fixture.folder.write("a.csv", Self.file(export, export.booked))
        #expect(try fixture.run(["a.csv", "--stop-after", "0s"] + export.arguments).totals == "pending 2")
        try fixture.folder.write("a.csv", Self.file(export, export.calledOff))
        #expect(
            try fixture.run(["a.csv", "--stop-after", "0s"] + export.arguments).totals
                == "skipped 1, pending 1")
        #expect(try fixture.run("resume").totals == "created 1")
        #expect(fixture.server.created.map(\.customerID) == ["9002"])
        // A file that brings it again has it posted.
        try fixture.folder.write("a.csv", Self.file(export, export.booked))
        #expect(try fixture.run(["a.csv"] + export.arguments).totals == "created 1, already_created 1")
    }

    @Test("A row that names another start, technician or service calls nothing off")
    func other() throws {
        let fixture = try SandboxFixture()
        let header = "Customer ID,Start,End,Service,Tech,Status\n"
        try fixture.folder.write("a.csv", header + "9001,\(Self.times),Service,5,Scheduled\n")
        #expect(try fixture.run("a.csv").totals == "created 1")
        for row in [
            "9001,\(Self.day) 9:30,\(Self.day) 10:00,Service,5,Cancelled",
            "9001,\(Self.times),Service,6,Cancelled",
            "9001,\(Self.times),Install,,Cancelled", "9002,\(Self.times),Service,,Cancelled",
            "9001,,,Service,5,Cancelled",
        ] {
            try fixture.folder.write("a.csv", header + row + "\n")
            let night = try fixture.run("a.csv")
            #expect(night.totals == "skipped 1" && night.status == 0, "\(row)")
        }
        #expect(try fixture.toDos() == [])
    }

    @Test(
        "A row that calls off a visit of another technician or service says which visit of that time stands",
        arguments: [
            ("\(times),Service,6,Cancelled", true), ("\(times),Install,5,Cancelled", true),
            ("\(times),Install,,Cancelled", true), ("\(day) 9:30,\(day) 10:00,Service,6,Cancelled", false),
            ("\(times),Service,6,Completed", false), ("\(times),Service,6,Scheduled", false),
        ], [false, true])
    func cancelledOtherwise(row: (text: String, isWarned: Bool), isWaiting: Bool) throws {
        let fixture = try SandboxFixture()
        let header = "Customer ID,Start,End,Service,Tech,Status\n"
        let booked = "9001,\(Self.times),Service,5,Scheduled\n"
        try fixture.folder.write("a.csv", header + booked)
        #expect(
            try fixture.run(["a.csv"] + (isWaiting ? ["--stop-after", "0s"] : [])).totals
                == (isWaiting ? "pending 1" : "created 1"))
        let cancelled = "9001,\(row.text)\n"
        try fixture.folder.write("b.csv", header + cancelled)
        let night = try fixture.run(["b.csv", "--stop-after", "0s"])
        #expect(night.codes.contains("cancelled-otherwise") == row.isWarned)
        // Where the file has that visit too, the row is of another one.
        for rows in [cancelled + booked, booked + cancelled] {
            try fixture.folder.write("c.csv", header + rows)
            let both = try fixture.run(["c.csv", "--stop-after", "0s"])
            #expect(!both.codes.contains("cancelled-otherwise"), "\(rows)")
        }
    }

    @Test(
        "A visit that waits is not posted where a later file has it in a row that can't be",
        arguments: [
            "J1,9001,\(day) 9:00,\(day) 8:00,Service,5,Scheduled", "J1,x,\(day) 9:00,\(day) 10:00,Service,5,",
            "J1,9001,\(times),Service,5,Cancellation requested", "J1,9001,\(times),Painting,5,",
            "J9,9001,\(times),Service,5,Cancellation requested",
        ])
    func unreadable(row: String) throws {
        let fixture = try SandboxFixture()
        let header = "Job No,Customer ID,Start,End,Service,Tech,Status\n"
        try fixture.folder.write("a.csv", header + "J1,9001,\(Self.times),Service,5,Scheduled\n")
        let identity = ["--identity-column", "Job No"]
        #expect(try fixture.run(["a.csv", "--stop-after", "0s"] + identity).totals == "pending 1")
        try fixture.folder.write("b.csv", header + row + "\n")
        let night = try fixture.run(["b.csv"] + identity)
        #expect(night.totals == "invalid 1" && night.status == 1)
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.createdCount == 0)
        let found = try fixture.stimport.run("find", "9001").stdout
        #expect(found.contains("refused") && found.contains("a later file: "), "\(found)")
        #expect(try fixture.run(["a.csv"] + identity).totals == "created 1")
    }

    @Test("Nobody is taken for gone whose visit is in the file in a row that is left out or can't be read")
    func mentioned() throws {
        let fixture = try SandboxFixture { $0.customers = Self.customers }
        let header = "Job No,Phone,Start,End,Service,Tech,Status,Region\n"
        let other = "J2,5085550102,\(Self.day) 14:00,\(Self.day) 15:00,Service,5,Scheduled,South\n"
        let row = "J1,5085550101,\(Self.times),Service,5,Scheduled,North\n"
        let numbered = ["--identity-column", "Job No"]
        for (line, arguments) in [
            (row.replacing("5085550101", with: "5.08555E+09"), numbered),
            (row.replacing("5085550101", with: "5085550999"), []),
            (row.replacing("Scheduled", with: "Completed"), []), (row, ["--skip", "Region=North"]),
            (row.replacing("Service", with: "Painting"), numbered),
            (row.replacing("Scheduled", with: "Cancellation requested"), numbered),
        ] {
            let fresh = try SandboxFixture { $0.customers = Self.customers }
            try fresh.folder.write("a.csv", header + row + other)
            let complete = arguments.filter { $0 != "--skip" && $0 != "Region=North" }
            #expect(try fresh.run(["a.csv"] + complete).totals == "created 2")
            try fresh.folder.write("a.csv", header + line + other)
            let night = try fresh.run(["a.csv", "--complete-export"] + arguments)
            #expect(night.toDo.new == 0, "\(line) \(night.toDo.codes)")
        }
        try fixture.folder.write("a.csv", header + row + other)
        #expect(try fixture.run("a.csv").totals == "created 2")
        try fixture.folder.write("a.csv", header + other)
        #expect(try fixture.run("a.csv", "--complete-export").toDo.codes == ["gone-since-created"])
    }

    @Test("The corrected rows of a rejects file are not the whole schedule")
    func corrected() throws {
        let fixture = try SandboxFixture()
        let header = "Customer ID,Start,End,Service\n"
        try fixture.folder.write(
            "a.csv", header + "9001,\(Self.times),Service\n9002,\(Self.times),Servise\n")
        #expect(try fixture.run("a.csv", "--complete-export").totals == "created 1, invalid 1")
        let rejects = try fixture.folder.read("a.rejects.csv")
        try fixture.folder.write("a.rejects.csv", rejects.replacing("Servise", with: "Service"))
        let night = try fixture.run("a.rejects.csv", "--complete-export")
        #expect(night.totals == "created 1" && night.status == 0)
        #expect(night.summary.files[0].remarks.map(\.code) == ["gone-not-judged"])
    }
}
