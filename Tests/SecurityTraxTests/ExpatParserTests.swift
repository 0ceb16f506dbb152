import Testing

@testable import SecurityTrax

/// Writes down what a parser tells it.
private struct Recorder: XMLHandler {
    var events: [String] = []
    var refuses: String?

    mutating func declaration(encoding: String?) { events.append("xml \(encoding ?? "-")") }
    mutating func open(_ token: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal) {
        let name = token.text
        events.append("<\(name)" + attributes.map { " \($0.name.text)=\($0.value.text)" }.joined())
        if name == refuses { throw XMLRefusal("not this one") }
    }
    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
        events.append(String(decoding: piece, as: UTF8.self))
    }
    mutating func close(_ name: XMLToken) { events.append("/\(name.text)") }
}

@Suite("The XML parser")
struct ExpatParserTests {
    private func parse(_ text: String, refusing name: String? = nil) -> (events: [String], damage: XMLDamage?)
    {
        var recorder = Recorder()
        recorder.refuses = name
        let bytes = Array(text.utf8)
        let damage = bytes.withUnsafeBufferPointer { bytes -> XMLDamage? in
            do throws(XMLDamage) { try ExpatParser.parse(bytes, handler: &recorder) } catch { return error }
            return nil
        }
        return (recorder.events, damage)
    }

    @Test("It tells what is there, in order")
    func order() {
        let found = parse(
            "<?xml version='1.0' encoding='utf-8'?><a b='1&amp;2'>x&#65;<c/>\r\n<![CDATA[<]]></a>")
        #expect(found.damage == nil)
        #expect(found.events == ["xml utf-8", "<a b=1&2", "x", "A", "<c", "/c", "\n", "<", "/a"])
    }

    @Test(
        "Damage is named, with its byte",
        arguments: [
            ("", .empty, 0), (" ", .truncated, 1), ("<a>", .truncated, 3), ("<a><b></b>", .truncated, 10),
            ("<a", .truncated, 0), ("<a><![CDATA[x", .truncated, 13), ("<a></b>", .notWellFormed, 5),
            ("<a/>x", .notWellFormed, 4), ("<a/><b/>", .notWellFormed, 4),
            ("<a b='1' b='2'/>", .notWellFormed, 9),
            ("<a>&b;</a>", .notWellFormed, 3), ("<a>&#0;</a>", .notWellFormed, 3),
            ("<a>\u{1}</a>", .notWellFormed, 3), ("<a>\u{FFFE}</a>", .notWellFormed, 3),
            (" <?xml version='1.0'?><a/>", .notWellFormed, 1), ("<a>]]></a>", .notWellFormed, 5),
            ("<!DOCTYPE a><a/>", .documentType, 0),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", .documentType, 0),
            ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", .documentType, 0),
            ("<?xml version='1.0' encoding='nonsense'?><a/>", .unknownEncoding, 30),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", .unknownEncoding, 30),
        ] as [(String, XMLDamage.Kind, Int)])
    func damage(text: String, kind: XMLDamage.Kind, byte: Int) {
        let damage = parse(text).damage
        #expect(damage?.kind == kind)
        if kind != .documentType { #expect(damage?.byte == byte) }
    }

    @Test("No element after a document type is told of, and no entity is ever expanded")
    func bomb() {
        var declarations = "<!ENTITY a0 'lol'>"
        for level in 1...20 {
            let reference = "&a\(level - 1);"
            declarations += "<!ENTITY a\(level) '\(String(repeating: reference, count: 10))'>"
        }
        let found = parse("<!DOCTYPE r [\(declarations)]><r>&a20;</r>")
        #expect(found.damage?.kind == .documentType)
        #expect(found.events.isEmpty)
    }

    @Test("Depth, names, attributes and their number have limits")
    func limits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        func attributes(_ count: Int) -> String { "<a" + (0..<count).map { " b\($0)=''" }.joined() + "/>" }
        func name(_ count: Int) -> String { "<" + String(repeating: "n", count: count) + "/>" }
        func value(_ count: Int) -> String { "<a b='" + String(repeating: "v", count: count) + "'/>" }
        #expect(parse(nested(ExpatParser.depthLimit)).damage == nil)
        #expect(parse(nested(ExpatParser.depthLimit + 1)).damage?.kind == .tooDeep)
        for (text, limit) in [
            (attributes, ExpatParser.attributeLimit), (name, ExpatParser.nameLimit),
            (value, ExpatParser.valueLimit),
        ] {
            #expect(parse(text(limit)).damage == nil)
            #expect(parse(text(limit + 1)).damage?.kind == .tooLarge)
        }
    }

    @Test(
        "A handler that refuses is not told of anything more",
        arguments: ["<a><b/><c/></a>", "<a><b>x</b></a>"])
    func refusal(text: String) {
        let found = parse(text, refusing: "b")
        #expect(found.events == ["<a", "<b"])
        #expect(found.damage == XMLDamage(kind: .refused, words: "not this one", byte: 3))
    }
}
