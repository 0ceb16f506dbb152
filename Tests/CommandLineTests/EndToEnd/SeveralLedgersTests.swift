import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("status and find over several ledgers, one for each site of a dealer")
struct SeveralLedgersTests {
    /// A ledger as a site may have it; its file is named after it.
    private enum Site: String, CaseIterable {
        case north, south, waiting, doubtful, missing, broken

        var ledger: String { "\(rawValue).sqlite3" }
    }

    /// Every kind of ledger, in one folder: north and south have created customers 9001 to 9003, and south 9004 too.
    private func fixture() throws -> SandboxFixture {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        try fixture.write("b.csv", rows: 4)
        func post(_ site: Site, _ arguments: String..., status: Int32) throws {
            #expect(try fixture.run(arguments + ["--ledger", site.ledger]).status == status, "\(site)")
        }
        try post(.north, "a.csv", status: 0)
        try post(.south, "b.csv", status: 0)
        try post(.waiting, "a.csv", "--stop-after", "0s", status: 5)
        fixture.server.setFaults(try FaultPlan("408:after@1-"))
        try post(.doubtful, "a.csv", status: 6)
        fixture.server.setFaults(FaultPlan())
        try fixture.folder.write(Site.broken.ledger, "no ledger")
        return fixture
    }

    private func named(_ sites: [Site]) -> [String] { sites.flatMap { ["--ledger", $0.ledger] } }

    private struct Status: Decodable {
        struct Health: Decodable {
            var word: String
            var reason: String
        }
        struct Entry: Decodable {
            struct Standing: Decodable {
                var pending: Int
                var in_doubt: Int
            }
            var ledger: String
            var site: String?
            var exit: Int32
            var error: String?
            var status: Standing?
        }
        var version: Int
        var exit: Int32
        var health: Health?
        var ledgers: [Entry]
    }

