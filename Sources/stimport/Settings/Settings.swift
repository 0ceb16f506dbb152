import AppointmentImport
import AppointmentRows
import SecurityTrax
import SystemFiles

/// What holds for this invocation: flags, then STIMPORT_* variables, then the
/// settings file (its profile before the rest), then defaults. Every value was
/// checked, whichever origin it has, when this exists.
@dynamicMemberLookup
struct Settings: Sendable {
    struct Value: Sendable {
        /// As it was written.
        let texts: [String]
        let value: any Sendable
        let origin: SettingOrigin
    }

    /// The values that somebody set, by the flag's name.
    let values: [String: Value]
    /// The settings file that was read, if any.
    let file: SettingsFile?
    /// The profile in use, if any.
    let profile: String?
    /// What should be said but doesn't stop the run.
    let warnings: [UsageError]
    /// Where user name, partner ID and password come from.
    let secrets: CredentialSources
    let environment: ProcessEnvironment

    /// `settings.batchSize`, with the type that the flag table declares. Inlined, the path to a flag is known where it
    /// is compiled: each that is made at run time has the runtime look up its types by their names.
    @inline(__always)
    subscript<Value: Sendable>(dynamicMember path: KeyPath<FlagTable, Setting<Value>>) -> Value {
        let setting = FlagTable.shared[keyPath: path]
        return setting.value(values[setting.flag.name]?.value)
    }

    /// Puts every value where it goes as it is.
    func put(into options: inout ReadingOptions) {
        for setting in FlagTable.placed { setting.put(values[setting.flag.name]?.value, into: &options) }
    }

    /// Puts every value where it goes as it is.
    func put(into run: inout ImportSettings) {
        for setting in FlagTable.placed { setting.put(values[setting.flag.name]?.value, into: &run) }
    }

    /// Where the value came from: `settings.origin(\.ledger)`.
    @inline(__always)
    func origin<Value>(_ path: KeyPath<FlagTable, Setting<Value>>) -> SettingOrigin {
        origin(of: FlagTable.shared[keyPath: path].flag)
    }

    func origin(of flag: Flag) -> SettingOrigin {
        values[flag.name]?.origin ?? .fallback
    }

    // MARK: Resolving

    /// Puts an invocation, the environment and the settings file together.
    static func resolve(_ invocation: Invocation, environment: ProcessEnvironment) throws(UsageError)
        -> Settings
    {
        var warnings = unknownVariables(environment)
        let named =
            invocation.flags[FlagTable.shared.config.flag.name]?.last ?? environment["STIMPORT_CONFIG"]
        let namedBy = invocation.has(FlagTable.shared.config.flag) ? "--config" : "STIMPORT_CONFIG"
        var file: SettingsFile?
        if let named {
            guard !invocation.isOn(FlagTable.shared.initialize) else {
                return try assemble(invocation, environment, nil, nil, warnings)
            }
            file = try SettingsFile.read(named)
            guard file != nil else {
                throw UsageError(
                    "\(namedBy): there is no settings file \(named)",
                    fix: "correct the path, or make one: stimport config --init --config \(named)")
            }
        } else if let path = SettingsPaths.settingsFile(environment),
            !invocation.isOn(FlagTable.shared.initialize)
        {
            file = try SettingsFile.read(path)
        }
        let profile =
            invocation.flags[FlagTable.shared.profile.flag.name]?.last ?? environment["STIMPORT_PROFILE"]
        if let profile {
            guard let file else {
                throw UsageError(
                    "there is no settings file that could hold the profile \(ValueParser.quoted(profile))",
                    fix: "name one with --config, or leave --profile out")
            }
            guard file.profiles[profile] != nil else {
                let names = file.profiles.keys.sorted()
                throw UsageError(
                    "\(file.path) has no profile \(ValueParser.quoted(profile))",
                    fix: names.isEmpty ? "add it under profiles" : ValueParser.wordsFix(profile, names))
            }
        }
        if let file { warnings += file.warnings }
        return try assemble(invocation, environment, file, profile, warnings)
    }

