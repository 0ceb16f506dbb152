import Foundation
import Testing

@testable import SecurityTrax

@Suite("What the answer to queries proves")
struct QueryVerdictTests {
    static let phone = CustomerQuery.phone(number("5085550107"))
    static let account = CustomerQuery.account("A-17")
    static let customer = CustomerQuery.customer(7)
    static let sent = [phone, account, customer]

    static func number(_ text: String) -> PhoneNumber {
        guard let number = PhoneNumber(text) else { preconditionFailure("not a phone number") }
        return number
    }

    // MARK: Answers as the vendor's service would write them

    static func ids(_ ids: [String], _ success: String = "true", echo: String = "") -> String {
        "<response type=\"AllAccess-GetSecurityTraxUniqueID\" success=\"\(success)\"><data>"
            + ids.map { "<SecurityTraxUniqueID>\($0)</SecurityTraxUniqueID>" }.joined()
            + "</data>\(echo)</response>"
    }

    static func record(_ content: String, _ success: String = "true", echo: String = "") -> String {
        "<response type=\"AllAccess-GetCustomerStatusBySecurityTraxUniqueID\" success=\"\(success)\"><data>"
            + "<Customer>\(content)</Customer></data>\(echo)</response>"
    }

    static func echo(_ attributes: (String, String)...) -> String {
        "<system_request>"
            + attributes.map { "<attribute name=\"\($0.0)\">\($0.1)</attribute>" }.joined()
            + "</system_request>"
    }

    static let phoneEcho = echo(("IDType", "PhoneNumber"), ("ID", "5085550107"))
    static let accountEcho = echo(("IDType", "AccountNumber"), ("ID", "A-17"))
    static let customerEcho = echo(("SecurityTraxUniqueID", "7"))

    private func verdict(_ body: String, status: Int = 200, of sent: [CustomerQuery] = sent) -> QueryVerdict {
        QueryVerdict(
            of: .answered(HTTPAnswer(status: status, body: Array(body.utf8))), sent: sent,
            scrubber: testScrubber, authenticatedBefore: false, now: testTime)
    }

    private func answers(_ responses: [String], of sent: [CustomerQuery] = sent) -> [String] {
        guard
            case .answered(let answers, _) = verdict(
                Answer.document([Answer.authenticated] + responses), of: sent
            ).outcome
        else { return [] }
        return answers.map(Self.short)
    }

    /// An answer in a word or two.
    static func short(_ answer: CustomerAnswer?) -> String {
        switch answer {
        case nil: "again"
        case .found(let customer): "\(customer.id)"
        case .notFound(let reason): "none" + (reason.isEmpty ? "" : ": \(reason)")
        case .several(let ids): ids.map { String($0) }.joined(separator: " or ")
        case .failed: "failed"
        }
    }

    @Test(
        "What an answer says of a number",
        arguments: [
            (ids(["104882"]), "104882"), (ids([" 104882\n"]), "104882"),
            (ids(["104882", "104882"]), "104882"),
            (ids(["104882", "104883"]), "104882 or 104883"), (ids([]), "none"), (ids([""]), "none"),
            (ids(["", "7"]), "7"), (ids([], "false"), "none"), (ids(["5"], "FALSE"), "none: 5"),
            (ids(["7"], "true").replacing("<data>", with: "<data><Extra>9</Extra>"), "7"),
            (ids(["0"]), "failed"), (ids(["-7"]), "failed"), (ids(["7a"]), "failed"),
            (ids(["7,8"]), "failed"),
            (ids(["99999999999999999999"]), "failed"), (ids(["7"], "maybe"), "failed"),
            (ids(["7"], ""), "failed"),
            (ids(["7"]).replacing(" success=\"true\"", with: ""), "failed"),
            (ids(["7"]).replacing("GetSecurityTraxUniqueID", with: "GetSomethingElse"), "again"),
            (ids(["7"], echo: phoneEcho), "7"),
            (ids(["7"], echo: echo(("IDType", "PhoneNumber"), ("ID", "+1 (508) 555-0107"))), "7"),
            (ids(["7"], echo: echo(("IDType", "PhoneNumber"), ("ID", "5085550108"))), "again"),
            (ids(["7"], echo: echo(("IDType", "AccountNumber"), ("ID", "5085550107"))), "again"),
            (ids(["7"], echo: customerEcho), "again"), ("", "again"),
        ])
    func numbers(response: String, expected: String) {
        #expect(answers(response.isEmpty ? [] : [response], of: [Self.phone]) == [expected])
    }

