import Foundation
import Testing

@testable import SecurityTrax

@Suite("What an answer's status proves")
struct StatusVerdictTests {
    /// What the protocol's table says of a status without create responses.
    static func expected(_ status: Int, authenticatedBefore: Bool) -> String {
        switch status {
        case 400, 422: "refusedAsWhole"
        case 401: "credentialsRefused"
        case 403: authenticatedBefore ? "refusedAsWhole" : "credentialsRefused"
        case 406: authenticatedBefore ? "refusedAsWhole" : "unknown"
        case 413: "tooLarge"
        case 429: "refusedForNow"
        case 301, 307, 308, 404, 405, 407, 410, 411, 414, 415, 417, 421, 426, 428, 431, 451: "wrongService"
        // 302, 303, 408, 499, … come from services and proxies that may have worked.
        default: "unknown"
        }
    }

    @Test(
        "Every status from 100 to 599 has one meaning",
        arguments: [
            "", "<html>x</html>", "not xml", "<root/>", "<root><responses/></root>",
        ])
    func everyStatus(body: String) {
        for status in 100...599 {
            for before in [false, true] {
                let verdict = verdict(status, body, sent: batch(3), authenticatedBefore: before)
                #expect(
                    verdict.short == Self.expected(status, authenticatedBefore: before), "\(status) \(before)"
                )
                #expect(verdict.status == status)
                #expect(!verdict.authenticated)
            }
        }
    }

    @Test("An answer of any status that holds create responses is read as such", arguments: 100...599)
    func createsUnderAnyStatus(status: Int) {
        let sent = batch(2)
        let body = Answer.document([Answer.authenticated, Answer.create("true"), Answer.create("false")])
        #expect(verdict(status, body, sent: sent, retryAfter: "5").short == "created refused")
        // Cut within the first create response: nobody can say any more that nothing was done.
        let cut = String(body[..<(body.range(of: "Not Confirmed")?.lowerBound ?? body.endIndex)])
        #expect(verdict(status, cut, sent: sent, retryAfter: "5").short == "unknown")
        #expect(verdict(status, "<br>Notice: x\n" + body, sent: sent, retryAfter: "5").short == "unknown")
    }

    @Test(
        "503 proves something only where it names a time",
        arguments: [
            (nil, "unknown"), ("", "unknown"), ("soon", "unknown"), ("-5", "unknown"), ("1.5", "unknown"),
            ("12 minutes", "unknown"), ("Sun, 99 Nov 2023 08:49:37 GMT", "unknown"),
            ("0", "refusedForNow"), ("120", "refusedForNow"),
            ("Tue, 14 Nov 2023 22:14:20 GMT", "refusedForNow"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "refusedForNow"),
        ] as [(String?, String)])
    func unavailable(retryAfter: String?, expected: String) {
        #expect(verdict(503, "", sent: batch(1), retryAfter: retryAfter).short == expected)
    }

    @Test(
        "429 without a readable time still proves a refusal", arguments: [nil, "", "soon", "-1"] as [String?])
    func tooManyRequests(retryAfter: String?) {
        let outcome = verdict(429, "", sent: batch(1), retryAfter: retryAfter).outcome
        guard case .refusedForNow(let pause, _) = outcome else { Issue.record("\(outcome)"); return }
        #expect(pause == nil)
    }

    @Test("Words of a refusal are kept")
    func refusalsWords() {
        let verdict = verdict(400, "<root><error>Batch not accepted</error></root>", sent: batch(1))
        #expect(verdict.reason == "the service answered 400: Batch not accepted")
    }

    @Test(
        "A page in the API's place is called by its title",
        arguments: [
            (200, "a web page titled “Log in” answered, not the API"),
            (302, "the service answered 302, a redirect, which is not followed"),
            (
                404,
                "the service answered 404 (nothing is at that address): a web page titled “Log in”, not the API"
            ),
            (500, "the service answered 500 (a fault of its own): a web page titled “Log in”, not the API"),
        ])
    func page(status: Int, reason: String) {
        let page = "<!doctype html><html><head><title>Log in</title></head><body>…</body></html>"
        #expect(verdict(status, page, sent: batch(2)).reason == reason)
    }
}

