import AppointmentRows

/// The keys of a JSON5 text with their lines: what Foundation's decoder doesn't
/// tell. It takes the first of two equal keys silently; here they are duplicates.
/// Of a text that the decoder refuses, this finds the line.
struct JSONOutline {
    struct DuplicateKey: Hashable {
        let keyPath: String
        let firstLine: Int
        let line: Int
    }

    /// Where an object ends.
    struct ObjectPlace: Hashable {
        /// The offset of its `}`.
        var close = 0
        /// The offset behind its last value, nil where it has none.
        var lastValueEnd: Int?
        /// Whether a comma follows that value.
        var endsWithComma = false
    }

    /// The line of each key, from 1, by its path: `profiles.acme.site`.
    private(set) var lines: [String: Int] = [:]
    private(set) var duplicates: [DuplicateKey] = []
    /// The bytes of each value, by its path.
    private(set) var values: [String: Range<Int>] = [:]
    /// Where members can be added to each object, by its path; the whole text's has an empty one.
    private(set) var objects: [String: ObjectPlace] = [:]
    /// The first thing that JSON5 doesn't allow, where this sees it: it is not as
    /// strict as the decoder. It never quotes the text, which may hold a password.
    private(set) var fault: (line: Int, message: String)?

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: [UInt8]) {
        bytes = text
        skipSpace()
        value(path: "", depth: 0)
        skipSpace()
        if current != nil { note("something follows the end", line) }
    }

    private mutating func note(_ message: String, _ line: Int) {
        if fault == nil { fault = (line, message) }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        // CRLF is one line break, CR alone is one too.
        if current == 10 || (current == 13 && !(position + 1 < bytes.count && bytes[position + 1] == 10)) {
            line += 1
        }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = current {
            if byte == UInt8(ascii: "/"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "/")
            {
                while let next = current, next != 10, next != 13 { advance() }
            } else if byte == UInt8(ascii: "/"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "*")
            {
                advance()
                advance()
                while current != nil,
                    !(current == UInt8(ascii: "*") && position + 1 < bytes.count
                        && bytes[position + 1] == UInt8(ascii: "/"))
                {
                    advance()
                }
                advance()
                advance()
            } else if byte <= 0x20 || byte >= 0x80 {
                // Beyond ASCII only white space and a BOM stand between tokens.
                advance()
            } else {
                return
            }
        }
    }

    private mutating func value(path: String, depth: Int) {
        guard depth < 64 else { return position = bytes.count }
        switch current {
        case UInt8(ascii: "{"): object(path: path, depth: depth)
        case UInt8(ascii: "["):
            let opening = line
            advance()
            skipSpace()
            var index = 0
            while let byte = current, byte != UInt8(ascii: "]") {
                value(path: "\(path)[\(index)]", depth: depth + 1)
                index += 1
                separator(UInt8(ascii: "]"))
            }
            if current == nil { note("this [ is never closed", opening) }
            advance()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case nil: note("a value is missing", line)
        default:
            let text = word()
            if !Self.isValue(text) { note("a value is neither a number nor a text in quotes", line) }
        }
    }

    /// Whether a bare word is a number or a literal.
    private static func isValue(_ text: String) -> Bool {
        if ["true", "false", "null", "Infinity", "NaN"].contains(text) { return true }
        guard let first = text.utf8.first else { return false }
        return "+-.0123456789".utf8.contains(first)
    }

    private mutating func object(path: String, depth: Int) {
        let opening = line
        var place = ObjectPlace()
        advance()
        skipSpace()
        while let byte = current, byte != UInt8(ascii: "}") {
            let keyLine = line
            let key = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? string() : word()
            let keyPath = path.isEmpty ? key : "\(path).\(key)"
            if let firstLine = lines[keyPath] {
                duplicates.append(DuplicateKey(keyPath: keyPath, firstLine: firstLine, line: keyLine))
            } else {
                lines[keyPath] = keyLine
            }
            skipSpace()
            if current == UInt8(ascii: ":") {
                advance()
            } else {
                note("a colon is missing after a key", keyLine)
            }
            skipSpace()
            let start = position
            value(path: keyPath, depth: depth + 1)
            values[keyPath] = start..<position
            place.lastValueEnd = position
            place.endsWithComma = separator(UInt8(ascii: "}"))
        }
        if current == nil { note("this { is never closed", opening) }
        place.close = position
        objects[path] = place
        advance()
    }

    /// - Returns: whether there was a comma.
    @discardableResult
    private mutating func separator(_ closing: UInt8) -> Bool {
        let valueLine = line
        skipSpace()
        if current == UInt8(ascii: ",") {
            advance()
            skipSpace()
            return true
        }
        if current != closing, current != nil {
            note("a comma is missing after a value", valueLine)
        }
        return false
    }

    /// A key without quotes, a number, `true` and the like.
    private mutating func word() -> String {
        var content: [UInt8] = []
        while let byte = current, byte > 0x20, !",:{}[]/".utf8.contains(byte) {
            content.append(byte)
            advance()
            if byte == UInt8(ascii: "\\") { escape(&content) }
        }
        // Nothing that is a token: go on, so that no text keeps this waiting.
        if content.isEmpty { advance() }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func string() -> String {
        let quote = current
        let opening = line
        var content: [UInt8] = []
        advance()
        while let byte = current, byte != quote {
            advance()
            content.append(byte)
            if byte == UInt8(ascii: "\\") { escape(&content) }
        }
        if current == nil { note("this text is never closed", opening) }
        advance()
        return String(decoding: content, as: UTF8.self)
    }

    /// Replaces the backslash at the end of `content` by what its escape stands for.
    private mutating func escape(_ content: inout [UInt8]) {
        content.removeLast()
        guard let byte = current else { return }
        advance()
        switch byte {
        case UInt8(ascii: "u"): content += codePoint(digits: 4)
        case UInt8(ascii: "x"): content += codePoint(digits: 2)
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "b"): content.append(8)
        case UInt8(ascii: "f"): content.append(12)
        case UInt8(ascii: "v"): content.append(11)
        case UInt8(ascii: "0"): content.append(0)
        case 10: break
        case 13: if current == 10 { advance() }
        default: content.append(byte)
        }
    }

    private mutating func codePoint(digits: Int) -> [UInt8] {
        guard let unit = hexadecimal(digits: digits) else { return [] }
        if (0xD800..<0xDC00).contains(unit), digits == 4, current == UInt8(ascii: "\\"),
            position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        {
            advance()
            advance()
            if let low = hexadecimal(digits: 4), (0xDC00..<0xE000).contains(low) {
                return Self.utf8(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            }
        }
        return Self.utf8(unit)
    }

    private static func utf8(_ value: UInt32) -> [UInt8] {
        Array(String(Unicode.Scalar(value).map { Character($0) } ?? "\u{FFFD}").utf8)
    }

    private mutating func hexadecimal(digits: Int) -> UInt32? {
        guard position + digits <= bytes.count else { return nil }
        let text = String(decoding: bytes[position..<position + digits], as: UTF8.self)
        position += digits
        return UInt32(text, radix: 16)
    }
}
