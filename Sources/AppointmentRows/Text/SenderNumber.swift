import SecurityTrax

/// The sender's own number of an appointment (`--identity-column`), as it is compared: without what spreadsheets and
/// programs do to a number on its way through a file.
package enum SenderNumber {
    /// What is left of a trimmed text: `501` of `501.0`, `00501`, `1,501` without its comma, `#501`, `'501`, `="501"`.
    ///
    /// Anything that is no number of digits stays as it is, letter case included.
    package static func canonical(_ text: String) -> String {
        var rest = text[...]
        if rest.hasPrefix("=\""), rest.hasSuffix("\""), rest.count > 3 { rest = rest.dropFirst(2).dropLast() }
        if rest.first == "'" || rest.first == "#" { rest = rest.dropFirst() }
        var digits = rest
        if let point = digits.lastIndex(of: ".") {
            let fraction = digits[digits.index(after: point)...]
            if !fraction.isEmpty, fraction.allSatisfy({ $0 == "0" }) { digits = digits[..<point] }
        }
        let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return String(rest)
            }
            digits = groups.joined()[...]
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0) }) else {
            return rest.isEmpty ? text : String(rest)
        }
        let number = digits.drop { $0 == "0" }
        return number.isEmpty ? "0" : String(number)
    }

    /// Whether a trimmed text is its own canonical form, as nearly all are; false where that takes a closer look.
    @inline(__always)
    static func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        if first == UInt8(ascii: "0") || first == UInt8(ascii: "'") || first == UInt8(ascii: "#")
            || first == UInt8(ascii: "=")
        {
            return false
        }
        return bytes.allSatisfy {
            $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "+")
        }
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
}
