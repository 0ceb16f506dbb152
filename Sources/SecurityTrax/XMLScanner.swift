/// Whoever wants to know what an ``XMLScanner`` finds.
protocol XMLHandler: AnyObject {
    /// An element begins. Attributes are in order, references in them expanded.
    func open(_ name: String, _ attributes: [(name: String, value: String)]) throws(XMLDamage)
    /// A piece of the innermost element's text, references expanded.
    func text(_ text: String)
    /// The innermost element is complete: the last byte of its end was there.
    func close(_ name: String)
}

/// Why a document is not read to its end.
struct XMLDamage: Error, Hashable {
    /// In plain words that quote nothing of the document.
    let message: String

    static let notWellFormed = XMLDamage(message: "the answer is not well-formed XML")
    static let documentType = XMLDamage(message: "the answer holds a document type declaration")
    static let truncated = XMLDamage(message: "the answer ends before its document does")
    static let tooDeep = XMLDamage(message: "the answer is nested too deeply")
}

/// A strict reader of XML 1.0 without document types: what it does not
/// understand is damage, and nothing is repaired.
///
/// It is written here because Foundation's XMLParser on Linux reports success
/// for truncated input, closes elements whose end tag is cut, and ends the
/// process on some malformed names: a damaged answer must only ever be in doubt.
struct XMLScanner {
    /// The document in UTF-8, up to its first unusable byte.
    private let bytes: ArraySlice<UInt8>
    private let isCut: Bool
    private var index: Int
    private var openNames: [String] = []
    private static let depthLimit = 64

    /// A reader of that document.
    ///
    /// - Parameter content: valid UTF-8 without characters that XML forbids.
    /// - Parameter isCut: whether something that can't be read followed it.
    init(_ content: ArraySlice<UInt8>, isCut: Bool) {
        bytes = content
        self.isCut = isCut
        index = content.startIndex
    }

    /// Reads the document, and throws where it is damaged. What was handed over
    /// before is complete all the same.
    mutating func scan(_ handler: some XMLHandler) throws(XMLDamage) {
        if starts(with: "<?xml") {
            let start = index
            try skip(past: "?>")
            guard Self.range(of: "version", in: bytes[start..<index]) != nil else { throw .notWellFormed }
        }
        try scanMisc()
        guard index < bytes.endIndex else { throw .truncated }
        try scanTag(handler)
        while !openNames.isEmpty { try scanContent(handler) }
        try scanMisc()
        guard index == bytes.endIndex, !isCut else { throw .notWellFormed }
    }

    // MARK: Structure

    /// White space, comments and processing instructions.
    private mutating func scanMisc() throws(XMLDamage) {
        while true {
            skipSpace()
            if starts(with: "<!--") {
                try scanComment()
            } else if starts(with: "<?") {
                try scanInstruction()
            } else if starts(with: "<!DOCTYPE") {
                throw .documentType
            } else {
                return
            }
        }
    }

    private mutating func scanContent(_ handler: some XMLHandler) throws(XMLDamage) {
        guard index < bytes.endIndex else { throw .truncated }
        guard bytes[index] == UInt8(ascii: "<") else { return try scanText(handler) }
        if starts(with: "</") {
            index += 2
            let name = try scanName()
            skipSpace()
            try expect(UInt8(ascii: ">"))
            guard openNames.last == name else { throw .notWellFormed }
            openNames.removeLast()
            handler.close(name)
        } else if starts(with: "<!--") {
            try scanComment()
        } else if starts(with: "<![CDATA[") {
            index += 9
            let start = index
            try skip(past: "]]>")
            handler.text(Self.withLineFeeds(bytes[start..<(index - 3)]))
        } else if starts(with: "<?") {
            try scanInstruction()
        } else {
            try scanTag(handler)
        }
    }

    /// A start tag, or an empty element's.
    private mutating func scanTag(_ handler: some XMLHandler) throws(XMLDamage) {
        try expect(UInt8(ascii: "<"))
        let name = try scanName()
        var attributes: [(name: String, value: String)] = []
        while true {
            let before = index
            skipSpace()
            guard index < bytes.endIndex else { throw .truncated }
            let isEmpty = bytes[index] == UInt8(ascii: "/")
            if isEmpty || bytes[index] == UInt8(ascii: ">") {
                if isEmpty { index += 1 }
                try expect(UInt8(ascii: ">"))
                guard openNames.count < Self.depthLimit else { throw .tooDeep }
                try handler.open(name, attributes)
                if isEmpty { handler.close(name) } else { openNames.append(name) }
                return
            }
            guard index > before else { throw .notWellFormed }
            let attribute = try scanName()
            skipSpace()
            try expect(UInt8(ascii: "="))
            skipSpace()
            guard attributes.count < 100, !attributes.contains(where: { $0.name == attribute }) else {
                throw .notWellFormed
            }
            attributes.append((attribute, try scanValue()))
        }
    }

