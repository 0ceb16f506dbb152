import SecurityTrax

/// Writes a response document.
struct ResponseWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// The whole document.
    static func document(
        _ content: RequestContent, authentication: RowAnswer?, rows: [RowAnswer],
        echoes: Bool, doctype: StaticString? = nil, message: String? = nil
    ) -> [UInt8] {
        var writer = ResponseWriter(capacity: content.bytes.count * 2 + rows.count * 900 + 512)
        writer.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        if let doctype { writer.put(doctype) }
        writer.put("<root>\n<responses>\n")
        if let message {
            writer.put("<message>")
            writer.putRaw(message)
            writer.put("</message>\n")
        }
        if let authentication {
            writer.put(authentication, of: content, isAuthentication: true, echoes: echoes)
        }
        for row in rows {
            writer.put(row, of: content, isAuthentication: false, echoes: echoes)
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
            putEscaped(Array(type.utf8)[...])
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
            putEscaped(Array(reason.utf8)[...])
            put("</message>\n")
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
            for (offset, attribute) in content.attributes[request.attributes].enumerated() {
                put("<attribute name=\"")
                putEscaped(content.bytes[attribute.name])
                put("\">")
                if offset == AppointmentField.customerID.rawValue, let customer = row.echoedCustomer {
                    putRaw(customer)
                } else if offset == AppointmentField.end.rawValue, let end = row.echoedEnd {
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
