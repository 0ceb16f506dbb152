/// Writes HTTP answers.
enum HTTPAnswerWriter {
    /// 200 with a document.
    static func xml(_ document: [UInt8], keepAlive: Bool) -> [UInt8] {
        var bytes = head(200, length: document.count, keepAlive: keepAlive)
        bytes.append(contentsOf: document)
        return bytes
    }

    /// 200 with a web page.
    static func page(_ fault: Fault, keepAlive: Bool) -> [UInt8] {
        let page =
            fault.text(.body) ?? """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>\(fault.text(.title) ?? "Log in")</title></head>
                <body><form method="post"><input name="user"><input name="password" type="password"></form></body>
                </html>

                """
        let body = Array(page.utf8)
        return head(200, length: body.count, keepAlive: keepAlive, type: "text/html; charset=utf-8") + body
    }

    /// A status with a reason for people.
    static func text(
        _ status: Int, _ reason: String, keepAlive: Bool, fields: [(String, String)] = []
    ) -> [UInt8] {
        let body = Array("\(status) \(phrase(status)): \(reason)\n".utf8)
        return head(
            status, length: body.count, keepAlive: keepAlive, type: "text/plain; charset=utf-8",
            fields: fields)
            + body
    }

    /// The answer of a status fault, with the response document where one is given.
    static func status(_ fault: Fault, document: [UInt8]?, keepAlive: Bool) -> [UInt8] {
        let status = fault.status ?? 500
        var fields: [(String, String)] = []
        if let value = fault.text(.retryAfter) { fields.append(("Retry-After", value)) }
        if let value = fault.text(.location) { fields.append(("Location", value)) }
        if let value = fault.text(.authenticate) { fields.append(("WWW-Authenticate", value)) }
        let body = document ?? Array((fault.text(.body) ?? "\(status) \(phrase(status))\n").utf8)
        // 1xx, 204 and 304 have no body (RFC 9110, 6.4.1).
        if status < 200 || status == 204 || status == 304 {
            return head(
                status, length: nil, keepAlive: keepAlive, type: nil, fields: fields, isBodiless: true)
        }
        let isMarkup = body.first == UInt8(ascii: "<")
        let type = document != nil ? "text/xml" : isMarkup ? "text/html" : "text/plain"
        return head(
            status, length: body.count, keepAlive: keepAlive, type: type + "; charset=utf-8", fields: fields)
            + body
    }

    /// A status line and its fields; chunked where no length is given.
    static func head(
        _ status: Int, length: Int?, keepAlive: Bool, type: String? = "text/xml; charset=utf-8",
        fields: [(String, String)] = [], isBodiless: Bool = false
    ) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(phrase(status))\r\nServer: stimport-sandbox\r\n"
        if let type { text += "Content-Type: \(type)\r\n" }
        if let length {
            text += "Content-Length: \(length)\r\n"
        } else if !isBodiless {
            text += "Transfer-Encoding: chunked\r\n"
        }
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        text += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"
        return Array(text.utf8)
    }

    /// One chunk; the empty one ends the body.
    static func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Status"
        }
    }
}
