import AppointmentRows

/// Layouts in a settings file: what `stimport map` learned, for people to read, change and take out.
struct LayoutReader {
    let path: String
    let outline: JSONOutline

    /// Takes the layouts out of an object of the settings.
    ///
    /// - Throws: what is wrong with one of them, with its place.
    func take(from object: inout [String: JSONValue], under parent: String) throws(UsageError) -> [Layout] {
        let keyPath = parent.isEmpty ? SettingsFile.layoutsKey : "\(parent).\(SettingsFile.layoutsKey)"
        guard let value = object.removeValue(forKey: SettingsFile.layoutsKey) else { return [] }
        var layouts: [Layout] = []
        for (name, value) in try members(value, keyPath) {
            let layout = try self.layout(name, value, "\(keyPath).\(name)")
            if let other = layouts.first(where: { $0.fingerprint == layout.fingerprint }) {
                throw fault(
                    "\(keyPath).\(name)", "is for the same header as \(other.name)", "take one of them out")
            }
            layouts.append(layout)
        }
        return layouts
    }

    private func layout(_ name: String, _ value: JSONValue, _ keyPath: String) throws(UsageError) -> Layout {
        var layout = Layout(name: name, header: [], day: "?", person: "?")
        var fingerprint: String?
        for (key, value) in try members(value, keyPath) {
            let place = "\(keyPath).\(key)"
            switch key {
            case "set": layout.day = try text(value, place)
            case "by": layout.person = try text(value, place)
            case "fingerprint": fingerprint = try text(value, place)
            case "header": layout.header = try texts(value, place)
            case "columns":
                for (ours, value) in try members(value, place) {
                    let theirs = try text(value, "\(place).\(ours)")
                    let mapping = try parsing("\(place).\(ours)") { () throws(InputError) in
                        try ReadingOptions.mapping("\(ours)=\(theirs)")
                    }
                    layout.columns[mapping.column] = theirs
                }
            case "values":
                for (column, value) in try members(value, place) {
                    for (theirs, value) in try members(value, "\(place).\(column)") {
                        let keyPath = "\(place).\(column).\(theirs)"
                        let ours = try text(value, keyPath)
                        try parsing(keyPath) { () throws(InputError) in
                            try layout.values.add(column: column, theirs: theirs, ours: ours)
                        }
                    }
                }
            case "skip":
                for (column, value) in try members(value, place) {
                    layout.skips.append(
                        ColumnRule(column: column, values: try texts(value, "\(place).\(column)")))
                }
            case "dateOrder":
                let order = try text(value, place)
                layout.dateOrder = try parsing(place) { () throws(InputError) in
                    try ReadingOptions.dateOrder(order)
                }
            case "timeZone":
                let zone = try text(value, place)
                layout.timeZone = try parsing(place) { () throws(InputError) in
                    try ReadingOptions.timeZone(zone)
                }
            default: throw fault(place, "is nothing that a layout has", "take it out")
            }
        }
        guard !layout.header.isEmpty else {
            throw fault(keyPath, "has no header", "write it anew with stimport map")
        }
        if let fingerprint, fingerprint != layout.fingerprint.text {
            throw fault(
                "\(keyPath).fingerprint", "is not that of the header",
                "write the layout anew with stimport map")
        }
        for name in layout.columns.values + layout.skips.map(\.column)
        where !name.isEmpty && HeaderFingerprint([name]).isMissing(in: layout.fingerprint) {
            throw fault(
                keyPath, "names \(ValueParser.quoted(name)), which its header doesn't have",
                "write the layout anew with stimport map")
        }
        return layout
    }

    private func parsing<Value>(_ keyPath: String, _ body: () throws(InputError) -> Value)
        throws(UsageError) -> Value
    {
        do throws(InputError) {
            return try body()
        } catch {
            throw UsageError(error, at: place(keyPath))
        }
    }

    /// In the text's order.
    private func members(_ value: JSONValue, _ keyPath: String) throws(UsageError) -> [(
        key: String, value: JSONValue
    )] {
        guard case .object(let object) = value else {
            throw fault(keyPath, "is \(value.typeName)", "give an object")
        }
        func line(_ key: String) -> Int { outline.lines["\(keyPath).\(key)"] ?? 0 }
        return object.sorted { (line($0.key), $0.key) < (line($1.key), $1.key) }
    }

    private func text(_ value: JSONValue, _ keyPath: String) throws(UsageError) -> String {
        guard case .string(let text) = value else {
            throw fault(keyPath, "is \(value.typeName)", "give a text")
        }
        return text
    }

    private func texts(_ value: JSONValue, _ keyPath: String) throws(UsageError) -> [String] {
        guard case .array(let array) = value else {
            throw fault(keyPath, "is \(value.typeName)", "give a list of texts")
        }
        var texts: [String] = []
        for (index, value) in array.enumerated() { texts.append(try text(value, "\(keyPath)[\(index)]")) }
        return texts
    }

    private func place(_ keyPath: String) -> String {
        SettingOrigin.file(path: path, keyPath: keyPath, line: outline.lines[keyPath]).place
    }

    private func fault(_ keyPath: String, _ message: String, _ fix: String) -> UsageError {
        UsageError("\(place(keyPath)) \(message)", fix: fix)
    }
}
