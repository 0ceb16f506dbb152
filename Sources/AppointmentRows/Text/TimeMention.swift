/// Whether a text mentions a time as people write it, be it one that can't be read: `9:00`, `1/5`, `9 am`, `9h30`,
/// `Jan 5`, `5 Jan`. A number alone is none.
///
/// Looked for by bytes: every row of a file with windows, and every row that can't be read, is asked several times, and
/// a regular expression is compiled anew for each of them.
enum TimeMention {
    static func isIn(_ text: some StringProtocol) -> Bool {
        var lower = text.lowercased()
        // Digits of other scripts and widths count as their values.
        if lower.utf8.contains(where: { $0 >= 0x80 }) {
            lower = String(
                lower.map { character in
                    character.isASCII
                        ? character : character.wholeNumberValue.flatMap { "\($0)".first } ?? character
                })
        }
        return lower.withUTF8 { bytes in
            bytes.indices.contains { index in
                bytes[index].isDigit
                    ? isClock(bytes[index...]) || isDayOfMonth(bytes[index...])
                    : isBoundary(bytes, before: index) && isMonthAndDay(bytes[index...])
            }
        }
    }

    /// `1/5`, `9:0`, `9am`, `9 a.m.`, `9h3`, at a digit.
    private static func isClock(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let rest = bytes.dropFirst()
        guard let next = rest.first else { return false }
        if next == UInt8(ascii: "/") || next == UInt8(ascii: ":") { return startsWithDigit(rest.dropFirst()) }
        let spaced = next == UInt8(ascii: " ") ? rest.dropFirst() : rest
        if spaced.first == UInt8(ascii: "a") || spaced.first == UInt8(ascii: "p") {
            var half = spaced.dropFirst()
            if half.first == UInt8(ascii: ".") { half = half.dropFirst() }
            if half.first == UInt8(ascii: "m"), !(half.dropFirst().first.map(isWordByte) ?? false) {
                return true
            }
        }
        let hours = next == UInt8(ascii: " ") || (0x09...0x0D).contains(next) ? rest.dropFirst() : rest
        return hours.first == UInt8(ascii: "h") && startsWithDigit(hours.dropFirst())
    }

    /// `5 jan`, `5. jan`, at the last digit.
    private static func isDayOfMonth(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = bytes.dropFirst()
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst() }
        guard rest.first == UInt8(ascii: " ") else { return false }
        return startsWithMonth(rest.dropFirst())
    }

    /// `jan 5`, `january 5`, `jan. 5`, `jan5`, at the month's first letter.
    private static func isMonthAndDay(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard startsWithMonth(bytes) else { return false }
        var rest = bytes.drop(while: \.isLetter)
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        return startsWithDigit(rest)
    }

    private static func startsWithMonth(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        months.contains { bytes.starts(with: $0) }
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    private static func startsWithDigit(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.first?.isDigit ?? false
    }

    private static func isBoundary(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int) -> Bool {
        index == 0 || !isWordByte(bytes[index - 1])
    }

    /// A letter, a digit or what joins them; every byte of a letter beyond ASCII counts as one.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
