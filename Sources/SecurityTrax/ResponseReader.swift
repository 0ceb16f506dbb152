/// Reads a response document as a stream.
struct ResponseReader: XMLHandler {
    /// Limits beyond which a document is damaged, or a text cut.
    enum Limit {
        static let responses = 10_000
        /// A customer's record has some dozens.
        static let details = 256
        static let nameBytes = 100
        static let textBytes = 4_096
        static let echoBytes = 65_536
    }

    private var document = ResponseDocument()
    /// How many elements are open.
    private var depth = 0
    /// Whether the root element is the one that it must be, and the open element below it a list of responses.
    private var isRoot = false
    private var isList = false
    private var isRootClosed = false
    private var listsSeen = 0
    /// Of the open elements, those that hold a message outside of any response: the first bit is the root element's.
    private var messages: UInt64 = 0

    /// The response being read, and whether there is one.
    private var response = ResponseReader.none
    private var isInResponse = false
    /// The details of the one before: most are alike.
    private var lastLeaves: [ResponseDocument.Leaf] = []
    private var texts = RecentTexts()
    /// Where inside the response the reader is.
    private var inData = false
    private var inReason = false
    private var echoDepth: Int?
    private var reasonText = BoundedText(limit: Limit.textBytes)
    private var looseText = BoundedText(limit: Limit.textBytes)
    private var messageText = BoundedText(limit: Limit.textBytes)
    /// The text of the element opened last, and whether it has no children so far.
    private var leafText = BoundedText(limit: Limit.textBytes)
    private var leafIsOpen = false
    private var echoName: ResponseDocument.Echo.Name?
    private var echoText = BoundedText(limit: Limit.echoBytes)
    private var echoHasContent = false

    private static let none = ResponseDocument.Response(
        type: "", success: .missing, leaves: [], reason: "", echo: nil)

    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - charset: what the transport says of its encoding.
    static func read(_ bytes: [UInt8], charset: String?) -> ResponseDocument {
        bytes.withUnsafeBufferPointer { body in
            var reader = ResponseReader()
            reader.parse(body, charset: charset)
            // Something that is no part of it may stand before the document: white space, a notice of PHP's.
            guard reader.document.damage != nil, !reader.isRoot,
                let start = DocumentStart.behindText(in: body)
            else { return reader.finish() }
            var second = ResponseReader()
            second.damage(.textBefore)
            second.parse(UnsafeBufferPointer(rebasing: body[start...]), charset: charset)
            return second.finish()
        }
    }