    /// The heartbeat service's address where other settings are wrong; nil where there is none that can be read.
    static func pingAddress(_ invocation: Invocation, _ environment: ProcessEnvironment) -> HeartbeatAddress?
    {
        let flag = FlagTable.shared.pingURL.flag
        let path =
            invocation.flags[FlagTable.shared.config.flag.name]?.last ?? environment["STIMPORT_CONFIG"]
            ?? SettingsPaths.settingsFile(environment)
        let profile =
            invocation.flags[FlagTable.shared.profile.flag.name]?.last ?? environment["STIMPORT_PROFILE"]
        let texts =
            invocation.flags[flag.name] ?? flag.variable.flatMap { environment[$0] }.map { [$0] }
            ?? path.flatMap { (try? SettingsFile.read($0)) ?? nil }?.entry(for: flag, profile: profile)?.texts
        // Of two, neither is known to be meant.
        guard Set(texts ?? []).count == 1 else { return nil }
        return texts.flatMap { try? flag.value(of: $0, at: flag.long) as? HeartbeatAddress }
    }

    private static func assemble(
        _ invocation: Invocation, _ environment: ProcessEnvironment, _ file: SettingsFile?,
        _ profile: String?,
        _ warnings: [UsageError]
    ) throws(UsageError) -> Settings {
        let command = Command.named(invocation.command)
        var values: [String: Value] = [:]
        var errors: [UsageError] = []
        for flag in FlagTable.flags {
            do throws(UsageError) {
                if let texts = invocation.flags[flag.name] {
                    values[flag.name] = try value(flag, texts, .flag(flag.long))
                } else if let variable = flag.variable, let text = environment[variable] {
                    values[flag.name] = try value(flag, variableTexts(flag, text), .variable(variable))
                } else if let entry = file?.entry(for: flag, profile: profile) {
                    values[flag.name] = try value(flag, entry.texts, entry.origin)
                }
            } catch {
                errors.append(error)
            }
            // A form that only other commands have is no fault where it was not asked of this one.
            let words = flag.words(for: command.name)
            if let held = values[flag.name], !words.isEmpty, let text = held.texts.last, !words.contains(text)
            {
                values[flag.name] = nil
            }
        }
        if var first = errors.first {
            first.more = Array(errors.dropFirst())
            throw first
        }
        try dropOutranked(&values)
        let settings = Settings(
            values: values, file: file, profile: profile, warnings: warnings,
            secrets: CredentialSources(environment: environment, file: file, profile: profile),
            environment: environment)
        // A wrong address stops every command that could not even say so later.
        _ = try settings.resolvedEndpoint()
        return settings
    }

    private static func value(_ flag: Flag, _ texts: [String], _ origin: SettingOrigin) throws(UsageError)
        -> Value
    {
        Value(texts: texts, value: try flag.value(of: texts, at: origin.place), origin: origin)
    }

    /// Several mappings or texts in one variable are separated by semicolons.
    private static func variableTexts(_ flag: Flag, _ text: String) -> [String] {
        switch flag.kind {
        case .pairs, .texts: text.split(separator: ";").map { Wording.trimmed(String($0)) }
        default: [text]
        }
    }

    /// Of two settings that contradict each other, the one of the earlier origin
    /// counts; of the same origin, neither could.
    private static func dropOutranked(_ values: inout [String: Value]) throws(UsageError) {
        func rank(_ flag: Flag) -> Int? {
            guard let held = values[flag.name], held.value as? Bool != false else { return nil }
            return ["flag", "variable", "file"].firstIndex(of: held.origin.kind)
        }
        for flag in FlagTable.flags {
            for name in flag.excludes {
                guard let other = FlagTable.byName[name], let left = rank(flag), let right = rank(other)
                else {
                    continue
                }
                if left == right, let place = values[flag.name]?.origin.place,
                    let second = values[name]?.origin.place
                {
                    throw UsageError("\(place) and \(second) contradict each other", fix: "set one of them")
                }
                values[left < right ? name : flag.name] = nil
            }
        }
    }

    private static func unknownVariables(_ environment: ProcessEnvironment) -> [UsageError] {
        let named = environment.values.keys.filter { $0.hasPrefix("STIMPORT_") }
        if named.isEmpty { return [] }
        let known = Set(FlagTable.flags.compactMap(\.variable)).union(CredentialSources.variables)
        return named.filter { !known.contains($0) }.sorted()
            .map {
                UsageError(
                    "the variable \($0) means nothing to stimport",
                    fix: Suggestion.closestWord(to: $0, among: known.sorted()).map { "did you mean \($0)?" }
                        ?? "unset it")
            }
    }
}
