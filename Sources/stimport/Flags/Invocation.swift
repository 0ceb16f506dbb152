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
