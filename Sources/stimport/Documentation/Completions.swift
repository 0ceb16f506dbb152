import AppointmentImport

/// Shell completions from the tables. Each shell offers the commands, the options of
/// the command that was typed (of `import` where none was), the words of an option
/// that has words, and files.
enum Completions {
    /// What follows an option.
    enum Following {
        case nothing
        case words([String])
        case files
        case folders
        /// A value that can't be guessed.
        case anything
    }

    static func following(_ flag: Flag, _ command: CommandName) -> Following {
        switch flag.kind {
        case .toggle, .identifiers: .nothing
        case .choice: .words(flag.words(for: command))
        case .file, .fileOrNumbers, .words: .files
        case .folder: .folders
        default: .anything
        }
    }

    /// The option names that one command takes, with their dashes.
    static func options(of command: CommandName) -> [String] {
        FlagTable.flags(of: command).flatMap { flag in [flag.long] + (flag.short.map { ["-\($0)"] } ?? []) }
    }

    static let commandWords = CommandName.allCases.map(\.rawValue)

    /// A text in single quotes, as a POSIX shell reads it.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
