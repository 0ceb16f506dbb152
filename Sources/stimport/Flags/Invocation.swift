import AppointmentImport

/// What a command line says, before variables and settings files have their say.
struct Invocation: Sendable {
    var command: CommandName = .import
    /// What is left besides the command and options: files, numbers, words.
    var operands: [String] = []
    /// The texts of every flag that was given, by its name. A toggle has `true` or `false`.
    var flags: [String: [String]] = [:]

    /// Whether the flag was typed.
    func has(_ flag: Flag) -> Bool { flags[flag.name] != nil }

    /// Whether the toggle was typed and not negated.
    func isOn(_ setting: Setting<Bool>) -> Bool { flags[setting.flag.name]?.last == "true" }
}

extension Invocation {
    /// What can be told of a command line that is wrong: each option that exists with its value, and the command.
    init(roughly arguments: [String]) {
        self.init()
        var rest = arguments.prefix { $0 != "--" }
        var hasCommandWord = false
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                if !hasCommandWord, !word.hasPrefix("-") {
                    command = CommandName(rawValue: word) ?? .import
                    hasCommandWord = true
                }
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, let flag = FlagTable.byName[String(name)] else { continue }
            if flag.isToggle {
                flags[flag.name] = ["true"]
            } else if let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() {
                flags[flag.name, default: []].append(value)
            }
        }
    }
}
