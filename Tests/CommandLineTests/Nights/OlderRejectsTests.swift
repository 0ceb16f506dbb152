import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// A rejects file that is corrected and imported after later exports had their say.
@Suite("A rejected row is as old as the file that it came from")
struct OlderRejectsTests {
    private static let visit = ExportedVisit(number: 1, customer: 9001, day: 5, hour: 9)
    private static let other = ExportedVisit(number: 2, customer: 9002, tech: 6, day: 5, hour: 13)
    /// No such service.
    private static let noService = 9

    private static func changed(_ change: (inout ExportedVisit) -> Void) -> ExportedVisit {
        var visit = visit
        change(&visit)
        return visit
    }

    /// Why the row stands in the rejects file.
    enum Reject: String, CaseIterable { case refused, invalid }

    /// What a person changes in the rejects file, beside what kept the row from being posted.
    enum Correction: String, CaseIterable { case nothing, customer, technician }

    struct Nights: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The visit on later nights; nil where it is not in the file.
        var later: [ExportedVisit?]
        /// Whether the row is still booked.
        var isBooked = false
        /// What was booked before, as customer and hour.
        var before: [String] = []
        /// Whether a file without numbers says as much.
        var needsNumber = false
    }

    private static func called(_ status: String) -> ExportedVisit { changed { $0.status = status } }
    private static let unreadable = changed { $0.service = noService }

    static let nights: [Nights] = [
        Nights(testDescription: "called off", later: [called("Cancelled")]),
        Nights(testDescription: "over", later: [called("Completed")]),
        Nights(testDescription: "nobody knows", later: [called("On Hold")]),
        Nights(testDescription: "called off, and gone since", later: [called("Cancelled"), nil]),
        Nights(testDescription: "called off twice", later: [called("Cancelled"), called("Void")]),
        Nights(
            testDescription: "moved", later: [changed { $0.hour = 15 }], before: ["9001 15"],
            needsNumber: true),
        Nights(
            testDescription: "moved, and moved again",
            later: [changed { $0.hour = 15 }, changed { $0.hour = 17 }], before: ["9001 15"],
            needsNumber: true),
        Nights(
            testDescription: "moved in a row that can't be posted",
            later: [
                changed {
                    $0.hour = 15
                    $0.service = noService
                }
            ], needsNumber: true),
        Nights(
            testDescription: "another customer's", later: [changed { $0.customer = 9003 }],
            before: ["9003 9"],
            needsNumber: true),
        Nights(testDescription: "gone", later: [nil], isBooked: true),
        Nights(
            testDescription: "called off, and wanted again, in a row that can't be posted",
            later: [called("Cancelled"), unreadable], isBooked: true, needsNumber: true),
        Nights(testDescription: "no later file", later: [], isBooked: true),
    ]

    private func text(_ visits: [ExportedVisit], numbered: Bool) -> String {
        let lines = NightlyExport.text(visits).split(separator: "\n")
        return lines.map { line in
            numbered ? line[...] : line[line.index(after: line.firstIndex(of: ",") ?? line.startIndex)...]
        }.joined(separator: "\n") + "\n"
    }

    private func flags(_ numbered: Bool) -> [String] { numbered ? ["--identity-column", "Number"] : [] }

    private func booked(_ fixture: SandboxFixture) -> [String] {
        fixture.server.created.map {
            "\($0.customerID) \($0.start.split(separator: " ")[1].split(separator: ":")[0])"
        }.filter { !$0.hasPrefix("9002 ") }
    }

    private func rejectMonday(_ fixture: SandboxFixture, _ reject: Reject, numbered: Bool) throws {
        let row = reject == .refused ? Self.visit : Self.unreadable
        try fixture.folder.write("monday.csv", text([row, Self.other], numbered: numbered))
        let run = try fixture.run(["monday.csv"] + flags(numbered))
        #expect(run.totals == "created 1, \(reject.rawValue) 1")
    }

    private func correct(
        _ fixture: SandboxFixture, _ correction: Correction, _ change: (inout CSVTable) -> Void = { _ in }
    )
        throws
    {
        var rejects = CSVTable(try fixture.folder.read("monday.rejects.csv"))
        rejects[0, "ServiceType"] = "3"
        switch correction {
        case .nothing: break
        case .customer: rejects[0, "SecurityTraxUniqueID"] = "9009"
        case .technician: rejects[0, "TechID"] = "8"
        }
        change(&rejects)
        try fixture.folder.write("monday.rejects.csv", rejects.text)
    }

    private func server(_ reject: Reject) throws -> SandboxFixture {
        try SandboxFixture(reject == .refused ? ["refused:rows=1@1"] : [])
    }

    @Test("What a later file says of its visit counts", arguments: nights, Reject.allCases)
    func laterFile(nights: Nights, reject: Reject) throws {
        for numbered in nights.needsNumber ? [true] : [true, false] {
            for correction in Correction.allCases {
                let fixture = try server(reject)
                try rejectMonday(fixture, reject, numbered: numbered)
                for later in nights.later {
                    try fixture.folder.write(
                        "later.csv", text([later, Self.other].compactMap(\.self), numbered: numbered))
                    _ = try fixture.run(["later.csv"] + flags(numbered))
                }
                #expect(booked(fixture) == nights.before)
                let toDos = try fixture.toDos()
                try correct(fixture, correction)
                let run = try fixture.run(["monday.rejects.csv"] + flags(numbered))
                let comment: Comment = "\(numbered) \(correction) \(run.process.stdout)"
                if nights.isBooked {
                    #expect(run.totals == "created 1", comment)
                } else {
                    #expect(run.totals == "skipped 1", comment)
                    #expect(run.codes == ["replaced-by-later-file"], comment)
                    #expect(run.status == 0)
                    #expect(booked(fixture) == nights.before, comment)
                }
                #expect(try fixture.toDos() == toDos, comment)
                // It stays so.
                let again = try fixture.run(["monday.rejects.csv"] + flags(numbered))
                #expect(again.totals == (nights.isBooked ? "already_created 1" : "skipped 1"), comment)
            }
        }
    }

    @Test("Whoever empties its run has it booked all the same", arguments: Reject.allCases)
    func vouchedFor(reject: Reject) throws {
        let fixture = try server(reject)
        try rejectMonday(fixture, reject, numbered: true)
        _ = try fixture.night([Self.called("Cancelled"), Self.other])
        try correct(fixture, .nothing) { $0[0, "stimport_run"] = "" }
        #expect(try fixture.run(["monday.rejects.csv"] + flags(true)).totals == "created 1")
    }

    @Test("A later file that has the visit as it was had the last word", arguments: Correction.allCases)
    func takenUp(correction: Correction) throws {
        let fixture = try server(.refused)
        try rejectMonday(fixture, .refused, numbered: false)
        try fixture.folder.write("later.csv", text([Self.visit, Self.other], numbered: false))
        #expect(try fixture.run("later.csv").totals == "created 1, already_created 1")
        try correct(fixture, correction)
        let run = try fixture.run("monday.rejects.csv")
        #expect(run.totals == (correction == .nothing ? "already_created 1" : "skipped 1"))
        #expect(booked(fixture) == ["9001 9"])
    }

    @Test(
        "In one run with a later export the export counts, whichever comes first and was saved last",
        arguments: [true, false], Reject.allCases)
    func inOneRun(rejectsFirst: Bool, reject: Reject) throws {
        for (later, expected) in [
            (Self.called("Cancelled"), [String]()), (Self.changed { $0.hour = 15 }, ["9001 15"]),
            (Self.visit, ["9001 9"]),
        ] {
            let fixture = try server(reject)
            try rejectMonday(fixture, reject, numbered: true)
            try fixture.folder.write("export.csv", text([later, Self.other], numbered: true))
            try correct(fixture, .nothing)
            let files =
                rejectsFirst ? ["monday.rejects.csv", "export.csv"] : ["export.csv", "monday.rejects.csv"]
            let run = try fixture.run(files + flags(true))
            #expect(booked(fixture) == expected, "\(run.process.stdout)")
            #expect(try fixture.toDos() == [])
        }
    }

    @Test("It closes nothing that was to be done since, and wants nothing back that was done by hand")
    func toDos() throws {
        let fixture = try SandboxFixture(["refused:rows=1@1"])
        try rejectMonday(fixture, .refused, numbered: true)
        #expect(try fixture.night([Self.visit, Self.other]).totals == "created 1, already_created 1")
        #expect(try fixture.night([Self.called("Cancelled"), Self.other]).toDo.new == 1)
        try correct(fixture, .nothing)
        #expect(try fixture.run(["monday.rejects.csv"] + flags(true)).totals == "already_created 1")
        #expect(try fixture.toDos() == ["9001 cancelled-since-created"])
        #expect(try fixture.night([Self.called("Cancelled"), Self.other]).toDo.new == 0)
    }

    @Test("It wants nothing back that a person called off by hand since")
    func doneByHand() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("sunday.csv", text([Self.visit, Self.other], numbered: true))
        #expect(try fixture.run(["sunday.csv"] + flags(true)).totals == "created 2")
        try fixture.folder.write("monday.csv", text([Self.unreadable, Self.other], numbered: true))
        #expect(try fixture.run(["monday.csv"] + flags(true)).totals == "already_created 1, invalid 1")
        #expect(try fixture.night([Self.called("Cancelled"), Self.other]).toDo.new == 1)
        #expect(
            try fixture.stimport.run("resolve", "--done", "1", "--yes", "--note", "x").status == 0)
        try correct(fixture, .nothing)
        let run = try fixture.run(["monday.rejects.csv"] + flags(true))
        #expect(run.toDo.new == 0)
        #expect(try fixture.toDos() == [])
    }

    @Test("A person's word in it calls nothing off that a later file has", arguments: [true, false])
    func calledOffInIt(numbered: Bool) throws {
        let fixture = try SandboxFixture()
        try rejectMonday(fixture, .invalid, numbered: numbered)
        try fixture.folder.write("later.csv", text([Self.visit, Self.other], numbered: numbered))
        #expect(try fixture.run(["later.csv"] + flags(numbered)).totals == "created 1, already_created 1")
        try correct(fixture, .nothing) { $0[0, "Status"] = "Cancelled" }
        let run = try fixture.run(["monday.rejects.csv"] + flags(numbered))
        #expect(run.totals == "skipped 1")
        #expect(run.codes == ["skipped-status", "replaced-by-later-file"])
        #expect(try fixture.toDos() == [])
    }

    @Test(
        "A later whole schedule that does not have its visit has called it off", arguments: Reject.allCases,
        [true, false])
    func goneFromWholeSchedule(reject: Reject, numbered: Bool) throws {
        func importLater(_ fixture: SandboxFixture, _ later: [ExportedVisit], _ arguments: [String]) throws {
            try fixture.folder.write("later.csv", text(later, numbered: numbered))
            _ = try fixture.run(["later.csv", "--complete-export"] + flags(numbered) + arguments)
        }
        let third = Self.changed { $0.customer = -1 }
        // Gone; still there in a row that can't be posted, or that a rule leaves out; or perhaps there.
        for (later, arguments, isBooked) in [
            ([Self.other], [String](), false), ([Self.unreadable, Self.other], [], true),
            ([Self.visit, Self.other], ["--skip", "SecurityTraxUniqueID=9001"], true),
            ([Self.other, third], [], !numbered),
        ] {
            let fixture = try server(reject)
            try rejectMonday(fixture, reject, numbered: numbered)
            try importLater(fixture, later, arguments)
            try correct(fixture, .nothing)
            let run = try fixture.run(["monday.rejects.csv"] + flags(numbered))
            #expect(
                run.totals == (isBooked ? "created 1" : "skipped 1"), "\(later.count) \(run.process.stdout)")
        }
    }

    @Test("So it has where other nights brought the row again before that", arguments: [true, false], 1...3)
    func goneAfterRepeats(numbered: Bool, nights: Int) throws {
        let fixture = try server(.invalid)
        try rejectMonday(fixture, .invalid, numbered: numbered)
        let monday = try fixture.folder.read("monday.csv")
        for night in 1...nights {
            try fixture.folder.write("night\(night).csv", monday)
            _ = try fixture.run(["night\(night).csv"] + flags(numbered))
        }
        try fixture.folder.write("whole.csv", text([Self.other], numbered: numbered))
        _ = try fixture.run(["whole.csv", "--complete-export"] + flags(numbered))
        try correct(fixture, .nothing)
        #expect(try fixture.run(["monday.rejects.csv"] + flags(numbered)).totals == "skipped 1")
    }

    @Test(
        "It is no crew with a later export, in whichever order they are read", arguments: [true, false],
        Reject.allCases)
    func noCrew(rejectsFirst: Bool, reject: Reject) throws {
        let fixture = try server(reject)
        try rejectMonday(fixture, reject, numbered: false)
        try fixture.folder.write(
            "export.csv", text([Self.changed { $0.tech = 12 }, Self.other], numbered: false))
        try correct(fixture, .nothing)
        let files =
            rejectsFirst ? ["monday.rejects.csv", "export.csv"] : ["export.csv", "monday.rejects.csv"]
        let run = try fixture.run(files)
        #expect(run.codes == ["already-booked-differently"])
        #expect(booked(fixture).count == 1)
    }
}
