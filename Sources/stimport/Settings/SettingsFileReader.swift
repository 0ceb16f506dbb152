import SystemFiles
import AppointmentImport
import AppointmentRows

/// From a decoded object to entries.
struct SettingsFileReader {
    let path: String
    let outline: JSONOutline
    private let flags = Dictionary(
        uniqueKeysWithValues: FlagTable.flags.compactMap { flag in flag.settingsKey.map { ($0, flag) } })

    init(path: String, outline: JSONOutline) {
        self.path = path
        self.outline = outline
    }

    mutating func read(_ object: [String: JSONValue]) throws(UsageError) -> SettingsFile {
        var object = object
        var profiles: [String: [String: SettingsFile.Entry]] = [:]
        let written = object.removeValue(forKey: SettingsFile.profilesKey)
        let layoutReader = LayoutReader(path: path, outline: outline)
        let layouts = try layoutReader.take(from: &object, under: "")
        var profileLayouts: [String: [Layout]] = [:]
        // In the text's order, so that the first fault is the one that is named.
        let top = try entries(object, under: "")
        switch written {
        case nil: break
        case .object(let named):
            for (name, value) in inOrder(named, under: SettingsFile.profilesKey) {
                let keyPath = "\(SettingsFile.profilesKey).\(name)"
                guard case .object(var content) = value else { throw wrongType(keyPath, value, "an object") }
                profileLayouts[name] = try layoutReader.take(from: &content, under: keyPath)
                profiles[name] = try entries(content, under: keyPath)
            }
        case .some(let value): throw wrongType(SettingsFile.profilesKey, value, "an object")
        }
        return SettingsFile(
            path: path, top: top, profiles: profiles, layouts: layouts, profileLayouts: profileLayouts,
            warnings: [])
    }

    private func entries(_ object: [String: JSONValue], under parent: String) throws(UsageError) -> [String:
        SettingsFile.Entry]
    {
        var entries: [String: SettingsFile.Entry] = [:]
        for (key, value) in inOrder(object, under: parent) {
            let keyPath = parent.isEmpty ? key : "\(parent).\(key)"
            let origin = SettingOrigin.file(path: path, keyPath: keyPath, line: outline.lines[keyPath])
            if let flag = flags[key] {
                entries[key] = SettingsFile.Entry(texts: try texts(flag, value, keyPath), origin: origin)
                _ = try flag.value(of: entries[key]?.texts ?? [], at: origin.place)
            } else if SettingsFile.credentialKeys.contains(key) {
                guard case .string(let text) = value, !text.isEmpty else {
                    throw wrongType(keyPath, value, "a text that is not empty")
                }
                let isPath = key == "passwordFile"
                entries[key] = SettingsFile.Entry(texts: [isPath ? located(text) : text], origin: origin)
            } else {
                throw unknown(key, origin)
            }
        }
        return entries
    }

