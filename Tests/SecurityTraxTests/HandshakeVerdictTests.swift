import Foundation
import Testing

@testable import SecurityTrax

@Suite("What a handshake says of the service")
struct HandshakeVerdictTests {
    private func verdict(
        _ status: Int = 200, _ body: String, retryAfter: String? = nil, location: String? = nil
    ) -> HandshakeVerdict {
        let answer = HTTPAnswer(
            status: status, retryAfter: retryAfter, location: location, body: Array(body.utf8))
        return HandshakeVerdict(of: .answered(answer), scrubber: testScrubber, now: testTime)
    }

    private func short(_ verdict: HandshakeVerdict) -> String {
        switch verdict.outcome {
        case .accepted: "accepted"
        case .silent: "silent"
        case .failed: "failed"
        case .credentialsRefused: "credentialsRefused"
        case .wrongService: "wrongService"
        }
    }

    private func reason(_ verdict: HandshakeVerdict) -> String {
        switch verdict.outcome {
        case .accepted, .silent: ""
        case .failed(_, let reason), .credentialsRefused(let reason), .wrongService(let reason, _): reason
        }
    }

    @Test("The document is the auth block alone")
    func document() {
        let text = String(decoding: RequestDocument.handshake(testCredentials).bytes, as: UTF8.self)
        #expect(text.components(separatedBy: "<request ").count == 2)
        #expect(text.contains("GetSystemAuthentication"))
        #expect(!text.contains(RequestDocument.createType))
    }

    @Test(
        "A status without a word of the API's means one thing", arguments: ["", "<html>x</html>", "not XML"])
    func everyStatus(body: String) {
        for status in 100...599 {
            let expected =
                switch status {
                case 401, 403: "credentialsRefused"
                case 408, 429, 500...599: "failed"
                default: "wrongService"
                }
            #expect(short(verdict(status, body)) == expected, "\(status)")
        }
    }

    static let wordless = "<response type=\"GetSystemAuthentication\"><data/></response>"

    @Test(
        "A word on the authentication counts under any status but a redirect, a refusal and a pause",
        arguments: [
            (200, [Answer.authenticated], "accepted"), (200, [Answer.notAuthenticated], "credentialsRefused"),
            (200, [], "silent"), (200, [wordless], "silent"),
            (200, [Answer.authenticated, Answer.notAuthenticated], "credentialsRefused"),
            (200, [Answer.authenticated, wordless], "silent"),
            // A service that dislikes a document without an operation.
            (200, [Answer.authenticated, "<response type=\"x\" success=\"false\"/>"], "accepted"),
            (400, [], "silent"), (400, [Answer.authenticated], "silent"),
            (422, [Answer.notAuthenticated], "credentialsRefused"),
            (500, [Answer.authenticated], "silent"), (500, [Answer.notAuthenticated], "credentialsRefused"),
            (500, [], "failed"),
            (401, [Answer.authenticated], "credentialsRefused"),
            (302, [Answer.authenticated], "wrongService"),
            (429, [Answer.authenticated], "failed"),
        ] as [(Int, [String], String)])
    func words(status: Int, responses: [String], expected: String) {
        #expect(short(verdict(status, Answer.document(responses))) == expected)
    }

