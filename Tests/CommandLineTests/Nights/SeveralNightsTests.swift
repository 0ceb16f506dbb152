import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// The files of several nights in one run, as after an outage.
@Suite("Of two nights' files in one run the later one counts")
struct SeveralNightsTests {
    private static let first = ExportedVisit(number: 1, customer: 9001, day: 5, hour: 9)
    private static let second = ExportedVisit(number: 2, customer: 9002, tech: 6, day: 5, hour: 13)

    private static func changed(_ visit: ExportedVisit, _ change: (inout ExportedVisit) -> Void)
        -> ExportedVisit
    {
        var visit = visit
        change(&visit)
        return visit
    }

    struct Nights: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var monday: [ExportedVisit]
        var tuesday: [ExportedVisit]
        /// The totals where nothing was known before.
        var totals: String
        /// What is booked then: customer and hour.
        var booked: [String]
        /// What is to be done by hand where both visits had been created before.
        var toDos: [String] = []
    }

    private static let cancelled = changed(first) { $0.status = "Cancelled" }
    private static let later = changed(first) { $0.hour = 15 }
    private static let unreadable = changed(first) { $0.service = 9 }

    static let nights: [Nights] = [
        Nights(
            testDescription: "cancelled since", monday: [first, second], tuesday: [cancelled, second],
            totals: "created 1, duplicate 1, skipped 2", booked: ["9002 13"],
            toDos: ["9001 cancelled-since-created"]),
        Nights(
            testDescription: "moved since", monday: [first, second], tuesday: [later, second],
            totals: "created 2, duplicate 1, skipped 1", booked: ["9001 15", "9002 13"],
            toDos: ["9001 moved-since-created"]),
        Nights(
            testDescription: "booked again since", monday: [cancelled, second], tuesday: [first, second],
            totals: "created 2, duplicate 1, skipped 1", booked: ["9001 9", "9002 13"]),
        Nights(
            testDescription: "moved back since", monday: [later, second], tuesday: [first, second],
            totals: "created 2, duplicate 1, skipped 1", booked: ["9001 9", "9002 13"]),
        Nights(
            testDescription: "can't be read since", monday: [first, second], tuesday: [unreadable, second],
            totals: "created 1, duplicate 1, skipped 1, invalid 1", booked: ["9002 13"]),
        Nights(
            testDescription: "the same", monday: [first, second], tuesday: [first, second],
            totals: "created 2, duplicate 2", booked: ["9001 9", "9002 13"]),
        Nights(
            testDescription: "not there any more", monday: [first, second], tuesday: [second],
            totals: "created 2, duplicate 1", booked: ["9001 9", "9002 13"]),
    ]

    private func write(_ fixture: SandboxFixture, _ nights: Nights) throws {
        try fixture.folder.write("monday.csv", NightlyExport.text(nights.monday))
        try fixture.folder.write("tuesday.csv", NightlyExport.text(nights.tuesday))
        try setTime("monday.csv", 1_000, fixture)
        try setTime("tuesday.csv", 500, fixture)
    }

    /// Sets when a file was written: so many seconds ago.
    private func setTime(_ name: String, _ ago: Double, _ fixture: SandboxFixture) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -ago)], ofItemAtPath: fixture.folder.path(name))
    }

    private static let files = ["monday.csv", "tuesday.csv", "--identity-column", "Number"]

    private func booked(_ fixture: SandboxFixture) -> [String] {
        fixture.server.created.map {
            "\($0.customerID) \($0.start.split(separator: " ")[1].split(separator: ":")[0])"
        }
        .sorted()
    }

    @Test("What nobody knew before is booked by the later one's word", arguments: nights)
    func new(nights: Nights) throws {
        let fixture = try SandboxFixture()
        try write(fixture, nights)
        let run = try fixture.run(Self.files)
        #expect(run.totals == nights.totals)
        #expect(booked(fixture) == nights.booked)
        #expect(try fixture.toDos() == [])
        // The next night finds nothing new.
        let again = try fixture.run("tuesday.csv", "--identity-column", "Number")
        #expect(
            again.totals.contains("already_created") && !again.totals.contains(" created"), "\(again.totals)")
        #expect(booked(fixture) == nights.booked)
    }

    @Test("What was left to be posted before is booked by the later one's word", arguments: nights)
    func pending(nights: Nights) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second], "--stop-after", "0s").totals == "pending 2")
        try write(fixture, nights)
        _ = try fixture.run(Self.files)
        _ = try fixture.run("resume")
        #expect(booked(fixture) == nights.booked)
    }

    @Test("What was created before is to be done by hand by the later one's word", arguments: nights)
    func created(nights: Nights) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        try write(fixture, nights)
        let run = try fixture.run(Self.files)
        #expect(try fixture.toDos() == nights.toDos)
        #expect(run.toDo.new == nights.toDos.count)
        #expect(fixture.server.createdCount == 2)
    }

    @Test("An inbox takes the older file first, whatever the names say")
    func inbox() throws {
        let fixture = try SandboxFixture()
        try FileManager.default.createDirectory(
            atPath: fixture.folder.path("in"), withIntermediateDirectories: false)
        try fixture.folder.write("in/export.csv", NightlyExport.text([Self.first, Self.second]))
        try fixture.folder.write("in/export (1).csv", NightlyExport.text([Self.cancelled, Self.second]))
        try setTime("in/export.csv", 1_000, fixture)
        try setTime("in/export (1).csv", 500, fixture)
        let run = try fixture.run("--inbox", "in", "--identity-column", "Number")
        #expect(run.totals == "created 1, duplicate 1, skipped 2")
        #expect(booked(fixture) == ["9002 13"])
    }

    @Test("Where the file that comes first was written last, nothing is guessed")
    func order() throws {
        let fixture = try SandboxFixture()
        try write(
            fixture,
            Nights(testDescription: "", monday: [Self.first], tuesday: [Self.later], totals: "", booked: []))
        try setTime("monday.csv", 100, fixture)
        let run = try fixture.run(Self.files)
        #expect(run.totals == "created 1, invalid 1")
        #expect(run.codes == ["already-booked-differently"])
    }

    @Test(
        "A file that was written before there was something to be done closes nothing",
        arguments: [true, false])
    func olderFile(isOlder: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("old.csv", NightlyExport.text([Self.first, Self.second]))
        #expect(try fixture.run("old.csv", "--identity-column", "Number").totals == "created 2")
        #expect(try fixture.night([Self.cancelled, Self.second]).toDo.new == 1)
        try setTime("old.csv", isOlder ? 5_000 : -5, fixture)
        let run = try fixture.run("old.csv", "--identity-column", "Number")
        #expect(run.toDo.closed == (isOlder ? 0 : 1) && run.toDo.open == (isOlder ? 1 : 0))
    }

    @Test("Visits of two nights' files are no crew, those of files of one night are", arguments: [30.0, 2.0])
    func crews(hours: Double) throws {
        let fixture = try SandboxFixture()
        let header = "Customer ID,Start,End,Service,Tech\n"
        let day = SampleRows.day(5)
        for (name, tech) in [("monday.csv", 11), ("tuesday.csv", 12)] {
            try fixture.folder.write(name, header + "9001,\(day) 9:00,\(day) 10:00,Service,\(tech)\n")
        }
        try setTime("monday.csv", hours * 3_600, fixture)
        let run = try fixture.run("monday.csv", "tuesday.csv")
        #expect(run.totals == (hours > 6 ? "created 1, invalid 1" : "created 2"))
        #expect(run.codes == (hours > 6 ? ["already-booked-differently"] : []))
    }

    /// A visit that was moved by one night's file and called off by the next one's, with or without a person who moved it
    /// by hand before.
    @Test(
        "A visit that the earlier file moves and the later one calls off is called off",
        arguments: [true, false])
    func movedAndCalledOff(byHand: Bool) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        if byHand {
            #expect(try fixture.night([Self.later, Self.second]).toDo.new == 1)
            #expect(try fixture.stimport.run("resolve", "--done", "1", "--yes", "--note", "x").status == 0)
        }
        for off in [Self.cancelled, Self.changed(Self.later) { $0.status = "Cancelled" }] {
            try fixture.folder.write("monday.csv", NightlyExport.text([Self.later, Self.second]))
            try fixture.folder.write("tuesday.csv", NightlyExport.text([off, Self.second]))
            try setTime("monday.csv", 1_000, fixture)
            try setTime("tuesday.csv", 500, fixture)
            _ = try fixture.run(Self.files)
            #expect(try fixture.toDos() == ["9001 cancelled-since-created"])
        }
        let said = try fixture.stimport.run("review").stdout
        #expect(said.contains(", by hand)") == byHand, "\(said)")
    }

    /// Three nights' files in one run, of a visit that was created before: what is to be done then. Letters: as it was
    /// created, moved to 15:00 or to 17:00, called off, nothing of it.
    @Test(
        "The last of three nights' files counts",
        arguments: [
            ("cAc", "cancelled"), ("AXc", "cancelled"), ("XXc", "cancelled"), ("AXY", "17:00"),
            ("AYX", "15:00"),
            ("XYA", ""), ("AXA", ""), ("cXA", ""), ("XcA", ""), ("cAX", "15:00"), ("AcX", "15:00"),
            ("Acc", "cancelled"),
            ("XAc", "cancelled"), ("cXY", "17:00"), ("XYc", "cancelled"),
        ])
    func threeNights(said: String, expected: String) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        let forms: [Character: ExportedVisit] = [
            "A": Self.first, "X": Self.later, "Y": Self.changed(Self.first) { $0.hour = 17 },
            "c": Self.cancelled,
        ]
        var names: [String] = []
        for (index, letter) in said.enumerated() {
            names.append("\(index).csv")
            try fixture.folder.write(
                names[index], NightlyExport.text([forms[letter], Self.second].compactMap(\.self)))
            try setTime(names[index], Double(1_000 - index * 100), fixture)
        }
        _ = try fixture.run(names + ["--identity-column", "Number"])
        let review = try fixture.stimport.run("review").stdout
        if expected.isEmpty {
            #expect(try fixture.toDos() == [], "\(review)")
        } else {
            #expect(try fixture.toDos().count == 1)
            #expect(review.contains(expected), "\(review)")
        }
    }

    @Test(
        "No visit is booked at two places, in whatever order the files were written",
        arguments: ["AXA", "XAX", "AXY", "AcX", "cXA", "XcA", "XYX"],
        [[30, 10, 20], [20, 10, 30], [10, 20, 30], [30, 20, 10], [10, 30, 20], [20, 30, 10]])
    func orderOfTimes(said: String, ages: [Double]) throws {
        let fixture = try SandboxFixture()
        let forms: [Character: ExportedVisit] = [
            "A": Self.first, "X": Self.later, "Y": Self.changed(Self.first) { $0.hour = 17 },
            "c": Self.cancelled,
        ]
        for (index, letter) in said.enumerated() {
            try fixture.folder.write(
                "\(index).csv", NightlyExport.text([forms[letter], Self.second].compactMap(\.self)))
            try setTime("\(index).csv", ages[index] * 60, fixture)
        }
        let run = try fixture.run(["0.csv", "1.csv", "2.csv", "--identity-column", "Number"])
        #expect(
            booked(fixture).count { $0.hasPrefix("9001 ") } <= 1, "\(booked(fixture)) \(run.process.stdout)")
    }

    @Test(
        "A visit that both files have is booked, although the later one calls off another one at its place",
        arguments: [true, false])
    func anotherOneCalledOff(numbered: Bool) throws {
        let fixture = try SandboxFixture()
        let other = Self.changed(Self.cancelled) { $0.number = 7 }
        try fixture.folder.write("monday.csv", NightlyExport.text([Self.first]))
        try fixture.folder.write("tuesday.csv", NightlyExport.text([Self.first, other]))
        try setTime("monday.csv", 1_000, fixture)
        try setTime("tuesday.csv", 500, fixture)
        _ = try fixture.run(
            ["monday.csv", "tuesday.csv"] + (numbered ? ["--identity-column", "Number"] : []))
        #expect(booked(fixture) == ["9001 9"])
    }
}

