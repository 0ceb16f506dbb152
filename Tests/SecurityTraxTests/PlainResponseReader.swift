@testable import SecurityTrax

/// The reader of response documents, written down plainly: a `String` for whatever the parser tells. What the real one
/// makes of bytes must be the same.
struct PlainResponseReader: XMLHandler {
    /// What a document says.
    struct Document: Equatable {
        var responses: [Response] = []
        var damage: ResponseDocument.Damage?
        var mentionsCreate = false
        var message = ""

        init() {}

        init(_ document: ResponseDocument) {
            responses = document.responses.map(Response.init)
            damage = document.damage
            mentionsCreate = document.mentionsCreate
            message = document.message
        }
    }

    struct Response: Equatable {
        var type: String
        var success: ResponseDocument.Success
        var leaves: [ResponseDocument.Leaf] = []
        var reason = ""
        var echo: Echo?

        init(type: String, success: ResponseDocument.Success) {
            self.type = type
            self.success = success
        }

        init(_ response: ResponseDocument.Response) {
            self.init(type: response.type, success: response.success)
            leaves = response.leaves
            reason = response.reason
            echo = response.echo.map(Echo.init)
        }
    }

    struct Echo: Equatable {
        var values: [String: String] = [:]
        var isUnreadable = false

        init() {}

        /// Nobody looks at the values of one that is unreadable.
        static func == (one: Echo, other: Echo) -> Bool {
            one.isUnreadable == other.isUnreadable && (one.isUnreadable || one.values == other.values)
        }

        init(_ echo: ResponseDocument.Echo) {
            isUnreadable = echo.isUnreadable
            for field in AppointmentField.allCases where field != .notes {
                if echo.has(.init(field)) { values[field.name] = echo.value(.init(field)) }
            }
            if echo.has(.idType) { values["IDType"] = echo.value(.idType) }
            if echo.has(.id) { values["ID"] = echo.value(.id) }
        }
    }

    private typealias Limit = ResponseReader.Limit

    private var document = Document()
    /// The open elements' names.
    private var path: [String] = []
    private var rootName: String?
    private var isRootClosed = false
    private var listsSeen = 0

    /// The response being read, and the depth of its element.
    private var response: Response?
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
    static func read(_ bytes: [UInt8], charset: String? = nil) -> Document {
        bytes.withUnsafeBufferPointer { body in
            var reader = PlainResponseReader()
            reader.parse(body, charset: charset)
            // Something that is no part of it may stand before the document: white space, a notice of PHP's.
            guard reader.document.damage != nil, reader.rootName != "root",
                let start = DocumentStart.behindText(in: body)
            else { return reader.finish() }
            var second = PlainResponseReader()
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

    private mutating func finish() -> Document {
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

    private typealias Attribute = (name: String, value: String)

    mutating func open(_ token: XMLToken, _ list: XMLAttributes) throws(XMLRefusal) {
        let name = token.text
        let attributes = list.map { (name: $0.name.text, value: $0.value.text) }
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

    mutating func close(_ token: XMLToken) {
        let name = token.text
        if response != nil {
            if path.count == 3 { closeResponse() } else { closeInside(name) }
        }
        path.removeLast()
        if path.isEmpty { isRootClosed = true }
    }

    // MARK: Responses

    private mutating func openResponse(_ attributes: [Attribute]) throws(XMLRefusal) {
        guard document.responses.count < Limit.responses else {
            damage(.tooManyResponses)
            throw XMLRefusal("too many responses")
        }
        let type = Self.attribute("type", of: attributes)
        let success = Self.attribute("success", of: attributes)
        response = Response(type: type.value, success: Self.success(success))
        inData = false
        inReason = false
        echoDepth = nil
        leafIsOpen = false
        reasonText.clear()
        looseText.clear()
    }

    private mutating func closeResponse() {
        guard var complete = response else { return }
        let reason = reasonText.words
        complete.reason = reason.isEmpty ? looseText.words : reason
        document.responses.append(complete)
        response = nil
    }

    private mutating func openInside(_ name: String, _ attributes: [Attribute]) {
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

    private mutating func closeInside(_ name: String) {
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

    private mutating func keepDetail(_ name: String) {
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

    private mutating func keepEcho(_ name: String) {
        var echo = response?.echo ?? Echo()
        if echo.values[name] != nil || echoText.isCut { echo.isUnreadable = true }
        echo.values[name] = echoText.withBytes { String(decoding: $0, as: UTF8.self) }
        response?.echo = echo
    }

    /// An echo without any content is none; one without a known attribute can't be compared.
    private mutating func closeEcho() {
        echoDepth = nil
        echoName = nil
        guard echoHasContent, response?.echo == nil else { return }
        var echo = Echo()
        echo.isUnreadable = true
        response?.echo = echo
    }

    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
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
        _ name: String, of attributes: [Attribute]
    ) -> (value: String, isContradicted: Bool) {
        func isIt(_ attribute: Attribute) -> Bool {
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
