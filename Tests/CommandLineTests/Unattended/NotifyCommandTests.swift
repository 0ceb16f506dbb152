import Foundation
import TestSupport
import Testing

@testable import stimport

@Suite("The notify command")
struct NotifyCommandTests {
    @Test("One that takes too long is ended, and with it what it started")
    func timeLimit() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("child")
        let failure = NotifyCommand.run(
            "sleep 600 & echo $! > '\(file)'; wait", input: "{}", limit: .seconds(3))
        #expect(failure?.contains("took longer") == true)
        if let text = try? folder.read("child"),
            let child = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
        {
            // It is nobody's child now; it may take init a moment to bury it.
            for _ in 0..<600 where kill(child, 0) == 0 && isRunning(child) { usleep(100_000) }
            #expect(!isRunning(child))
        }
    }

    @Test("One that ignores the request to end is killed")
    func stubborn() {
        let failure = NotifyCommand.run(
            "trap '' TERM; sleep 600 & wait; sleep 600", input: "", limit: .seconds(3))
        #expect(failure?.contains("took longer") == true)
    }

    @Test("One that reads nothing of a large input holds nobody up, and one that reads gets all of it")
    func input() throws {
        let folder = try TemporaryFolder()
        let input = String(repeating: "x", count: 300_000)
        #expect(NotifyCommand.run("true", input: input) == nil)
        #expect(NotifyCommand.run("cat > '\(folder.path("all"))'", input: input) == nil)
        #expect(try folder.read("all") == input + "\n")
    }

    private func isRunning(_ process: pid_t) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return false
        }
        return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}
