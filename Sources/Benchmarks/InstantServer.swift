import Foundation
import Synchronization
import SystemFiles

/// A server that reads each request and answers at once that all of it was done: as little as can stand at the other
/// end of a post. One connection at a time on a thread of its own, for as long as the process lives; a thread for each
/// connection where an answer takes time.
final class InstantServer: Sendable {
    let port: UInt16
    private let posts = Atomic(0)

    /// - Parameters:
    ///   - delay: the seconds from a request to its answer.
    ///   - every: which posts are refused for now: each of this number.
    init(answeringAfter delay: Double = 0, refusingEvery every: Int? = nil) throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let listener = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) | listen(listener, 64)
                    | getsockname(listener, address, &length)
            }
        }
        guard listener >= 0, result == 0 else { throw BenchmarkFailure("no server can be started") }
        port = UInt16(bigEndian: address.sin_port)
        try WorkerThread.start("instant-server") { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                let serve: @Sendable () -> Void = { [self] in
                    self.serve(client, after: delay, refusingEvery: every)
                    close(client)
                }
                if delay == 0 {
                    serve()
                } else if (try? WorkerThread.start("instant-answer", serve)) == nil {
                    close(client)
                }
            }
        }
    }

    private static let create = Array("CreateTechScheduleBySecurityTraxUniqueID".utf8)

    /// Answers one connection's requests until it is closed.
    private func serve(_ client: Int32, after delay: Double, refusingEvery every: Int?) {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            while let request = Self.nextRequest(in: &received) {
                usleep(UInt32(delay * 1e6))
                var isRefused = false
                if let every, request.creates > 0 {
                    isRefused = posts.add(1, ordering: .relaxed).newValue % every == 0
                }
                var rest = (isRefused ? Self.refusal : Self.response(creates: request.creates))[...]
                while !rest.isEmpty {
                    let sent = rest.withUnsafeBytes { send(client, $0.baseAddress, $0.count, 0) }
                    guard sent > 0 else { return }
                    rest = rest.dropFirst(sent)
                }
            }
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            received += buffer[..<count]
        }
    }

    /// Takes a whole request off what was received.
    private static func nextRequest(in received: inout [UInt8]) -> (creates: Int, length: Int)? {
        guard let head = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: received[..<head.lowerBound], as: UTF8.self).lowercased()
        let length =
            lines.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
        let end = head.upperBound + length
        guard received.count >= end else { return nil }
        let creates = count(create, in: received[head.upperBound..<end])
        received.removeSubrange(..<end)
        return (creates, length)
    }

    /// How often a word stands in some bytes.
    private static func count(_ word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { bytes in
            guard var place = bytes.baseAddress, let first = word.first else { return 0 }
            let end = place + bytes.count
            var count = 0
            while let found = memchr(place, Int32(first), end - place),
                end - UnsafeRawPointer(found) >= word.count
            {
                if memcmp(found, word, word.count) == 0 { count += 1 }
                place = UnsafeRawPointer(found) + 1
            }
            return count
        }
    }

    private static let refusal = Array("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n".utf8)

    private static func response(creates: Int) -> [UInt8] {
        var body =
            "<?xml version=\"1.0\"?>\n<root>\n<responses>\n"
            + "<response type=\"GetSystemAuthentication\" success=\"true\">\n<data>\n<message>Authenticated To System</message>\n</data>\n</response>\n"
        for _ in 0..<creates {
            body +=
                "<response type=\"CreateTechScheduleBySecurityTraxUniqueID\" success=\"true\">\n<data>\n"
                + "<ConfirmationStatusName>Not Confirmed</ConfirmationStatusName>\n</data>\n</response>\n"
        }
        body += "</responses>\n</root>\n"
        return Array(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                .utf8)
    }
}