    private mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, charset: String?) {
        do { try ExpatParser.parse(bytes, charset: charset, handler: &self) } catch {
            damage(Self.damage(error))
            // A second document might say something else of the same rows.
            if isRootClosed, DocumentStart.holdsResponse(bytes[min(error.byte, bytes.count)...]) {
                document.responses = []
            }
        }
    }

    private mutating func finish() -> ResponseDocument {
        if listsSeen == 0 { damage(.otherDocument) }
        document.message = messageText.words
        return document
    }

    /// Notes the first thing that is wrong.
    private mutating func damage(_ what: ResponseDocument.Damage) {
        if document.damage == nil { document.damage = what }
    }

    private static func damage(_ damage: XMLDamage) -> ResponseDocument.Damage {
        switch damage.kind {
        case .empty: .empty
        case .truncated: .truncated
        case .notWellFormed: .notWellFormed(damage.words, byte: damage.byte)
        case .documentType: .documentType
        case .tooDeep: .tooDeep
        case .tooLarge: .tooLarge(damage.words)
        case .unknownEncoding: .unknownEncoding
        case .refused: .tooManyResponses
        }
    }

    // MARK: What the parser reports

    mutating func open(_ name: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal) {
        depth += 1
        let isResponse = name == "response"
        if isResponse, !document.mentionsCreate,
            Self.attribute("type", of: attributes, texts: &texts).value == RequestDocument.createType
        {
            document.mentionsCreate = true
        }
        switch depth {
        case 1:
            isRoot = name == "root"
            if !isRoot { damage(.otherDocument) }
        case 2:
            isList = isRoot && name == "responses"
            if isList {
                listsSeen += 1
                if listsSeen > 1 { damage(.severalLists) }
            }
        case 3 where isList && isResponse:
            try openResponse(attributes)
            return
        default: break
        }
        if !isInResponse || isResponse && attributes.first("type") != nil {
            if !isInResponse, Self.isMessage(name) { messages |= 1 << (depth - 1) }
            if isResponse { damage(.strayResponse) }
            return
        }
        openInside(name, attributes)
    }

    mutating func close(_ name: XMLToken) {
        if isInResponse {
            if depth == 3 { closeResponse() } else { closeInside(name) }
        }
        messages &= ~(1 << (depth - 1))
        depth -= 1
        if depth == 0 { isRootClosed = true }
    }

    private static func isMessage(_ name: XMLToken) -> Bool {
        name == "message" || name == "messages" || name == "error" || name == "errors"
    }

    // MARK: Responses

    private mutating func openResponse(_ attributes: XMLAttributes) throws(XMLRefusal) {
        guard document.responses.count < Limit.responses else {
            damage(.tooManyResponses)
            throw XMLRefusal("too many responses")
        }
        let type = Self.attribute("type", of: attributes, texts: &texts)
        let success = Self.attribute("success", of: attributes, texts: &texts)
        isInResponse = true
        response = ResponseDocument.Response(
            type: type.value, success: Self.success(success), leaves: [], reason: "", echo: nil)
        inData = false
        inReason = false
        echoDepth = nil
        leafIsOpen = false
        reasonText.clear()
        looseText.clear()
    }

    private mutating func closeResponse() {
        response.reason = reasonText.words(&texts)
        if response.reason.isEmpty { response.reason = looseText.words(&texts) }
        if response.leaves == lastLeaves {
            response.leaves = lastLeaves
        } else {
            lastLeaves = response.leaves
        }
        document.responses.append(response)
        response = Self.none
        isInResponse = false
    }

    private mutating func openInside(_ name: XMLToken, _ attributes: XMLAttributes) {
        if depth == 4 {
            if name == "data" {
                inData = true
            } else if Self.isMessage(name) {
                inReason = true
            } else if name == "system_request" {
                echoDepth = 4
                echoHasContent = false
                if response.echo != nil { response.echo?.isUnreadable = true }
            }
        } else if echoDepth != nil {
            let wireName = name == "attribute" ? attributes.first("name") : name
            echoName = wireName.flatMap { ResponseDocument.Echo.Name($0) }
            echoText.clear()
            echoHasContent = true
        }
        if inData || inReason { reasonText.appendSeparator() }
        leafText.clear()
        leafIsOpen = true
    }

    private mutating func closeInside(_ name: XMLToken) {
        if let echoDepth {
            if depth == echoDepth {
                closeEcho()
            } else if let name = echoName {
                keepEcho(name)
                echoName = nil
            }
        } else if inData, leafIsOpen, depth > 4 {
            keepDetail(name)
        }
        if inData || inReason { reasonText.appendSeparator() }
        leafIsOpen = false
        if depth == 4 {
            inData = false
            inReason = false
        }
    }

    private mutating func keepDetail(_ name: XMLToken) {
        // A password is never a detail of an appointment.
        guard name.bytes.count <= Limit.nameBytes, !name.isWord("password"),
            response.leaves.count < Limit.details
        else { return }
        response.leaves.append(
            ResponseDocument.Leaf(
                detail: ResponseDetail(name: texts.text(name.bytes), value: leafText.words(&texts)),
                depth: depth))
    }

    private mutating func keepEcho(_ name: ResponseDocument.Echo.Name) {
        var echo = response.echo.take() ?? ResponseDocument.Echo()
        echoText.withBytes { echo.keep($0, as: name) }
        if echoText.isCut { echo.isUnreadable = true }
        response.echo = echo
    }

    /// An echo without any content is none; one without a known attribute can't be compared.
    private mutating func closeEcho() {
        echoDepth = nil
        echoName = nil
        guard echoHasContent, response.echo == nil else { return }
        var echo = ResponseDocument.Echo()
        echo.isUnreadable = true
        response.echo = echo
    }

    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard isInResponse else {
            if depth > 0, messages & 1 << (depth - 1) != 0 { messageText.append(piece) }
            return
        }
        if echoDepth != nil {
            if echoName != nil {
                echoText.append(piece)
            } else if depth == 4, !piece.allSatisfy({ $0 <= 0x20 }) {
                echoHasContent = true
            }
            return
        }
        if inData || inReason {
            reasonText.append(piece)
            if leafIsOpen { leafText.append(piece) }
        } else {
            looseText.append(piece)
        }
    }

    // MARK: Attributes

    /// An attribute by name in any letter case, trimmed. Two that differ in case
    /// only contradict each other.
    ///
    /// - Parameter name: in lower case.
    private static func attribute(
        _ name: StaticString, of attributes: XMLAttributes, texts: inout RecentTexts
    ) -> (value: String, isContradicted: Bool) {
        var found: XMLToken?
        for attribute in attributes where attribute.name.isWord(name) {
            if found != nil { return ("", true) }
            found = attribute.value
        }
        return (found.map { texts.trimmed($0.bytes) } ?? "", false)
    }

    private static func success(
        _ attribute: (value: String, isContradicted: Bool)
    ) -> ResponseDocument.Success {
        if attribute.isContradicted { return .unreadable }
        return switch attribute.value {
        case "true": .yes
        case "false": .no
        case "": .missing
        default:
            switch attribute.value.lowercased() {
            case "true": .yes
            case "false": .no
            default: .unreadable
            }
        }
    }
}
