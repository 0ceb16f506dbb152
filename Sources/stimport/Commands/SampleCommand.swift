import AppointmentImport
import SystemFiles

/// `stimport sample`: a file to try things out with.
enum SampleCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let isMessy = context.invocation.operands == [Command.messySample]
        let text = isMessy ? SampleWeek.messyCSV(today: Date()) : SampleWeek.csv(today: Date())
        context.console.writeData(Array(text.utf8))
        return .success
    }
}
