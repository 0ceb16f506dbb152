import Foundation
import SecurityTrax
import TestSupport
import Testing

@Suite("The tests' own tools")
struct TestSupportTests {
    private func shell(_ script: String, input: [UInt8] = [], keepsInputOpen: Bool = false) throws
        -> RunningProcess
    {
        let folder = FileManager.default.temporaryDirectory.path
        return try RunningProcess(
            "/bin/sh", arguments: ["-c", script], input: input, keepsInputOpen: keepsInputOpen,
            environment: ["MARK": "set", "PATH": "/usr/bin:/bin"], folder: folder)
    }

    @Test("A process's status, outputs, input, environment and folder are as given")
    func run() throws {
        let outcome = try shell("cat; printf '%s' \"$MARK\"; pwd >&2; exit 7", input: Array("in ".utf8))
            .wait()
        #expect(outcome.status == 7)
        #expect(outcome.signal == nil)
        #expect(outcome.stdout == "in set")
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        #expect(outcome.stderr.hasSuffix(folder + "\n"))
    }

    @Test("Large outputs and a large input at once do not block each other")
    func large() throws {
        let input = [UInt8](repeating: 120, count: 3_000_000)
        let outcome = try shell("head -c 2000000 /dev/zero >&2; cat; cat /dev/null", input: input).wait()
        #expect(outcome.output.count == 3_000_000)
        #expect(outcome.errors.count == 2_000_000)
    }

    @Test("A process that ignores its input still ends", arguments: ["exit 0", "head -c 1"])
    func ignoredInput(_ script: String) throws {
        let outcome = try shell(script, input: [UInt8](repeating: 120, count: 1_000_000)).wait()
        #expect(outcome.status == 0)
    }

    @Test("A signal ends a process and shows in its outcome", arguments: [SIGKILL, SIGTERM, SIGINT])
    func signal(_ number: Int32) throws {
        let process = try shell("echo ready; read line", keepsInputOpen: true)
        while process.outputSoFar.isEmpty { usleep(1000) }
        process.signal(number)
        let outcome = process.wait()
        #expect(outcome.signal == number)
        #expect(outcome.status == nil)
        #expect(process.wait().stdout == "ready\n")
    }

    @Test("Input that was kept open can be written to and ended")
    func openInput() throws {
        let process = try shell("cat", keepsInputOpen: true)
        process.write("one ")
        process.write("two")
        process.closeInput()
        #expect(process.wait().stdout == "one two")
    }

    @Test("A process that nobody waits for is killed when it is let go of")
    func letGo() throws {
        var process: RunningProcess? = try shell("exec sleep 3600")
        let id = try #require(process?.processID)
        process = nil
        #expect(kill(id, 0) != 0)
    }

    @Test("A program that is not there is an error")
    func missing() throws {
        #expect(throws: (any Error).self) {
            try RunningProcess("/nonexistent", arguments: [], environment: [:], folder: "/")
        }
    }

    @Test("The binary lies beside the tests")
    func binary() {
        #expect(Stimport.binary.hasSuffix("/stimport"))
        #expect(FileManager.default.isExecutableFile(atPath: Stimport.binary))
    }

    @Test("A folder holds what is written to it, and is gone with everything in it")
    func folder() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(folder?.path)
        try folder?.write("b/c.txt", "text")
        try folder?.write("a.bin", bytes: [255, 0])
        #expect(try folder?.list() == ["a.bin", "b/c.txt"])
        #expect(try folder?.read("b/c.txt") == "text")
        #expect(try folder?.bytes("a.bin") == [255, 0])
        #expect(folder?.exists("b") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path + "/b")
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("Sample rows are valid, in the future, and no two are the same visit")
    func samples() {
        let appointments = SampleRows.appointments(count: 7000)
        let tomorrow = LocalTime(minutes: Int32(Date().timeIntervalSince1970 / 60) + 24 * 60)
        #expect(Set(appointments.map { [$0[.customerID], $0[.start]] }).count == 7000)
        #expect(appointments.allSatisfy { $0.start > tomorrow && $0.end > $0.start })
        #expect(appointments.first?.customerID == 9001)
        let lines = SampleRows.csv(count: 3).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines[0] == "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes")
        #expect(lines[1].hasSuffix(",1,Panel,\"Gate code 0, \"\"ring twice\"\"\""))
        #expect(SampleRows.row("a", "b,c", "d\"e", "f\r\ng") == "a,\"b,c\",\"d\"\"e\",\"f\r\ng\"")
    }
}