@Suite("What the transport's failures prove")
struct TransportVerdictTests {
    @Test(
        "Never sent is retried, but for a certificate; anything later is unknown",
        arguments: TransportFailure.Kind.allCases)
    func failures(kind: TransportFailure.Kind) {
        func short(_ observation: PostObservation) -> PostVerdict {
            PostVerdict(
                of: PostReading(observation), sent: batch(2), scrubber: testScrubber,
                authenticatedBefore: true,
                now: testTime)
        }
        let failure = TransportFailure(kind, message: "words", status: 200)
        let before = short(.neverSent(failure))
        let isLasting = kind == .untrustedCertificate || kind == .proxyLogin
        #expect(before.short == (isLasting ? "wrongService" : "neverSent"))
        #expect(before.kind == .failure(kind))
        let after = short(.unanswered(failure))
        #expect(after.short == "unknown")
        #expect(after.status == 200)
        #expect(after.kind == .failure(kind))
        #expect(!before.authenticated && !after.authenticated)
    }
}

@Suite("What an answer's document proves")
struct DocumentVerdictTests {
    static let sent = batch(3)
    static let auth = Answer.authenticated

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var responses: [String]
        var expected: String
        var authenticated = true
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "all created", responses: [auth, Answer.create(), Answer.create(), Answer.create()],
            expected: "created created created"),
        Case(
            name: "one refused", responses: [auth, Answer.create(), Answer.create("false"), Answer.create()],
            expected: "created refused created"),
        Case(
            name: "success in other letters",
            responses: [auth, Answer.create(" TRUE "), Answer.create("False"), Answer.create("\ttrue")],
            expected: "created refused created"),
        Case(
            name: "missing and unreadable success",
            responses: [auth, Answer.create(nil), Answer.create("1"), Answer.create("")], expected: "unknown"),
        Case(
            name: "one unreadable success",
            responses: [auth, Answer.create(), Answer.create("yes"), Answer.create("false")],
            expected: "created doubt refused"),
        Case(name: "too few", responses: [auth, Answer.create(), Answer.create()], expected: "unknown"),
        Case(
            name: "too many",
            responses: [auth, Answer.create(), Answer.create(), Answer.create(), Answer.create()],
            expected: "unknown"),
        Case(name: "none", responses: [auth], expected: "unknown"),
        Case(name: "nothing at all", responses: [], expected: "unknown", authenticated: false),
        Case(
            name: "no auth response", responses: [Answer.create(), Answer.create(), Answer.create()],
            expected: "unknown"),
        Case(
            name: "auth response last", responses: [Answer.create(), Answer.create(), Answer.create(), auth],
            expected: "unknown"),
        Case(
            name: "two auth responses",
            responses: [auth, auth, Answer.create(), Answer.create(), Answer.create()], expected: "unknown"),
        Case(
            name: "a response of another type among them",
            responses: [
                auth, Answer.create(), "<response type=\"Other\" success=\"true\"/>", Answer.create(),
                Answer.create(),
            ], expected: "unknown"),
        Case(
            name: "a response of another type in place of one",
            responses: [
                auth, Answer.create(), "<response type=\"Other\" success=\"true\"/>", Answer.create(),
            ],
            expected: "unknown"),
        Case(
            name: "auth refused, nothing else", responses: [Answer.notAuthenticated],
            expected: "credentialsRefused", authenticated: false),
        Case(
            name: "auth refused, creates refused",
            responses: [Answer.notAuthenticated] + Array(repeating: Answer.create("false"), count: 3),
            expected: "credentialsRefused", authenticated: false),
        Case(
            name: "auth refused, creates without a word",
            responses: [Answer.notAuthenticated] + Array(repeating: Answer.create(nil), count: 3),
            expected: "credentialsRefused", authenticated: false),
        Case(
            name: "auth refused, a create's word unreadable",
            responses: [
                Answer.notAuthenticated, Answer.create("tru"), Answer.create("false"), Answer.create("false"),
            ],
            expected: "doubt refused refused", authenticated: false),
        Case(
            name: "auth refused, yet one created",
            responses: [
                Answer.notAuthenticated, Answer.create(), Answer.create("false"), Answer.create("false"),
            ],
            expected: "created refused refused"),
        Case(
            name: "echoes in order",
            responses: [auth] + sent.map { Answer.create(echo: $0) }, expected: "created created created"),
        Case(
            name: "echoes in another order",
            responses: [
                auth, Answer.create("false", echo: sent[2]), Answer.create(echo: sent[0]),
                Answer.create(echo: sent[1]),
            ], expected: "created created refused"),
        Case(
            name: "some echoes, in order",
            responses: [auth, Answer.create(echo: sent[0]), Answer.create("false"), Answer.create()],
            expected: "created refused created"),
        Case(
            name: "some echoes, out of order",
            responses: [auth, Answer.create(echo: sent[1]), Answer.create("false"), Answer.create()],
            expected: "doubt created doubt"),
        Case(
            name: "an echo of another row",
            responses: [
                auth, Answer.create(echo: sent[0]), Answer.create(echo: batch(9)[8]),
                Answer.create(echo: sent[2]),
            ],
            expected: "created doubt created"),
        Case(
            name: "a row named twice",
            responses: [
                auth, Answer.create(echo: sent[0]), Answer.create("false", echo: sent[0]),
                Answer.create(echo: sent[2]),
            ],
            expected: "doubt doubt created"),
        Case(
            name: "too many, one row named twice",
            responses: [auth] + sent.map { Answer.create(echo: $0) } + [Answer.create(echo: sent[1])],
            expected: "created doubt created"),
        Case(
            name: "too few, with echoes",
            responses: [auth, Answer.create(echo: sent[2]), Answer.create("false", echo: sent[0])],
            expected: "refused doubt created"),
        Case(
            name: "no auth response, with echoes", responses: sent.map { Answer.create(echo: $0) },
            expected: "created created created"),
        Case(
            name: "empty echoes",
            responses: [auth] + Array(repeating: Answer.create(echoText: "<system_request/>"), count: 3),
            expected: "created created created"),
        Case(
            name: "an echo that can't be compared",
            responses: [
                auth, Answer.create(echo: sent[0]),
                Answer.create(echoText: "<system_request>x</system_request>"), Answer.create(echo: sent[2]),
            ],
            expected: "created doubt created"),
        Case(
            name: "an echo of the whole batch in each response",
            responses: [auth]
                + Array(repeating: Answer.create(echoText: sent.map { Answer.echo($0) }.joined()), count: 3),
            expected: "unknown"),
        Case(
            name: "two lists' worth of rows",
            responses: [auth, Answer.create() + "</responses><responses>", Answer.create(), Answer.create()],
            expected: "unknown"),
        Case(
            name: "a response inside a response",
            responses: [auth, Answer.create(data: Answer.create()), Answer.create(), Answer.create()],
            expected: "unknown"),
    ]

    @Test("Each line of the table", arguments: cases)
    func table(_ row: Case) {
        let verdict = verdict(Answer.document(row.responses), sent: Self.sent)
        #expect(verdict.short == row.expected)
        #expect(verdict.authenticated == row.authenticated)
        if case .answered(let rows) = verdict.outcome { #expect(rows.count == Self.sent.count) }
    }

    @Test(
        "An echo is compared by value",
        arguments: [
            ("SecurityTraxUniqueID", " 0009710 ", true), ("SecurityTraxUniqueID", "9711", false),
            ("SecurityTraxUniqueID", "", false), ("SecurityTraxUniqueID", "9710.0", false),
            ("TechID", "", true), ("TechID", " ", true), ("TechID", "0", false), ("TechID", "5", false),
            ("StartTime", "01/23/2014 07:30", true), ("StartTime", "1/23/2014 7:30:00", true),
            ("StartTime", "1/23/2014 7:30 AM", true), ("StartTime", "2014-01-23 07:30:00", true),
            ("StartTime", "2014-01-23T07:30", true), ("StartTime", "01/23/2014 7:30 PM", false),
            ("StartTime", "01/23/2014 7:30:01", false), ("StartTime", "01/23/14 7:30", false),
            ("StartTime", "23/01/2014 7:30", false), ("StartTime", "01/23/2014", false),
            ("StartTime", "", false),
            ("EndTime", "01/23/2014 7:30", false), ("EndTime", "1/23/2014 9:00 am", true),
            ("ServiceType", "01", true), ("ServiceType", "install", true), ("ServiceType", "2", false),
            ("ServiceType", "", false), ("ServiceDetailType", " Panel &amp; siren\r\n", true),
            ("ServiceDetailType", "panel &amp; siren", false), ("ServiceDetailType", "", false),
            ("Notes", "quite another text", true), ("Notes", "", true),
        ])
    func echoValues(name: String, value: String, matches: Bool) throws {
        let start = try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 7, minute: 30))
        let appointment = Appointment(
            customerID: 9710, techID: nil, start: start, end: LocalTime(minutes: start.minutes + 90),
            serviceType: .install, serviceDetailType: "Panel & siren", notes: "sent notes")
        let echo = Answer.echo(appointment).replacing(
            try Regex("<attribute name=\"\(name)\">[^<]*<"), with: "<attribute name=\"\(name)\">\(value)<")
        let verdict = verdict(
            Answer.document([Answer.authenticated, Answer.create(echoText: echo)]), sent: [appointment])
        #expect(verdict.short == (matches ? "created" : "unknown"))
    }

    @Test(
        "A damaged document counts only where an echo names a row",
        arguments: [
            "</root>", "<unclosed>", "&undeclared;", "<a></b>", "\u{0}", "<response type=", "]]>",
        ])
    func damage(_ damage: String) {
        func body(_ creates: [String]) -> String {
            "<root><responses>" + Answer.authenticated + creates.joined() + damage
        }
        #expect(
            verdict(body(Array(repeating: Answer.create(), count: 3)), sent: Self.sent).short == "unknown")
        #expect(
            verdict(body([Answer.create(echo: Self.sent[1]), Answer.create()]), sent: Self.sent).short
                == "doubt created doubt")
        #expect(
            verdict(body([Answer.create("false", echo: Self.sent[0])]), sent: Self.sent).short
                == "refused doubt doubt")
    }

    @Test("Junk after the end makes a document damaged")
    func trailingJunk() {
        let good = Answer.document([Answer.authenticated] + Array(repeating: Answer.create(), count: 3))
        for junk in ["x", "<root/>", "<br/>", "Fatal error", good] {
            #expect(verdict(good + junk, sent: Self.sent).short == "unknown", "\(junk)")
        }
        #expect(
            verdict(good + "\n \t<!-- generated -->\n", sent: Self.sent).short == "created created created")
    }

    @Test("Two rows of equal value can't be told apart by an echo")
    func equalRows() {
        let sent = [Self.sent[0], Self.sent[0]]
        let body = Answer.document([Answer.authenticated] + sent.map { Answer.create(echo: $0) })
        #expect(verdict(body, sent: sent).short == "unknown")
    }

    @Test("The details of a created appointment are kept by name")
    func details() {
        let data = """
            <ConfirmationStatusName> Not
             Confirmed </ConfirmationStatusName><Schedule><ID><![CDATA[17 & 18]]></ID><Empty/></Schedule>\
            <Password>x</Password>
            """
        let verdict = verdict(
            Answer.document([Answer.authenticated, Answer.create(data: data)]), sent: batch(1))
        #expect(
            verdict.outcome
                == .answered([
                    .created([
                        ResponseDetail(name: "ConfirmationStatusName", value: "Not Confirmed"),
                        ResponseDetail(name: "ID", value: "17 & 18"),
                        ResponseDetail(name: "Empty", value: ""),
                    ])
                ]))
    }

    @Test(
        "A refusal's reason is found where services put it",
        arguments: [
            ("<data><message>Customer not found</message></data>", "Customer not found"),
            ("<data>Customer not found</data>", "Customer not found"),
            ("<message>Customer not found</message>", "Customer not found"),
            (
                "<messages><message>Customer</message><message>not found</message></messages>",
                "Customer not found"
            ),
            ("<error><code>17</code> <text>no such customer</text></error>", "17 no such customer"),
            ("<errors><![CDATA[<b>Customer</b> not found]]></errors>", "<b>Customer</b> not found"),
            ("<data/>", ""), ("", ""), ("Customer not found", "Customer not found"),
            ("<data><message> Customer\n\tnot   found </message></data>", "Customer not found"),
        ])
    func reasons(content: String, reason: String) {
        let response =
            "<response type=\"CreateTechScheduleBySecurityTraxUniqueID\" success=\"false\">\(content)</response>"
        let verdict = verdict(Answer.document([Answer.authenticated, response]), sent: batch(1))
        #expect(verdict.outcome == .answered([.refused(reason: reason)]))
    }

    @Test("Reasons and details are bounded")
    func bounds() {
        let long = String(repeating: "word ", count: 10_000)
        let sent = batch(2)
        let verdict = verdict(
            Answer.document([
                Answer.authenticated, Answer.create("false", data: "<message>\(long)</message>"),
                Answer.create(data: (0..<500).map { "<d\($0)>\(long.prefix(600))</d\($0)>" }.joined()),
            ]), sent: sent)
        guard case .answered(let rows) = verdict.outcome, case .refused(let reason) = rows[0],
            case .created(let details) = rows[1]
        else { Issue.record("\(verdict.short)"); return }
        #expect(reason.count == PostVerdict.reasonLimit)
        #expect(reason.hasSuffix("…"))
        #expect(details.count == 64)
        #expect(details.allSatisfy { $0.value.count <= PostVerdict.detailLimit })
    }
}

