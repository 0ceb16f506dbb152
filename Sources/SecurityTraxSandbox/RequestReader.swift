import SecurityTrax

/// Why a body is not a request document: answered with 400.
struct RequestDefect: Error {
    /// What is wrong, and at which byte.
    var reason: String
}

/// Reads a request document, strictly: well-formed XML 1.0 in UTF-8 with a declaration
/// and no DOCTYPE, `root/requests/request[@type]/attribute[@name]`, and nothing else.
struct RequestReader: XMLHandler {
    private var content = RequestContent()
    private var path: [String] = []
    private var hasDeclaration = false
    private var hasRequests = false
    /// Where the open request's type stands, and its first attribute.
    private var type = 0..<0
    private var firstAttribute = 0
    /// Where the open attribute's name stands, and where its text begins.
    private var name = 0..<0
    private var textStart = 0

    /// The names of the elements, from the root inwards, and of the attribute that each must have.
    private static let levels: [(element: String, attribute: String?)] = [
        ("root", nil), ("requests", nil), ("request", "type"), ("attribute", "name"),
    ]

    private init() {}

    /// Reads a whole body.
    static func read(_ body: [UInt8]) throws(RequestDefect) -> RequestContent {
        guard String(validating: body, as: UTF8.self) != nil else {
            throw RequestDefect(reason: "the body is not UTF-8")
        }
        var reader = RequestReader()
        reader.content.bytes.reserveCapacity(body.count)
        let result = body.withUnsafeBufferPointer { bytes -> Result<Void, XMLDamage> in
            Result { () throws(XMLDamage) in try ExpatParser.parse(bytes, handler: &reader) }
        }
        do { try result.get() } catch {
            throw RequestDefect(
                reason: error.kind == .empty ? "the body is empty" : "\(error.words) (byte \(error.byte))")
        }
        guard reader.hasRequests else { throw RequestDefect(reason: "expected <requests>") }
        return reader.content
    }

    mutating func declaration(encoding: String?) throws(XMLRefusal) {
        hasDeclaration = true
        if let encoding, encoding.lowercased() != "utf-8" {
            throw XMLRefusal("the encoding is \(encoding), not UTF-8")
        }
    }

    mutating func open(_ element: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal) {
        guard hasDeclaration else { throw XMLRefusal("no XML declaration") }
        guard path.count < Self.levels.count else { throw XMLRefusal("an element inside an attribute") }
        let level = Self.levels[path.count]
        guard element.text == level.element else { throw XMLRefusal("expected <\(level.element)>") }
        guard attributes.map(\.name.text) == (level.attribute.map { [$0] } ?? []) else {
            throw XMLRefusal(
                "expected <\(level.element)> with "
                    + (level.attribute.map { "the attribute \($0) alone" } ?? "no attribute"))
        }
        path.append(level.element)
        let value = attributes.first { _ in true }?.value
        switch path.count {
        case 2:
            guard !hasRequests else { throw XMLRefusal("more than one <requests>") }
            hasRequests = true
        case 3:
            type = keep(value)
            firstAttribute = content.attributes.count
        case 4:
            name = keep(value)
            textStart = content.bytes.count
        default: break
        }
    }

    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLRefusal) {
        if path.count == 4 {
            content.bytes.append(contentsOf: piece)
        } else if !piece.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }) {
            throw XMLRefusal("text outside <attribute>")
        }
    }

    mutating func close(_ element: XMLToken) {
        switch path.count {
        case 3:
            content.requests.append(.init(type: type, attributes: firstAttribute..<content.attributes.count))
        case 4: content.attributes.append(.init(name: name, value: textStart..<content.bytes.count))
        default: break
        }
        path.removeLast()
    }

    private mutating func keep(_ token: XMLToken?) -> Range<Int> {
        let start = content.bytes.count
        if let token { content.bytes.append(contentsOf: token.bytes) }
        return start..<content.bytes.count
    }
}
