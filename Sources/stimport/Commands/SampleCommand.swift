import AppointmentImport
import Foundation

/// `stimport sample`: a file to try things out with.
enum SampleCommand: Subcommand {
    /// Asks for the file with the mistakes.
    static let messy = "messy"

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let isMessy = context.invocation.operands == [messy]
        let text = isMessy ? SampleWeek.messyCSV(today: Date()) : SampleWeek.csv(today: Date())
        context.console.writeData(Array(text.utf8))
        return .success
    }
}
