import AppointmentImport
import Foundation

/// `stimport sample`: a file to try things out with.
enum SampleCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        context.console.writeData(Array(SampleWeek.csv(today: Date()).utf8))
        return .success
    }
}
