import Foundation
import TestSupport
import Testing

@Suite("The questions of resolve on a terminal")
struct ResolveDialogueTests {
    /// A fixture whose only run left customers 9001, 9002, … in doubt, as appointments 1, 2, …
    private func doubtful(_ rows: Int = 3) throws -> SandboxFixture {
        let fixture = try SandboxFixture(["close:after@1"])
        try fixture.write(rows: rows)
        #expect(try fixture.run("a.csv").totals == "in_doubt \(rows)")
        return fixture
    }

    private func start(_ fixture: SandboxFixture, _ arguments: String...) throws -> TerminalProcess {
        let process = try TerminalProcess(
            Stimport.binary, arguments: ["resolve"] + arguments, environment: fixture.stimport.environment,
            folder: fixture.folder.path)
        process.resize(columns: 200)
        return process
    }

    private func states(_ fixture: SandboxFixture) throws -> [String] { try fixture.report("--all")["state"] }

    @Test("Each visit is shown and asked about, then all of them once, then they are written")
    func dialogue() throws {
        let fixture = try doubtful()
        let process = try start(fixture, "--now")
        for (number, answer) in ["c", "not created", ""].enumerated() {
            #expect(process.wait(for: "\(number + 1) (\(number + 1) of 3): created, not created or skip?"))
            #expect(process.text.contains("customer \(9001 + number)"))
            // Nothing is written, and nothing held, while somebody thinks.
            #expect(try states(fixture) == ["in_doubt", "in_doubt", "in_doubt"])
            process.type(answer + "\n")
        }
        #expect(process.wait(for: "Change these 2 appointments? [y/N]"))
        #expect(process.text.contains("in doubt → created"))
        #expect(process.text.contains("in doubt → pending, to be posted again"))
        #expect(try states(fixture) == ["in_doubt", "in_doubt", "in_doubt"])
        process.type("y\n")
        #expect(process.wait().status == 0, "\(process.text)")
        #expect(process.text.contains("2 appointments resolved"))
        #expect(process.text.contains("created: 1 (customer 9001)"))
        #expect(process.text.contains("not created, to be posted again: 2 (customer 9002)"))
        #expect(try states(fixture) == ["created", "pending", "in_doubt"])
    }

    @Test(
        "What is not said to the end changes nothing",
        arguments: [
            (["c", "\u{4}"], 2, "nothing was changed"), (["\u{4}"], 2, "nothing was changed"),
            (["c", "c", "n"], 2, "nothing was changed"), (["c", "q", ""], 2, "nothing was changed"),
            (["s", "skip"], 0, "Nothing was changed"), (["q"], 0, "Nothing was changed"),
            (["c", "\u{3}"], nil, "customer 9002"),
        ] as [([String], Int32?, String)])
    func nothing(answers: [String], status: Int32?, said: String) throws {
        let fixture = try doubtful(2)
        let process = try start(fixture)
        for (number, answer) in answers.enumerated() {
            // The question after the visits' is the one about all of them.
            let isConfirmation = number >= 2 || answers.prefix(number).contains("q")
            #expect(process.wait(for: isConfirmation ? "? [y/N] " : "\(number + 1) (\(number + 1) of 2)"))
            process.type(answer.unicodeScalars.first?.value ?? 32 < 32 ? answer : answer + "\n")
        }
        let end = process.wait()
        #expect(status == nil ? end.status != 0 : end.status == status, "\(process.text)")
        #expect(process.text.contains(said))
        #expect(try states(fixture) == ["in_doubt", "in_doubt"])
    }

    @Test("Killed at any question, it has changed nothing and holds nothing", arguments: 0...2)
    func killed(question: Int) throws {
        let fixture = try doubtful(2)
        let process = try start(fixture)
        for number in 0..<question {
            #expect(process.wait(for: "\(number + 1) (\(number + 1) of 2)"))
            process.type("c\n")
        }
        #expect(process.wait(for: question < 2 ? "\(question + 1) (\(question + 1) of 2)" : "[y/N]"))
        process.signal(SIGKILL)
        #expect(process.wait().signal == SIGKILL)
        #expect(try states(fixture) == ["in_doubt", "in_doubt"])
        #expect(try fixture.stimport.run("resolve", "--created", "1-2").status == 0)
        #expect(try states(fixture) == ["created", "created"])
    }

