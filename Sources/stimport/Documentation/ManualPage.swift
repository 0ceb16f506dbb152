import AppointmentImport

/// The manual page in the man macros, from the tables.
enum ManualPage {
    static func text() -> String {
        var page = """
            .TH STIMPORT 1 "\(Stimport.date)" "stimport \(Stimport.version)" "User Commands"
            .SH NAME
            stimport \\- create SecurityTrax technician appointments from CSV files
            .SH SYNOPSIS
            .B stimport
            .RI [ OPTION ...]
            .IR FILE ...
            .br
            .B stimport
            .I COMMAND
            .RI [ OPTION ...]
            .RI [ ARGUMENT ...]
            .SH DESCRIPTION

            """
        for (index, paragraph) in Command.named(.import).description.enumerated() {
            page += (index > 0 ? ".PP\n" : "") + line(paragraph)
        }
        page += """
            .PP
            No appointment is posted twice, whatever was interrupted: progress is kept in
            a ledger. Where the outcome of a post can't be known, its appointments are in
            doubt, and a person decides.
            .SH COMMANDS

            """
        for command in Command.all {
            page += ".SS \"\(quotable(command.usage))\"\n"
            // The import's description is the page's.
            let paragraphs = command.name == .import ? [] : command.description
            for (index, paragraph) in paragraphs.enumerated() {
                page += (index > 0 ? ".PP\n" : "") + line(paragraph)
            }
            guard !command.examples.isEmpty else { continue }
            page += paragraphs.isEmpty ? "Examples:\n" : ".PP\nExamples:\n"
            for example in command.examples {
                page += ".TP\n.B \"\(quotable(example.line))\"\n" + line(example.meaning)
            }
        }
        page += ".SH OPTIONS\n"
        page += line(
            "Options may stand before or after the command. A value follows its option after a space or an equals sign; -- ends the options. Options can't be abbreviated, and one that takes a value may be repeated only with the same value. What a variable or the settings file turns on, --no-NAME turns off."
        )
        for section in Flag.Section.allCases {
            page += ".SS \"\(quotable(section.rawValue))\"\n"
            for flag in FlagTable.flags where flag.section == section { page += option(flag) }
        }
        page += ".SH SETTINGS FILE\n"
        page += line(
            "JSON with comments and trailing commas, at $XDG_CONFIG_HOME/stimport/settings.json (~/.config/stimport/settings.json), or where --config or STIMPORT_CONFIG says. stimport config --init writes one to start from. It holds the keys that the options name above, and username, partnerID, passwordFile, passwordCommand, and password where only its owner can read it. An object profiles holds objects of the same keys; --profile NAME puts one of them over the rest. Relative paths start at the file's folder, ~/ at home. Unknown keys, repeated keys and values of the wrong type are errors."
        )
        page += ".SH ENVIRONMENT\n"
        page += line(
            "Most options have a variable, which goes before the settings file and after the option. A variable that is set to nothing counts as not set. Switches take true or false; several --map values are separated by semicolons."
        )
        for (name, meaning) in variables { page += ".TP\n.B \(name)\n" + line(meaning) }
        page += ".SH EXIT STATUS\n"
        for status in ExitStatus.allCases { page += ".TP\n.B \(status.rawValue)\n" + line(status.meaning) }
        for kind in Explanation.Kind.allCases where kind != .exit {
            page += ".SH \(kind.rawValue.uppercased())\n"
            for entry in Reference.all where entry.kind == kind {
                page += ".TP\n.B \"\(quotable(entry.code))\"\n"
                page += line("\(entry.meaning) \(entry.why) What to do: \(entry.action)")
            }
        }
        page += ".SH FILES\n"
        page += ".TP\n.I ~/.local/state/stimport/ledger.sqlite3\n" + line("The ledger, unless set otherwise.")
        page +=
            ".TP\n.I NAME.rejects.csv\n"
            + line("Invalid and refused rows of NAME.csv, to be corrected and imported.")
        return page
    }

    private static let variables: [(name: String, meaning: String)] = [
        (CredentialSources.usernameVariable, "The SecurityTrax user name."),
        (CredentialSources.partnerVariable, "The SecurityTrax partner ID."),
        (
            ProcessEnvironment.passwordVariable,
            "The password. It is removed from the environment before anything else runs."
        ),
        (
            CredentialSources.passwordFileVariable,
            "A file that holds the password on one line, readable by its owner only."
        ),
        (CredentialSources.passwordCommandVariable, "A command that prints the password."),
        (
            "CREDENTIALS_DIRECTORY",
            "Set by systemd: the password may be the credential \(CredentialSources.credentialName) in it. The first of these that is there counts, then the settings file, then the terminal is asked."
        ),
        ("STATE_DIRECTORY", "Set by systemd: the ledger's folder."),
        ("XDG_STATE_HOME, XDG_CONFIG_HOME", "Where the ledger and the settings file are kept."),
        ("NO_COLOR", "Not empty: no colours, unless --color says otherwise."),
    ]

    private static func option(_ flag: Flag) -> String {
        var head = "\\fB\(escaped(flag.long))\\fR"
        if let short = flag.short { head = "\\fB\\-\(short)\\fR, " + head }
        if let value = flag.valueName { head += " \\fI\(escaped(value))\\fR" }
        var notes: [String] = []
        let words = flag.words(for: nil)
        if !words.isEmpty { notes.append("One of \(words.joined(separator: ", ")).") }
        if let text = flag.defaultText { notes.append("Default: \(text).") }
        let takers = Command.all.map(\.name).filter {
            flag.commands.contains($0) && (!flag.isSetting || $0 != .config)
        }
        if takers.count < CommandName.allCases.count - 1 {
            notes.append("For \(takers.map(\.rawValue).joined(separator: ", ")).")
        }
        if let variable = flag.variable { notes.append("Variable \(variable).") }
        if let key = flag.settingsKey { notes.append("Key \(key).") }
        return ".TP\n\(head)\n" + line(flag.help + ". " + notes.joined(separator: " "))
    }

    /// Running text, in lines of at most 80 bytes where its words allow.
    private static func line(_ text: String) -> String {
        var lines: [String] = []
        for word in escaped(text).split(separator: " ") {
            if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= 78 {
                lines[lines.count - 1] = last + " " + word
            } else {
                // A line that begins with one of these would be a macro.
                lines.append((word.hasPrefix(".") || word.hasPrefix("'") ? "\\&" : "") + word)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Text in a macro's quoted argument.
    private static func quotable(_ text: String) -> String { escaped(text).replacing("\"", with: "\\(dq") }

    /// Text without roff's own marks, in ASCII, its hyphens typed as they are.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "…": result += "..."
            default: result.append(character)
            }
        }
        return result
    }
}