    @Test(
        "What an answer says of a customer",
        arguments: [
            (record("<ID>7</ID><SecurityTraxUniqueID>7</SecurityTraxUniqueID>"), "7"),
            (record("<ID>7</ID>"), "7"), (record("<ID>007</ID>"), "7"), (record(""), "none"),
            (record("<FirstName>Ann</FirstName>"), "none"), (record("", "false"), "none"),
            (record("<ID>8</ID>"), "failed"),
            (record("<ID>7</ID><SecurityTraxUniqueID>8</SecurityTraxUniqueID>"), "failed"),
            (record("<ID>x</ID>"), "failed"), (record("<ID>7</ID>", "maybe"), "failed"),
            (record("<ID>7</ID>", echo: customerEcho), "7"),
            (record("<ID>7</ID>", echo: echo(("SecurityTraxUniqueID", "8"))), "again"),
        ])
    func customers(response: String, expected: String) {
        #expect(answers([response], of: [Self.customer]) == [expected])
    }

    @Test("A record holds the customer's own elements, cleaned and bounded")
    func recordContent() {
        let body = Self.record(
            "<ID>7</ID><FirstName> Ann </FirstName><LastName>O&apos;Hara &amp; Co</LastName>"
                + "<BusinessName>pa&lt;s&gt;&amp;&quot;w0rd&apos;</BusinessName><Zip>01602-1234</Zip><Phone1/>"
                + "<Phone2>(508) 555-0107</Phone2><Phone4>5085550108</Phone4>"
                + "<City>\(String(repeating: "x", count: 300))</City><Email>a\u{9B}b</Email>"
                + "<EmergencyContacts><FirstName>Bob</FirstName><Phone3>5085550199</Phone3><ID>99</ID></EmergencyContacts>"
        )
        guard
            case .answered(let answers, _) = verdict(
                Answer.document([Answer.authenticated, body]), of: [Self.customer]
            ).outcome,
            case .found(let customer) = answers.first, let record = customer.record
        else {
            Issue.record("not found")
            return
        }
        #expect(record.firstName == "Ann")
        #expect(record.lastName == "O'Hara & Co")
        #expect(record.businessName == Credentials.mask)
        #expect(record.zip == "01602-1234")
        #expect(record.phones == ["(508) 555-0107", "5085550108"])
        #expect(record.city.count <= QueryVerdict.textLimit)
        #expect(!record.email.contains("\u{9B}"))
        #expect(record.state == "")
    }

    @Test("Answers are matched by order where type and count are exact, else by echo alone")
    func matching() {
        let good = [Self.ids(["1"]), Self.ids([]), Self.record("<ID>7</ID>")]
        let echoing = [
            Self.ids(["1"], echo: Self.phoneEcho), Self.ids([], echo: Self.accountEcho),
            Self.record("<ID>7</ID>", echo: Self.customerEcho),
        ]
        #expect(answers(good) == ["1", "none", "7"])
        #expect(answers(echoing) == ["1", "none", "7"])
        #expect(answers(echoing.reversed()) == ["1", "none", "7"])
        #expect(answers(good.reversed()) == ["again", "again", "again"])
        #expect(answers([good[0], good[1]]) == ["again", "again", "again"])
        #expect(answers([good[1], good[0], good[2]]) == ["none", "1", "7"])
        #expect(answers([echoing[2], echoing[0]]) == ["1", "again", "7"])
        #expect(answers(echoing + [echoing[0]]) == ["again", "none", "7"])
        #expect(answers(good + [good[0]]) == ["again", "again", "again"])
        #expect(answers([echoing[0], good[1], good[2]]) == ["1", "none", "7"])
    }

