/// A phone number as it is asked for and compared: its digits alone, without a leading US country code.
package struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    /// 7 to 15 digits.
    package let digits: String

    /// The digits.
    package var description: String { digits }

    /// Fewer digits are no number that leads to one customer, more are no number (ITU-T E.164 allows 15).
    package static let digitCounts = 7...15

    /// The number in a text as people write it: `(508) 555-0107`, `+1 508 555 0107`, `508.555.0107 ext. 3`,
    /// `5085550107.0`; nil where there is none, or more than one, and where it is one that is written for want of a
    /// number (`000-000-0000`).
    ///
    /// An extension does not count, nor do words around the number. What remains must be digits and the signs that
    /// stand between them: no number is put together from digits that stand apart.
    package init?(_ text: String) {
        guard var found = Self.usualDigits(text) ?? WrittenPhone(text)?.digits else { return nil }
        if found.count == 11, found.hasPrefix("1") { found.removeFirst() }
        guard Self.digitCounts.contains(found.count), !Self.isDummy(found) else { return nil }
        digits = found
    }

    /// The digits of a number as nearly all are written, `508-555-0107` and `(508) 555-0107`: nil where it is written in
    /// another way, which `WrittenPhone` reads.
    static func usualDigits(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count <= 20, let last = bytes.last, isDigit(last),
                isDigit(bytes[0]) || bytes[0] == 0x28
            else { return nil }
            var digits: [UInt8] = []
            // How many digits stand before each gap, four bits each.
            var gaps = 0
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    if index > 0, !digits.isEmpty, !isDigit(bytes[index - 1]) {
                        gaps = gaps * 16 + digits.count
                    }
                    digits.append(byte)
                case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    break
                default: return nil
                }
            }
            // All in one, or after three and after six.
            guard digits.count == 10, gaps == 0 || gaps == 0x36 else { return nil }
            return String(decoding: digits, as: UTF8.self)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

    // MARK: Numbers that are nobody's

    /// What forms ask for and people don't want to give. Numbers that somebody could have are none, however round.
    private static func isDummy(_ text: String) -> Bool {
        let digits = Array(text.utf8)
        if isUniform(digits[...]) || isRun(digits, step: 1) || isRun(digits, step: 9) { return true }
        let (zero, one) = (UInt8(ascii: "0"), UInt8(ascii: "1"))
        // `555-0100` has an area code somewhere; no exchange begins with 0 or 1.
        if digits.count == 7 { return digits[0] == zero || digits[0] == one }
        guard digits.count == 10 else { return false }
        let (area, exchange, line) = (digits[..<3], digits[3..<6], digits[6...])
        if nobodysAreas.contains(where: { area.elementsEqual($0.utf8) }) { return true }
        // `508-000-0000`, `222-333-4444`
        return isUniform(exchange) && isUniform(line)
            && (isUniform(area) || digits[3] == digits[6] && "0159".utf8.contains(digits[3]))
    }

    /// Area codes that nobody has and many type.
    private static let nobodysAreas = ["000", "111", "123", "555", "999"]

    private static func isUniform(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.allSatisfy { $0 == digits.first }
    }

    /// `1234567890`, `9876543210`: each digit follows its neighbour, 0 after 9.
    private static func isRun(_ digits: [UInt8], step: UInt8) -> Bool {
        (1..<digits.count).allSatisfy {
            (digits[$0 - 1] - UInt8(ascii: "0") + step) % 10 == digits[$0] - UInt8(ascii: "0")
        }
    }
}

/// A phone number in a text, with what stands around it told from what belongs to it.
struct WrittenPhone {
    /// The number's digits.
    private(set) var digits = ""
    /// How many digits stand together, one after the other.
    private var groups: [Int] = []
    private var rest: Substring
    private var isInternational = false

