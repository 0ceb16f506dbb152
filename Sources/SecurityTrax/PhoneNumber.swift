/// A phone number as it is asked for and compared: its digits alone, without a leading US country code.
package struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    /// 7 to 15 digits.
    package let digits: String

    /// The digits.
    package var description: String { digits }

    /// Fewer digits are no number that leads to one customer, more are no number (ITU-T E.164 allows 15).
    package static let digitCounts = 7...15

    /// The number in a text as people write it: `(508) 555-0107`, `+1 508 555 0107`, `508.555.0107 ext. 3`,
    /// `5085550107.0`; nil where there is none, or more than one.
    ///
    /// An extension does not count, nor do words around the number. What remains must be digits and the signs that
    /// stand between them.
    package init?(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var found = ""
        var hasEnded = false
        for (index, scalar) in scalars.enumerated() {
            if let digit = Self.digit(scalar) {
                if hasEnded { continue }
                found.append(digit)
                continue
            }
            switch scalar {
            case ",", ";", "/", "|", "&", "\n", "\r":
                // Something before and something behind: two numbers.
                if !found.isEmpty, scalars[index...].contains(where: { Self.digit($0) != nil }) { return nil }
            case "#": hasEnded = hasEnded || !found.isEmpty
            case "x", "X", "e", "E":
                // An extension (`x3`, `ext. 3`) ends the number. A number with an exponent (5.08E+09) lost its digits.
                guard !found.isEmpty else { continue }
                let rest = String(String.UnicodeScalarView(scalars[index...])).lowercased()
                if rest.first == "e", !rest.hasPrefix("ext"), index > 0, Self.digit(scalars[index - 1]) != nil
                {
                    return nil
                }
                hasEnded = hasEnded || rest.hasPrefix("x") || rest.hasPrefix("ext")
            default: continue
            }
        }
        // A spreadsheet's number: 5085550107.0.
        if text.trimmingSuffix(while: { $0 == " " }).hasSuffix(".0"), found.count > 10, found.hasSuffix("0"),
            text.filter({ $0 == "." }).count == 1
        {
            found.removeLast()
        }
        if found.count == 11, found.hasPrefix("1") { found.removeFirst() }
        guard Self.digitCounts.contains(found.count) else { return nil }
        digits = found
    }

    /// An ASCII or full-width digit.
    private static func digit(_ scalar: Unicode.Scalar) -> Character? {
        switch scalar.value {
        case 0x30...0x39: Character(scalar)
        case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFF10 + 0x30).map(Character.init)
        default: nil
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