    @Test("Cut anywhere, an answer tells only what a complete response with its echo says")
    func cut() {
        let whole = Array(
            Answer.document([
                Answer.authenticated, Self.ids(["104882"], echo: Self.phoneEcho),
                Self.ids([], "false", echo: Self.accountEcho),
                Self.record("<ID>7</ID>", echo: Self.customerEcho),
            ]).utf8)
        for length in 0..<whole.count {
            let text = String(decoding: whole[..<length], as: UTF8.self)
            switch verdict(text).outcome {
            case .answered(let answers, _):
                let complete = text.components(separatedBy: "</response>").count - 1
                for (index, (answer, expected)) in zip(answers, ["104882", "none", "7"]).enumerated() {
                    #expect(
                        answer == nil || index + 1 < complete && Self.short(answer) == expected, "\(length)")
                }
            case .failed: #expect(!text.contains("</response>"), "\(length)")
            case let other: Issue.record("\(length): \(other)")
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var status: Int
        var retryAfter: String?
        var authenticatedBefore = false
        var expected: String
        var testDescription: String { "\(status) \(retryAfter ?? "") \(authenticatedBefore)" }
    }

    static let statuses: [Row] = [
        Row(status: 301, expected: "wrong"), Row(status: 302, expected: "wrong"),
        Row(status: 308, expected: "wrong"),
        Row(status: 400, expected: "whole"), Row(status: 422, expected: "whole"),
        Row(status: 401, expected: "refused"),
        Row(status: 403, expected: "refused"), Row(status: 403, authenticatedBefore: true, expected: "whole"),
        Row(status: 406, expected: "wrong"), Row(status: 406, authenticatedBefore: true, expected: "whole"),
        Row(status: 404, expected: "wrong"), Row(status: 405, expected: "wrong"),
        Row(status: 408, expected: "failed"),
        Row(status: 413, expected: "large"),
        Row(status: 429, retryAfter: "7", expected: "failed 7.0 seconds"),
        Row(status: 500, expected: "failed"),
        Row(status: 503, retryAfter: "2", expected: "failed 2.0 seconds"),
        Row(status: 504, expected: "failed"),
    ]

    @Test("Each status has its line, and nothing in it quotes the password", arguments: statuses)
    func status(row: Row) {
        let body =
            "<root><message>bad \(testCredentials.password.replacing("<", with: "&lt;").replacing("&\"", with: "&amp;\""))</message></root>"
        let outcome = QueryVerdict(
            of: .answered(
                HTTPAnswer(status: row.status, retryAfter: row.retryAfter, body: Array(body.utf8))),
            sent: Self.sent, scrubber: testScrubber, authenticatedBefore: row.authenticatedBefore,
            now: testTime
        ).outcome
        let short: (String, String) =
            switch outcome {
            case .answered: ("answered", "")
            case .failed(let pause, let reason): ("failed" + (pause.map { " \($0)" } ?? ""), reason)
            case .tooLarge(let reason): ("large", reason)
            case .refusedAsWhole(let reason): ("whole", reason)
            case .credentialsRefused(let reason): ("refused", reason)
            case .wrongService(let reason, _): ("wrong", reason)
            }
        #expect(short.0 == row.expected)
        #expect(short.1.contains("\(row.status)"))
        #expect(!short.1.contains("w0rd"))
    }

    @Test(
        "What is no answer to queries",
        arguments: [
            ("<html><title>Log in</title></html>", "wrong"), ("", "failed"), ("<<<", "failed"),
            ("<root><responses></responses></root>", "answered"),
            (Answer.document([Answer.notAuthenticated]), "refused"),
            (Answer.document([Answer.authenticated]), "answered"),
        ])
    func others(body: String, expected: String) {
        let short =
            switch verdict(body).outcome {
            case .answered(let answers, _): answers.allSatisfy { $0 == nil } ? "answered" : "too much"
            case .failed: "failed"
            case .credentialsRefused: "refused"
            case .wrongService: "wrong"
            case let other: "\(other)"
            }
        #expect(short == expected)
    }
}
