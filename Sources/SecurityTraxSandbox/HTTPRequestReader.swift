/// Why a request cannot be read; the status that says so.
struct HTTPRequestDefect: Error {
    var status: Int
    var reason: String
}

/// Reads the requests of one connection, one after the other.
struct HTTPRequestReader {
    /// The longest head that is read, in bytes.
    static let headLimit = 64 << 10

    private let descriptor: Int32
    private let bodyLimit: Int
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var start = 0
    private var end = 0

    init(_ descriptor: Int32, bodyLimit: Int) {
        self.descriptor = descriptor
        self.bodyLimit = bodyLimit
    }

    /// Whether bytes of a further request have been read already.
    var hasMore: Bool { start < end }

    /// Waits for the next request's first byte; false at the end of the connection.
    mutating func waitForRequest() -> Bool {
        start < end || fill()
    }

    /// Reads a head; nil where the connection ends before it does.
    mutating func head() throws(HTTPRequestDefect) -> (head: HTTPRequestHead, bytes: [UInt8])? {
        var bytes: [UInt8] = []
        while true {
            guard waitForRequest() else { return nil }
            while start < end {
                let byte = buffer[start]
                start += 1
                // A blank line before a request is allowed (RFC 9112, 2.2).
                if bytes.isEmpty, byte == 13 || byte == 10 { continue }
                bytes.append(byte)
                if byte == 10, bytes.count >= 4, bytes.suffix(4) == [13, 10, 13, 10] {
                    guard let head = HTTPRequestHead(bytes.dropLast(4)) else {
                        throw HTTPRequestDefect(status: 400, reason: "not an HTTP/1.1 request")
                    }
                    return (head, bytes)
                }
                if bytes.count >= Self.headLimit {
                    throw HTTPRequestDefect(status: 431, reason: "the header fields are too long")
                }
            }
        }
    }

    /// Reads a body; nil where the connection ends before it does.
    mutating func body(of head: HTTPRequestHead) throws(HTTPRequestDefect) -> [UInt8]? {
        let coding = head["transfer-encoding"]
        if let coding {
            guard coding.lowercased() == "chunked" else {
                throw HTTPRequestDefect(status: 501, reason: "only chunked is understood")
            }
            guard head["content-length"] == nil else {
                throw HTTPRequestDefect(status: 400, reason: "both Content-Length and Transfer-Encoding")
            }
        }
        let length = try head["content-length"].map { text throws(HTTPRequestDefect) in
            guard let length = Int(text), length >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                throw HTTPRequestDefect(status: 400, reason: "the Content-Length is not a number")
            }
            guard length <= bodyLimit else {
                throw HTTPRequestDefect(status: 413, reason: "more than \(bodyLimit) bytes")
            }
            return length
        }
        if head.method == "POST", coding == nil, length == nil {
            throw HTTPRequestDefect(status: 411, reason: "a Content-Length is needed")
        }
        guard coding != nil || length ?? 0 > 0 else { return [] }
        if let expect = head["expect"] {
            guard expect.lowercased() == "100-continue" else {
                throw HTTPRequestDefect(status: 417, reason: "only 100-continue is understood")
            }
            Socket.sendAll(descriptor, Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        var body: [UInt8] = []
        if let length {
            body.reserveCapacity(length)
            return take(length, into: &body) ? body : nil
        }
        while true {
            guard let line = try line() else { return nil }
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0, line.first != "+" else {
                throw HTTPRequestDefect(status: 400, reason: "a chunk's size is not a number")
            }
            if size == 0 { break }
            guard size <= bodyLimit - body.count else {
                throw HTTPRequestDefect(status: 413, reason: "more than \(bodyLimit) bytes")
            }
            guard take(size, into: &body) else { return nil }
            guard let rest = try self.line() else { return nil }
            guard rest.isEmpty else { throw HTTPRequestDefect(status: 400, reason: "a chunk is too long") }
        }
        while let trailer = try line() {
            if trailer.isEmpty { return body }
        }
        return nil
    }

    /// Reads and forgets what still comes, so that closing does not reset the connection
    /// before the answer is read. Bounded: the peer cannot hold the thread.
    mutating func drain() {
        for _ in 0..<1024 {
            guard !Socket.isGone(descriptor, within: 200), fillIfReady() else { return }
        }
    }

    private mutating func fillIfReady() -> Bool {
        Socket.isReadable(descriptor) && fill()
    }

    /// Reads a line up to CRLF, without it.
    private mutating func line() throws(HTTPRequestDefect) -> String? {
        var bytes: [UInt8] = []
        while true {
            guard waitForRequest() else { return nil }
            let byte = buffer[start]
            start += 1
            if byte == 10, bytes.last == 13 { return String(decoding: bytes.dropLast(), as: UTF8.self) }
            bytes.append(byte)
            if bytes.count > 4096 {
                throw HTTPRequestDefect(status: 400, reason: "a chunk's line is too long")
            }
        }
    }

    private mutating func take(_ count: Int, into body: inout [UInt8]) -> Bool {
        var missing = count
        while missing > 0 {
            guard waitForRequest() else { return false }
            let part = min(missing, end - start)
            body.append(contentsOf: buffer[start..<(start + part)])
            start += part
            missing -= part
        }
        return true
    }

    private mutating func fill() -> Bool {
        start = 0
        end = buffer.withUnsafeMutableBytes { Socket.receive(descriptor, into: $0) }
        return end > 0
    }
}
