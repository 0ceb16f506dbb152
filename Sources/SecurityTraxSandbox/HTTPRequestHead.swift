/// The head of one HTTP request.
struct HTTPRequestHead {
    var method: String
    /// The path, its query cut off.
    var path: String
    var isHTTP10: Bool
    /// Names in lower case, values trimmed; in order, repeated ones included.
    var fields: [(name: String, value: String)] = []

    /// A field's only value, or its values joined by commas.
    subscript(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// Reads a head, up to and with its blank line; nil where it is not HTTP.
    init?(_ bytes: ArraySlice<UInt8>) {
        var lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        guard let line = lines.popFirst() else { return nil }
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0", !parts[0].isEmpty else {
            return nil
        }
        method = String(parts[0])
        path = String(parts[1].prefix { $0 != "?" })
        isHTTP10 = parts[2] == "HTTP/1.0"
        for line in lines where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
                line.first?.isWhitespace == false
            else { return nil }
            let value = line[line.index(after: colon)...]
            fields.append((line[..<colon].lowercased(), String(value.trimmingBlanks)))
        }
    }

    /// Whether the client wants to use the connection again.
    var keepsAlive: Bool {
        let tokens = (self["connection"] ?? "").lowercased().split(separator: ",").map(\.trimmingBlanks)
        return isHTTP10 ? tokens.contains("keep-alive") : !tokens.contains("close")
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