    private mutating func scanValue() throws(XMLDamage) -> String {
        guard index < bytes.endIndex else { throw .truncated }
        let quote = bytes[index]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw .notWellFormed }
        index += 1
        var value: [UInt8] = []
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case quote:
                index += 1
                return String(decoding: value, as: UTF8.self)
            case UInt8(ascii: "<"): throw .notWellFormed
            case UInt8(ascii: "&"): value += try scanReference()
            default:
                value.append(byte < 0x20 ? 0x20 : byte)
                index += 1
            }
        }
        throw .truncated
    }

    private mutating func scanText(_ handler: some XMLHandler) throws(XMLDamage) {
        if bytes[index] == UInt8(ascii: "&") {
            handler.text(String(decoding: try scanReference(), as: UTF8.self))
            return
        }
        let start = index
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "<"), bytes[index] != UInt8(ascii: "&") {
            if bytes[index] == UInt8(ascii: "]"), starts(with: "]]>") { throw .notWellFormed }
            index += 1
        }
        handler.text(Self.withLineFeeds(bytes[start..<index]))
    }

    /// A character reference, or one of the five entities that need no declaration.
    private mutating func scanReference() throws(XMLDamage) -> [UInt8] {
        let start = index + 1
        guard let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw bytes.endIndex - start < 12 ? .truncated : .notWellFormed
        }
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        index = end + 1
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: break
        }
        let isHex = name.hasPrefix("#x")
        let digits = name.utf8.dropFirst(isHex ? 2 : 1)
        // `UInt32(_:radix:)` would take a sign.
        guard name.hasPrefix("#"), let first = digits.first, first != UInt8(ascii: "+"),
            let code = UInt32(Substring(digits), radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code)
        else { throw .notWellFormed }
        let text = Array(String(Character(scalar)).utf8)
        guard text.withUnsafeBufferPointer({ XMLText.firstForbidden(in: $0) }) == nil else {
            throw .notWellFormed
        }
        return text
    }

    private mutating func scanComment() throws(XMLDamage) {
        index += 4
        try skip(past: "--")
        try expect(UInt8(ascii: ">"))
    }

    private mutating func scanInstruction() throws(XMLDamage) {
        index += 2
        // The declaration stands at the very start or nowhere.
        guard try scanName().lowercased() != "xml" else { throw .notWellFormed }
        try skip(past: "?>")
    }

    private mutating func scanName() throws(XMLDamage) -> String {
        let start = index
        while index < bytes.endIndex {
            let byte = bytes[index]
            let isLetter =
                (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ":") || byte >= 0x80
            let isOther =
                (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard isLetter || isOther && index > start else { break }
            index += 1
        }
        guard index < bytes.endIndex else { throw .truncated }
        guard index > start else { throw .notWellFormed }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    // MARK: Bytes

    private func starts(with text: StaticString) -> Bool {
        guard bytes.endIndex - index >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for offset in expected.indices where bytes[index + offset] != expected[offset] { return false }
            return true
        }
    }

    private mutating func expect(_ byte: UInt8) throws(XMLDamage) {
        guard index < bytes.endIndex else { throw .truncated }
        guard bytes[index] == byte else { throw .notWellFormed }
        index += 1
    }

    private mutating func skipSpace() {
        while index < bytes.endIndex {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func skip(past end: StaticString) throws(XMLDamage) {
        while index < bytes.endIndex {
            if starts(with: end) {
                index += end.utf8CodeUnitCount
                return
            }
            index += 1
        }
        throw .truncated
    }

    private static func range(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        bytes.firstRange(of: Array(text.utf8))
    }

    /// Text with every line end as a line feed (XML 1.0, section 2.11).
    private static func withLineFeeds(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(0x0D) else { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var afterReturn = false
        for byte in bytes {
            if byte == 0x0D {
                output.append(0x0A)
            } else if byte != 0x0A || !afterReturn {
                output.append(byte)
            }
            afterReturn = byte == 0x0D
        }
        return String(decoding: output, as: UTF8.self)
    }
}
