import AppointmentImport
import AppointmentRows

/// A flag with the type of its value, and what holds where nobody set it.
struct Setting<Value: Sendable>: AnySetting {
    let flag: Flag
    let fallback: Value

    init(
        _ name: String, _ valueName: String? = nil, kind: Flag.Kind, in commands: CommandSet,
        _ section: Flag.Section, _ help: String, short: Character? = nil, isSetting: Bool = true,
        hasVariable: Bool? = nil, isSecret: Bool = false, fallback: Value, defaultText: String? = nil,
        excludes: [String] = [],
        needs: String? = nil, severalIn: CommandSet = [], words: KeyValuePairs<CommandName, [String]> = [:],
        parse: @escaping @Sendable ([String]) throws -> Value
    ) {
        // `config` explains every setting, so it takes every setting's flag.
        let takers = isSetting ? commands.union([.config]) : commands
        flag = Flag(
            name: name, short: short, valueName: valueName, kind: kind, section: section, commands: takers,
            help: help, isSetting: isSetting, hasVariable: hasVariable ?? isSetting, isSecret: isSecret,
            defaultText: defaultText, excludes: excludes, needs: needs, severalIn: severalIn,
            wordsByCommand: words,
            parse: { try parse($0) })
        self.fallback = fallback
        FlagRegister.note(flag)
    }
}

/// A setting of any type.
protocol AnySetting: Sendable {
    var flag: Flag { get }
}

extension Setting {
    /// The same, going to how files are read as it is: whatever has to be made of a value first is made where it is
    /// asked for. (A closure, since the runtime would have to look up the types of a key path by their names at each
    /// start.)
    func into(reading put: @escaping @Sendable (inout ReadingOptions, Value) -> Void) -> Self {
        FlagRegister.note(PlacedSetting(flag, .reading { put(&$0, value($1)) }))
        return self
    }

    /// The same, going to how a run goes.
    func into(run put: @escaping @Sendable (inout ImportSettings, Value) -> Void) -> Self {
        FlagRegister.note(PlacedSetting(flag, .run { put(&$0, value($1)) }))
        return self
    }

    /// What somebody set with its type, or the default.
    func value(_ held: (any Sendable)?) -> Value {
        guard let held else { return fallback }
        guard let value = held as? Value else {
            preconditionFailure("a flag's value has the type that its parser returned")
        }
        return value
    }
}

extension Setting where Value == Bool {
    /// On where given, off otherwise.
    static func toggle(
        _ name: String, in commands: CommandSet, _ section: Flag.Section, _ help: String,
        short: Character? = nil, isSetting: Bool = true, excludes: [String] = [], needs: String? = nil
    ) -> Self {
        Setting(
            name, kind: .toggle, in: commands, section, help, short: short, isSetting: isSetting,
            fallback: false, excludes: excludes, needs: needs, parse: { try ValueParser.toggle($0) })
    }
}

extension Setting where Value == Int {
    static func integer(
        _ name: String, _ valueName: String, _ range: ClosedRange<Int>, default fallback: Int,
        in commands: CommandSet, _ section: Flag.Section, _ help: String, isSetting: Bool = true
    ) -> Self {
        Setting(
            name, valueName, kind: .integer(range), in: commands, section, help, isSetting: isSetting,
            fallback: fallback, defaultText: String(fallback),
            parse: { try ValueParser.integer($0, range) })
    }
}

extension Setting where Value == Int? {
    static func integer(
        _ name: String, _ valueName: String, _ range: ClosedRange<Int>, in commands: CommandSet,
        _ section: Flag.Section, _ help: String, isSetting: Bool = true
    ) -> Self {
        Setting(
            name, valueName, kind: .integer(range), in: commands, section, help, isSetting: isSetting,
            fallback: nil, parse: { try ValueParser.integer($0, range) })
    }
}

extension Setting where Value == Double? {
    static func number(
        _ name: String, _ valueName: String, _ range: ClosedRange<Double>, in commands: CommandSet,
        _ section: Flag.Section, _ help: String
    ) -> Self {
        Setting(
            name, valueName, kind: .number(range), in: commands, section, help, fallback: nil,
            parse: { try ValueParser.number($0, range) })
    }
}

