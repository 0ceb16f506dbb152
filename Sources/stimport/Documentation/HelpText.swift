import AppointmentRows
import AppointmentImport

/// The help, from the tables.
struct HelpText {
    /// The columns to wrap at.
    let width: Int

    /// `stimport help`.
    func overview() -> String {
        var text = """
            stimport takes technician appointments from CSV files and creates them in SecurityTrax.

            Usage: stimport [OPTION…] FILE…
                   stimport COMMAND [OPTION…] [ARGUMENT…]

            Commands:

            """
        for command in Command.all {
            text += entry(command.name.rawValue, command.summary, indent: 15)
        }
        text += "\nExamples:\n"
        text += examples(
            Command.named(.import).examples.prefix(3) + Command.named(.config).examples.prefix(2))
        text += "\n"
        text += wrapped(
            "stimport help COMMAND explains one command and lists its options; stimport help import lists most of them. stimport help CODE explains what stands in a summary, a rejects file or a log. Settings come from options, then STIMPORT_* variables, then the settings file, then defaults: stimport config shows them. The user name, the password and the partner ID are never options: STIMPORT_USERNAME, STIMPORT_PASSWORD (or STIMPORT_PASSWORD_FILE, STIMPORT_PASSWORD_COMMAND) and STIMPORT_PARTNER_ID hold them.",
            indent: 0)
        text += "\nExit status:\n"
        for status in ExitStatus.allCases {
            text += entry(String(status.rawValue), status.meaning, indent: 7)
        }
        return text
    }

    /// `stimport help COMMAND`.
    func command(_ command: Command) -> String {
        var text = "Usage: \(command.usage)\n\n"
        for paragraph in command.description { text += wrapped(paragraph, indent: 0) + "\n" }
        for section in Flag.Section.allCases {
            let flags = command.flags.filter { $0.section == section }
            guard !flags.isEmpty else { continue }
            text += "\(section.rawValue):\n"
            for flag in flags { text += self.flag(flag, command.name) }
            text += "\n"
        }
        if !command.examples.isEmpty { text += "Examples:\n" + examples(command.examples) + "\n" }
        if command.flags.contains(where: { $0.negation != nil }) {
            text += wrapped(
                "A value may follow its option after a space or an equals sign. What a variable or the settings file turns on, --no-NAME turns off. -- ends the options.",
                indent: 0)
        }
        return text
    }

    /// `stimport help CODE`.
    func explanation(_ entry: Explanation) -> String {
        "\(entry.code): \(entry.kind.title)\n\n" + wrapped(entry.meaning, indent: 0) + "\n"
            + wrapped("Why: " + entry.why, indent: 0) + wrapped("What to do: " + entry.action, indent: 0)
    }

    private func flag(_ flag: Flag, _ command: CommandName) -> String {
        let short = flag.short.map { "-\($0), " } ?? "    "
        var notes: [String] = []
        let words = flag.words(for: command)
        if words.count > 4 { notes.append("one of \(words.joined(separator: ", "))") }
        if let text = flag.defaultText { notes.append("default \(text)") }
        if let variable = flag.variable { notes.append(variable) }
        let help = flag.help + (notes.isEmpty ? "" : " [\(notes.joined(separator: "; "))]")
        return entry(short + flag.usage(for: command), help, indent: 32)
    }

    private func examples(_ examples: some Sequence<Command.Example>) -> String {
        examples.map { "  \($0.line)\n      \($0.meaning)\n" }.joined()
    }

    /// A name, and its text in a column of its own.
    private func entry(_ name: String, _ text: String, indent: Int) -> String {
        let head = "  " + name
        let body = wrapped(text, indent: indent)
        guard head.count < indent - 1 else { return head + "\n" + body }
        return head + body.dropFirst(head.count)
    }

    private func wrapped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var result = ""
        var line = margin
        for word in text.split(separator: " ") {
            if line.count > indent, line.count + 1 + word.count > width {
                result += line + "\n"
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        return result + line + "\n"
    }
}
