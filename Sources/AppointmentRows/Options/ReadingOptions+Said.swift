extension ReadingOptions {
    /// What was said of how files are read so that other rows, or the same ones with other values, come of them: the
    /// arguments by the options' names, empty for nothing that could be told in words.
    ///
    /// The rows of a file that were rejected are read right only if the same is said of them again. A layout's words are
    /// not among it: the settings have them.
    package var said: [String: String] {
        var said: [String: String] = [:]
        if let order = givenDateOrder { said["--date-order"] = order.rawValue }
        if let timeZone { said["--time-zone"] = timeZone.text }
        if let identityColumn { said["--identity-column"] = identityColumn }
        if let layoutName { said["--layout"] = layoutName }
        if roster != nil { said["--techs"] = "" }
        if !values.isEmpty { said["--values"] = "" }
        for (column, name) in columnMap { said["--map \(column.name)"] = name }
        return said
    }

    /// The options among `said`, in words: `--date-order dmy, --map StartTime="Confirmed Start" and --techs`.
    package static func words(_ said: [String: String]) -> String {
        let options = said.sorted { $0.key < $1.key }.map { name, value in
            if value.isEmpty, !name.hasPrefix("--map ") { return "\(name) FILE" }
            let parts = name.split(separator: " ")
            return parts.count == 2
                ? "--map \(Wording.argument("\(parts[1])=\(value)"))" : "\(name) \(Wording.argument(value))"
        }
        guard let last = options.last, options.count > 1 else { return options.first ?? "" }
        return options.dropLast().joined(separator: ", ") + " and " + last
    }
}