    /// Nil where the digits of the text are not those of one number and of its extension.
    init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        let plain = Self.plain(text)
        rest = plain[...]
        guard skipLabel() else { return nil }
        let beforeNumber = rest
        takeDigits()
        // A spreadsheet's number: 5085550107.0.
        let decimals = beforeNumber.split(separator: ".", omittingEmptySubsequences: false)
        if decimals.count == 2, ["0", "00"].contains(decimals[1]),
            decimals[0].count >= PhoneNumber.digitCounts.lowerBound, decimals[0].allSatisfy(Self.isDigit)
        {
            digits = String(decimals[0])
            return
        }
        guard !isTwoNumbers else { return nil }
        guard isRemark(rest, after: beforeNumber.dropLast(rest.count).last) else { return nil }
    }

    /// A text with ASCII digits, plain spaces and hyphens, and without invisible marks.
    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF10...0xFF19:
                plain.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFF10 + 0x30)))
            case 0xFF0B: plain.append("+")
            // Hyphens, dashes and what else people put between the parts.
            case 0x2010...0x2015, 0x2212, 0xFE63, 0xFF0D, 0x5F, 0x2A, 0xB7, 0x2022, 0x2219: plain.append("-")
            case 0x5B, 0x7B: plain.append("(")
            case 0x5D, 0x7D: plain.append(")")
            default:
                if scalar.properties.generalCategory == .format { continue }
                plain.append(
                    scalar.properties.isWhitespace && scalar != "\n" && scalar != "\r" ? " " : scalar)
            }
        }
        var rest = String(plain)[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    /// Passes over `Home:`, `tel:`, `(cell)`.
    ///
    /// - Returns: false where a letter stands at the first digit: `O85`.
    private mutating func skipLabel() -> Bool {
        let label = rest.prefix { !Self.isDigit($0) }
        guard label.count < rest.count else { return false }
        if let last = label.last, last.isLetter { return false }
        rest = rest[label.endIndex...]
        isInternational = label.hasSuffix("+") || label.hasSuffix("+(")
        return true
    }

    /// Takes the digits and the signs between them.
    private mutating func takeDigits() {
        var isInGroup = false
        while let character = rest.first {
            if Self.isDigit(character) {
                if isInGroup { groups[groups.count - 1] += 1 } else { groups.append(1) }
                digits.append(character)
            } else if !" ()-.".contains(character) {
                return
            }
            isInGroup = Self.isDigit(character)
            rest.removeFirst()
        }
    }

    /// Whether the digits are a whole number and more: `508-555-0107 0108`.
    private var isTwoNumbers: Bool {
        guard !isInternational || digits.hasPrefix("1") else { return false }
        // Abroad a number may begin so: `020 7946 0958`.
        let isLocal = !digits.hasPrefix("0") && !digits.hasPrefix("1")
        let whole =
            [[1, 3, 3, 4], [1, 10], [11]]
            + (isLocal ? [[3, 3, 4], [3, 7], [6, 4], [10], [3, 4], [7]] : [])
        return whole.contains { groups.count > $0.count && groups.starts(with: $0) && !isWhole }
    }

    /// Whether the groups together are one number of the United States: `508 5550 107` has them elsewhere.
    private var isWhole: Bool { digits.count == 10 || digits.count == 11 && digits.hasPrefix("1") }

    /// Whether what stands behind a number leaves it what it is: nothing, an extension, words without a digit.
    private func isRemark(_ text: Substring, after last: Character?) -> Bool {
        guard let first = text.first else { return true }
        let lower = text.lowercased()
        if Self.isExtension(lower) { return true }
        if text.contains(where: Self.isDigit) { return false }
        // A letter at a digit is a digit that was mistyped (`010O`), or part of a word that is dialled (`555-HELP`).
        guard first.isLetter, let last, Self.isDigit(last) || last == "-" || last == "." else { return true }
        let word = lower.prefix { $0.isLetter }
        return Self.labels.contains(String(word))
    }

    /// `x3`, `ext. 12`, `#4`, `, extension 9 (Ann)`
    private static func isExtension(_ text: String) -> Bool {
        var rest = text.drop { " ,;".contains($0) }
        guard let label = ["extension", "extn", "ext", "x", "#"].first(where: { rest.hasPrefix($0) }) else {
            return false
        }
        rest = rest.dropFirst(label.count)
        for marks in [".:", " ", "#", " "] {
            if let first = rest.first, marks.contains(first) { rest = rest.dropFirst() }
        }
        let digits = rest.prefix { isDigit($0) }
        guard (1...7).contains(digits.count) else { return false }
        let remark = rest.dropFirst(digits.count)
        guard let first = remark.first else { return true }
        return " ,;(".contains(first) && !remark.contains(where: isDigit)
    }

    /// What people write right behind a number: whose, or where it rings.
    private static let labels: Set<String> = [
        "c", "h", "w", "m", "cell", "home", "work", "mobile", "mob", "office", "main", "fax", "x", "ext",
    ]

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && ("0"..."9").contains(character)
    }
}
