/// What an answer is called where it is not what was asked for: a redirect by its target, a web page by
/// its title, anything else by its status and the words in it. Never longer than people read, and
/// never with the password.
struct AnswerWords {
    private let answer: HTTPAnswer
    private let document: ResponseDocument
    private let scrubber: SecretScrubber
    /// The page, where the answer is one.
    private let page: WebPage?

    private static let titleLimit = 100
    private static let targetLimit = 200
    private static let messageLimit = 300

    init(_ answer: HTTPAnswer, _ document: ResponseDocument, _ scrubber: SecretScrubber) {
        self.answer = answer
        self.document = document
        self.scrubber = scrubber
        page = document.responses.isEmpty && !document.mentionsCreate ? WebPage(answer.body) : nil
    }

    /// Whether the answer is a web page.
    var isPage: Bool { page != nil }

    /// The answer in a few words, without a full stop.
    var text: String { text("\(Self.answered)\(answer.status)\(meaning)") }

    /// How the words begin of an answer that is told by its status.
    static let answered = "the service answered "

    /// What a status says to whoever does not know it by its number.
    private var meaning: String {
        switch answer.status {
        case 404: " (nothing is at that address)"
        case 407: " (the proxy wants a user name and a password)"
        case 413: " (too large)"
        case 429: " (too many requests)"
        case 500: " (a fault of its own)"
        case 502, 504: " (what stands before it can't reach it)"
        case 503: " (not available now)"
        default: ""
        }
    }

    /// The same for an answer whose status refuses the credentials.
    var refusal: String { text("the service refused the credentials with \(answer.status)") }

    private func text(_ status: String) -> String {
        if (300...399).contains(answer.status) {
            return status + ", a redirect\(target.map { " to \($0)" } ?? ""), which is not followed"
        }
        if let page {
            let title = scrubber.clean(
                page.title { scrubber.clean($0, limit: .max) }, limit: Self.titleLimit)
            let name = title.isEmpty ? "a web page" : "a web page titled “\(title)”"
            return (200...299).contains(answer.status)
                ? "\(name) answered, not the API" : "\(status): \(name), not the API"
        }
        let words = scrubber.clean(document.message, limit: Self.messageLimit)
        return words.isEmpty ? status : "\(status): \(words)"
    }

    /// Where a redirect leads: without the user, the query, the parameters and the fragment, any of which
    /// may hold a secret.
    private var target: String? {
        guard let location = answer.location, !location.isEmpty else { return nil }
        let end = location.firstIndex { "?#;".contains($0) } ?? location.endIndex
        var address = location[..<end]
        if let slashes = address.firstRange(of: "//") {
            let authority = address[slashes.upperBound...].prefix { $0 != "/" && $0 != "\\" }
            if let user = authority.lastIndex(of: "@") {
                address = address[..<slashes.upperBound] + address[address.index(after: user)...]
            }
        }
        let plain = Self.withoutPercentEncoding(address)
        // Whatever way the password is written in, an address that holds it is not shown.
        if scrubber.clean(plain, limit: .max).contains(Credentials.mask) { return "another address" }
        let shown = scrubber.clean(String(address), limit: Self.targetLimit)
        if shown.isEmpty { return nil }
        return end < location.endIndex && !shown.hasSuffix("…") ? shown + "…" : shown
    }

    /// The address with what `%41` and the like stand for; as it is where that is no text.
    private static func withoutPercentEncoding(_ address: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = address.utf8
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                let code = UInt8(digits, radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(address)
    }
}
