import AppointmentRows
import AppointmentImport
import SystemFiles
import SecurityTrax

/// `stimport config`: every setting, its value and its origin; `--init` writes a file to start from.
enum ConfigCommand: Subcommand {
    /// One line of the list.
    struct Row {
        /// The settings key.
        let name: String
        /// As written, masked where secret; nil where nothing is set.
        let value: String?
        let origin: SettingOrigin
        var note: String?
    }

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        if settings.initialize {
            let path = try settings.settingsPath
            try StarterFile.write(to: path)
            if !settings.quiet { context.console.text("wrote \(TerminalText.escaped(path))") }
            return .success
        }
        let rows = rows(settings)
        if settings.format == .json {
            context.console.line(json(settings, rows))
        } else {
            context.console.write(table(settings, rows))
        }
        return .success
    }

    static func rows(_ settings: Settings) -> [Row] {
        var rows: [Row] = []
        for flag in FlagTable.flags where flag.isSetting {
            let held = settings.values[flag.name]
            var value = held?.texts.map(WordSources.shown).joined(separator: "; ") ?? flag.defaultText
            if held != nil, flag.isSecret {
                value = (held?.value as? any CustomStringConvertible)?.description ?? Credentials.mask
            }
            if value == nil, flag.isToggle { value = "false" }
            if value == nil, flag.name == FlagTable.shared.ledger.flag.name {
                value = try? settings.ledgerPath
            }
            if flag.name == FlagTable.shared.endpoint.flag.name, held == nil,
                let endpoint = try? settings.resolvedEndpoint()
            {
                let origin = settings.origin(\.site)
                rows.append(
                    Row(
                        name: "endpoint", value: masked(endpoint.description), origin: origin,
                        note: "from the site"))
                continue
            }
            rows.append(
                Row(
                    name: flag.settingsKey ?? flag.name, value: value.map(masked),
                    origin: settings.origin(of: flag)))
        }
        for layout in settings.file?.layouts(profile: settings.profile) ?? [] {
            rows.append(
                Row(
                    name: "layouts.\(layout.name)",
                    value: counted(layout.columns.count, "column") + ", "
                        + counted(layout.values.entries.count, "word"),
                    origin: .file(
                        path: settings.file?.path ?? "", keyPath: "layouts.\(layout.name)", line: nil),
                    note: "set \(layout.day) by \(layout.person)"))
        }
        let secrets = settings.secrets
        rows.append(
            Row(
                name: "username", value: secrets.username?.text, origin: secrets.username?.origin ?? .fallback
            ))
        rows.append(
            Row(
                name: "partnerID", value: secrets.partnerID?.text,
                origin: secrets.partnerID?.origin ?? .fallback))
        let others = secrets.passedOver.map(\.place)
        rows.append(
            Row(
                name: "password", value: secrets.password == nil ? nil : Credentials.mask,
                origin: secrets.password?.origin ?? .fallback,
                note: others.isEmpty ? nil : "passed over: \(others.joined(separator: ", "))"))
        return rows
    }

    /// An address may carry a user and a password, or a key in its query.
    private static func masked(_ value: String) -> String {
        value.replacing(/:\/\/[^\/@\s]*@/, with: "://\(Credentials.mask)@")
            .replacing(/(?<start>:\/\/[^?#\s]*)[?#]\S*/) { "\($0.output.start)?\(Credentials.mask)" }
    }

    private static func table(_ settings: Settings, _ rows: [Row]) -> String {
        let shown = rows.map { row in
            (
                row.name, TerminalText.escaped(row.value ?? "-"),
                TerminalText.escaped(row.origin.description + (row.note.map { " (\($0))" } ?? ""))
            )
        }
        let names = max(7, shown.map(\.0.count).max() ?? 0)
        let values = min(50, max(5, shown.map(\.1.count).max() ?? 0))
        func line(_ name: String, _ value: String, _ origin: String) -> String {
            let first = name + String(repeating: " ", count: names - name.count)
            let second = value + String(repeating: " ", count: max(0, values - value.count))
            return "\(first)  \(second)  \(origin)\n"
        }
        var text = "settings file: \(TerminalText.escaped(settings.file?.path ?? "none"))\n"
        if let profile = settings.profile { text += "profile: \(TerminalText.escaped(profile))\n" }
        text += "\n" + line("setting", "value", "origin")
        return text + shown.map { line($0.0, $0.1, $0.2) }.joined()
    }

    private struct Document: Encodable {
        /// A value in the type that the settings file has it in.
        enum Value: Encodable {
            case bool(Bool)
            case number(Double)
            case integer(Int)
            case text(String)
            case none

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .bool(let value): try container.encode(value)
                case .number(let value): try container.encode(value)
                case .integer(let value): try container.encode(value)
                case .text(let value): try container.encode(value)
                case .none: try container.encodeNil()
                }
            }
        }

        struct Entry: Encodable {
            let value: Value
            let origin: String
            let place: String?
            let line: Int?
        }
        var version = 1
        let file: String?
        let profile: String?
        let settings: [String: Entry]
        let passwordSourcesPassedOver: [String]
        let warnings: [String]

        enum CodingKeys: String, CodingKey {
            case version, file, profile, settings, warnings
            case passwordSourcesPassedOver = "password_sources_passed_over"
        }
    }

    private static func json(_ settings: Settings, _ rows: [Row]) -> String {
        let entries = rows.map { row in
            var place: String? = row.origin.place
            var line: Int?
            switch row.origin {
            case .file(_, let keyPath, let number): (place, line) = (keyPath, number)
            case .fallback, .prompt: place = nil
            default: break
            }
            return (
                row.name, Document.Entry(value: typed(row), origin: row.origin.kind, place: place, line: line)
            )
        }
        let document = Document(
            file: settings.file?.path, profile: settings.profile,
            settings: Dictionary(entries, uniquingKeysWith: { first, _ in first }),
            passwordSourcesPassedOver: settings.secrets.passedOver.map(\.place),
            warnings: settings.warnings.map(\.message))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(document) else { preconditionFailure("texts can be encoded") }
        return String(decoding: data, as: UTF8.self)
    }

    private static func typed(_ row: Row) -> Document.Value {
        guard let text = row.value else { return .none }
        switch FlagTable.flags.first(where: { $0.settingsKey == row.name })?.kind {
        case .toggle: return (try? ValueParser.toggle([text])).map { .bool($0) } ?? .text(text)
        case .integer: return Int(text).map { .integer($0) } ?? .text(text)
        case .number, .seconds:
            return Int(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .text(text)
        default: return .text(text)
        }
    }
}
