import Foundation
import Testing

@testable import SecurityTrax

@Suite("The response document")
struct ResponseDocumentTests {
    static let sent = batch(3)

    /// Good answers of three rows, with and without echoes, in order and not.
    static let variations: [String] = {
        let echoes = sent.map { Answer.create(echo: $0) }
        let refusal = Answer.create("false", echo: sent[1], data: "<message>No such customer</message>")
        return [
            [Answer.create(), Answer.create(), Answer.create()],
            [Answer.create(), Answer.create("false"), Answer.create()],
            echoes, [echoes[2], echoes[0], echoes[1]], [echoes[0], refusal, echoes[2]],
            [echoes[2], refusal, echoes[0]],
        ].map { Answer.document([Answer.authenticated] + $0) }
    }()

    @Test(
        "An answer cut anywhere never creates a row that it does not speak of", arguments: variations.indices)
    func truncation(variation: Int) {
        let whole = Array(Self.variations[variation].utf8)
        guard case .answered(let complete) = verdict(bytes: whole, sent: Self.sent).outcome else {
            Issue.record("the whole answer must be trusted")
            return
        }
        // Only white space may be missing at the end.
        let last = whole.lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? whole.count
        for length in 0..<whole.count {
            let cut = Array(whole[..<length])
            let outcome = verdict(bytes: cut, sent: Self.sent).outcome
            if length >= last {
                #expect(outcome == .answered(complete))
                continue
            }
            guard case .answered(let rows) = outcome else {
                guard case .unknown = outcome else {
                    Issue.record("cut at \(length): \(outcome)")
                    continue
                }
                continue
            }
            for (row, (found, proven)) in zip(rows, complete).enumerated() {
                if case .unknown = found { continue }
                #expect(found == proven, "cut at \(length), row \(row)")
                // Its own complete response, with its echo, must be in what arrived.
                let text = String(decoding: cut, as: UTF8.self)
                let responses = text.components(separatedBy: "</response>").dropLast()
                let name = ">\(Self.sent[row].customerID)<"
                #expect(responses.contains { $0.contains(name) }, "cut at \(length), row \(row)")
            }
        }
    }

    @Test("One changed byte never swaps what two rows were told", arguments: [5])
    func flippedBytes(variation: Int) {
        let whole = Array(Self.variations[variation].utf8)
        guard case .answered(let complete) = verdict(bytes: whole, sent: Self.sent).outcome else {
            Issue.record("the whole answer must be trusted")
            return
        }
        for index in whole.indices {
            for byte in [
                UInt8(ascii: "<"), UInt8(ascii: "x"), 0x00, 0xFF, UInt8(ascii: "&"), UInt8(ascii: ">"),
                UInt8(ascii: "\""),
            ] {
                var changed = whole
                changed[index] = byte
                guard case .answered(let rows) = verdict(bytes: changed, sent: Self.sent).outcome else {
                    continue
                }
                for (found, proven) in zip(rows, complete) {
                    switch (found, proven) {
                    case (.created, .refused), (.refused, .created):
                        Issue.record("byte \(index) as \(byte) turned \(proven) into \(found)")
                    default: break
                    }
                }
            }
        }
    }

    @Test(
        "What is no response document is damaged",
        arguments: [
            "", " ", "\n", "x", "<", "<root", "<root>", "</root>", "<root><responses>",
            "<root><responses></root>",
            "<html><body>Login</body></html>", "{\"success\":true}", "<root/>", "<responses/>",
            "<root><response type=\"GetSystemAuthentication\" success=\"true\"/></root>",
            "<root><responses/></root>x", "<root><responses/></root><root/>",
            "<root><responses/><responses/></root>", "<Root><responses/></Root>",
            "<!DOCTYPE root><root><responses/></root>",
            "<?xml version=\"1.0\"?><!-- x --><!DOCTYPE root [<!ENTITY e \"x\">]><root><responses/></root>",
            "<!DOCTYPE root SYSTEM \"file:///etc/passwd\"><root><responses>&e;</responses></root>",
            "<root><responses>&e;</responses></root>", "<root><responses>\u{1}</responses></root>",
            "<root><responses><response a=\"1\" a=\"2\"/></responses></root>",
            "<?xml version=\"1.0\" encoding=\"nonsense\"?><root><responses/></root>",
            String(repeating: "<a>", count: 100_000),
            "<root><responses>" + String(repeating: "<a>", count: 70) + String(repeating: "</a>", count: 70)
                + "</responses></root>",
            "<root><responses>" + String(repeating: "<response/>", count: 10_001) + "</responses></root>",
        ])
    func damaged(text: String) {
        #expect(ResponseDocument(Array(text.utf8)).damage != nil)
    }

    @Test(
        "Ways to write the same document are read alike",
        arguments: [
            "<?xml version='1.0'?>", "", "\u{FEFF}",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- x --><?pi x?>",
        ])
    func prologs(prolog: String) {
        let text =
            prolog
            + "<root>\n<x/><responses a='1'>\n <response type=' T ' success='true'/></responses></root>\n"
        let document = ResponseDocument(Array(text.utf8))
        #expect(document.damage == nil)
        #expect(document.responses.map(\.type) == ["T"])
        #expect(document.responses.map(\.success) == [.yes])
    }

    @Test("Other encodings are the parser's business")
    func encodings() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><root><responses>"
            + "<response type=\"T\" success=\"false\"><message>Zoë</message></response></responses></root>"
        let latin = ResponseDocument(Array(try #require(text.data(using: .isoLatin1))))
        #expect(latin.damage == nil)
        #expect(latin.responses.first?.reason == "Zoë")
        let wide = text.replacing("ISO-8859-1", with: "UTF-16")
        let utf16 = ResponseDocument(Array(try #require(wide.data(using: .utf16))))
        #expect(utf16.damage == nil)
        #expect(utf16.responses.first?.reason == "Zoë")
        let hidden = wide.replacing("<root>", with: "<!DOCTYPE root><root>")
        #expect(ResponseDocument(Array(try #require(hidden.data(using: .utf16)))).damage != nil)
        // Bytes that are not what the document says they are.
        #expect(
            ResponseDocument(
                Array(try #require(text.replacing("ISO-8859-1", with: "UTF-8").data(using: .isoLatin1)))
            ).damage != nil)
    }

    @Test("Text is put together from references, CDATA and pieces")
    func text() {
        let body =
            "<root><responses><response type='T' success='FALSE'><message>a &amp; b<![CDATA[ & <c> ]]>&#100;"
            + "<!-- no --> e</message></response></responses></root>"
        let document = ResponseDocument(Array(body.utf8))
        #expect(document.damage == nil)
        #expect(document.responses.first?.reason == "a & b & <c> d e")
        #expect(document.responses.first?.success == .no)
    }

    @Test("Attributes that contradict each other are unreadable")
    func contradiction() {
        let body = "<root><responses><response type='T' success='true' Success='false'/></responses></root>"
        #expect(ResponseDocument(Array(body.utf8)).responses.first?.success == .unreadable)
    }
}
