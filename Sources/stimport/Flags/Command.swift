import AppointmentImport
import AppointmentRows

/// The words that a command line may begin with.
enum CommandName: String, Sendable, CaseIterable {
    case `import`, check, map, doctor, resume, status, find, review, reconcile, resolve, withdraw, report,
        config, sandbox, prune,
        ledger
    case sample, completions, man, help, version
}

/// One command, declared once in `Command.all`.
struct Command: Sendable {
    /// What stands after the command's name besides options.
    struct Operands: Sendable {
        /// As the help shows it: `FILE…`.
        let usage: String
        let range: ClosedRange<Int>
        /// The words that the first one is taken from; empty where it is free.
        var words: [String] = []
        /// Whether other words may be understood too: the command itself says so.
        var allowsOthers = false
        /// Whether they are files, for the completions.
        var areFiles = false

        static let none = Operands(usage: "", range: 0...0)
    }

    /// A command line to copy, and what it does.
    struct Example: Sendable {
        let line: String
        let meaning: String
    }

    let name: CommandName
    let operands: Operands
    /// One line without a full stop, for lists.
    let summary: String
    /// Paragraphs.
    let description: [String]
    let examples: [Example]
    /// Whether the settings' variables and file are read for it.
    var readsSettings = true

    /// The flags that it takes, in the table's order.
    var flags: [Flag] { FlagTable.flags(of: name) }

    /// `stimport check [OPTION…] FILE…`
    var usage: String {
        let word = name == .import ? "[import]" : name.rawValue
        return "stimport \(word) [OPTION…]" + (operands.usage.isEmpty ? "" : " \(operands.usage)")
    }
}
