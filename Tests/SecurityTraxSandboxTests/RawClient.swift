import Foundation
import SecurityTrax
import SecurityTraxSandbox

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A client that sends exactly the bytes it is told and shows exactly those that come back.
final class RawClient {
    private let descriptor: Int32
    /// What was read but not yet taken.
    private var buffer: [UInt8] = []

    init(_ server: SandboxServer) throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #endif
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(server.port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            let error = POSIXError(.init(rawValue: errno) ?? .EIO)
            close(descriptor)
            throw error
        }
    }

    deinit {
        Foundation.close(descriptor)
    }

    #if canImport(Darwin)
        private static let noSignal: Int32 = 0
    #else
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Self.noSignal)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func post(_ body: String, path: String = SandboxServer.path, headers: String = "") {
        send(Self.request(body, path: path, headers: headers))
    }

    static func request(
        _ body: String, path: String = SandboxServer.path, headers: String = ""
    ) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    /// How a read ended.
    enum End: Sendable, Equatable {
        case closed
        case reset
    }

    /// Reads once more; nil where more bytes came.
    private func fill() -> End? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 { buffer += chunk[..<count] }
        return count > 0 ? nil : count == 0 ? .closed : .reset
    }

    /// Reads to the end of the connection.
    func readAll() -> (text: String, end: End) {
        while true {
            if let end = fill() { return (String(decoding: buffer, as: UTF8.self), end) }
        }
    }

    /// One answer: its status, its head, its body, and how the connection ended if it did meanwhile.
    struct Answer {
        var status: Int?
        var head = ""
        var body = ""
        var end: End?

        /// The value of a field, if any.
        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }

        /// The `type` and `success` of each response, in order.
        var responses: [String] {
            body.components(separatedBy: "<response ").dropFirst().map { text in
                String(text.prefix { $0 != ">" })
                    .replacingOccurrences(of: "GetSystemAuthentication", with: "auth")
                    .replacingOccurrences(of: "CreateTechScheduleBySecurityTraxUniqueID", with: "create")
            }
        }

        /// The customer that each echo names, in order.
        var echoedCustomers: [String] {
            let mark = "<attribute name=\"SecurityTraxUniqueID\">"
            return body.components(separatedBy: mark).dropFirst().map { String($0.prefix { $0 != "<" }) }
        }
    }

    /// Reads one answer by its Content-Length, or its chunks.
    func answer() -> Answer {
        var answer = Answer()
        let mark = Array("\r\n\r\n".utf8)
        var headEnd = 0
        while true {
            if let found = buffer.firstRange(of: mark) {
                headEnd = found.upperBound
                break
            }
            if let end = fill() {
                answer.end = end
                answer.head = String(decoding: buffer, as: UTF8.self)
                return answer
            }
        }
        answer.head = String(decoding: buffer[..<headEnd], as: UTF8.self)
        answer.status = answer.head.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        buffer.removeFirst(headEnd)
        if let length = answer.field("Content-Length").flatMap({ Int($0) }) {
            while buffer.count < length, answer.end == nil { answer.end = fill() }
            let body = buffer.prefix(length)
            answer.body = String(decoding: body, as: UTF8.self)
            buffer.removeFirst(body.count)
        } else if answer.field("Transfer-Encoding") == "chunked" {
            while true {
                guard let line = line(&answer), let size = Int(line, radix: 16) else { return answer }
                while buffer.count < size + 2, answer.end == nil { answer.end = fill() }
                guard buffer.count >= size + 2 else { return answer }
                answer.body += String(decoding: buffer.prefix(size), as: UTF8.self)
                buffer.removeFirst(size + 2)
                if size == 0 { break }
            }
        }
        return answer
    }

    private func line(_ answer: inout Answer) -> String? {
        while true {
            if let found = buffer.firstRange(of: [13, 10]) {
                let line = String(decoding: buffer[..<found.lowerBound], as: UTF8.self)
                buffer.removeFirst(found.upperBound)
                return line
            }
            if let end = fill() {
                answer.end = end
                return nil
            }
        }
    }

    /// Ends the connection with a reset.
    func abort() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        shutdown(descriptor, 2)
    }
}
