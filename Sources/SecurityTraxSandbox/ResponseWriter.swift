import SecurityTrax

/// Writes a response document.
struct ResponseWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// The whole document.
    static func document(_ draft: ResponseDraft, answering content: RequestContent) -> [UInt8] {
        var writer = ResponseWriter(capacity: content.bytes.count * 2 + draft.rows.count * 900 + 512)
        writer.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        if let doctype = draft.doctype { writer.put(doctype) }
        writer.put("<root>\n<responses>\n")
        if let message = draft.message {
            writer.put("<message>")
            writer.putRaw(message)
            writer.put("</message>\n")
        }
        if let authentication = draft.authentication {
            writer.put(authentication, of: content, isAuthentication: true, echoes: draft.echoes)
        }
        for row in draft.rows {
            writer.put(row, of: content, isAuthentication: false, echoes: draft.echoes)
        }
        writer.put("</responses>\n</root>\n")
        return writer.bytes
    }

    private mutating func put(
        _ row: RowAnswer, of content: RequestContent, isAuthentication: Bool, echoes: Bool
    ) {
        let request = row.request < content.requests.count ? content.requests[row.request] : nil
        put("<response type=\"")
        if isAuthentication {
            put(RequestRules.authType)
        } else if let type = row.type {
            putEscaped(type)
        } else if let request {
            putEscaped(content.bytes[request.type])
        }
        put("\"")
        if let success = row.success {
            put(" success=\"")
            putRaw(success)
            put("\"")
        }
        put(">\n<data>\n")
        if isAuthentication, row.reason == nil {
            put("<message>Authenticated To System</message>\n")
        } else if let reason = row.reason {
            put("<message>")
            putEscaped(reason)
            put("</message>\n")
        } else if let data = row.data {
            put(data)
        } else if let request, row.id > 0 {
            put("<AppointmentID>")
            putRaw(String(row.id))
            put("</AppointmentID>\n")
            putLeaf("CustomerID", .customerID, of: request, in: content)
            putLeaf("AppointmentStart", .start, of: request, in: content)
            putLeaf("AppointmentEnd", .end, of: request, in: content)
            put("<ConfirmationStatusName>Not Confirmed</ConfirmationStatusName>\n")
        }
        put("</data>\n")
        if echoes, row.echoes, let request {
            put("<system_request>\n")
            for attribute in content.attributes[request.attributes] {
                put("<attribute name=\"")
                putEscaped(content.bytes[attribute.name])
                put("\">")
                if let customer = row.echoedCustomer,
                    content.matches(attribute.name, "SecurityTraxUniqueID")
                        || content.matches(attribute.name, "ID")
                {
                    putRaw(customer)
                } else if let end = row.echoedEnd, content.matches(attribute.name, "EndTime") {
                    putRaw(end)
                } else {
                    putEscaped(content.bytes[attribute.value])
                }
                put("</attribute>\n")
            }
            put("</system_request>\n")
        }
        put("</response>\n")
    }

    private mutating func put(_ data: QueryData) {
        func leaf(_ name: String, _ value: String, _ writer: inout ResponseWriter) {
            writer.putRaw("<\(name)>")
            writer.putEscaped(value)
            writer.putRaw("</\(name)>\n")
        }
        switch data {
        case .ids(let ids):
            for id in ids { leaf("SecurityTraxUniqueID", id, &self) }
        case .customer(let customer):
            put("<Customer>\n")
            for (name, value) in customer.elements { leaf(name, value, &self) }
            put("</Customer>\n")
        }
    }

    private mutating func putLeaf(
        _ name: StaticString, _ field: AppointmentField, of request: RequestContent.Request,
        in content: RequestContent
    ) {
        put("<")
        put(name)
        put(">")
        putEscaped(content.bytes[content.attributes[request.attributes.lowerBound + field.rawValue].value])
        put("</")
        put(name)
        put(">\n")
    }

    private mutating func put(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func putRaw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func putEscaped(_ text: String) {
        putEscaped(Array(text.utf8)[...])
    }

    private mutating func putEscaped(_ text: ArraySlice<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): put("&amp;")
            case UInt8(ascii: "<"): put("&lt;")
            case UInt8(ascii: ">"): put("&gt;")
            case UInt8(ascii: "\""): put("&quot;")
            case 13: put("&#13;")
            default: bytes.append(byte)
            }
        }
    }
}
