import AppointmentRows
import SystemFiles

/// Puts a layout into a settings file, where everything else stays as it stands: order, comments, permissions.
enum SettingsEdit {
    /// Writes a layout: whole or not at all, and over a layout of its name.
    ///
    /// - Parameters:
    ///   - profile: the profile that it belongs to.
    ///   - path: the settings file; it is made where there is none.
    /// - Throws: where the file can't be read or written, or can't hold it.
    static func write(_ layout: Layout, profile: String?, to path: String) throws(UsageError) {
        let place = ResolvedPath.future(path)
        let folder = PathParts(place).folder
        let isThere = PrivateFile.exists(place)
        let old =
            isThere ? try PrivateFile.read(place, limit: SettingsFile.limit, what: "settings file") : nil
        guard old?.isRegular ?? true else {
            throw UsageError(
                "the settings file \(path) is no file that can be written", fix: "name one with --config")
        }
        let bytes = try setting(layout, profile: profile, in: old?.bytes, path: path)
        // Nothing is written that the next run would not read.
        _ = try SettingsFile.parse(bytes, path: path)
        let model = isThere ? open(place, O_RDONLY | O_CLOEXEC) : -1
        defer { if model >= 0 { close(model) } }
        do {
            if !isThere { try NewFile.makeFolders(folder) }
            let file = try AtomicFile(
                in: folder.isEmpty ? "." : folder, permissionsOf: model >= 0 ? model : nil)
            try file.write(bytes)
            if let old, old.owner != geteuid() { chown(file.path, old.owner, gid_t.max) }
            guard try file.install(at: place, replacing: isThere) else {
                throw UsageError("somebody else made \(path) meanwhile", fix: "start it again")
            }
        } catch let error as UsageError {
            throw error
        } catch {
            let reason = (error as? FileError)?.reason ?? error as? SystemError
            throw UsageError(
                "\(path) can't be written: \(reason?.reason ?? "\(error)")",
                fix: "make it writable, or add what is shown to the settings by hand")
        }
    }

    /// The text of a settings file with a layout in it.
    ///
    /// - Parameter bytes: the file's; nil where there is none.
    static func setting(_ layout: Layout, profile: String?, in bytes: [UInt8]?, path: String)
        throws(UsageError) -> [UInt8]
    {
        let keys =
            (profile.map { [SettingsFile.profilesKey, $0] } ?? []) + [SettingsFile.layoutsKey, layout.name]
        let old = bytes ?? Array("{\n}\n".utf8)
        let outline = JSONOutline(old)
        var text: [UInt8]
        if let range = outline.values[keys.joined(separator: ".")] {
            let member = member(keys, from: keys.count, layout)
            text = Array(old[..<range.lowerBound])
            text += Array(member.replacing("\n", with: old.contains(13) ? "\r\n" : "\n").utf8)
            text += old[range.upperBound...]
        } else {
            text = try adding(keys, layout, to: old, outline, path)
        }
        guard let before = JSONValue(json5: old), let after = JSONValue(json5: text),
            let value = JSONValue(json5: Array(LayoutText.json(layout).utf8)),
            after == setting(keys[...], to: value, in: before)
        else {
            throw UsageError(
                "the layout can't be added to \(path) without changing more",
                fix: "add what is shown to it by hand")
        }
        return text
    }

    /// Adds a member that is not there, in the innermost of its objects that is.
    private static func adding(
        _ keys: [String], _ layout: Layout, to old: [UInt8], _ outline: JSONOutline, _ path: String
    ) throws(UsageError) -> [UInt8] {
        var depth = keys.count - 1
        while depth > 0, outline.objects[keys[..<depth].joined(separator: ".")] == nil { depth -= 1 }
        guard let object = outline.objects[keys[..<depth].joined(separator: ".")], object.close < old.count
        else { throw UsageError("the settings file \(path) is not an object", fix: "begin it with {") }
        let newline = old.contains(13) ? "\r\n" : "\n"
        var start = object.close
        while start > 0, old[start - 1] == 32 || old[start - 1] == 9 { start -= 1 }
        let isOwnLine = start > 0 && (old[start - 1] == 10 || old[start - 1] == 13)
        if !isOwnLine { start = object.close }
        let indent = String(repeating: "    ", count: depth + 1)
        var added = indent + LayoutText.quoted(keys[depth]) + ": " + member(keys, from: depth + 1, layout)
        added = added.replacing("\n", with: newline) + newline
        if !isOwnLine { added = newline + added + String(repeating: "    ", count: depth) }
        var text = Array(old[..<start])
        text += Array(added.utf8)
        text += old[start...]
        if let end = object.lastValueEnd, !object.endsWithComma { text.insert(UInt8(ascii: ","), at: end) }
        return text
    }

    /// The value of the key before `index`: the objects that lead to the layout, and it.
    private static func member(_ keys: [String], from index: Int, _ layout: Layout) -> String {
        guard index < keys.count else { return LayoutText.json(layout, indent: index) }
        let space = String(repeating: "    ", count: index + 1)
        return "{\n\(space)\(LayoutText.quoted(keys[index])): \(member(keys, from: index + 1, layout))\n"
            + String(repeating: "    ", count: index) + "}"
    }

    private static func setting(_ keys: ArraySlice<String>, to value: JSONValue, in old: JSONValue)
        -> JSONValue
    {
        guard let key = keys.first else { return value }
        guard case .object(var object) = old else { return old }
        object[key] = setting(keys.dropFirst(), to: value, in: object[key] ?? .object([:]))
        return .object(object)
    }
}
