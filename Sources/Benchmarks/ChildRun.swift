import Foundation
import SystemFiles

/// A program that was run to its end.
struct ChildRun {
    /// Wall-clock seconds from start to end.
    var seconds: Double
    /// Seconds of processor time.
    var processor: Double
    /// The most memory seen, in KiB; nil where the system doesn't tell.
    var memory: Int?

    /// Runs a program in an environment of its own: no settings of whoever measures count.
    init(_ words: [String], in folder: String, expecting status: Int32 = 0) throws {
        let environment = [
            "HOME=\(folder)", "TMPDIR=\(folder)", "PATH=\(ProcessInfo.processInfo.environment["PATH"] ?? "")",
            "STIMPORT_USERNAME=user", "STIMPORT_PASSWORD=password", "STIMPORT_PARTNER_ID=partner",
        ]
        let start = ContinuousClock.now
        let process = try Self.spawn(words, environment)
        var ended: Int32 = 0
        var usage = rusage()
        while wait4(process, &ended, WNOHANG, &usage) == 0 {
            memory = Self.peakMemory(of: process) ?? memory
            // Looking takes processor time too: often enough for what is short, seldom for what is long.
            usleep(Measuring.seconds(since: start) < 0.2 ? 500 : 20_000)
        }
        seconds = Measuring.seconds(since: start)
        processor = [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
        guard ended & 0x7F == 0, ended >> 8 & 0xFF == status else {
            throw BenchmarkFailure(
                "\(words.joined(separator: " ")): ended with \(ended >> 8) instead of \(status)")
        }
    }

    private static func spawn(_ words: [String], _ environment: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let result = posix_spawn(&process, words[0], &actions, nil, arguments, variables)
        guard result == 0 else {
            throw BenchmarkFailure("\(words[0]) can't be started: \(SystemError(result).reason)")
        }
        return process
    }

    /// The most memory that a running process has used. What the parent counts of its children (`ru_maxrss`) would hold
    /// the parent's own memory at the fork.
    private static func peakMemory(of process: pid_t) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
