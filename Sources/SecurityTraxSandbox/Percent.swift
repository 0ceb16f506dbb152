/// Percent-encoding for the values in a fault's text.
enum Percent {
    /// Encodes everything that the grammar gives a meaning to.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: ","), UInt8(ascii: "@"), 0...32, 127...:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (hex.count == 1 ? "0" : "") + hex
            default: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return encoded
    }

    /// Decodes; nil where a `%` is not followed by two hexadecimal digits.
    static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let highDigit = Character(Unicode.Scalar(high)).hexDigitValue,
                let lowDigit = Character(Unicode.Scalar(low)).hexDigitValue
            else { return nil }
            bytes.append(UInt8(highDigit << 4 | lowDigit))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
