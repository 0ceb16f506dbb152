import Foundation
import TestSupport
import Testing

@testable import SecurityTrax

/// Writes compressed bodies: without really compressing, or only what is all zeros.
enum Deflate {
    /// A gzip stream (RFC 1952) that holds these bytes as they are.
    static func gzip(_ bytes: [UInt8], checksum: UInt32? = nil) -> [UInt8] {
        gzipHead + stored(bytes) + littleEndian(checksum ?? crc32(bytes)) + littleEndian(UInt32(bytes.count))
    }

    /// A zlib stream (RFC 1950) that holds these bytes as they are.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return [0x78, 0x01] + stored(bytes) + littleEndian(b << 16 | a).reversed()
    }

    /// A gzip stream of some times 258 zeros, without its end.
    static func bomb(_ copies: Int) -> [UInt8] {
        var output = gzipHead
        var (bits, count): (UInt32, UInt32) = (0, 0)
        func put(_ value: UInt32, _ width: UInt32) {
            for bit in (0..<width).reversed() {
                bits |= (value >> bit & 1) << count
                count += 1
                if count == 8 {
                    output.append(UInt8(bits))
                    (bits, count) = (0, 0)
                }
            }
        }
        // The last block, of fixed codes; a zero; then each time 258 of the byte before (RFC 1951, 3.2.6).
        put(0b110, 3)
        put(0b0011_0000, 8)
        for _ in 0..<copies {
            put(0b1100_0101, 8)
            put(0, 5)
        }
        return output
    }

    private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// One stored block, which is the last.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        return [1, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)] + bytes
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}

@Suite("Compressed answers")
struct ContentEncodingTests {
    static let document = Array(
        Answer.document([Answer.authenticated, Answer.create(), Answer.create("false")]).utf8)

    private static func answer(_ encoding: String, _ body: [UInt8]) -> [UInt8] {
        Array(
            "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
            + body
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var encoding: String
        var body: [UInt8]
        /// `answered`, or the failure.
        var expected: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "gzip", encoding: "gzip", body: Deflate.gzip(document), expected: "answered"),
        Case(name: "in other letters", encoding: "GZip", body: Deflate.gzip(document), expected: "answered"),
        Case(name: "x-gzip", encoding: "x-gzip", body: Deflate.gzip(document), expected: "answered"),
        Case(name: "deflate", encoding: "deflate", body: Deflate.zlib(document), expected: "answered"),
        Case(name: "identity", encoding: "identity", body: document, expected: "answered"),
        Case(
            name: "gzip twice", encoding: "gzip, gzip", body: Deflate.gzip(Deflate.gzip(document)),
            expected: "answered"),
        Case(name: "gzip that is none", encoding: "gzip", body: document, expected: "undecodable"),
        Case(name: "deflate that is none", encoding: "deflate", body: document, expected: "undecodable"),
        Case(
            name: "a wrong checksum", encoding: "deflate", body: Deflate.zlib(document).dropLast() + [0],
            expected: "undecodable"),
        Case(
            name: "something behind the stream", encoding: "gzip", body: Deflate.gzip(document) + [1, 2, 3],
            expected: "undecodable"),
        Case(name: "an unknown encoding", encoding: "x-rot13", body: document, expected: "undecodable"),
        Case(
            name: "a known one within an unknown one", encoding: "x-rot13, gzip",
            body: Deflate.gzip(document),
            expected: "undecodable"),
        Case(name: "a bomb", encoding: "gzip", body: Deflate.bomb(300_000), expected: "too-large"),
        Case(
            name: "a bomb within a stream", encoding: "gzip, gzip",
            body: Deflate.gzip(Array(Deflate.bomb(30_000).prefix(60_000))), expected: "too-large"),
    ]

    @Test(
        "What a service compresses unasked is decoded within the limit, or the batch is in doubt",
        arguments: cases)
    func decoding(_ row: Case) async throws {
        let server = try RawServer { _ in [.read, .sendBytes(Self.answer(row.encoding, row.body))] }
        defer { server.stop() }
        let client = try client(port: server.port) { $0.answerLimit = 1 << 20 }
        let observation = await client.post(smallBody)
        let verdict = PostVerdict(
            of: PostReading(observation), sent: batch(2), scrubber: testScrubber, authenticatedBefore: true,
            now: testTime)
        if row.expected == "answered" {
            #expect(observation.answer?.body == Self.document)
            #expect(verdict.short == "created refused")
        } else {
            #expect(observation.short == "unanswered \(row.expected)")
            #expect(verdict.short == "unknown")
        }
    }

    @Test("A compressed answer that is cut proves nothing by order")
    func cut() async throws {
        let whole = Deflate.gzip(Self.document)
        for kept in [0, 5, 10, 20, whole.count / 2, whole.count - 30] {
            let server = try RawServer { _ in
                [.read, .sendBytes(Self.answer("gzip", Array(whole.prefix(kept))))]
            }
            defer { server.stop() }
            let verdict = PostVerdict(
                of: PostReading(await (try client(port: server.port)).post(smallBody)), sent: batch(2),
                scrubber: testScrubber, authenticatedBefore: true, now: testTime)
            #expect(verdict.short == "unknown", "\(kept)")
        }
    }

    @Test(
        "The charset of the header is the answer's where its document declares none",
        arguments: [
            ("text/xml; charset=windows-1252", "Zë€"), ("text/xml;Charset=\"windows-1252\"", "Zë€"),
            ("application/xml; x=y; charset='windows-1252' ; z", "Zë€"), ("text/xml", nil),
            ("text/xml; charset=utf-8", nil), ("text/xml; charset=", nil), ("charset=windows-1252", nil),
        ] as [(String, String?)])
    func charset(type: String, text: String?) async throws {
        let body =
            Array("<root><responses>\(Answer.authenticated)".utf8)
            + Array("<response type='\(RequestDocument.createType)' success='false'><message>Z".utf8)
            + [0xEB, 0x80] + Array("</message></response></responses></root>".utf8)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n"
        let server = try RawServer { _ in [.read, .send(head), .sendBytes(body)] }
        defer { server.stop() }
        let verdict = PostVerdict(
            of: PostReading(await (try client(port: server.port)).post(smallBody)), sent: batch(1),
            scrubber: testScrubber, authenticatedBefore: true, now: testTime)
        if let text {
            #expect(verdict.outcome == .answered([.refused(reason: text)]))
        } else {
            #expect(verdict.short == "unknown")
        }
    }
}
