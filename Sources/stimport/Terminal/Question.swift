import SystemFiles
import AppointmentRows
import AppointmentImport

/// A question to whoever sits at the terminal.
struct Question {
    private let console: Console

    init(_ console: Console) {
        self.console = console
    }

    /// Whether somebody is there to answer: both the answer and the question go through a terminal.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks, and gives what was typed, trimmed; nil at the end of the input.
    func typed(_ question: String) -> String? {
        console.write("\(TerminalText.escaped(question)) ", to: .diagnostics)
        return readLine().map { Wording.trimmed($0) }
    }

    /// Asks, and gives what was typed, trimmed and in lower case; nil at the end of the input.
    func answer(_ question: String) -> String? {
        typed(question)?.lowercased()
    }

    /// Asks, and takes nothing but a yes for one: an empty line and the end of the input are a no.
    func isYes(_ question: String) -> Bool {
        ["y", "yes"].contains(answer("\(question) [y/N]") ?? "")
    }
}
