import Foundation
import SecurityTrax
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The sandbox server")
struct SandboxServerTests {
    @Test("A right post creates its appointments, and the answer says so in order")
    func creates() throws {
        let server = try SandboxServer(SandboxConfiguration(echoes: true))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["9001", "9002", "9003"]))
        let answer = client.answer()
        #expect(answer.status == 200)
        #expect(answer.responses.count == 4)
        #expect(answer.responses.first == "type=\"auth\" success=\"true\"")
        #expect(answer.responses.dropFirst().allSatisfy { $0 == "type=\"create\" success=\"true\"" })
        #expect(answer.echoedCustomers == ["9001", "9002", "9003"])
        #expect(answer.body.contains("<ConfirmationStatusName>Not Confirmed</ConfirmationStatusName>"))
        #expect(answer.body.contains("<attribute name=\"Password\">\(server.password)</attribute>"))
        #expect(server.created.map(\.customerID) == ["9001", "9002", "9003"])
        #expect(server.created.map(\.id) == [1, 2, 3])
        #expect(
            server.created.first?.values == [
                "9001", "12", "01/23/2030 7:30", "01/23/2030 23:30", "1", "", "",
            ])
        #expect(server.posts == 1)
        #expect(server.authentications == 1)
        #expect(server.duplicates == 0)
        #expect(server.largestBatch == 3)
    }

    @Test(
        "Wrong or missing credentials create nothing",
        arguments: ["wrong password", "no block", "block last"])
    func authentication(_ mistake: String) throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        let create = Documents.create("1")
        switch mistake {
        case "wrong password":
            client.post(Documents.whole(Documents.auth(server, password: "guess") + create))
        case "no block": client.post(Documents.whole(create))
        default: client.post(Documents.whole(create + Documents.auth(server)))
        }
        let answer = client.answer()
        if mistake == "block last" {
            #expect(answer.status == 400)
        } else {
            #expect(answer.status == 200)
            #expect(answer.responses == ["type=\"auth\" success=\"false\""])
            #expect(server.failedAuthentications == 1)
        }
        #expect(server.authentications == 0)
        #expect(server.createdCount == 0)
    }

    @Test("Values arrive as the XML says, and the echo says the same again")
    func decoding() throws {
        let server = try SandboxServer(SandboxConfiguration(echoes: true))
        let client = try RawClient(server)
        let notes =
            "a &amp; b &lt;c&gt; &quot;d&apos; &#13;&#10;e&#x1F600;\r\nf <![CDATA[<g> & ]]]]>\u{E9}\tend"
        client.post(Documents.whole(Documents.auth(server) + Documents.create("1", notes: notes)))
        let answer = client.answer()
        #expect(server.created.first?.notes == "a & b <c> \"d' \r\ne\u{1F600}\nf <g> & ]]\u{E9}\tend")
        #expect(
            answer.body.contains(
                ">a &amp; b &lt;c&gt; &quot;d' &#13;\ne\u{1F600}\nf &lt;g&gt; &amp; ]]\u{E9}\tend</attribute>"
            ))
    }

    /// The attributes of a right create request, one of them changed.
    static func attributes(_ name: String, _ value: String) -> [(String, String)] {
        [
            ("SecurityTraxUniqueID", "1"), ("TechID", ""), ("StartTime", "01/23/2030 7:30"),
            ("EndTime", "01/23/2030 9:00"), ("ServiceType", "3"), ("ServiceDetailType", ""), ("Notes", ""),
        ].map { $0.0 == name ? (name, value) : $0 }
    }

    @Test(
        "A value that the service would not take is refused by name; the other rows are created",
        arguments: [
            ("SecurityTraxUniqueID", "0"), ("SecurityTraxUniqueID", ""), ("SecurityTraxUniqueID", "-3"),
            ("SecurityTraxUniqueID", "007"), ("SecurityTraxUniqueID", "1 "),
            ("SecurityTraxUniqueID", "9223372036854775808"),
            ("TechID", "x"), ("TechID", "0"), ("StartTime", ""), ("StartTime", "01/23/2030 07:30"),
            ("StartTime", "1/23/2030 7:30"), ("StartTime", "01/23/2030 7:30:00"),
            ("StartTime", "2030-01-23 7:30"),
            ("StartTime", "02/29/2030 7:30"), ("StartTime", "01/23/2030 24:00"),
            ("StartTime", "01/23/2030 7:30 AM"),
            ("EndTime", "01/23/2030 7:30"), ("EndTime", "01/23/2030 9:60"), ("ServiceType", "4"),
            ("ServiceType", "Install"),
            ("ServiceType", "01"),
        ])
    func strictValues(_ name: String, _ value: String) throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        let wrong = Documents.create(Self.attributes(name, value))
        client.post(
            Documents.whole(Documents.auth(server) + wrong + Documents.create(Self.attributes("", ""))))
        let answer = client.answer()
        #expect(
            answer.responses == [
                "type=\"auth\" success=\"true\"", "type=\"create\" success=\"false\"",
                "type=\"create\" success=\"true\"",
            ])
        #expect(answer.body.contains("<message>\(name) is not "))
        #expect(server.createdCount == 1)
    }

    @Test("Attributes that are missing, renamed, repeated or out of order are refused", arguments: 0..<5)
    func strictAttributes(_ mistake: Int) throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        var attributes = Self.attributes("", "")
        switch mistake {
        case 0: attributes.removeLast()
        case 1: attributes.swapAt(2, 3)
        case 2: attributes[1].0 = "techid"
        case 3: attributes.append(attributes[6])
        default: attributes = []
        }
        client.post(Documents.whole(Documents.auth(server) + Documents.create(attributes)))
        #expect(client.answer().responses.last == "type=\"create\" success=\"false\"")
        #expect(server.createdCount == 0)
    }

    @Test("An unknown request type is refused")
    func unknownType() throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        let wrong = Documents.create("1").replacingOccurrences(of: "CreateTech", with: "DeleteTech")
        client.post(Documents.whole(Documents.auth(server) + wrong))
        let answer = client.answer()
        #expect(
            answer.responses.last == "type=\"DeleteTechScheduleBySecurityTraxUniqueID\" success=\"false\"")
        #expect(answer.body.contains("Unknown request type"))
    }

    @Test(
        "A body that is not the document is a 400, and nothing of it is created",
        arguments: [
            "", "hello", "<?xml version='1.0'?>", "<root><requests/></root>", "WHOLE+", "DECL-", "UNCLOSED",
            "CONTROL", "DOCTYPE",
            "LATIN", "ENTITY", "TWOAUTH", "ELEMENT", "TEXT", "NOTUTF8", "NAMELESS",
        ])
    func malformed(_ mistake: String) throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        let right = Documents.post(server, ["1"])
        var body = Array(right.utf8)
        func replace(_ old: String, _ new: String) {
            #expect(right.contains(old))
            body = Array(right.replacingOccurrences(of: old, with: new).utf8)
        }
        switch mistake {
        case "WHOLE+": body += Array("<more/>".utf8)
        case "DECL-": replace("<?xml version='1.0' encoding=\"UTF-8\"?>\n", "")
        case "UNCLOSED": body.removeLast(8)
        case "CONTROL": replace(">12<", ">1\u{1}2<")
        case "DOCTYPE": replace("<root>", "<!DOCTYPE root []><root>")
        case "LATIN": replace("UTF-8", "ISO-8859-1")
        case "ENTITY": replace(">12<", ">&nbsp;<")
        case "TWOAUTH": replace("</requests>", Documents.auth(server) + "</requests>")
        case "ELEMENT": replace(">12<", "><b>12</b><")
        case "TEXT": replace("<requests>", "<requests>text")
        case "NOTUTF8": body[body.count - 12] = 0xFF
        case "NAMELESS": replace("<attribute name=\"TechID\">", "<attribute>")
        default: body = Array(mistake.utf8)
        }
        client.send(
            "POST \(SandboxServer.path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n")
        client.send(body)
        #expect(client.answer().status == 400)
        #expect(server.createdCount == 0)
        #expect(server.posts == 1)
    }

    @Test("Customers that do not exist here are refused with the reason; the others are created")
    func refusedCustomers() throws {
        let server = try SandboxServer(
            SandboxConfiguration(
                refusedCustomers: ["2"], unknownCustomersFrom: 100, refusalReason: "No <such> one"))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2", "99", "100"]))
        let answer = client.answer()
        #expect(answer.responses.map { $0.contains("true") } == [true, true, false, true, false])
        #expect(answer.body.contains("No &lt;such&gt; one"))
        #expect(server.created.map(\.customerID) == ["1", "99"])
    }

    @Test("More rows than the limit are a 413, and nothing is created")
    func maximumBatch() throws {
        let server = try SandboxServer(SandboxConfiguration(maximumBatch: 2))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2", "3"]))
        #expect(client.answer().status == 413)
        client.post(Documents.post(server, ["1", "2"]))
        #expect(client.answer().status == 200)
        #expect(server.createdCount == 2)
    }

    @Test("A second create of the same visit is counted, whatever its notes; another start is another visit")
    func duplicates() throws {
        let server = try SandboxServer(SandboxConfiguration(keepsAppointments: false))
        let client = try RawClient(server)
        let creates = [
            Documents.create("1"), Documents.create("1", notes: "again"),
            Documents.create("1", start: "01/23/2030 8:30"),
            Documents.create("11"),
        ]
        for create in creates {
            client.post(Documents.whole(Documents.auth(server) + create))
            #expect(client.answer().status == 200)
        }
        #expect(server.duplicates == 1)
        #expect(server.createdCount == 4)
        #expect(server.created.isEmpty)
    }

    @Test("Only so many appointments are kept, and all are counted")
    func appointmentLimit() throws {
        let server = try SandboxServer(SandboxConfiguration(appointmentLimit: 2))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2", "3"]))
        _ = client.answer()
        #expect(server.created.map(\.customerID) == ["1", "2"])
        #expect(server.createdCount == 3)
    }

    @Test("Without echoes there is none, the password's included")
    func withoutEchoes() throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        let answer = client.answer()
        #expect(answer.responses.count == 2)
        #expect(!answer.body.contains("system_request"))
        #expect(!answer.body.contains(server.password))
    }

    @Test("The log has a line for each appointment by the time that the answer arrives")
    func log() throws {
        let folder = try TemporaryFolder()
        try folder.write("log", "old line\n")
        let server = try SandboxServer(SandboxConfiguration(logFile: folder.path("log")))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2"]))
        #expect(client.answer().status == 200)
        client.post(Documents.post(server, ["3"]))
        #expect(client.answer().status == 200)
        let values = "12\t01/23/2030 7:30\t01/23/2030 23:30\t1\n"
        #expect(try folder.read("log") == "old line\n1\t1\t\(values)1\t2\t\(values)2\t3\t\(values)")
    }

    @Test("A log that cannot be opened and a port that is taken are errors")
    func errors() throws {
        #expect(throws: SandboxError.self) {
            try SandboxServer(SandboxConfiguration(logFile: "/nonexistent/folder/log"))
        }
        let server = try SandboxServer()
        #expect(throws: SandboxError.self) { try SandboxServer(SandboxConfiguration(port: server.port)) }
        #expect(throws: SandboxError.self) { try SandboxServer(SandboxConfiguration(port: 70_000)) }
    }

    @Test("The last request is kept only when asked for")
    func lastRequest() throws {
        for keeps in [true, false] {
            let server = try SandboxServer(SandboxConfiguration(keepsRequests: keeps))
            let client = try RawClient(server)
            let body = Documents.post(server, ["1"])
            client.post(body, headers: "X-Mark: yes\r\n")
            _ = client.answer()
            #expect(server.lastRequestBody == (keeps ? body : nil))
            #expect(server.lastRequestHead?.contains("X-Mark: yes") == (keeps ? true : nil))
        }
    }
}
