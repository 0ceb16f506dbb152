import AppointmentImport
import SystemFiles
import SecurityTraxSandbox

/// `stimport sandbox`: the stand-in server until a signal ends it.
enum SandboxCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        try settings.checkOutputs(of: .sandbox)
        var configuration = SandboxConfiguration(keepsAppointments: false)
        configuration.port = settings.port ?? 0
        configuration.latency = settings.latency ?? .zero
        configuration.echoes = settings.echo
        configuration.refusedCustomers = Set(settings.refuseCustomer)
        // A log that the settings file names is the runs' own.
        configuration.logFile = settings.origin(\.log).kind == "flag" ? settings.log : nil
        let watch = SignalWatch()
        // A ledger knows what the server created, so it goes with the server.
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "stimport-sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        do throws(SandboxError) {
            configuration.faults = try FaultPlan(parsing: settings.fault)
            if let path = settings.customers {
                configuration.customers = try SandboxCustomers(path: path)
            }
        } catch {
            throw UsageError(error.description)
        }
        let server = try SandboxServer.start(configuration)
        defer { server.stop() }
        let console = context.console
        console.line("# A stand-in for SecurityTrax on this machine. To use it, in another shell:")
        console.line("export STIMPORT_ENDPOINT='\(server.endpoint)'")
        console.line("export STIMPORT_USERNAME='\(server.username)'")
        console.line("export STIMPORT_PASSWORD='\(server.password)'")
        console.line("export STIMPORT_PARTNER_ID='\(server.partnerID)'")
        console.line("# A ledger of its own (--ledger), so that nothing here mixes with the real one:")
        console.line("export STIMPORT_LEDGER='\(folder.path)/ledger.sqlite3'")
        console.line("# Then: stimport sample > appointments.csv && stimport appointments.csv")
        console.line("# Ctrl-C ends it, and removes that ledger.")

        await watch.untilStopped()
        console.line(
            "\(counted(server.posts, "post")), \(counted(server.createdCount, "appointment")) created, \(server.duplicates) of them twice, \(server.queries) queries in \(counted(server.queryPosts, "post"))",
            to: .diagnostics)
        return .success
    }
}
