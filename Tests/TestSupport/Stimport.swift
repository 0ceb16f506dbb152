import Foundation
package import SecurityTraxSandbox

/// Runs the real binary, the one that was built with the tests, in a fresh folder and a clean environment.
package struct Stimport: Sendable {
    /// The working folder; `HOME` and the XDG folders lie below it.
    package let folder: TemporaryFolder
    /// The whole environment: nothing of the test process's own is passed on but `PATH`.
    package var environment: [String: String]

    /// A runner in a folder, by default one of its own.
    package init(folder: TemporaryFolder? = nil) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        environment = [
            "HOME": folder.path("home"),
            "XDG_STATE_HOME": folder.path("state"),
            "XDG_CONFIG_HOME": folder.path("config"),
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
        ]
    }

    /// A runner whose `STIMPORT_*` variables lead to a server, with its credentials.
    package init(for server: SandboxServer, folder: TemporaryFolder? = nil) throws {
        try self.init(folder: folder)
        use(server)
    }

    /// Sets the `STIMPORT_*` variables that lead to a server.
    package mutating func use(_ server: SandboxServer) {
        environment["STIMPORT_ENDPOINT"] = server.endpoint
        environment["STIMPORT_USERNAME"] = server.username
        environment["STIMPORT_PASSWORD"] = server.password
        environment["STIMPORT_PARTNER_ID"] = server.partnerID
    }

    /// Where the binary lies: beside the test bundle, in debug and release builds alike.
    package static let binary: String = {
        #if os(Linux)
            let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
            return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("stimport")
                .path
        #else
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
            return bundle.bundleURL.deletingLastPathComponent().appendingPathComponent("stimport").path
        #endif
    }()

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - arguments: What follows the program's name.
    ///   - input: What it finds on standard input.
    ///   - environment: Variables on top of the runner's own; an empty value is passed on as such.
    package func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> ProcessOutcome {
        try start(arguments, input: Array(input.utf8), environment: environment).wait()
    }

    /// Runs it to its end.
    package func run(_ arguments: String..., input: String = "") throws -> ProcessOutcome {
        try run(arguments, input: input)
    }

    /// Starts it and returns at once. With `keepsInputOpen`, standard input does not end
    /// until `RunningProcess.closeInput()` or the process's own end.
    package func start(
        _ arguments: [String], input: [UInt8] = [], keepsInputOpen: Bool = false,
        environment: [String: String] = [:]
    ) throws -> RunningProcess {
        try RunningProcess(
            Self.binary, arguments: arguments, input: input, keepsInputOpen: keepsInputOpen,
            environment: self.environment.merging(environment) { $1 }, folder: folder.path)
    }

    /// Starts a line of `/bin/sh` in which `"$0"` is the program and `"$@"` are the arguments.
    package func start(
        shell line: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> RunningProcess {
        try RunningProcess(
            "/bin/sh", arguments: ["-c", line, Self.binary] + arguments,
            environment: self.environment.merging(environment) { $1 }, folder: folder.path)
    }
}
