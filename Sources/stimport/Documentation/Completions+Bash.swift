extension Completions {
    static func bash() -> String {
        var script = """
            # Completions of stimport for bash. Made by: stimport completions bash
            _stimport() {
                local current previous command=import word skip=0 options
                COMPREPLY=()
                current=${COMP_WORDS[COMP_CWORD]}
                previous=${COMP_WORDS[COMP_CWORD-1]}
                # After --name=, bash has split the word at the equals sign.
                if [[ $current == '=' ]]; then current=''; elif [[ $previous == '=' ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
                local index
                for ((index = 1; index < COMP_CWORD; index++)); do
                    word=${COMP_WORDS[index]}
                    if ((skip)); then skip=0; continue; fi
                    case $word in
                        \(commandWords.joined(separator: "|"))) command=$word; break ;;
                        \(valued.joined(separator: "|"))) skip=1 ;;
                        -*|=) ;;
                        *) break ;;
                    esac
                done
                case $command:$previous in

            """
        for command in CommandName.allCases {
            for flag in FlagTable.flags(of: command) {
                let action: String
                switch following(flag, command) {
                case .nothing: continue
                case .words(let words):
                    action =
                        "mapfile -t COMPREPLY < <(compgen -W \(quoted(words.joined(separator: " "))) -- \"$current\")"
                case .files:
                    action =
                        "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
                case .folders:
                    action =
                        "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$current\")"
                case .anything: action = ":"
                }
                script += "        \(command.rawValue):\(flag.long)) \(action); return ;;\n"
            }
        }
        script += """
                esac
                if [[ $current == -* ]]; then
                    case $command in

            """
        for command in CommandName.allCases {
            script +=
                "            \(command.rawValue)) options=\(quoted(options(of: command).joined(separator: " "))) ;;\n"
        }
        script += """
                    esac
                    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
                    return
                fi
                compopt -o filenames 2>/dev/null
                case $command in

            """
        for command in Command.all {
            let words = command.operands.words
            if !words.isEmpty {
                script +=
                    "        \(command.name.rawValue)) mapfile -t COMPREPLY < <(compgen -W \(quoted(words.joined(separator: " "))) -- \"$current\"); \(command.operands.areFiles ? "[[ ${COMPREPLY[0]} ]] || mapfile -t COMPREPLY < <(compgen -f -- \"$current\")" : ":") ;;\n"
            } else if command.name != .import, !command.operands.areFiles {
                script += "        \(command.name.rawValue)) ;;\n"
            }
        }
        script += """
                    *) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
                esac
                if ((COMP_CWORD == 1)); then
                    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W \(quoted(commandWords.joined(separator: " "))) -- "$current")
                fi
            }
            complete -F _stimport stimport

            """
        return script
    }

    /// Options whose value is the next word.
    private static var valued: [String] {
        FlagTable.flags.filter { flag in
            if case .nothing = following(flag, .import) { return false }
            return true
        }.map(\.long)
    }
}
