import AppointmentImport
import AppointmentLedger
import AppointmentRows

/// One option of the command line, declared once in `FlagTable`. Parsing, help,
/// suggestions, settings keys, variables, completions and the manual page come from it.
final class Flag: Sendable {
    /// What a value looks like: shapes the help, the settings file's types and the completions.
    enum Kind: Sendable {
        /// On or off; takes no value on the command line.
        case toggle
        case text
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        /// A number of seconds, fractions allowed, or a duration with units.
        case seconds(ClosedRange<Double>)
        /// A duration with units, at the most this long.
        case duration(atMost: Duration)
        case file
        /// A file, or in the settings file the numbers themselves, by name.
        case fileOrNumbers
        case folder
        case choice([String])
        /// A whole number or a percentage.
        case countOrPercent
        /// `KEY=VALUE`, repeated.
        case pairs
        /// A file with their words and ours; in the settings file an object of objects will do.
        case words
        /// Repeated texts.
        case texts
        /// Texts in one value, separated by commas.
        case list
        /// The whole numbers that follow; none is allowed.
        case identifiers
    }

    /// Where the option stands in the help.
    enum Section: String, Sendable, CaseIterable {
        case service = "SecurityTrax"
        case sending = "Sending"
        case ledger = "Ledger"
        case input = "Reading the input"
        case rules = "Rules for rows"
        case action = "What to do"
        case output = "Output"
        case unattended = "Unattended runs"
        case general = "General"
    }

    /// The long name without its dashes: `batch-size`.
    let name: String
    /// The letter of the short form.
    let short: Character?
    /// What stands for the value in the help: `N`; nil for a toggle.
    let valueName: String?
    let kind: Kind
    let section: Section
    /// The commands that take it.
    let commands: CommandSet
    /// One or more sentences without the last full stop.
    let help: String
    /// Whether a variable and a settings key of the same name exist.
    let isSetting: Bool
    /// Whether a variable exists (`config` and `profile` have one and no settings key).
    let hasVariable: Bool
    /// Whether nobody may see its value: neither `config`, nor a message, nor the list of processes.
    let isSecret: Bool
    /// The default as text, or nil where there is none.
    let defaultText: String?
    /// Options that contradict this one.
    let excludes: [String]
    /// An option without which this one means nothing.
    let needs: String?
    /// The commands that take it several times, each time with one more value; every other takes one value.
    let severalIn: CommandSet
    /// The words that a command takes where it doesn't take all of the kind's.
    let wordsByCommand: KeyValuePairs<CommandName, [String]>
    /// Turns the texts that were given into the typed value.
    /// - Throws: `UsageError`, or the error of the library that reads such a value; none names the place.
    let parse: @Sendable ([String]) throws -> any Sendable

    init(
        name: String, short: Character?, valueName: String?, kind: Kind, section: Section,
        commands: CommandSet, help: String, isSetting: Bool, hasVariable: Bool, isSecret: Bool,
        defaultText: String?, excludes: [String], needs: String?, severalIn: CommandSet,
        wordsByCommand: KeyValuePairs<CommandName, [String]>,
        parse: @escaping @Sendable ([String]) throws -> any Sendable
    ) {
        self.name = name
        self.short = short
        self.valueName = valueName
        self.kind = kind
        self.section = section
        self.commands = commands
        self.help = help
        self.isSetting = isSetting
        self.hasVariable = hasVariable
        self.isSecret = isSecret
        self.defaultText = defaultText
        self.excludes = excludes
        self.needs = needs
        self.severalIn = severalIn
        self.wordsByCommand = wordsByCommand
        self.parse = parse
    }

    /// The typed value of texts that stood at a place: `--batch-size`, `STIMPORT_BATCH_SIZE`.
    func value(of texts: [String], at place: String) throws(UsageError) -> any Sendable {
        do {
            return try parse(texts)
        } catch let fault as UsageError {
            throw fault.at(place)
        } catch let fault as InputError {
            throw UsageError(fault, at: place)
        } catch let fault as ImportError {
            throw UsageError("\(place): \(fault.message)", fix: fault.fix)
        } catch {
            throw UsageError("\(place): \(error)")
        }
    }

    /// The environment variable of the setting: `STIMPORT_BATCH_SIZE`.
    var variable: String? {
        guard hasVariable else { return nil }
        // By bytes, in an array: every start asks each of them, and of another collection the runtime has to find out
        // first what it can do.
        let letters = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "_")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & ~0x20
            default: byte
            }
        }
        return "STIMPORT_" + String(decoding: letters, as: UTF8.self)
    }

    /// The key in the settings file: `batchSize`.
    var settingsKey: String? { isSetting ? camelCased : nil }

    /// The name as a settings key would have it, also where there is none.
    var camelCased: String {
        let words = name.split(separator: "-")
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return words.prefix(1).joined() + rest.joined()
    }

    /// The option as typed: `--batch-size`.
    var long: String { "--" + name }

    /// The option that turns a setting off again where a variable or the settings
    /// file turned it on: `no-all-or-nothing`. Nil where there is none.
    var negation: String? {
        guard isSetting, isToggle, !name.hasPrefix("no-") else { return nil }
        return "no-" + name
    }

    var isToggle: Bool {
        if case .toggle = kind { return true }
        return false
    }

    /// Whether it may be given several times, each time adding to the value.
    var isRepeatable: Bool {
        switch kind {
        case .pairs, .texts, .identifiers: true
        default: false
        }
    }

    /// Whether one command takes it several times.
    func isRepeatable(in command: CommandName) -> Bool { isRepeatable || severalIn.contains(command) }

    /// The words to choose from, for one command or for all; empty for other kinds.
    func words(for command: CommandName?) -> [String] {
        guard case .choice(let words) = kind else { return [] }
        return wordsByCommand.first { $0.key == command }?.value ?? words
    }

    /// The option with its value's name, as the help shows it: `--format text|json`.
    func usage(for command: CommandName?) -> String {
        let words = words(for: command)
        if !words.isEmpty, words.count <= 4 { return "\(long) \(words.joined(separator: "|"))" }
        return valueName.map { "\(long) \($0)" } ?? long
    }
}