/// One file whose rows contradict each other.
@Suite("A file that both books a visit and calls it off")
struct ContradictingRowsTests {
    private static let first = ExportedVisit(number: 1, customer: 9001, day: 5, hour: 9)

    private static func cancelled(number: Int) -> ExportedVisit {
        var visit = first
        visit.number = number
        visit.status = "Cancelled"
        return visit
    }

    @Test("With one number for both, nothing is booked", arguments: [false, true])
    func sameNumber(cancelledFirst: Bool) throws {
        let fixture = try SandboxFixture()
        let visits = [Self.first, Self.cancelled(number: 1)]
        let run = try fixture.night(cancelledFirst ? visits.reversed() : visits)
        #expect(run.totals == "skipped 1, invalid 1")
        #expect(run.codes.contains("contradicting-status"))
        #expect(fixture.server.createdCount == 0)
        // Also where it was created before: what the rows say is told.
        let other = try SandboxFixture()
        #expect(try other.night([Self.first]).totals == "created 1")
        #expect(
            try other.night(cancelledFirst ? visits.reversed() : visits).codes.contains(
                "contradicting-status"))
    }

    @Test("With another number it may have been entered again: a warning", arguments: [false, true])
    func otherNumber(cancelledFirst: Bool) throws {
        let fixture = try SandboxFixture()
        let visits = [Self.first, Self.cancelled(number: 2)]
        let run = try fixture.night(cancelledFirst ? visits.reversed() : visits)
        #expect(run.totals == "created 1, skipped 1" && run.status == 0)
        #expect(run.codes.contains("contradicting-status"))
        #expect(run.process.stderr.contains("one of the two rows says that the visit was called off"))
    }
}