@Suite("The password stays out of what is kept")
struct SecretTests {
    static let password = testCredentials.password

    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        XMLText.appendEscaped(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "A service that quotes it is not repeated",
        arguments: [
            password, password.uppercased(), escaped(password), Data(password.utf8).base64EncodedString(),
            "pa%3Cs%3E%26%22w0rd%27", "pa&lt;s&gt;&amp;&quot;w0rd&#039;",
            String(repeating: "x", count: 480) + password,
            String(repeating: "x ", count: 2042) + password,
        ])
    func quoted(form: String) {
        let text = Self.escaped("Wrong: \(form) (given)")
        let sent = batch(2)
        let documents = [
            (
                200,
                Answer.document([
                    Answer.authenticated, Answer.create("false", data: "<message>\(text)</message>"),
                    Answer.create(data: "<Echo>\(text)</Echo>"),
                ])
            ),
            (200, Answer.document([Answer.notAuthenticated.replacing("Unknown user", with: text)])),
            (400, "<root><message>\(text)</message></root>"),
        ]
        for (status, body) in documents {
            let kept = "\(verdict(status, body, sent: sent).outcome)".lowercased()
            #expect(!kept.contains("w0rd"), "\(kept)")
            #expect(!kept.contains("w0rd".data(using: .utf8)?.base64EncodedString().lowercased() ?? ""))
        }
    }

