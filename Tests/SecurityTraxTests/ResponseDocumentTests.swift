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

    @Test(
        "A flipped bit never tells a row more than the intact answer did, nor anything else",
        arguments: [1, 4, 5])
    func flippedBits(variation: Int) {
        check(variation) { whole, index in (0..<8).map { whole[index] ^ (1 << $0) } }
    }

    @Test(
        "A changed byte never tells a row more than the intact answer did, nor anything else",
        arguments: [1, 5])
    func changedBytes(variation: Int) {
        check(variation) { _, _ in [0x00, 0x0A, 0xFF] + Array("<x&>\"=-![".utf8) }
    }

    @Test(
        "A flipped byte never tells a row more than the intact answer did, nor anything else",
        arguments: variations.indices)
    func flippedBytes(variation: Int) {
        check(variation) { whole, index in [~whole[index]] }
    }

    private func check(_ variation: Int, _ values: ([UInt8], Int) -> [UInt8]) {
        let whole = Array(Self.variations[variation].utf8)
        guard case .answered(let complete) = verdict(bytes: whole, sent: Self.sent).outcome else {
            Issue.record("the whole answer must be trusted")
            return
        }
        for index in whole.indices {
            for byte in values(whole, index) {
                var changed = whole
                changed[index] = byte
                let outcome = verdict(bytes: changed, sent: Self.sent).outcome
                if case .unknown = outcome { continue }
                guard case .answered(let rows) = outcome else {
                    Issue.record("byte \(index) as \(byte): \(outcome)")
                    continue
                }
                for (found, proven) in zip(rows, complete) {
                    switch (found, proven) {
                    case (.unknown, _), (.created, .created), (.refused, .refused): break
                    default: Issue.record("byte \(index) as \(byte) turned \(proven) into \(found)")
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
            "<?xml version=\"1.0\" encoding=\"utf-7\"?><root><responses/></root>",
            "<?xml version=\"1.0\" encoding=\"shift_jis\"?><root><responses/></root>",
            " <?xml version=\"1.0\"?><root><responses/></root>",
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

    struct Spelling: Sendable, CustomTestStringConvertible {
        var name: String
        var declared: String?
        var header: String?
        /// `Zoë €` or so, in the encoding.
        var text: [UInt8]
        var read: String?
        var testDescription: String { name }
    }

    static let spellings: [Spelling] = [
        Spelling(name: "UTF-8, undeclared", text: [0x5A, 0xC3, 0xAB], read: "Zë"),
        Spelling(name: "UTF-8 by header", header: "utf-8", text: [0xC3, 0xAB], read: "ë"),
        Spelling(name: "UTF-8 without the hyphen", declared: "utf8", text: [0xC3, 0xAB], read: "ë"),
        Spelling(name: "the same by header", header: "UTF8", text: [0xC3, 0xAB], read: "ë"),
        Spelling(name: "ISO-8859-1", declared: "ISO-8859-1", text: [0xEB], read: "ë"),
        Spelling(name: "ISO-8859-1 by header", header: "iso-8859-1", text: [0xEB], read: "ë"),
        Spelling(name: "latin1", declared: "latin1", text: [0xEB], read: "ë"),
        Spelling(name: "windows-1252", declared: "windows-1252", text: [0xEB, 0x80, 0x92], read: "ë€’"),
        Spelling(name: "windows-1252 by header", header: "Windows-1252", text: [0xEB, 0x80], read: "ë€"),
        Spelling(name: "cp1252", declared: "cp1252", text: [0x80], read: "€"),
        Spelling(name: "US-ASCII", declared: "US-ASCII", text: [0x5A], read: "Z"),
        Spelling(
            name: "the declaration against the header", declared: "ISO-8859-1", header: "utf-8", text: [0xEB],
            read: "ë"),
        Spelling(
            name: "the other way round", declared: "UTF-8", header: "iso-8859-1", text: [0xC3, 0xAB],
            read: "ë"),
        Spelling(name: "no UTF-8", declared: "UTF-8", text: [0xEB]),
        Spelling(name: "no UTF-8, undeclared", text: [0xEB]),
        Spelling(name: "overlong UTF-8", text: [0xC0, 0xAF]),
        Spelling(name: "a surrogate in UTF-8", text: [0xED, 0xA0, 0x80]),
        Spelling(name: "no ASCII", declared: "US-ASCII", text: [0xEB]),
        Spelling(name: "nothing of windows-1252", declared: "windows-1252", text: [0x81]),
        Spelling(name: "UTF-16 that is none", declared: "UTF-16", text: [0x5A]),
        Spelling(name: "an unknown header", header: "x-nobody", text: [0x5A]),
        Spelling(name: "a header of several bytes a character", header: "big5", text: [0x5A]),
    ]

    @Test("An answer is read in its own encoding, else in the header's", arguments: spellings)
    func encodings(_ row: Spelling) {
        let declaration = row.declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
        let bytes =
            Array("\(declaration)<root><responses><response type='T' success='false'><message>".utf8)
            + row.text + Array("</message></response></responses></root>".utf8)
        let document = ResponseDocument(bytes, charset: row.header)
        #expect(document.responses.first?.reason == row.read)
        #expect((document.damage == nil) == (row.read != nil))
    }

    #if os(Linux)
        @Test(
            "Other encodings of one byte a character are the system's",
            arguments: [
                ("iso-8859-15", [0xA4], "€"), ("ISO-8859-2", [0xB1], "ą"), ("koi8-r", [0xC1], "а"),
                ("windows-1251", [0xE0], "а"), ("cp850", [0x84], "ä"), ("macintosh", [0x8A], "ä"),
            ] as [(String, [UInt8], String)])
        func systemEncodings(name: String, bytes: [UInt8], text: String) {
            encodings(Spelling(name: name, declared: name, text: bytes, read: text))
            encodings(Spelling(name: name, header: name, text: bytes, read: text))
        }
    #endif

    @Test(
        "UTF-16 is read in both byte orders, with a byte order mark and without",
        arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian],
        ["UTF-16", nil] as [String?])
    func wide(encoding: String.Encoding, declared: String?) throws {
        let declaration = declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
        let text =
            "\(declaration)<root><responses><response type='T' success='true'><message>Zoë 😀</message>"
            + "</response></responses></root>"
        func read(_ text: String) throws -> ResponseDocument {
            // A header of another encoding changes nothing.
            ResponseDocument(Array(try #require(text.data(using: encoding))), charset: "utf-8")
        }
        for prefix in ["\u{FEFF}", ""] {
            let document = try read(prefix + text)
            #expect(document.damage == nil)
            #expect(document.responses.first?.reason == "Zoë 😀")
            let hidden = text.replacing("<root>", with: "<!DOCTYPE root><root>")
            #expect(try read(prefix + hidden).responses.isEmpty)
            #expect(try read(prefix + hidden).damage != nil)
            let cut = try #require((prefix + text).data(using: encoding)).dropLast()
            #expect(ResponseDocument(Array(cut)).damage != nil)
        }
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
