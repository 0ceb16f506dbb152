/// Reads a response document as a stream.
final class ResponseReader: XMLHandler {
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
    /// The open elements' names.
    private var path: [String] = []
    private var rootName: String?
    private var isRootClosed = false
    private var listsSeen = 0

    /// The response being read, and the depth of its element.
    private var response: ResponseDocument.Response?
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
    private var echoName: String?
    private var echoText = BoundedText(limit: Limit.echoBytes)
    private var echoHasContent = false

    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - charset: what the transport says of its encoding.
    static func read(_ bytes: [UInt8], charset: String?) -> ResponseDocument {
        bytes.withUnsafeBufferPointer { body in
            let reader = ResponseReader()
            reader.parse(body, charset: charset)
            // Something that is no part of it may stand before the document: white space, a notice of PHP's.
            guard reader.document.damage != nil, reader.rootName != "root",
                let start = DocumentStart.behindText(in: body)
            else { return reader.finish() }
            let second = ResponseReader()
            second.damage(.textBefore)
            second.parse(UnsafeBufferPointer(rebasing: body[start...]), charset: charset)
            return second.finish()
        }
    }

    private func parse(_ bytes: UnsafeBufferPointer<UInt8>, charset: String?) {
        do { try ExpatParser.parse(bytes, charset: charset, handler: self) } catch {
            damage(Self.damage(error))
            // A second document might say something else of the same rows.
            if isRootClosed, DocumentStart.holdsResponse(bytes[min(error.byte, bytes.count)...]) {
                document.responses = []
            }
        }
    }

    private func finish() -> ResponseDocument {
        if listsSeen == 0 { damage(.otherDocument) }
        document.message = messageText.words
        return document
    }

    /// Notes the first thing that is wrong.
    private func damage(_ what: ResponseDocument.Damage) {
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

    func open(_ name: String, _ attributes: [XMLAttribute]) throws(XMLRefusal) {
        path.append(name)
        if path.count == 1 { rootName = name }
        if name == "response", Self.attribute("type", of: attributes).value == RequestDocument.createType {
            document.mentionsCreate = true
        }
        switch path.count {
        case 1:
            if name != "root" { damage(.otherDocument) }
        case 2:
            if name == "responses", path[0] == "root" {
                listsSeen += 1
                if listsSeen > 1 { damage(.severalLists) }
            }
        case 3 where path[0] == "root" && path[1] == "responses" && name == "response":
            try openResponse(attributes)
            return
        default: break
        }
        if response == nil || name == "response" && attributes.contains(where: { $0.name == "type" }) {
            if name == "response" { damage(.strayResponse) }
            return
        }
        openInside(name, attributes)
    }

    func close(_ name: String) {
        if response != nil {
            if path.count == 3 { closeResponse() } else { closeInside(name) }
        }
        path.removeLast()
        if path.isEmpty { isRootClosed = true }
    }

    // MARK: Responses

    private func openResponse(_ attributes: [XMLAttribute]) throws(XMLRefusal) {
        guard document.responses.count < Limit.responses else {
            damage(.tooManyResponses)
            throw XMLRefusal("too many responses")
        }
        let type = Self.attribute("type", of: attributes)
        let success = Self.attribute("success", of: attributes)
        response = ResponseDocument.Response(
            type: type.value, success: Self.success(success), leaves: [], reason: "", echo: nil)
        inData = false
        inReason = false
        echoDepth = nil
        leafIsOpen = false
        reasonText.clear()
        looseText.clear()
    }

    private func closeResponse() {
        guard var complete = response else { return }
        let reason = reasonText.words
        complete.reason = reason.isEmpty ? looseText.words : reason
        document.responses.append(complete)
        response = nil
    }

    private func openInside(_ name: String, _ attributes: [XMLAttribute]) {
        if path.count == 4 {
            switch name {
            case "data": inData = true
            case "message", "messages", "error", "errors": inReason = true
            case "system_request":
                echoDepth = 4
                echoHasContent = false
                if response?.echo != nil { response?.echo?.isUnreadable = true }
            default: break
            }
        } else if echoDepth != nil {
            let wireName = name == "attribute" ? attributes.first { $0.name == "name" }?.value ?? "" : name
            let trimmed = BoundedText.trimmed(wireName)
            echoName = Self.echoed.contains(trimmed) ? trimmed : nil
            echoText.clear()
            echoHasContent = true
        }
        if inData || inReason { reasonText.appendSeparator() }
        leafText.clear()
        leafIsOpen = true
    }

    private func closeInside(_ name: String) {
        if let depth = echoDepth {
            if path.count == depth {
                closeEcho()
            } else if let name = echoName {
                keepEcho(name)
                echoName = nil
            }
        } else if inData, leafIsOpen, path.count > 4 {
            keepDetail(name)
        }
        if inData || inReason { reasonText.appendSeparator() }
        leafIsOpen = false
        if path.count == 4 {
            inData = false
            inReason = false
        }
    }

    private func keepDetail(_ name: String) {
        // A password is never a detail of an appointment.
        let isPassword = name.utf8.count == 8 && name.lowercased() == "password"
        guard name.utf8.count <= Limit.nameBytes, !isPassword,
            (response?.leaves.count ?? 0) < Limit.details
        else { return }
        response?.leaves.append(
            ResponseDocument.Leaf(
                detail: ResponseDetail(name: name, value: leafText.words), depth: path.count))
    }

    /// The attributes that tell which request a response repeats. Never those of the auth block.
    private static let echoed = Set(AppointmentField.allCases.map(\.name)).subtracting([
        AppointmentField.notes.name
    ]).union(["IDType", "ID"])

    private func keepEcho(_ name: String) {
        var echo = response?.echo ?? ResponseDocument.Echo()
        if echo.values[name] != nil || echoText.isCut { echo.isUnreadable = true }
        echo.values[name] = echoText.text
        response?.echo = echo
    }

    /// An echo without any content is none; one without a known attribute can't be compared.
    private func closeEcho() {
        echoDepth = nil
        echoName = nil
        guard echoHasContent, response?.echo == nil else { return }
        response?.echo = ResponseDocument.Echo(values: [:], isUnreadable: true)
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard response != nil else {
            if let name = path.last, ["message", "messages", "error", "errors"].contains(name) {
                messageText.append(piece)
            }
            return
        }
        if echoDepth != nil {
            if echoName != nil {
                echoText.append(piece)
            } else if path.count == 4, !piece.allSatisfy({ $0 <= 0x20 }) {
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
    private static func attribute(
        _ name: String, of attributes: [XMLAttribute]
    ) -> (value: String, isContradicted: Bool) {
        func isIt(_ attribute: XMLAttribute) -> Bool {
            attribute.name == name
                || attribute.name.utf8.count == name.utf8.count && attribute.name.lowercased() == name
        }
        guard let first = attributes.first(where: isIt) else { return ("", false) }
        if attributes.count(where: isIt) > 1 { return ("", true) }
        return (BoundedText.trimmed(first.value), false)
    }

    private static func success(
        _ attribute: (value: String, isContradicted: Bool)
    ) -> ResponseDocument.Success {
        if attribute.isContradicted { return .unreadable }
        return switch attribute.value.lowercased() {
        case "true": .yes
        case "false": .no
        case "": .missing
        default: .unreadable
        }
    }
}