    @Test("An answer that is none is asked for again, and so is one that comes too soon")
    func again() throws {
        let fixture = try doubtful(1)
        let process = try start(fixture)
        for (count, answer) in ["maybe", "y", "n", "created"].enumerated() {
            #expect(process.wait(for: "created, not created or skip?", count: count + 1))
            process.type(answer + "\n")
        }
        #expect(process.text.contains("answer c, n, s or q"))
        #expect(process.wait(for: "[y/N]"))
        #expect(process.text.contains("less than 15 minutes ago"))
        process.type("yes\n")
        #expect(process.wait().status == 0, "\(process.text)")
        #expect(try states(fixture) == ["created"])
    }

    @Test("What was settled meanwhile is not written over, and nothing else is written either")
    func meanwhile() throws {
        let fixture = try doubtful(2)
        let process = try start(fixture)
        #expect(process.wait(for: "1 (1 of 2)"))
        #expect(try fixture.stimport.run("resolve", "--not-created", "1", "--now").status == 0)
        process.type("c\n")
        #expect(process.wait(for: "2 (2 of 2)"))
        process.type("c\n")
        #expect(process.wait(for: "[y/N]"))
        process.type("y\n")
        #expect(process.wait().status == 2, "\(process.text)")
        #expect(process.text.contains("is not in doubt"))
        #expect(try states(fixture) == ["pending", "in_doubt"])
    }

    @Test(
        "Whoever is asked sees what about, wherever the result goes",
        arguments: ["> out.txt", "--quiet", "--format json > out.txt"])
    func redirected(how: String) throws {
        let fixture = try doubtful(1)
        let process = try TerminalProcess(
            "/bin/sh", arguments: ["-c", "'\(Stimport.binary)' resolve \(how)"],
            environment: fixture.stimport.environment, folder: fixture.folder.path)
        #expect(process.wait(for: "1 (1 of 1)"))
        process.type("c\n")
        #expect(process.wait(for: "Change this appointment?"))
        #expect(process.text.contains("in doubt → created"), "\(process.text)")
        process.type("y\n")
        #expect(process.wait().status == 0)
        #expect(try states(fixture) == ["created"])
    }

    @Test("Where nothing is in doubt, nobody is asked")
    func empty() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        #expect(try fixture.run("a.csv").status == 0)
        let process = try start(fixture)
        #expect(process.wait().status == 0, "\(process.text)")
        #expect(process.text.contains("Nothing is in doubt."))
    }

    @Test("Without a terminal, resolve alone is wrong usage")
    func noTerminal() throws {
        let outcome = try doubtful(1).stimport.run("resolve")
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("needs a verdict"))
    }

    @Test(
        "Ranges stand wherever IDs do",
        arguments: [
            (["resolve", "--created", "1-3"], ["created", "created", "created", "in_doubt"]),
            (
                ["resolve", "--created", "1-2,4", "--note", "seen"],
                ["created", "created", "in_doubt", "created"]
            ),
            (["resolve", "--created=2–3"], ["in_doubt", "created", "created", "in_doubt"]),
            (
                ["resolve", "--created", "1", "--not-created", "2-4", "--now"],
                ["created", "pending", "pending", "pending"]
            ),
        ])
    func ranges(arguments: [String], expected: [String]) throws {
        let fixture = try doubtful(4)
        let outcome = try fixture.stimport.run(arguments)
        #expect(outcome.status == 0, "\(outcome.stderr)")
        #expect(try states(fixture) == expected)
    }

    @Test(
        "A range that holds one that can't be taken is refused whole",
        arguments: [
            ["resolve", "--created", "1-5"], ["resolve", "--created", "3-1"],
            ["resolve", "--created", "1-3", "2"],
            ["resolve", "--created", "1-9000000000"], ["resolve", "--created", "0-2"],
            ["withdraw", "1-2", "--note", "x"], ["withdraw", "2-1", "--note", "x"],
        ])
    func refusedRange(arguments: [String]) throws {
        let fixture = try doubtful(4)
        let outcome = try fixture.stimport.run(arguments)
        #expect(outcome.status == 2, "\(outcome.stdout)")
        #expect(try Set(states(fixture)) == ["in_doubt"])
    }

    @Test("A range of withdrawn visits comes back by the same range")
    func withdrawn() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 4)
        #expect(try fixture.run("a.csv", "--stop-after", "0s").totals == "pending 4")
        #expect(try fixture.stimport.run("withdraw", "2-4", "--note", "x").status == 0)
        #expect(try states(fixture) == ["pending", "skipped", "skipped", "skipped"])
        #expect(try fixture.stimport.run("withdraw", "--undo", "2-3,4").status == 0)
        #expect(try Set(states(fixture)) == ["pending"])
    }
}
