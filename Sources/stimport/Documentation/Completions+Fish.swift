extension Completions {
    static func fish() -> String {
        var script = """
            # Completions of stimport for fish. Made by: stimport completions fish
            function __stimport_command
                for word in (commandline -opc)[2..-1]
                    if contains -- $word \(commandWords.joined(separator: " "))
                        echo $word
                        return
                    end
                end
                echo import
            end
            function __stimport_is
                contains -- (__stimport_command) $argv
            end
            complete -c stimport -f

            """
        for command in Command.all {
            script +=
                "complete -c stimport -n __fish_use_subcommand -a \(command.name.rawValue) -d \(fishQuoted(command.summary))\n"
        }
        for command in Command.all {
            let condition = "-n \(fishQuoted("__stimport_is \(command.name.rawValue)"))"
            if command.operands.areFiles { script += "complete -c stimport \(condition) -F\n" }
            if !command.operands.words.isEmpty {
                script +=
                    "complete -c stimport \(condition) -a \(fishQuoted(command.operands.words.joined(separator: " ")))\n"
            }
        }
        for flag in FlagTable.flags {
            // One line where all commands take the same words, else one each.
            let groups = Dictionary(grouping: CommandName.allCases.filter(flag.commands.contains)) {
                flag.words(for: $0)
            }
            for (words, commands) in groups.sorted(by: { $0.key.count < $1.key.count }) {
                let condition =
                    commands.count == CommandName.allCases.count
                    ? ""
                    : " -n \(fishQuoted("__stimport_is \(commands.map(\.rawValue).joined(separator: " "))"))"
                script += "complete -c stimport\(condition) -l \(flag.name)"
                if let short = flag.short { script += " -s \(short)" }
                switch following(flag, commands[0]) {
                case .nothing: break
                case .words: script += " -x -a \(fishQuoted(words.joined(separator: " ")))"
                case .files: script += " -r -F"
                case .folders: script += " -x -a \(fishQuoted("(__fish_complete_directories)"))"
                case .anything: script += " -x"
                }
                script += " -d \(fishQuoted(flag.help))\n"
            }
        }
        return script
    }

    private static func fishQuoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
