import Foundation
import Testing

@testable import SecurityTrax

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The request document")
struct RequestDocumentTests {
    @Test("It is the vendor's sample, attribute by attribute")
    func vendorsSample() throws {
        let start = try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 7, minute: 30))
        let end = try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 9, minute: 0))
        let document = RequestDocument(
            credentials: Credentials(username: "Username", password: "Password", partnerID: "PartnerID"),
            appointments: [
                Appointment(customerID: 9710, techID: nil, start: start, end: end, serviceType: .install)
            ])
        let text = String(decoding: document.bytes, as: UTF8.self)
        #expect(text.hasPrefix("<?xml version='1.0' encoding='UTF-8'?>\n"))
        let read = try ReadRequest(document.bytes)
        #expect(
            read.lines == [
                "root", "root/requests", "root/requests/request GetSystemAuthentication",
                "Username=Username", "Password=Password", "PartnerID=PartnerID",
                "root/requests/request CreateTechScheduleBySecurityTraxUniqueID",
                "SecurityTraxUniqueID=9710", "TechID=", "StartTime=01/23/2014 7:30",
                "EndTime=01/23/2014 9:00", "ServiceType=1", "ServiceDetailType=", "Notes=",
            ])
    }

    @Test(
        "A parser reads back exactly the text that was put in",
        arguments: [
            "plain", "", "a & b < c > d", "\"double\" and 'single'", "]]>", "]]]]>><![CDATA[x]]>",
            "&amp; &#13;",
            "tab\tline\nfeed", "carriage\rreturn", "both\r\nof them\r", "<!-- comment -->", "<?pi?>",
            "Zoë Ñandú – “quotes” 日本語 🛠️ 👩‍🔧", "\u{7F}\u{80}\u{85}\u{9B}31m\u{9F}\u{A0}",
            "\u{2028}\u{2029}\u{FFFD}\u{10FFFF}",
            "  leading and trailing  ", "\u{D7FF}\u{E000}\u{FFFC}", "e\u{301}",
        ])
    func roundTrip(text: String) throws {
        var appointment = batch(1)[0]
        appointment.notes = text
        appointment.serviceDetailType = text
        let document = RequestDocument(
            credentials: Credentials(username: text, password: text, partnerID: text),
            appointments: [appointment])
        let read = try ReadRequest(document.bytes)
        for name in ["Username", "Password", "PartnerID", "ServiceDetailType", "Notes"] {
            // By bytes: Swift's == takes canonically equal texts for one.
            #expect(read.values(name).map { Array($0.utf8) } == [Array(text.utf8)], "\(name)")
        }
    }

    @Test("No raw control character that a terminal might obey is in it")
    func noRawControls() {
        var appointment = batch(1)[0]
        appointment.notes = "\u{7F}\u{80}\u{9B}2J\u{9F}"
        let bytes = RequestDocument(credentials: testCredentials, appointments: [appointment]).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
        #expect(text.contains("&#127;&#128;&#155;2J&#159;"))
    }

    @Test(
        "What XML cannot carry never breaks a batch",
        arguments: [
            "\u{0}", "a\u{1}b", "\u{B}\u{C}", "\u{1B}[31m", "\u{1F}", "x\u{FFFE}", "\u{FFFF}y",
        ])
    func forbiddenCharacters(text: String) throws {
        var appointment = batch(1)[0]
        appointment.notes = text
        let document = RequestDocument(credentials: testCredentials, appointments: [appointment])
        let read = try ReadRequest(document.bytes)
        #expect(read.values("Notes")[0].unicodeScalars.contains("\u{FFFD}"))
    }

    @Test("Each appointment is one request, in order, under one auth block")
    func manyRows() throws {
        let sent = batch(50)
        let read = try ReadRequest(RequestDocument(credentials: testCredentials, appointments: sent).bytes)
        #expect(read.lines.filter { $0.hasSuffix("request GetSystemAuthentication") }.count == 1)
        for field in AppointmentField.allCases {
            #expect(read.values(field.name) == sent.map { $0[field] })
        }
    }

    @Test("The masked document differs in the credentials only")
    func masked() throws {
        let sent = batch(3)
        let masked = RequestDocument.masked(appointments: sent)
        let real = RequestDocument(credentials: testCredentials, appointments: sent)
        let maskedLines = String(decoding: masked.bytes, as: UTF8.self).split(separator: "\n")
        let realLines = String(decoding: real.bytes, as: UTF8.self).split(separator: "\n")
        #expect(maskedLines.count == realLines.count)
        #expect(zip(maskedLines, realLines).filter { $0 != $1 }.count == 3)
        let read = try ReadRequest(masked.bytes)
        for name in ["Username", "Password", "PartnerID"] {
            #expect(read.values(name) == [Credentials.mask])
        }
    }
}

@Suite("Characters that XML forbids")
struct XMLTextTests {
    @Test(
        "Each forbidden character is found, wherever it stands",
        arguments: [
            0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0xFFFE, 0xFFFF,
        ])
    func found(code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        for before in 0..<20 {
            let prefix =
                String(repeating: "é\tx", count: before / 3) + String(repeating: "a", count: before % 3)
            let bytes = Array((prefix + String(Character(scalar)) + "\u{1}tail").utf8)
            let found = bytes.withUnsafeBufferPointer { XMLText.firstForbidden(in: $0) }
            #expect(found?.number == prefix.unicodeScalars.count + 1)
            #expect(found?.scalar == code)
            // The writer knows the same ones.
            var written: [UInt8] = []
            XMLText.appendEscaped(prefix + String(Character(scalar)) + "z", to: &written)
            #expect(String(decoding: written, as: UTF8.self) == prefix + "\u{FFFD}z")
        }
    }

    @Test("Everything else is left alone")
    func others() {
        for code in UInt32(0x20)...0x10FFFF {
            guard code != 0xFFFE, code != 0xFFFF, let scalar = Unicode.Scalar(code) else { continue }
            let bytes = Array(String(Character(scalar)).utf8)
            if bytes.withUnsafeBufferPointer({ XMLText.firstForbidden(in: $0) }) != nil {
                Issue.record("U+\(String(code, radix: 16)) is legal in XML 1.0")
            }
        }
        let legal = Array("tab\t line\n return\r and nothing else, at some length".utf8)
        #expect(legal.withUnsafeBufferPointer { XMLText.firstForbidden(in: $0) } == nil)
        #expect([UInt8]().withUnsafeBufferPointer { XMLText.firstForbidden(in: $0) } == nil)
    }
}

/// A request document, read with a parser of its own.
final class ReadRequest: NSObject, XMLParserDelegate {
    private(set) var lines: [String] = []
    private var path: [String] = []
    private var attribute: String?
    private var text = ""

    struct NotWellFormed: Error {}

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse(), parser.parserError == nil, path.isEmpty else { throw NotWellFormed() }
    }

    func values(_ name: String) -> [String] {
        lines.compactMap {
            $0.hasPrefix(name + "=") ? String($0.unicodeScalars.dropFirst(name.count + 1)) : nil
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        path.append(name)
        text = ""
        attribute = nil
        if name == "attribute" {
            attribute = attributes["name"]
        } else {
            lines.append(path.joined(separator: "/") + (attributes["type"].map { " " + $0 } ?? ""))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text.unicodeScalars.append(contentsOf: string.unicodeScalars)
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        path.removeLast()
        if let attribute { lines.append("\(attribute)=\(text)") }
        attribute = nil
    }
}
