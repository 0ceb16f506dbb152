import AppointmentRows
import AppointmentImport

/// Untrusted text on its way to a terminal.
enum TerminalText {
    /// The text with everything that a terminal would act on made visible: control
    /// characters and escape sequences as `\n`, `\t`, `\u{1B}`, and so are the
    /// characters that reorder, hide or break what stands beside them. Invalid UTF-8
    /// has become U+FFFD by then, which is shown as it is.
    static func escaped(_ text: String) -> String {
        ActingCharacter.escaped(text)
    }

    /// As above, with line feeds kept: a result of several lines.
    static func escapedLines(_ text: String) -> String {
        ActingCharacter.escaped(text, keeping: "\n")
    }

    /// The bytes as text: those that are not UTF-8 as `\x9F`, the rest escaped as above.
    static func escaped(bytes: some Sequence<UInt8>) -> String {
        var result = ""
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            if let text = String(validating: rest, as: UTF8.self) { return result + escaped(text) }
            // The longest valid beginning, then the byte that follows it.
            var decoder = UTF8.ForwardParser()
            var iterator = rest.makeIterator()
            var valid = rest.startIndex
            while case .valid(let encoded) = decoder.parseScalar(from: &iterator) { valid += encoded.count }
            result += escaped(String(decoding: rest[..<valid], as: UTF8.self))
            let byte = rest[valid]
            result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            rest = rest[(valid + 1)...]
        }
        return result
    }
}
