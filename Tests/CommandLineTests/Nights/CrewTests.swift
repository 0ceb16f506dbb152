import SecurityTraxSandbox
import TestSupport
import Testing

/// A job with one number and a row for each of its technicians.
@Suite("A crew's rows have one number")
struct CrewTests {
    private static func crew(hour: Int = 9, _ techs: [Int], status: String = "Scheduled") -> [ExportedVisit] {
        techs.map { ExportedVisit(number: 1, customer: 9001, tech: $0, day: 5, hour: hour, status: status) }
    }

    private func techs(_ fixture: SandboxFixture) -> [String] {
        fixture.server.created.map(\.techID).sorted()
    }

    @Test(
        "Each of them is booked once, whatever the order of their rows in later nights",
        arguments: [[5, 6], [7, 5, 6]])
    func booked(techs all: [Int]) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night(Self.crew(all)).totals == "created \(all.count)")
        for order in [all, all.reversed(), all.sorted()] {
            let night = try fixture.night(Self.crew(order))
            #expect(night.totals == "already_created \(all.count)" && night.status == 0)
            #expect(night.toDo.open == 0)
        }
        #expect(techs(fixture) == all.sorted().map(String.init))
        let found = try fixture.stimport.run("find", "1").stdout
        for tech in all { #expect(found.contains("technician \(tech)"), "\(found)") }
        #expect(found.contains("the sender's number: 1\n"), "\(found)")
    }

    @Test("A move of all of them is told for each, and so is a cancellation")
    func news() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night(Self.crew([5, 6])).totals == "created 2")
        for order in [[5, 6], [6, 5]] {
            let night = try fixture.night(Self.crew(hour: 14, order))
            #expect(night.totals == "already_created 2")
            #expect(night.toDo.open == 2)
        }
        #expect(try fixture.night(Self.crew([5, 6])).toDo.closed == 2)
        let one = try fixture.night(Self.crew([5]) + Self.crew([6], status: "Cancelled"))
        #expect(one.totals == "already_created 1, skipped 1" && one.toDo.new == 1)
        #expect(try fixture.night(Self.crew([6, 5], status: "Cancelled")).toDo.open == 2)
        #expect(fixture.server.createdCount == 2)
    }

    @Test("One that is called off in the first file leaves the others alone", arguments: [false, true])
    func firstNight(cancelledFirst: Bool) throws {
        let fixture = try SandboxFixture()
        let crew = Self.crew([5]) + Self.crew([6], status: "Cancelled")
        let night = try fixture.night(cancelledFirst ? crew.reversed() : crew)
        #expect(night.totals == "created 1, skipped 1")
        #expect(techs(fixture) == ["5"])
    }

    @Test("A row that is rejected once more takes nothing from the others of its crew")
    func rejectedAgain() throws {
        let fixture = try SandboxFixture()
        var crew = Self.crew([5, 6])
        crew[1].service = 9
        #expect(try fixture.night(crew, "--stop-after", "0s").totals == "invalid 1, pending 1")
        let rejects = ["export.rejects.csv", "--identity-column", "Number", "--stop-after", "0s"]
        #expect(try fixture.run(rejects).totals == "invalid 1")
        #expect(try fixture.run("resume").totals == "created 1")
        #expect(techs(fixture) == ["5"])
    }

    @Test("What waits goes with its number")
    func pending() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night(Self.crew([5, 6]), "--stop-after", "0s").totals == "pending 2")
        #expect(try fixture.night(Self.crew(hour: 14, [6, 5]), "--stop-after", "0s").totals == "pending 2")
        #expect(try fixture.run("resume").totals == "created 2")
        #expect(techs(fixture) == ["5", "6"])
        #expect(fixture.server.created.allSatisfy { $0.start.hasSuffix("14:00") })
    }

    @Test("A row of a crew that was corrected is booked too")
    func corrected() throws {
        let fixture = try SandboxFixture()
        var crew = Self.crew([5, 6])
        crew[1].service = 9
        #expect(try fixture.night(crew).totals == "created 1, invalid 1")
        let rejects = try fixture.folder.read("export.rejects.csv")
        try fixture.folder.write(
            "export.rejects.csv", rejects.replacing(",9,Scheduled", with: ",3,Scheduled"))
        let run = try fixture.run("export.rejects.csv", "--identity-column", "Number")
        #expect(run.totals == "created 1" && run.toDo.open == 0)
        #expect(try fixture.night(Self.crew([5, 6])).totals == "already_created 2")
        #expect(techs(fixture) == ["5", "6"])
    }

    @Test("One that was booked with --allow-rebooking needs no hand")
    func rebooked() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night(Self.crew([5])).totals == "created 1")
        #expect(try fixture.night(Self.crew([5, 6])).totals == "already_created 1, invalid 1")
        #expect(
            try fixture.night(Self.crew([5, 6]), "--allow-rebooking").totals == "created 1, already_created 1"
        )
        for order in [[5, 6], [6, 5]] {
            let night = try fixture.night(Self.crew(order))
            #expect(night.totals == "already_created 2" && night.status == 0 && night.toDo.open == 0)
        }
    }

    @Test("One number for two windows, services or customers is still a mistake")
    func noCrew() throws {
        for change in [
            { $0.hour = 10 }, { $0.service = 1 }, { $0.customer = 9002 }, { $0.day = 6 },
            {
                $0.tech = 5; $0.hour = 11
            },
        ] as [(inout ExportedVisit) -> Void] {
            let fixture = try SandboxFixture()
            var crew = Self.crew([5, 6])
            change(&crew[1])
            #expect(try fixture.night(crew).totals == "created 1, invalid 1")
        }
    }
}