    @Test("status --check is that of the worst ledger, and names it; one that can't be read stops no other")
    func worst() throws {
        let fixture = try fixture()
        let cases: [(sites: [Site], exit: Int32, word: String, worst: Site?)] = [
            ([.north, .south], 0, "OK", nil),
            ([.north, .waiting], 5, "PENDING", .waiting),
            ([.waiting, .north, .doubtful, .south], 6, "IN DOUBT", .doubtful),
            ([.doubtful, .missing, .north], 8, "UNREADABLE", .missing),
            ([.broken, .north, .waiting], 8, "UNREADABLE", .broken),
            ([.missing, .broken], 8, "UNREADABLE", .missing),
        ]
        for (sites, exit, word, worst) in cases {
            let words = ["status", "--check", "26h"] + named(sites)
            let unread = sites.filter { [.missing, .broken].contains($0) }

            let text = try fixture.stimport.run(words)
            #expect(text.status == exit, "\(sites): \(text.stdout)\(text.stderr)")
            let lines = text.stdout.split(separator: "\n")
            #expect(lines[0].hasPrefix("\(word): "), "\(text.stdout)")
            if let worst { #expect(lines[0].hasPrefix("\(word): \(worst.ledger): "), "\(text.stdout)") }
            #expect(lines.count == sites.count + 2, "\(text.stdout)")
            for (site, line) in zip(sites, lines.dropFirst(2)) { #expect(line.hasPrefix(site.ledger)) }
            for site in unread { #expect(text.stderr.contains(site.ledger), "\(text.stderr)") }
            #expect(text.stderr.contains("stimport: error: ") == !unread.isEmpty)
            #expect(try fixture.stimport.run(words + ["--quiet"]).status == exit)

            let json = try fixture.stimport.run(words + ["--format", "json"])
            #expect(json.status == exit)
            let status = try JSONDecoder().decode(Status.self, from: Data(json.stdout.utf8))
            #expect(status.version == 1 && status.exit == exit && status.health?.word == word)
            #expect(status.ledgers.map(\.ledger) == sites.map(\.ledger))
            for (site, entry) in zip(sites, status.ledgers) {
                #expect((entry.error == nil) == (entry.status != nil))
                #expect((entry.error != nil) == unread.contains(site))
                #expect(entry.status.map { $0.pending > 0 } ?? (site == .waiting) == (site == .waiting))
                #expect(entry.status.map { $0.in_doubt > 0 } ?? (site == .doubtful) == (site == .doubtful))
                #expect(entry.status == nil || fixture.server.endpoint.hasSuffix(entry.site ?? "-"))
            }

            let csv = try fixture.stimport.run(words + ["--format", "csv"])
            #expect(csv.status == exit)
            let table = CSVTable(csv.stdout)
            #expect(
                table.counts(of: "ledger") == Dictionary(uniqueKeysWithValues: sites.map { ($0.ledger, 1) }))
            #expect(table.counts(of: "health")["UNREADABLE", default: 0] == unread.count)
        }
    }

    @Test(
        "Without --check, status ends with 0 where every ledger could be read",
        arguments: ["text", "json", "csv"])
    func unchecked(format: String) throws {
        let fixture = try fixture()
        let words = ["status", "--format", format]
        #expect(try fixture.stimport.run(words + named([.north, .waiting, .doubtful])).status == 0)
        #expect(try fixture.stimport.run(words + named([.missing, .waiting, .doubtful])).status == 8)
        // What the next command has to name is the ledger of its line.
        let text = try fixture.stimport.run(["status"] + named([.north, .waiting, .doubtful])).stdout
        #expect(text.contains("stimport review --ledger doubtful.sqlite3"), "\(text)")
        #expect(text.contains("stimport resume --ledger waiting.sqlite3"), "\(text)")
        // One ledger in the form of a table is a table of one line.
        let one = try fixture.stimport.run("status", "--format", "csv", "--ledger", "south.sqlite3")
        #expect(CSVTable(one.stdout).counts(of: "ledger") == ["south.sqlite3": 1])
    }

    @Test("A ledger that is named twice counts once, under whatever name")
    func twice() throws {
        let fixture = try fixture()
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("link.sqlite3"), withDestinationPath: "north.sqlite3")
        let names = [
            "north.sqlite3", "./north.sqlite3", "link.sqlite3", fixture.folder.path("north.sqlite3"),
        ]
        for name in names {
            let words = ["--ledger", "north.sqlite3", "--ledger", name]
            let csv = try fixture.stimport.run(["status", "--format", "csv"] + words)
            #expect(CSVTable(csv.stdout).counts(of: "ledger") == ["north.sqlite3": 1], "\(name)")
            let found = try fixture.stimport.run(["find", "9001", "--format", "csv"] + words)
            #expect(CSVTable(found.stdout).counts(of: "ledger") == ["north.sqlite3": 1], "\(name)")
        }
    }

    private struct Found: Decodable {
        struct Appointment: Decodable {
            var ledger: String
            var SecurityTraxUniqueID: String
        }
        struct Unread: Decodable {
            var ledger: String
            var error: String
        }
        var found: Int
        var unknown: [String]
        var appointments: [Appointment]
        var unread: [Unread]
    }

    @Test("find says which ledger each appointment is in, and goes on past one that can't be read")
    func find() throws {
        let fixture = try fixture()
        let cases:
            [(customers: [String], sites: [Site], exit: Int32, found: [Site: Int], unknown: [String])] = [
                (["9001"], [.north, .south], 0, [.north: 1, .south: 1], []),
                (["9004"], [.north, .south], 0, [.south: 1], []),
                (["9001", "4711"], [.north, .south], 1, [.north: 1, .south: 1], ["4711"]),
                (["4711"], [.north, .south], 1, [:], ["4711"]),
                (["9004"], [.missing, .north, .broken, .south], 8, [.south: 1], []),
                (["4711"], [.broken, .north], 8, [:], ["4711"]),
                (["9004"], [.missing, .broken], 8, [:], ["9004"]),
            ]
        for (customers, sites, exit, found, unknown) in cases {
            let words = ["find"] + customers + named(sites)
            let unread = sites.filter { [.missing, .broken].contains($0) }
            let byLedger = Dictionary(uniqueKeysWithValues: found.map { ($0.ledger, $1) })

            let text = try fixture.stimport.run(words)
            #expect(text.status == exit, "\(words): \(text.stdout)\(text.stderr)")
            for site in sites {
                let count = text.stdout.split(separator: "\n").count { $0.contains(" in \(site.ledger): ") }
                #expect(count == found[site] ?? 0, "\(text.stdout)")
            }
            for site in unread { #expect(text.stderr.contains(site.ledger), "\(text.stderr)") }
            let isSaid = !unknown.isEmpty && unread.count < sites.count
            #expect(text.stdout.contains("None of the") == isSaid, "\(text.stdout)")

            let csv = try fixture.stimport.run(words + ["--format", "csv"])
            #expect(csv.status == exit)
            #expect(CSVTable(csv.stdout).counts(of: "ledger") == byLedger)

            let json = try fixture.stimport.run(words + ["--format", "json"])
            #expect(json.status == exit)
            let result = try JSONDecoder().decode(Found.self, from: Data(json.stdout.utf8))
            #expect(result.found == found.values.reduce(0, +) && result.unknown == unknown)
            #expect(Dictionary(grouping: result.appointments, by: \.ledger).mapValues(\.count) == byLedger)
            #expect(result.unread.map(\.ledger) == unread.map(\.ledger))
            #expect(result.unread.allSatisfy { !$0.error.isEmpty })
        }
    }

    @Test(
        "Every other command takes one ledger, and says so before anything is read, made or sent",
        arguments: [
            ["a.csv"], ["import", "a.csv"], ["check", "a.csv", "--online"], ["resume"], ["review"],
            ["doctor"],
            ["report"], ["reconcile", "a.csv"], ["resolve", "--created", "1"],
            ["withdraw", "1", "--note", "x"],
            ["prune", "--older-than", "1d"], ["ledger", "adopt"], ["config"],
        ])
    func refused(words: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        // The command may be said after the options.
        for arguments in [
            words + ["--ledger", "n.sqlite3", "--ledger", "s.sqlite3"],
            ["--ledger", "n.sqlite3", "--ledger", "s.sqlite3"] + words,
        ] {
            let outcome = try fixture.stimport.run(arguments)
            #expect(outcome.status == 2 && outcome.stdout == "")
            #expect(
                outcome.stderr.contains(
                    "--ledger is given twice, as \"n.sqlite3\" and as \"s.sqlite3\"\n  fix: give it once: only status and find take it several times"
                ), "\(outcome.stderr)")
        }
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["a.csv"])
    }

    @Test("The same ledger twice is one ledger for every command, and a run belongs to one")
    func oneLedger() throws {
        let fixture = try fixture()
        let same = ["--ledger", "north.sqlite3", "--ledger", "north.sqlite3"]
        #expect(try fixture.stimport.run(["report", "--all"] + same).status == 0)
        #expect(try fixture.stimport.run(["review"] + same).status == 0)
        let config = try fixture.stimport.run(["config"] + same)
        #expect(config.stdout.contains("north.sqlite3") && !config.stdout.contains(";"), "\(config.stdout)")
        for words in [named([.north, .south]), ["--ledger", "north.sqlite3", "--format", "csv"]] {
            let run = try fixture.stimport.run(["status", "--run", "1"] + words)
            #expect(
                run.status == 2 && run.stderr.contains("--run names a run of one ledger"), "\(run.stderr)")
        }
    }
}