    @Test("A damaged document that accepts the credentials lets a single row show more")
    func damaged() {
        let body = Answer.document([Answer.authenticated])
        #expect(short(verdict(200, String(body.dropLast(10)))) == "silent")
        #expect(
            short(verdict(200, Answer.document([Answer.notAuthenticated]) + "junk")) == "credentialsRefused")
    }

    @Test("Retry-After is kept", arguments: [429, 503, 408])
    func pauses(status: Int) {
        guard case .failed(let pause, let reason) = verdict(status, "", retryAfter: "7").outcome else {
            Issue.record("\(status)")
            return
        }
        #expect(pause == .seconds(7))
        #expect(reason.hasPrefix("the service answered \(status)"))
    }

    @Test("What no try again can change is not tried again", arguments: TransportFailure.Kind.allCases)
    func failures(kind: TransportFailure.Kind) {
        let failure = TransportFailure(kind, message: "words")
        for observation in [PostObservation.neverSent(failure), .unanswered(failure)] {
            let verdict = HandshakeVerdict(of: observation, scrubber: testScrubber, now: testTime)
            let isFinal = [.untrustedCertificate, .proxyLogin, .notHTTP, .tooLarge].contains(kind)
            #expect(short(verdict) == (isFinal ? "wrongService" : "failed"))
            #expect(reason(verdict).hasSuffix(" (words)"))
            #expect(verdict.kind == .failure(kind))
        }
    }

    @Test(
        "A web page is called by its title",
        arguments: [
            ("<html><head><title>Log in</title>", "a web page titled “Log in” answered, not the API"),
            (
                "\u{FEFF}\n<!DOCTYPE HTML PUBLIC \"x\"><HTML><HEAD><TITLE lang=en>\n Log\n  in </TITLE>",
                "a web page titled “Log in” answered, not the API"
            ),
            (
                "<?xml version=\"1.0\"?><!DOCTYPE html><html><title>Tom &amp; Co &#8211; caf&#xE9;</title></html>",
                "a web page titled “Tom & Co – café” answered, not the API"
            ),
            (
                "<!-- a --><html><title>a\u{1B}[31m\u{202E}b</title></html>",
                "a web page titled “a [31m b” answered, not the API"
            ),
            ("<h1>We will be <b>back</b></h1>", "a web page titled “We will be back” answered, not the API"),
            ("<html><body>x</body></html>", "a web page answered, not the API"),
            ("<html><title></title></html>", "a web page answered, not the API"),
            (
                "<html><title>Wrong: pa&lt;s&gt;&amp;&quot;w0rd'</title>",
                "a web page titled “Wrong: ********” answered, not the API"
            ),
            ("maintenance", "the service answered 200, not the API: the answer is not a response document"),
            ("", "the service answered 200, not the API: the answer is empty"),
        ])
    func pages(body: String, expected: String) {
        let verdict = verdict(200, body)
        #expect(short(verdict) == "wrongService")
        if body.contains("<") {
            #expect(reason(verdict) == expected)
        } else {
            #expect(reason(verdict).hasPrefix("the service answered 200, not the API: "))
        }
    }

    @Test(
        "A password that a page's tags or entities could hide a part of is taken out of its title as a whole",
        arguments: [
            "Tr0ub4dor&Three<X>", "<b>Tr0ub4dor</b>", "Tr0ub<4dor", "Tr0u>b4dor<", "Tr0ub&amp;4dor",
            "Tr0ub<!--4dor-->",
        ],
        ["", " wrong > try again", "</b>"])
    func markedPassword(password: String, rest: String) {
        let scrubber = SecretScrubber(Credentials(username: "u", password: password, partnerID: "1"))
        for element in ["title", "h1"] {
            let body = Array("<html><\(element)>Wrong: \(password)\(rest)</\(element)></html>".utf8)
            let verdict = HandshakeVerdict(
                of: .answered(HTTPAnswer(status: 200, body: body)), scrubber: scrubber, now: testTime)
            #expect(reason(verdict).contains("Wrong: ********"), "\(reason(verdict))")
            for part in ["Tr0", "4dor", "Three"] {
                #expect(!reason(verdict).contains(part), "\(reason(verdict))")
            }
        }
    }

    @Test("A long title is cut")
    func longTitle() {
        let verdict = verdict(
            200, "<html><title>" + String(repeating: "word ", count: 10_000) + "</title></html>")
        #expect(reason(verdict).count < 200)
        #expect(reason(verdict).contains("…”"))
    }

    @Test("A page in UTF-16 has a title too")
    func wide() {
        let page = "<html><title>Log in</title></html>".data(using: .utf16) ?? Data()
        let answer = HTTPAnswer(status: 200, body: Array(page))
        let verdict = HandshakeVerdict(of: .answered(answer), scrubber: testScrubber, now: testTime)
        #expect(reason(verdict).contains("titled “Log in”"))
    }

    @Test(
        "A redirect is called by its target, without what may be secret in it",
        arguments: [
            ("https://login.example/in", " to https://login.example/in"),
            ("/login.php?user=x&password=y", " to /login.php…"),
            ("https://user:pass@login.example/a#b", " to https://login.example/a…"),
            ("//user@login.example/", " to //login.example/"),
            ("/a;jsessionid=17", " to /a…"), ("?x", ""), ("", ""),
            ("https://x/pa%3Cs%3E%26%22w0rd%27/y", " to another address"),
            ("https://x/pa<s>&\"w0rd'/y", " to another address"),
            ("https://x/\u{1B}[31m\u{202E}y", " to https://x/ [31m y"),
        ])
    func redirects(location: String, expected: String) {
        let verdict = verdict(302, "<html><title>Moved</title></html>", location: location)
        #expect(reason(verdict) == "the service answered 302, a redirect\(expected), which is not followed")
    }

    @Test("A long target is cut")
    func longTarget() {
        let verdict = verdict(301, "", location: "https://x/" + String(repeating: "y", count: 5_000))
        #expect(reason(verdict).count < 300)
    }

    @Test(
        "A service that quotes the password is not repeated", arguments: [200, 400, 401, 403, 404, 429, 500])
    func secrets(status: Int) {
        var escaped: [UInt8] = []
        XMLText.appendEscaped(testCredentials.password, to: &escaped)
        let quoted = String(decoding: escaped, as: UTF8.self)
        for body in [
            Answer.document([Answer.notAuthenticated.replacing("Unknown user", with: quoted)]),
            "<root><message>\(quoted)</message></root>", "<html><title>\(quoted)</title></html>",
        ] {
            #expect(!"\(verdict(status, body))".contains("w0rd"))
        }
    }
}
