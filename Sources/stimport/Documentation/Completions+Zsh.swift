import AppointmentImport

extension Completions {
    static func zsh() -> String {
        var script = """
            #compdef stimport
            # Completions of stimport for zsh. Made by: stimport completions zsh
            _stimport() {
                local command=import word
                local -a commands=(

            """
        for command in Command.all {
            script += "        \(quoted("\(command.name.rawValue):\(command.summary)"))\n"
        }
        script += """
                )
                for word in "${(@)words[2,CURRENT-1]}"; do
                    if (( ${commands[(I)${word}:*]} )); then command=$word; break; fi
                done
                case $command in

            """
        for command in Command.all {
            script += "        \(command.name.rawValue))\n            _arguments -s"
            for flag in command.flags {
                for name in [flag.long] + (flag.short.map { ["-\($0)"] } ?? []) {
                    script += " \\\n                \(quoted(specification(flag, name, command.name)))"
                }
            }
            if command.name == .import {
                script += " \\\n                '1: :_stimport_first' '*:file:_files'"
            } else {
                script += " \\\n                \(quoted("1: :(\(command.name.rawValue))"))"
                if !command.operands.words.isEmpty {
                    script +=
                        " \\\n                \(quoted("2: :(\(command.operands.words.joined(separator: " ")))"))"
                }
                if command.operands.areFiles { script += " \\\n                '*:file:_files'" }
            }
            script += "\n            ;;\n"
        }
        script += """
                esac
            }
            _stimport_first() {
                _describe command commands
                _files
            }
            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _stimport "$@"; else compdef _stimport stimport; fi

            """
        return script
    }

    /// One option as `_arguments` wants it: `*--map=[help]:COLUMN=NAME:`.
    private static func specification(_ flag: Flag, _ name: String, _ command: CommandName) -> String {
        let help = marked(flag.help)
        let repeated = flag.isRepeatable(in: command) ? "*" : ""
        let value = marked(flag.valueName ?? "")
        switch following(flag, command) {
        case .nothing: return "\(repeated)\(name)[\(help)]"
        case .words(let words):
            return "\(repeated)\(name)=[\(help)]:\(value):(\(words.joined(separator: " ")))"
        case .files: return "\(repeated)\(name)=[\(help)]:\(value):_files"
        case .folders: return "\(repeated)\(name)=[\(help)]:\(value):_files -/"
        case .anything: return "\(repeated)\(name)=[\(help)]:\(value): "
        }
    }

    /// Text without the marks that divide a specification.
    private static func marked(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
            .replacing(":", with: "\\:")
    }
}
