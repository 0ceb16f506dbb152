/// Why a body is not a request document: answered with 400.
struct RequestDefect: Error {
    /// What is wrong, and at which byte.
    var reason: String
}

/// Reads a request document, strictly: well-formed XML 1.0 in UTF-8 with a declaration
/// and no DOCTYPE, `root/requests/request[@type]/attribute[@name]`, and nothing else.
struct RequestReader {
    private let input: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var content = RequestContent()

    /// Reads a whole body.
    static func read(_ body: [UInt8]) throws(RequestDefect) -> RequestContent {
        guard !body.isEmpty else { throw RequestDefect(reason: "the body is empty") }
        guard String(validating: body, as: UTF8.self) != nil else {
            throw RequestDefect(reason: "the body is not UTF-8")
        }
        let result = body.withUnsafeBufferPointer { input -> Result<RequestContent, RequestDefect> in
            var reader = RequestReader(input: input)
            do throws(RequestDefect) {
                try reader.document()
                return .success(reader.content)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(input: UnsafeBufferPointer<UInt8>) {
        self.input = input
        content.bytes.reserveCapacity(input.count)
    }

    // MARK: The document's shape

    private mutating func document() throws(RequestDefect) {
        if starts("\u{FEFF}") { at += 3 }
        guard starts("<?xml "), let end = find("?>") else { throw defect("no XML declaration") }
        if let encoding = declared(upTo: end), encoding != "utf-8" {
            throw defect("the encoding is \(encoding), not UTF-8")
        }
        at = end + 2
        try skipMisc()
        try open("root")
        try skipMisc()
        try open("requests")
        while true {
            try skipMisc()
            if starts("</") { break }
            try request()
        }
        try close("requests")
        try skipMisc()
        try close("root")
        try skipMisc()
        guard at == input.count else { throw defect("something follows the root element") }
    }

    private mutating func request() throws(RequestDefect) {
        let (type, isEmpty) = try openNaming("request", attribute: "type")
        let first = content.attributes.count
        if !isEmpty {
            while true {
                try skipMisc()
                if starts("</") { break }
                let (name, isEmpty) = try openNaming("attribute", attribute: "name")
                let start = content.bytes.count
                if !isEmpty {
                    try text()
                    try close("attribute")
                }
                content.attributes.append(.init(name: name, value: start..<content.bytes.count))
            }
            try close("request")
        }
        content.requests.append(.init(type: type, attributes: first..<content.attributes.count))
    }

    // MARK: Tags

    /// Reads `<name>`.
    private mutating func open(_ name: StaticString) throws(RequestDefect) {
        guard starts("<"), starts(name, at: at + 1) else { throw defect("expected <\(name)>") }
        at += 1 + name.utf8CodeUnitCount
        skipSpace()
        guard starts(">") else { throw defect("expected <\(name)> without attributes") }
        at += 1
    }

    /// Reads `<name attribute="…">` or `<name attribute="…"/>`; returns where the decoded value stands.
    private mutating func openNaming(
        _ name: StaticString, attribute: StaticString
    ) throws(RequestDefect) -> (Range<Int>, isEmpty: Bool) {
        guard starts("<"), starts(name, at: at + 1) else { throw defect("expected <\(name)>") }
        at += 1 + name.utf8CodeUnitCount
        guard skipSpace(), starts(attribute) else { throw defect("expected \(attribute)=") }
        at += attribute.utf8CodeUnitCount
        skipSpace()
        guard starts("=") else { throw defect("expected =") }
        at += 1
        skipSpace()
        guard at < input.count, input[at] == UInt8(ascii: "\"") || input[at] == UInt8(ascii: "'") else {
            throw defect("expected a quote")
        }
        let quote = input[at]
        at += 1
        let start = content.bytes.count
        while true {
            guard at < input.count else { throw defect("the document ends inside a tag") }
            let byte = input[at]
            if byte == quote { break }
            switch byte {
            case UInt8(ascii: "<"): throw defect("< inside a tag")
            case UInt8(ascii: "&"): try reference()
            case 9, 10, 13:
                content.bytes.append(32)
                at += byte == 13 && at + 1 < input.count && input[at + 1] == 10 ? 2 : 1
            default:
                try checkAllowed(byte)
                content.bytes.append(byte)
                at += 1
            }
        }
        at += 1
        let value = start..<content.bytes.count
        skipSpace()
        if starts("/>") {
            at += 2
            return (value, true)
        }
        guard starts(">") else { throw defect("expected > after \(attribute)") }
        at += 1
        return (value, false)
    }

    private mutating func close(_ name: StaticString) throws(RequestDefect) {
        guard starts("</"), starts(name, at: at + 2) else { throw defect("expected </\(name)>") }
        at += 2 + name.utf8CodeUnitCount
        skipSpace()
        guard starts(">") else { throw defect("expected </\(name)>") }
        at += 1
    }

    // MARK: Text

    /// Appends decoded character data up to the next end tag.
    private mutating func text() throws(RequestDefect) {
        while true {
            guard at < input.count else { throw defect("the document ends inside an element") }
            let byte = input[at]
            switch byte {
            case UInt8(ascii: "<"):
                if starts("</") { return }
                if starts("<![CDATA[") {
                    at += 9
                    guard let end = find("]]>") else { throw defect("CDATA does not end") }
                    while at < end { try character() }
                    at = end + 3
                } else if starts("<!--") || starts("<?") {
                    try skipMisc()
                } else {
                    throw defect("an element inside an attribute")
                }
            case UInt8(ascii: "&"): try reference()
            case UInt8(ascii: "]") where starts("]]>"): throw defect("]]> in text")
            default: try character()
            }
        }
    }

    /// Appends one byte, line ends as XML has them: CR LF and CR are read as LF.
    private mutating func character() throws(RequestDefect) {
        let byte = input[at]
        if byte == 13 {
            content.bytes.append(10)
            at += at + 1 < input.count && input[at + 1] == 10 ? 2 : 1
            return
        }
        try checkAllowed(byte)
        content.bytes.append(byte)
        at += 1
    }

    private func checkAllowed(_ byte: UInt8) throws(RequestDefect) {
        if byte < 32, byte != 9, byte != 10, byte != 13 { throw defect("a control character") }
        if byte == 0xEF, starts("\u{FFFE}") || starts("\u{FFFF}") { throw defect("a noncharacter") }
    }

    /// Reads `&…;` and appends what it stands for.
    private mutating func reference() throws(RequestDefect) {
        guard let end = find(";"), end - at <= 12 else { throw defect("& without ;") }
        let name = String(decoding: input[(at + 1)..<end], as: UTF8.self)
        switch name {
        case "amp": content.bytes.append(UInt8(ascii: "&"))
        case "lt": content.bytes.append(UInt8(ascii: "<"))
        case "gt": content.bytes.append(UInt8(ascii: ">"))
        case "quot": content.bytes.append(UInt8(ascii: "\""))
        case "apos": content.bytes.append(UInt8(ascii: "'"))
        default:
            let digits = name.hasPrefix("#x") ? name.dropFirst(2) : name.dropFirst(1)
            guard name.hasPrefix("#"), digits.first?.isHexDigit == true,
                let code = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
                let scalar = Unicode.Scalar(code),
                code >= 32 || code == 9 || code == 10 || code == 13, code != 0xFFFE, code != 0xFFFF
            else { throw defect("&\(name); is unknown") }
            content.bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
        }
        at = end + 1
    }

    // MARK: Scanning

    /// Skips white space, comments and processing instructions.
    private mutating func skipMisc() throws(RequestDefect) {
        while true {
            skipSpace()
            if starts("<!--") {
                at += 4
                guard let end = find("--") else { throw defect("a comment does not end") }
                guard starts("-->", at: end) else { throw defect("-- inside a comment") }
                at = end + 3
            } else if starts("<?") {
                guard let end = find("?>") else { throw defect("an instruction does not end") }
                at = end + 2
            } else if starts("<!DOCTYPE") {
                throw defect("a DOCTYPE")
            } else {
                return
            }
        }
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = at
        while at < input.count {
            let byte = input[at]
            guard byte == 32 || byte == 10 || byte == 9 || byte == 13 else { break }
            at += 1
        }
        return at > start
    }

    private func starts(_ text: StaticString) -> Bool { starts(text, at: at) }

    private func starts(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= input.count else { return false }
        for offset in 0..<count where input[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// Where a text begins next, from here.
    private func find(_ text: StaticString) -> Int? {
        var index = at
        while index + text.utf8CodeUnitCount <= input.count {
            if starts(text, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// The encoding that the declaration names, in lower case.
    private func declared(upTo end: Int) -> String? {
        let declaration = String(decoding: input[at..<end], as: UTF8.self)
        let parts = declaration.split(whereSeparator: { $0.isWhitespace || "='\"".contains($0) })
        guard let name = parts.firstIndex(of: "encoding"), name + 1 < parts.count else { return nil }
        return parts[name + 1].lowercased()
    }

    private func defect(_ reason: String) -> RequestDefect {
        RequestDefect(reason: "\(reason) (byte \(at))")
    }
}
