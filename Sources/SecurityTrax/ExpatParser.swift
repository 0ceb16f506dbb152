import CExpat

/// A strict parser of XML 1.0 without document types, libexpat's: it repairs nothing, opens nothing but the
/// bytes that it is given, and what it handed over before an error is complete all the same.
///
/// A document type is where entities are declared, so that stopping at it leaves no entity to expand;
/// libexpat's own limits on amplification stay as they are.
package struct ExpatParser {
    /// Elements nested deeper than this are damage.
    package static let depthLimit = 64
    /// Longer names of elements and attributes are damage.
    package static let nameLimit = 1_000
    /// More attributes of one element are damage.
    package static let attributeLimit = 100
    /// Longer values of attributes are damage.
    package static let valueLimit = 65_536

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - bytes: the document, from its first byte to its last.
    ///   - charset: what the transport says of its encoding, which counts where the document says
    ///     nothing itself: neither by a byte order mark nor in its declaration.
    ///   - handler: told of all that is complete, in order.
    /// - Throws: where the document is damaged, or the handler refuses it.
    package static func parse<Handler: XMLHandler>(
        _ bytes: UnsafeBufferPointer<UInt8>, charset: String? = nil, handler: inout Handler
    ) throws(XMLDamage) {
        guard !bytes.isEmpty, let count = Int32(exactly: bytes.count) else {
            throw bytes.isEmpty
                ? XMLDamage(kind: .empty, words: "no byte", byte: 0)
                : XMLDamage(kind: .tooLarge, words: "beyond 2 GB", byte: 0)
        }
        let encoding = encoding(of: bytes, charset: charset)
        guard let parser = XML_ParserCreate(encoding) else {
            throw XMLDamage(kind: .tooLarge, words: "no memory for a parser", byte: 0)
        }
        defer { XML_ParserFree(parser) }
        let (status, damage) = withUnsafeMutablePointer(to: &handler) { handler in
            let session = HandlerSession(parser, handler)
            return withExtendedLifetime(session) {
                let status = bytes.withMemoryRebound(to: CChar.self) {
                    XML_Parse(parser, $0.baseAddress, count, 1)
                }
                return (status, session.damage)
            }
        }
        if let damage { throw damage }
        if status != XML_STATUS_OK { throw self.damage(of: parser) }
    }

    private static func damage(of parser: OpaquePointer) -> XMLDamage {
        let code = XML_GetErrorCode(parser)
        let kind: XMLDamage.Kind
        switch code {
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
            XML_ERROR_UNCLOSED_CDATA_SECTION:
            kind = .truncated
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING: kind = .unknownEncoding
        case XML_ERROR_NO_MEMORY: kind = .tooLarge
        default: kind = .notWellFormed
        }
        let words = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
        return XMLDamage(kind: kind, words: words, byte: max(0, Int(XML_GetCurrentByteIndex(parser))))
    }

    // MARK: Encoding

    /// The encoding to tell libexpat, which would take it for better than the document's own word: nil
    /// wherever the document says it itself in a way that libexpat understands.
    private static func encoding(of bytes: UnsafeBufferPointer<UInt8>, charset: String?) -> String? {
        if hasMark(bytes) { return nil }
        if let isNamed = isEncodingNamed(bytes) {
            if isNamed { return nil }
        } else if let declared = declaredEncoding(of: bytes) {
            return declared.lowercased() == "utf8" ? "UTF-8" : nil
        }
        guard let charset, !charset.isEmpty else { return nil }
        return charset.lowercased() == "utf8" ? "UTF-8" : charset
    }

    /// Whether the first bytes tell the encoding: a byte order mark, or UTF-16 without one.
    private static func hasMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // What nearly every document begins with.
        if bytes.count > 1, bytes[0] == UInt8(ascii: "<"), bytes[1] != 0 { return false }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(2).contains(0)
    }

    /// Whether a declaration in one of its usual spellings names an encoding, which is UTF-8 then; nil for all others.
    private static func isEncodingNamed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        usualDeclarations.first { bytes.starts(with: $0.bytes) }?.isEncodingNamed
    }

    private static let usualDeclarations: [(bytes: [UInt8], isEncodingNamed: Bool)] = [
        (Array("<?xml version=\"1.0\"?>".utf8), false), (Array("<?xml version='1.0'?>".utf8), false),
        (Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8), true),
        (Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>".utf8), true),
    ]

    /// The encoding that the declaration names.
    private static func declaredEncoding(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.starts(with: "<?xml".utf8), let parser = XML_ParserCreate(nil) else { return nil }
        defer { XML_ParserFree(parser) }
        var declared: String?
        withUnsafeMutablePointer(to: &declared) { place in
            XML_SetUserData(parser, place)
            XML_SetXmlDeclHandler(parser) { place, _, encoding, _ in
                place?.assumingMemoryBound(to: String?.self).pointee = encoding.map { String(cString: $0) }
            }
            // A declaration is short, and nothing behind it matters here.
            let start = UnsafeBufferPointer(rebasing: bytes.prefix(1_024))
            _ = start.withMemoryRebound(to: CChar.self) {
                XML_Parse(parser, $0.baseAddress, Int32($0.count), 0)
            }
        }
        return declared
    }
}

/// What libexpat's callbacks need while one document is read: a class without a type parameter, since they are plain C.
private class ParsingSession {
    fileprivate let parser: OpaquePointer
    private var depth = 0
    /// Why reading was stopped; libexpat may call back once more after that.
    private(set) final var damage: XMLDamage?