extension Setting where Value == Duration {
    /// A number of seconds, or a duration with units.
    static func seconds(
        _ name: String, _ range: ClosedRange<Double>, default fallback: Double, in commands: CommandSet,
        _ section: Flag.Section, _ help: String
    ) -> Self {
        Setting(
            name, "SECONDS", kind: .seconds(range), in: commands, section, help,
            fallback: .milliseconds(Int64(fallback * 1_000)), defaultText: ValueParser.shortest(fallback),
            parse: { try ValueParser.seconds($0, range) })
    }

    static func duration(
        _ name: String, default text: String, _ fallback: Duration, atMost: Duration = DurationText.longest,
        in commands: CommandSet, _ section: Flag.Section, _ help: String, isSetting: Bool = true
    ) -> Self {
        Setting(
            name, "DURATION", kind: .duration(atMost: atMost), in: commands, section, help,
            isSetting: isSetting, fallback: fallback, defaultText: text,
            parse: { try ValueParser.duration($0, atMost: atMost, usual: fallback) })
    }
}

extension Setting where Value == Duration? {
    static func duration(
        _ name: String, atMost: Duration = DurationText.longest, in commands: CommandSet,
        _ section: Flag.Section, _ help: String, isSetting: Bool = true
    ) -> Self {
        Setting(
            name, "DURATION", kind: .duration(atMost: atMost), in: commands, section, help,
            isSetting: isSetting, fallback: nil, parse: { try ValueParser.duration($0, atMost: atMost) })
    }
}

extension Setting where Value == String? {
    static func text(
        _ name: String, _ valueName: String, in commands: CommandSet, _ section: Flag.Section,
        _ help: String, isSetting: Bool = true, hasVariable: Bool? = nil
    ) -> Self {
        Setting(
            name, valueName, kind: .text, in: commands, section, help, isSetting: isSetting,
            hasVariable: hasVariable, fallback: nil, parse: { try ValueParser.text($0) })
    }

    static func path(
        _ name: String, _ valueName: String = "FILE", kind: Flag.Kind = .file, in commands: CommandSet,
        _ section: Flag.Section, _ help: String, isSetting: Bool = true, hasVariable: Bool? = nil,
        excludes: [String] = [], severalIn: CommandSet = []
    ) -> Self {
        Setting(
            name, valueName, kind: kind, in: commands, section, help, isSetting: isSetting,
            hasVariable: hasVariable, fallback: nil, excludes: excludes, severalIn: severalIn,
            parse: { try ValueParser.text($0) })
    }
}

extension Setting where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static func choice(
        _ name: String, _ valueName: String, default fallback: Value, in commands: CommandSet,
        _ section: Flag.Section, _ help: String, words: KeyValuePairs<CommandName, [String]> = [:]
    ) -> Self {
        let all = Value.allCases.map(\.rawValue)
        return Setting(
            name, valueName, kind: .choice(all), in: commands, section, help, fallback: fallback,
            defaultText: fallback.rawValue, words: words, parse: { try ValueParser.choice($0) })
    }
}

extension Setting where Value == [String] {
    /// A text each time that the flag is given.
    static func texts(
        _ name: String, _ valueName: String, in commands: CommandSet, _ section: Flag.Section,
        _ help: String
    ) -> Self {
        Setting(
            name, valueName, kind: .texts, in: commands, section, help, isSetting: false, fallback: [],
            parse: { try $0.map { try ValueParser.text([$0]) } })
    }
}

extension Setting where Value == [Int64]? {
    /// The numbers that follow the flag: empty where it stands alone, nil where it was not given.
    static func identifiers(
        _ name: String, in commands: CommandSet, _ section: Flag.Section, _ help: String
    ) -> Self {
        Setting(
            name, "[ID…]", kind: .identifiers, in: commands, section, help, isSetting: false, fallback: nil,
            parse: { try ValueParser.identifiers($0) })
    }
}
