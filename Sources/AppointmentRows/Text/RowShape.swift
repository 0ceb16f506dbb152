/// What stands where in a record, as far as it outlasts being opened and saved by a spreadsheet, which writes dates and
/// numbers in its own way: which fields have a text, and their letters and marks without digits, spaces and what dates
/// are made of.
package enum RowShape {
    /// A record's shape.
    ///
    /// - Parameter fields: Empty ones at the end don't count.
    /// - Returns: 17 ASCII characters, the first of them a letter, so that nothing takes them for a number.
    package static func text(of fields: some Sequence<String>) -> String {
        var hash = StableHash()
        var empty = 0
        for field in fields {
            let shape = shape(of: field)
            if shape.isEmpty {
                empty += 1
                continue
            }
            for _ in 0..<empty { hash.combine("") }
            empty = 0
            hash.combine(shape)
        }
        return "s" + StableHash.hexadecimal(hash.value)
    }

    private static func shape(of field: String) -> String {
        var rest = String(
            String.UnicodeScalarView(
                Wording.trimmed(field).lowercased().unicodeScalars.filter {
                    !$0.properties.isWhitespace && !("0"..."9").contains($0)
                        && !"/:.,-+".unicodeScalars.contains($0)
                }))
        guard field.contains(where: \.isNumber) else {
            return rest.isEmpty && !Wording.trimmed(field).isEmpty ? "-" : rest
        }
        // 9:00 AM, 1.5E+10, 2027-01-05T09:00
        if ["am", "pm", "e", "t"].contains(rest) { rest = "" }
        return "#" + rest
    }
}