    init(_ parser: OpaquePointer) {
        self.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(parser, elementDidOpen, elementDidClose)
        XML_SetCharacterDataHandler(parser, textDidArrive)
        XML_SetXmlDeclHandler(parser, declarationDidArrive)
        XML_SetStartDoctypeDeclHandler(parser, documentTypeDidBegin)
        XML_SetUnknownEncodingHandler(parser, encodingIsUnknown, nil)
    }

    // MARK: The handler

    fileprivate func handOpening(_ name: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal) {}
    fileprivate func handClosing(_ name: XMLToken) throws(XMLRefusal) {}
    fileprivate func handText(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLRefusal) {}
    fileprivate func handDeclaration(_ encoding: String?) throws(XMLRefusal) {}

    // MARK: The callbacks

    private func stop(_ kind: XMLDamage.Kind, _ words: String) {
        guard damage == nil else { return }
        damage = XMLDamage(kind: kind, words: words, byte: max(0, Int(XML_GetCurrentByteIndex(parser))))
        isStopped = true
        XML_StopParser(parser, 0)
    }

    private final var isStopped = false

    fileprivate final func open(
        _ name: UnsafePointer<CChar>, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        guard !isStopped else { return }
        depth += 1
        guard depth <= ExpatParser.depthLimit else { return stop(.tooDeep, "elements nested too deeply") }
        let name = XMLToken(name)
        let attributes = XMLAttributes(list)
        var count = 0
        var isBounded = name.bytes.count <= ExpatParser.nameLimit
        for attribute in attributes {
            count += 1
            isBounded =
                isBounded && count <= ExpatParser.attributeLimit
                && attribute.name.bytes.count <= ExpatParser.nameLimit
                && attribute.value.bytes.count <= ExpatParser.valueLimit
            guard isBounded else { break }
        }
        guard isBounded else { return stop(.tooLarge, "a name or an attribute is too long") }
        do throws(XMLRefusal) { try handOpening(name, attributes) } catch { stop(.refused, error.words) }
    }

    fileprivate final func close(_ name: UnsafePointer<CChar>) {
        guard !isStopped else { return }
        depth -= 1
        do throws(XMLRefusal) { try handClosing(XMLToken(name)) } catch { stop(.refused, error.words) }
    }

    fileprivate final func text(_ start: UnsafePointer<CChar>, _ count: Int32) {
        guard !isStopped else { return }
        let piece = UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: Int(count))
        do throws(XMLRefusal) { try handText(piece) } catch { stop(.refused, error.words) }
    }

    fileprivate final func declaration(_ encoding: UnsafePointer<CChar>?) {
        guard !isStopped else { return }
        let encoding = encoding.map { String(cString: $0) }
        do throws(XMLRefusal) { try handDeclaration(encoding) } catch { stop(.refused, error.words) }
    }

    fileprivate final func documentType() {
        stop(.documentType, "a document type declaration")
    }
}

/// A session that hands on to one type of handler, in place.
private final class HandlerSession<Handler: XMLHandler>: ParsingSession {
    private let handler: UnsafeMutablePointer<Handler>

    /// - Parameter handler: there for as long as the document is read.
    init(_ parser: OpaquePointer, _ handler: UnsafeMutablePointer<Handler>) {
        self.handler = handler
        super.init(parser)
    }

    override func handOpening(_ name: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal) {
        try handler.pointee.open(name, attributes)
    }
    override func handClosing(_ name: XMLToken) throws(XMLRefusal) { try handler.pointee.close(name) }
    override func handText(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLRefusal) {
        try handler.pointee.text(piece)
    }
    override func handDeclaration(_ encoding: String?) throws(XMLRefusal) {
        try handler.pointee.declaration(encoding: encoding)
    }
}

// MARK: libexpat's callbacks

private func session(_ context: UnsafeMutableRawPointer?) -> ParsingSession? {
    context.map { Unmanaged<ParsingSession>.fromOpaque($0).takeUnretainedValue() }
}

private let elementDidOpen: XML_StartElementHandler = { context, name, attributes in
    guard let name else { return }
    session(context)?.open(name, attributes)
}

private let elementDidClose: XML_EndElementHandler = { context, name in
    guard let name else { return }
    session(context)?.close(name)
}

private let textDidArrive: XML_CharacterDataHandler = { context, start, count in
    guard let start else { return }
    session(context)?.text(start, count)
}

private let declarationDidArrive: XML_XmlDeclHandler = { context, _, encoding, _ in
    session(context)?.declaration(encoding)
}

private let documentTypeDidBegin: XML_StartDoctypeDeclHandler = { context, _, _, _, _ in
    session(context)?.documentType()
}

/// Encodings of one byte a character. libexpat itself makes sure that ASCII is ASCII in them.
private let encodingIsUnknown: XML_UnknownEncodingHandler = { _, name, info in
    guard let name, let info, let table = SingleByteEncoding.table(of: String(cString: name)) else {
        return Int32(XML_STATUS_ERROR.rawValue)
    }
    withUnsafeMutableBytes(of: &info.pointee.map) { $0.copyBytes(from: table.withUnsafeBytes { Array($0) }) }
    info.pointee.data = nil
    info.pointee.convert = nil
    info.pointee.release = nil
    return Int32(XML_STATUS_OK.rawValue)
}
