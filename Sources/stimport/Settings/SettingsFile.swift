import AppointmentImport
import AppointmentRows
import SystemFiles

/// A settings file: JSON with comments and trailing commas (JSON5), a key for every
/// flag that is a setting, who logs in, and `profiles` that override the rest.
struct SettingsFile: Sendable {
    /// A value as texts that the flag's own parser takes, and where it stands.
    struct Entry: Sendable {
        let texts: [String]
        let origin: SettingOrigin
    }

    let path: String
    /// The values outside of any profile, by key.
    let top: [String: Entry]
    /// The profiles' values, by the profile's name, then by key.
    let profiles: [String: [String: Entry]]
    /// The layouts outside of any profile.
    var layouts: [Layout] = []
    /// The profiles' layouts.
    var profileLayouts: [String: [Layout]] = [:]
    let warnings: [UsageError]
    /// Whether everybody on the machine can read it.
    var isReadableByAll = false

    /// The keys beside those of flags.
    static let credentialKeys = ["username", "partnerID", "password", "passwordFile", "passwordCommand"]
    static let profilesKey = "profiles"
    static let layoutsKey = "layouts"
    private static let secretKey = "password"
    /// The longest settings file.
    static let limit = 1 << 20

    /// What a flag is set to: by the profile, else by the rest of the file.
    func entry(for flag: Flag, profile: String?) -> Entry? {
        flag.settingsKey.flatMap { entry(for: $0, profile: profile) }
    }

    func entry(for key: String, profile: String?) -> Entry? {
        profile.flatMap { profiles[$0]?[key] } ?? top[key]
    }

    /// The keys of settings that are secret, wherever they stand in the file; the password's own is not among them.
    var secretKeys: [String] {
        let keys = FlagTable.flags.filter(\.isSecret).compactMap(\.settingsKey)
        return keys.filter { key in top[key] != nil || profiles.values.contains { $0[key] != nil } }
    }

    /// The layouts that hold: the profile's before the others.
    func layouts(profile: String?) -> [Layout] {
        (profile.flatMap { profileLayouts[$0] } ?? []) + layouts
    }

    /// Reads a settings file; nil where there is none.
    static func read(_ path: String) throws(UsageError) -> SettingsFile? {
        guard let content = try PrivateFile.read(path, limit: limit, what: "settings file") else {
            return nil
        }
        if content.isRegular, content.mode & 0o002 != 0 {
            throw UsageError(
                "everybody can write the settings file \(path), and it may name commands to run",
                fix: "chmod o-w \(ShellArgument.quoted(path))")
        }
        var file = try parse(content.bytes, path: path)
        file.isReadableByAll = content.isRegular && content.mode & 0o004 != 0
        let holdsPassword =
            file.top[secretKey] != nil || file.profiles.values.contains { $0[secretKey] != nil }
        if holdsPassword {
            try PrivateFile.requirePrivate(content, path, what: "settings file with a password")
        }
        return file
    }

    /// Reads the text of a settings file.
    /// - Parameter path: for messages, and to find relative paths from.
    static func parse(_ bytes: [UInt8], path: String) throws(UsageError) -> SettingsFile {
        let outline = JSONOutline(bytes)
        guard let value = JSONValue(json5: bytes) else {
            let place = outline.fault.map { "\(path):\($0.line)" } ?? path
            let reason = outline.fault.map { ": \($0.message.prefix(200))" } ?? ""
            throw UsageError(
                "\(place): the settings file is not JSON\(reason)",
                fix: "correct it; comments and trailing commas are allowed")
        }
        if let duplicate = outline.duplicates.first {
            throw UsageError(
                "\(path):\(duplicate.line): \(duplicate.keyPath) is set twice, first in line \(duplicate.firstLine)",
                fix: "take one of them out")
        }
        guard case .object(let object) = value else {
            throw UsageError(
                "the settings file \(path) holds \(value.typeName), not an object",
                fix: "begin it with { and end it with }")
        }
        var reader = SettingsFileReader(path: path, outline: outline)
        return try reader.read(object)
    }
}