    @Test("A short password is masked as a word, not in the middle of others")
    func shortPassword() {
        let scrubber = SecretScrubber(Credentials(username: "u", password: "ab", partnerID: "p"))
        #expect(scrubber.clean("about ab, ab", limit: 100) == "about ********, ********")
    }

    @Test("Control and format characters are not kept")
    func controls() {
        let scrubber = SecretScrubber(testCredentials)
        #expect(scrubber.clean("a\u{9B}31m\u{202E}b\u{7F}\u{2028}c", limit: 100) == "a 31m b c")
    }

    @Test("The echoed credentials are not in the document that was read")
    func echoedCredentials() {
        let echo =
            "<system_request><attribute name=\"Username\">someone</attribute>"
            + "<attribute name=\"Password\">hunter2</attribute></system_request>"
        let body = Answer.document([
            Answer.authenticated.replacing("</response>", with: echo + "</response>"),
            Answer.create("false", echoText: echo),
        ])
        #expect(!"\(ResponseDocument(Array(body.utf8)))".contains("hunter2"))
    }
}

@Suite("Retry-After")
struct RetryAfterTests {
    // 2023-11-14 22:13:20 UTC
    @Test(
        "Seconds and dates, bounded",
        arguments: [
            ("0", 0), ("1", 1), (" 30 ", 30), ("007", 7), ("3600", 3600), ("3601", 3600),
            ("99999999999999999999", 3600),
            ("Tue, 14 Nov 2023 22:14:20 GMT", 60), ("Tuesday, 14-Nov-23 22:14:20 GMT", 60),
            ("Tue Nov 14 22:14:20 2023", 60), ("Tue, 14 Nov 2023 22:13:20 UTC", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sunday, 06-Nov-94 08:49:37 GMT", 0),
            ("Sun Nov  6 08:49:37 1994", 0),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 3600), ("Tue, 14 nov 2023 22:14:60 GMT", 100),
        ])
    func valid(text: String, seconds: Int) {
        #expect(RetryAfter.pause(text, now: testTime) == .seconds(seconds))
    }

    @Test(
        "What names no time is none",
        arguments: [
            "", " ", "soon", "-1", "+1", "1.5", "1e3", "0x10", "60s", "Tue, 14 Nov 2023",
            "Tue, 14 Nov 2023 22:14:20",
            "Tue, 14 Nov 2023 22:14:20 PST", "Tue, 31 Feb 2023 22:14:20 GMT", "Tue, 14 Nov 2023 24:14:20 GMT",
            "Tue, 14 Nov 2023 22:14:61 GMT", "Tue, 14 Foo 2023 22:14:20 GMT", "14 Nov 2023 22:14:20 GMT",
            "2023-11-14T22:14:20Z", "٣٠", "Tue, -1 Nov 2023 22:14:20 GMT", String(repeating: "9", count: 100),
        ])
    func invalid(text: String) {
        #expect(RetryAfter.pause(text, now: testTime) == nil)
    }
}
