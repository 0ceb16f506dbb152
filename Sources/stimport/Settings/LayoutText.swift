import AppointmentImport
import AppointmentRows

/// A layout as the settings file has it.
enum LayoutText {
    /// The object, its first line not indented.
    ///
    /// - Parameters:
    ///   - indent: of the line that it begins on, in steps of four spaces.
    ///   - remarks: what stands behind a word, as a comment: by the column and their word.
    static func json(
        _ layout: Layout, indent: Int = 0, remark: (InputColumn, String) -> String? = { _, _ in nil }
    ) -> String {
        func space(_ depth: Int) -> String { String(repeating: "    ", count: indent + depth) }
        func object(_ members: [(String, String, String?)], _ depth: Int) -> String {
            let lines = members.enumerated().map { index, member in
                "\(space(depth + 1))\(quoted(member.0)): \(member.1)\(index + 1 < members.count ? "," : "")"
                    + (member.2.map { " // \($0)" } ?? "")
            }
            return "{\n" + lines.joined(separator: "\n") + "\n" + space(depth) + "}"
        }
        var members: [(String, String, String?)] = [
            ("set", quoted(layout.day), nil), ("by", quoted(layout.person), nil),
            ("fingerprint", quoted(layout.fingerprint.text), nil),
            ("header", "[" + layout.header.map(quoted).joined(separator: ", ") + "]", nil),
        ]
        if !layout.columns.isEmpty {
            let columns = layout.columns.sorted { $0.key.rawValue < $1.key.rawValue }
            members.append(("columns", object(columns.map { ($0.key.name, quoted($0.value), nil) }, 1), nil))
        }
        let values = ValueMap.columns.compactMap { column -> (String, String, String?)? in
            let words = layout.values.entries.filter { $0.column == column }
            guard !words.isEmpty else { return nil }
            return (
                column.name,
                object(
                    words.map { ($0.theirs, quoted($0.meaning.text), remark(column, $0.theirs)) }, 2), nil
            )
        }
        if !values.isEmpty { members.append(("values", object(values, 1), nil)) }
        if !layout.skips.isEmpty {
            members.append(
                (
                    "skip",
                    object(
                        layout.skips.map {
                            ($0.column, "[" + $0.values.map(quoted).joined(separator: ", ") + "]", nil)
                        }, 1), nil
                ))
        }
        if let order = layout.dateOrder { members.append(("dateOrder", quoted(order.rawValue), nil)) }
        if let zone = layout.timeZone { members.append(("timeZone", quoted(zone.text), nil)) }
        return object(members, 0)
    }

    /// A text as JSON has it; what a terminal would act on is escaped.
    static func quoted(_ text: String) -> String { JSONOutput.text(text).line }
}
