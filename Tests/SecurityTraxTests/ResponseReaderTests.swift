import Foundation
import Testing

@testable import SecurityTrax

@Suite("Reading answers by their bytes")
struct ResponseReaderTests {
    /// Answers with all that the reader decides on.
    static let answers: [String] = {
        let sent = batch(3)
        let unusual = Answer.echo(sent[0]).replacing("name=\"StartTime\"", with: "name=' StartTime\u{A0}'")
            .replacing("<system_request>", with: "<system_request> x <b>y</b>")
        return ResponseDocumentTests.variations + [
            Answer.document([
                Answer.create("TRUE", echoText: unusual),
                Answer.create(" false ", data: " a <b>c</b>\u{2003}"),
                Answer.create("ja", echoText: Answer.echo(sent[1]) + Answer.echo(sent[2])),
                Answer.create(nil, data: "<PassWord>x</PassWord><A> é </A><A/><B><C>d</C>e</B>"),
                Answer.create(
                    echoText: "<system_request><ID>7</ID><IDType>PhoneNumber</IDType></system_request>"),
                "<response Type='T' SUCCESS='True'>loose <error>one</error><errors>two</errors></response>",
                "<response type='T' TYPE='U'><response type='V'/></response>",
                "<response><message> a\n<b>c</b></message>&amp;<![CDATA[<d>]]></response>",
            ]),
            "<root><message>outside</message> <responses><error>inside</error></responses><message>x</message>"
                + "<x><responses><response type='T'/></responses></x><responses/></root>",
            "Notice: something\n<?xml version='1.0'?>\n<root><responses><response type='T' success='true'>"
                + "<data><A>1</A></data></response></responses></root> tail <response",
            "<message>a root</message>",
        ]
    }()

    private func expectSame(_ bytes: [UInt8], _ what: @autoclosure () -> String) {
        let found = PlainResponseReader.Document(ResponseDocument(bytes))
        let expected = PlainResponseReader.read(bytes)
        if found != expected { Issue.record("\(what()): \(found) instead of \(expected)") }
    }

    @Test("An answer, whole and cut anywhere, is read as the plain reader does", arguments: answers.indices)
    func cut(answer: Int) {
        let bytes = Array(Self.answers[answer].utf8)
        for length in 0...bytes.count { expectSame(Array(bytes[..<length]), "cut at \(length)") }
    }

    @Test("An answer with any byte changed is read as the plain reader does", arguments: answers.indices)
    func changed(answer: Int) {
        let bytes = Array(Self.answers[answer].utf8)
        for index in bytes.indices {
            for byte in [~bytes[index], bytes[index] ^ 0x20, bytes[index] ^ 1, 0x20, UInt8(ascii: "<")] {
                var changed = bytes
                changed[index] = byte
                expectSame(changed, "byte \(index) as \(byte)")
            }
        }
    }

    @Test("More texts than are remembered, and all alike but one")
    func texts() {
        let data = (0..<40).map { row in
            (0..<12).map { "<N\($0)>\(row == 17 && $0 == 5 ? "other" : "value \($0)")</N\($0)>" }.joined()
        }
        expectSame(Array(Answer.document(data.map { Answer.create(data: $0) }).utf8), "many texts")
    }

    @Test("What an echo is compared by is the same from plain digits as from words")
    func echoKeys() throws {
        let appointment = batch(2)[1]
        let key = EchoKey(appointment)
        func read(_ replacing: [(AppointmentField, String)]) throws -> EchoKey? {
            var echo = appointment
            echo.notes = "other notes"
            var text = Answer.echo(echo)
            for (field, value) in replacing {
                text = text.replacing(
                    "\(field.name)\">\(appointment[field])<", with: "\(field.name)\">\(value)<")
            }
            let document = ResponseDocument(Array(Answer.document([Answer.create(echoText: text)]).utf8))
            return EchoKey(try #require(document.responses.first?.echo))
        }
        #expect(try read([]) == key)
        let start = appointment.start.components
        let date = appointment.start.wire.split(separator: " ")[0]
        for same: (AppointmentField, String) in [
            (.customerID, " 0009711"), (.techID, "041"), (.serviceType, "01"), (.serviceType, "Install"),
            (.start, " \(appointment.start.wire)"), (.start, "\(date) 0\(start.hour):\(start.minute)"),
            (.start, "\(start.year)-\(start.month)-\(start.day) \(start.hour):\(start.minute):00"),
        ] {
            #expect(try read([same]) == key, "\(same)")
        }
        for other: (AppointmentField, String) in [
            (.customerID, "9712"), (.customerID, "9711x"), (.customerID, ""), (.techID, ""), (.techID, "42"),
            (.serviceType, "2"), (.serviceType, "9"), (.start, "02/30/2014 7:30"), (.start, "1/2/14 7:30"),
            (.start, "01/02/0014 7:30"), (.end, appointment.start.wire), (.serviceDetailType, "Panel"),
            (.customerID, "99999999999999999999"),
        ] {
            #expect(try read([other]) != key, "\(other)")
        }
    }
}