    private func texts(_ flag: Flag, _ value: JSONValue, _ keyPath: String) throws(UsageError) -> [String] {
        switch (flag.kind, value) {
        case (.toggle, .bool(let on)): return [String(on)]
        case (.toggle, _): throw wrongType(keyPath, value, "true or false")
        case (.integer, .integer(let number)), (.countOrPercent, .integer(let number)),
            (.number, .integer(let number)), (.seconds, .integer(let number)):
            return [String(number)]
        case (.number, .number(let number)), (.seconds, .number(let number)): return [String(number)]
        case (.integer, .number(let number)) where number == number.rounded() && abs(number) < 1e15:
            return [String(Int64(number))]
        case (.integer, .number):
            throw fault(keyPath, "is a number with a fraction", "a whole number")
        case (.countOrPercent, .number):
            throw fault(
                keyPath, "is a number with a fraction", "a whole number or a text such as \"5%\"")
        case (.integer, _): throw wrongType(keyPath, value, "a whole number")
        case (.number, _): throw wrongType(keyPath, value, "a number")
        case (.seconds, .string(let text)), (.countOrPercent, .string(let text)): return [text]
        case (.seconds, _): throw wrongType(keyPath, value, "a number of seconds")
        case (.countOrPercent, _): throw wrongType(keyPath, value, "a whole number or a text such as \"5%\"")
        case (.duration, .string(let text)): return [text]
        case (.duration, _): throw wrongType(keyPath, value, "a text such as \"26h\"")
        case (.file, .string(let text)), (.folder, .string(let text)), (.fileOrNumbers, .string(let text)):
            return [located(text)]
        case (.fileOrNumbers, .object(let object)):
            var pairs: [String] = []
            for (key, value) in inOrder(object, under: keyPath) {
                let number: Int64? =
                    switch value {
                    case .integer(let number): Int64(number)
                    case .string(let text): Int64(text)
                    default: nil
                    }
                guard let number, number > 0 else {
                    throw wrongType("\(keyPath).\(key)", value, "a whole number above 0")
                }
                pairs.append("\(key)=\(number)")
            }
            return pairs
        case (.fileOrNumbers, _):
            throw wrongType(keyPath, value, "a file's name, or an object such as { \"John Smith\": 12 }")
        case (.pairs, .object(let object)):
            var pairs: [String] = []
            for (key, value) in inOrder(object, under: keyPath) {
                guard case .string(let text) = value else {
                    throw wrongType("\(keyPath).\(key)", value, "a text")
                }
                pairs.append("\(key)=\(text)")
            }
            return pairs
        case (.pairs, _):
            let example =
                flag.name == FlagTable.shared.map.flag.name
                ? "{ \"StartTime\": \"Appt start\" }" : "{ \"Status\": \"On hold\" }"
            throw wrongType(keyPath, value, "an object such as \(example)")
        case (.words, .string(let text)): return [located(text)]
        case (.words, .object(let columns)):
            var texts: [String] = []
            for (column, value) in inOrder(columns, under: keyPath) {
                guard case .object(let words) = value else {
                    throw wrongType(
                        "\(keyPath).\(column)", value, "an object such as { \"Alarm Install\": \"Install\" }")
                }
                for (theirs, value) in inOrder(words, under: "\(keyPath).\(column)") {
                    guard case .string(let ours) = value else {
                        throw wrongType("\(keyPath).\(column).\(theirs)", value, "a text")
                    }
                    texts.append(WordSources.text(column: column, theirs: theirs, ours: ours))
                }
            }
            return texts
        case (.words, _):
            throw wrongType(
                keyPath, value,
                "an object such as { \"ServiceType\": { \"Alarm Install\": \"Install\" } }, or a file")
        case (.texts, .array(let array)):
            var texts: [String] = []
            for (index, value) in array.enumerated() {
                guard case .string(let text) = value else {
                    throw wrongType("\(keyPath)[\(index)]", value, "a text")
                }
                texts.append(text)
            }
            return texts
        case (.list, .array(let array)):
            var texts: [String] = []
            for (index, value) in array.enumerated() {
                guard case .string(let text) = value, !text.contains(",") else {
                    throw wrongType("\(keyPath)[\(index)]", value, "a text without a comma")
                }
                texts.append(text)
            }
            return [texts.joined(separator: ",")]
        case (_, .string(let text)): return [text]
        case (.texts, _), (.list, _): throw wrongType(keyPath, value, "a list of texts")
        default: throw wrongType(keyPath, value, "a text")
        }
    }

    /// Relative paths start at the settings file's own folder, `~/` at home.
    private func located(_ text: String) -> String {
        if text == "~" || text.hasPrefix("~/") { return ProcessFolders.home + text.dropFirst() }
        guard !text.isEmpty, !text.hasPrefix("/") else { return text }
        guard let slash = path.lastIndex(of: "/") else { return text }
        return path[...slash] + text
    }

    private func inOrder(_ object: [String: JSONValue], under parent: String) -> [(
        key: String, value: JSONValue
    )] {
        func line(_ key: String) -> Int { outline.lines[parent.isEmpty ? key : "\(parent).\(key)"] ?? 0 }
        return object.sorted { (line($0.key), $0.key) < (line($1.key), $1.key) }
    }

    private func wrongType(_ keyPath: String, _ value: JSONValue, _ expected: String) -> UsageError {
        fault(keyPath, "is \(value.typeName)", expected)
    }

    private func fault(_ keyPath: String, _ what: String, _ expected: String) -> UsageError {
        let origin = SettingOrigin.file(path: path, keyPath: keyPath, line: outline.lines[keyPath])
        return UsageError("\(origin.place) \(what)", fix: "give \(expected)")
    }

    private func unknown(_ key: String, _ origin: SettingOrigin) -> UsageError {
        if let flag = FlagTable.flags.first(where: { $0.camelCased == key && $0.settingsKey == nil }) {
            return UsageError(
                "\(origin.place) can't be set in a file", fix: "give \(flag.long) on the command line")
        }
        if let flag = FlagTable.flags.first(where: { $0.name == key }), let right = flag.settingsKey {
            return UsageError("\(origin.place) is not a setting", fix: "did you mean \(right)?")
        }
        let known =
            flags.keys.sorted() + SettingsFile.credentialKeys + [
                SettingsFile.profilesKey, SettingsFile.layoutsKey,
            ]
        return UsageError(
            "\(origin.place) is not a setting",
            fix: Suggestion.closestWord(to: key, among: known).map { "did you mean \($0)?" }
                ?? "stimport config lists the settings")
    }
}
