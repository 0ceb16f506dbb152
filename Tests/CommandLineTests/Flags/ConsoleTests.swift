import AppointmentImport
import Foundation
import Testing

@testable import stimport

@Suite("The output streams")
struct ConsoleTests {
    init() { signal(SIGPIPE, SIG_IGN) }

    @Test("A reader that goes away ends the output quietly")
    func brokenPipe() {
        let pipe = Pipe()
        let console = Console(environment: [:], output: pipe.fileHandleForWriting.fileDescriptor)
        try? pipe.fileHandleForReading.close()
        console.line("nobody reads this")
        console.line("nor this")
        #expect(console.outputFailure == nil)
    }

    @Test("A full device is noticed", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDevice() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let console = Console(environment: [:], output: full.fileDescriptor)
        console.line("too much")
        #expect(console.outputFailure != nil)
    }

    @Test("A descriptor that doesn't block gets every byte")
    func nonBlocking() throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        let text = String(repeating: "0123456789abcdef", count: 50_000)
        let writer = Thread {
            Console(environment: [:], output: descriptor).write(text)
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(String(decoding: data, as: UTF8.self) == text)
    }

    @Test(
        "Errors are escaped, and coloured only where asked for",
        arguments: [
            (ColorChoice.auto, "stimport: error: a\\u{1B}[2Jb\\nc\n  fix: d\\te\n"),
            (.never, "stimport: error: a\\u{1B}[2Jb\\nc\n  fix: d\\te\n"),
            (.always, "stimport: \u{1B}[31merror:\u{1B}[0m a\\u{1B}[2Jb\\nc\n  fix: d\\te\n"),
        ])
    func errors(color: ColorChoice, expected: String) throws {
        let pipe = Pipe()
        let console = Console(
            environment: [:], color: color, diagnostics: pipe.fileHandleForWriting.fileDescriptor)
        console.error(UsageError("a\u{1B}[2Jb\nc", fix: "d\te"))
        try pipe.fileHandleForWriting.close()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(String(decoding: data, as: UTF8.self) == expected)
    }

    @Test("config's JSON has the values in their types, and no secret")
    func configuration() async throws {
        let pipe = Pipe()
        let environment = ProcessEnvironment([
            "STIMPORT_PASSWORD": "geheim", "STIMPORT_BATCH_SIZE": "20", "STIMPORT_SITE": "acme",
            "STIMPORT_SLOT_SCHEDULING": "on",
        ])
        let console = Console(environment: [:], output: pipe.fileHandleForWriting.fileDescriptor)
        let status = await Stimport.run(["config", "--format", "json"], environment, console)
        try pipe.fileHandleForWriting.close()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(status.rawValue == 0)
        #expect(!String(decoding: data, as: UTF8.self).contains("geheim"))
        let document = try JSONDecoder().decode(JSONValue.self, from: data)
        guard case .object(let top) = document, case .object(let settings) = top["settings"] else {
            Issue.record("the document is an object with settings")
            return
        }
        #expect(
            settings["batchSize"]
                == .object([
                    "value": .integer(20), "origin": .string("variable"),
                    "place": .string("STIMPORT_BATCH_SIZE"),
                ]))
        #expect(
            settings["slotScheduling"]
                == .object([
                    "value": .bool(true), "origin": .string("variable"),
                    "place": .string("STIMPORT_SLOT_SCHEDULING"),
                ]))
        #expect(settings["stopAfter"] == .object(["value": .null, "origin": .string("default")]))
        #expect(
            settings["endpoint"]
                == .object([
                    "value": .string("https://secure.securitytrax.com/acme/informationposter.php"),
                    "origin": .string("variable"), "place": .string("STIMPORT_SITE"),
                ]))
    }
}
