import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("stimport map")
struct MapTests {
    private let fixture: SandboxFixture
    private let settings: String
    private static let before = "{ // mine\n  \"batchSize\": 10 // here\n}\n"

    init() throws {
        fixture = try SandboxFixture()
        settings = fixture.folder.path("config/stimport/settings.json")
        try FileManager.default.createDirectory(
            atPath: fixture.folder.path("config/stimport"), withIntermediateDirectories: true)
        try Self.before.write(toFile: settings, atomically: true, encoding: .utf8)
        chmod(settings, 0o640)
        try write("jobs.csv")
    }

    /// Thirty rows with thirty words of a dealer's own.
    private func write(_ name: String, header: String = "Kunde,Beginn,Bis,Leistung,Preis") throws {
        let rows = (1...30).map { number in
            "\(1000 + number),1/11/2027 9:00 AM,1/11/2027 10:00 AM,Leistung \(Self.words[number - 1]),$1"
        }
        try ([header] + rows).joined(separator: "\n").appending("\n")
            .write(toFile: fixture.folder.path(name), atomically: true, encoding: .utf8)
    }

    private static let words: [String] = {
        var words: [String] = []
        for first in ["x", "y", "z"] {
            for second in "abcdefghij" { words.append("\(first)\(second)q") }
        }
        return words
    }()

    private func start(_ options: String...) throws -> TerminalProcess {
        try TerminalProcess(
            Stimport.binary, arguments: ["map", "jobs.csv"] + options,
            environment: fixture.stimport.environment,
            folder: fixture.folder.path)
    }

    private func text() throws -> String { try String(contentsOfFile: settings, encoding: .utf8) }

    /// Answers everything but the last question.
    ///
    /// - Parameter isNamed: whether the layout's name was given.
    private func answer(_ process: TerminalProcess, isNamed: Bool = false) throws {
        func say(_ answer: String, to question: String, count: Int = 1) throws {
            try #require(process.wait(for: question, count: count), "\(question): \(process.text)")
            process.type(answer + "\n")
        }
        try say("Kunde", to: "SecurityTraxUniqueID, a number or a name")
        try say("", to: "is \"Kunde\" 1 ")
        try say("", to: "StartTime, a number or a name [1]")
        try say("", to: "EndTime, a number or a name [1]")
        try say("", to: "is \"Bis\" 1 ")
        try say("Leistung", to: "ServiceType, a number or a name")
        try say("none", to: "TechID, a number or a name")
        for (index, word) in Self.words.enumerated() {
            try say(["i", "s", "r"][index % 3], to: "\"Leistung \(word)\", 1 row")
        }
        if !isNamed {
            try say("none", to: "to be called? [jobs]")
            #expect(process.wait(for: "none stands for no layout"), "\(process.text)")
            try say("", to: "to be called? [jobs]", count: 2)
        }
        #expect(process.wait(for: "30 are valid, 0 invalid"), "\(process.text)")
        #expect(process.wait(for: "write it to the settings?"))
    }

    @Test("A file of thirty own words is imported after one sitting, without a flag")
    func sitting() throws {
        #expect(try fixture.stimport.run("check", "jobs.csv").status == 3)
        let process = try start()
        try answer(process)
        #expect(try text() == Self.before)
        process.type("y\n")
        #expect(process.wait().status == 0, "\(process.text)")
        let written = try text()
        #expect(written.hasPrefix("{ // mine\n  \"batchSize\": 10, // here\n"))
        var status = stat()
        #expect(stat(settings, &status) == 0 && status.st_mode & 0o777 == 0o640)

        let run = try fixture.stimport.run("--allow-past", "jobs.csv")
        #expect(run.status == 0, "\(run.stdout) \(run.stderr)")
        #expect((run.stdout + run.stderr).contains("layout jobs, set "))
        #expect(fixture.server.createdCount == 30)
        #expect(try fixture.stimport.run("config").stdout.contains("layouts.jobs"))
        // Nothing of it holds for another header.
        try write("other.csv", header: "Customer ID,Start,End,Service,Price")
        let other = try fixture.stimport.run("check", "--allow-past", "other.csv")
        #expect(other.status == 1 && !other.stdout.contains("layout jobs"))
        // Taken back.
        try Self.before.write(toFile: settings, atomically: true, encoding: .utf8)
        #expect(try fixture.stimport.run("check", "jobs.csv").status == 3)
    }

    @Test("A layout is made under the name that is given, as the help shows")
    func named() throws {
        let process = try start("--layout", "housecall")
        try answer(process, isNamed: true)
        process.type("y\n")
        #expect(process.wait().status == 0, "\(process.text)")
        #expect(!process.text.contains("to be called?"))
        let check = try fixture.stimport.run("check", "--allow-past", "--layout", "housecall", "jobs.csv")
        #expect(check.status == 0 && check.stdout.contains("layout housecall, set "), "\(check.stderr)")
        // Without a terminal too.
        let printed = try fixture.stimport.run("map", "--layout", "housecall", "jobs.csv")
        #expect(printed.status == 0 && printed.stdout.contains("\"housecall\": {"), "\(printed.stderr)")
    }

    @Test(
        "A name that no layout has is refused where files are read, with the way to make it",
        arguments: ["housecall", "north & south"])
    func unknownName(name: String) throws {
        let check = try fixture.stimport.run("check", "--layout", name, "jobs.csv")
        #expect(check.status == 2)
        let typed = name == "housecall" ? name : "'\(name)'"
        #expect(check.stderr.contains("stimport map --layout \(typed) FILE"), "\(check.stderr)")
        let map = try fixture.stimport.run("map", "--layout", name, "jobs.csv")
        #expect(map.status == 3 && map.stdout.contains("\"\(name)\": {"), "\(map.stderr)")
        #expect(try fixture.stimport.run("map", "--layout", "none", "jobs.csv").status == 2)
    }

    @Test(
        "Whatever ends it before the yes leaves the settings as they were",
        arguments: ["n\n", "\u{4}", "\u{3}", "kill"])
    func ended(how: String) throws {
        let process = try start()
        try answer(process)
        if how == "kill" { process.signal(SIGKILL) } else { process.type(how) }
        let end = process.wait()
        #expect(end.status != 0)
        #expect(try text() == Self.before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path("config/stimport")) == [
                "settings.json"
            ])
    }

    @Test("A killed sitting leaves the settings as they were, whole, at any question")
    func killedEarly() throws {
        let process = try start()
        #expect(process.wait(for: "SecurityTraxUniqueID, a number or a name"))
        process.signal(SIGKILL)
        _ = process.wait()
        #expect(try text() == Self.before)
    }

    @Test("Without a terminal nothing is written, and the settings that would do are printed")
    func noTerminal() throws {
        let run = try fixture.stimport.run("map", "jobs.csv")
        #expect(run.status == 3)
        #expect(run.stderr.contains("to be said: ") && run.stderr.contains("nothing was written"))
        #expect(try text() == Self.before)
        let mapped = try fixture.stimport.run(
            "map", "jobs.csv", "--map", "SecurityTraxUniqueID=Kunde", "--map", "StartTime=Beginn", "--map",
            "EndTime=Bis", "--map", "ServiceType=Leistung")
        #expect(mapped.status == 1)
        // What is printed can be used as it is.
        try mapped.stdout.write(toFile: settings, atomically: true, encoding: .utf8)
        let check = try fixture.stimport.run("check", "--allow-past", "jobs.csv")
        #expect(check.status == 1 && check.stdout.contains("layout jobs"), "\(check.stdout) \(check.stderr)")
    }
}
