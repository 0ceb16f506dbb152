import Foundation
import Testing

@testable import SecurityTrax

@Suite("Every spelling of the password is masked")
struct SecretSpellingTests {
    static let passwords = [
        "hunter2!", "pa<s>&\"w0rd'", "O'Hara \"quotes\"", "two words  and more", "a+b=c&d", "100%sure%41",
        "C:\\temp\\new",
        "/slash/es/", "pässwörd", "пароль17", "p😀ssw0rd", "&amp;lt;", "#$%^*()_+|~", "....", "ab/+cd==",
        "x\\u0041y",
        String(repeating: "long Passw0rd' ", count: 10),
    ]

    struct Spelling: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var spell: @Sendable (String) -> String

        init(_ name: String, _ spell: @escaping @Sendable (String) -> String) {
            (testDescription, self.spell) = (name, spell)
        }
    }

    private static func references(_ text: String, _ write: (Unicode.Scalar) -> String) -> String {
        text.unicodeScalars.map(write).joined()
    }

    private static func html(_ text: String, quote: String, apostrophe: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: quote).replacing("'", with: apostrophe)
    }

    /// PHP's `json_encode`.
    private static func json(_ text: String, escapesUnicode: Bool = true) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\", "/": return "\\" + String(Character(scalar))
            default:
                guard escapesUnicode, !scalar.isASCII else { return String(Character(scalar)) }
                return String(Character(scalar)).utf16.map { unit in
                    "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count)
                        + String(unit, radix: 16)
                }.joined()
            }
        }.joined()
    }

    private static func percent(_ text: String, space: String, isUpper: Bool, all: Bool = false) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if !all, scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                return String(Character(scalar))
            }
            if byte == 0x20 { return space }
            let hex = String(byte, radix: 16, uppercase: isUpper)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }

    private static func slashes(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("'", with: "\\'").replacing("\"", with: "\\\"")
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func urlSafe(_ text: String) -> String {
        base64(text).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func hex(_ text: String) -> String {
        text.utf8.map { hex($0) }.joined()
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    static let spellings: [Spelling] = [
        Spelling("as it is") { $0 }, Spelling("upper case") { $0.uppercased() },
        Spelling("lower case") { $0.lowercased() },
        Spelling("XML") { html($0, quote: "&quot;", apostrophe: "&apos;") },
        Spelling("htmlspecialchars") { html($0, quote: "&quot;", apostrophe: "&#039;") },
        Spelling("htmlspecialchars, the old default") { html($0, quote: "&quot;", apostrophe: "'") },
        Spelling("htmlspecialchars, no quotes") { html($0, quote: "\"", apostrophe: "'") },
        Spelling("decimal references") { references($0) { "&#\($0.value);" } },
        Spelling("padded ones") { references($0) { "&#0000\($0.value);" } },
        Spelling("hexadecimal references") { references($0) { "&#x\(String($0.value, radix: 16));" } },
        Spelling("in upper case, padded") {
            references($0) { "&#X00\(String($0.value, radix: 16, uppercase: true));" }
        },
        Spelling("some references") {
            references($0) { $0.value % 2 == 0 ? "&#\($0.value);" : String(Character($0)) }
        },
        Spelling("JSON") { json($0) },
        Spelling("JSON with plain letters") { json($0, escapesUnicode: false) },
        Spelling("JSON, all of it") {
            $0.utf16.map {
                "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16)
            }
            .joined()
        },
        Spelling("urlencode") { percent($0, space: "+", isUpper: true) },
        Spelling("urlencode in lower case") { percent($0, space: "+", isUpper: false) },
        Spelling("rawurlencode") { percent($0, space: "%20", isUpper: true) },
        Spelling("all bytes in percent") { percent($0, space: "%20", isUpper: false, all: true) },
        Spelling("addslashes") { slashes($0) }, Spelling("a string of SQL") { $0.replacing("'", with: "''") },
        Spelling("base64") { base64($0) },
        Spelling("base64 without padding") { base64($0).replacing("=", with: "") },
        Spelling("base64 for URLs") { urlSafe($0) }, Spelling("Basic") { base64("someone:\($0)") },
        Spelling("Basic, for URLs") { urlSafe("someone:\($0)") },
        Spelling("base64 of more") { base64("PartnerID=17;Password=\($0);x") },
        Spelling("base64 in a URL") { percent(base64($0), space: "+", isUpper: true) },
        Spelling("base64 in JSON") { json(base64($0)) },
        Spelling("hexadecimal") { hex($0) }, Spelling("hexadecimal in upper case") { hex($0).uppercased() },
        Spelling("a dump of bytes") { $0.utf8.map { hex($0) }.joined(separator: " ") },
        Spelling("a dump with colons") { $0.utf8.map { hex($0) }.joined(separator: ":") },
        Spelling("a list of numbers in C") {
            $0.utf8.map { "0x" + hex($0).uppercased() }.joined(separator: ", ")
        },
        Spelling("C, hexadecimal") { $0.utf8.map { "\\x" + hex($0) }.joined() },
        Spelling("C, octal") {
            $0.utf8.map {
                "\\" + String(repeating: "0", count: 3 - String($0, radix: 8).count) + String($0, radix: 8)
            }
            .joined()
        },
        Spelling("JavaScript and PHP 7") { references($0) { "\\u{\(String($0.value, radix: 16))}" } },
        Spelling("CSS") {
            references($0) {
                "\\" + String(repeating: "0", count: 6 - String($0.value, radix: 16).count)
                    + String($0.value, radix: 16)
            }
        },
        Spelling("quoted-printable, all of it") {
            $0.utf8.map { "=" + hex($0).uppercased() }.joined()
        },
        Spelling("quoted-printable") {
            $0.utf8.map { byte in
                byte > 0x20 && byte < 0x7F && byte != 0x3D
                    ? String(Character(Unicode.Scalar(byte))) : "=" + hex(byte).uppercased()
            }.joined()
        },
        Spelling("base64 twice") { base64(base64($0)) },
        Spelling("base64 of JSON") { base64(#"{"Username":"someone","Password":""# + json($0) + #""}"#) },
        Spelling("full width") {
            references($0) { scalar in
                (0x21...0x7E).contains(scalar.value)
                    ? String(Character(Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar))
                    : String(Character(scalar))
            }
        },
        Spelling("HTML twice") {
            html(html($0, quote: "&quot;", apostrophe: "&#039;"), quote: "&quot;", apostrophe: "&#039;")
        },
        Spelling("JSON in HTML") { html(json($0), quote: "&quot;", apostrophe: "&#039;") },
        Spelling("HTML in JSON") { json(html($0, quote: "&quot;", apostrophe: "&#039;")) },
        Spelling("addslashes twice") { slashes(slashes($0)) },
        Spelling("urlencode twice") {
            percent(percent($0, space: "+", isUpper: true), space: "+", isUpper: true)
        },
        Spelling("a URL in HTML") {
            html(percent($0, space: "+", isUpper: true), quote: "&quot;", apostrophe: "&#039;")
        },
    ]

    @Test("Whoever wrote it, it is not repeated", arguments: spellings, passwords)
    func masked(spelling: Spelling, password: String) {
        let scrubber = SecretScrubber(Credentials(username: "someone", password: password, partnerID: "17"))
        let form = spelling.spell(password)
        for (before, after) in [("Wrong: ", " (given)"), ("", ""), ("key=", "&x=1"), ("\"", "\"}")] {
            let cleaned = scrubber.clean(before + form + after, limit: 5_000)
            // Nothing but what stood around it, and the mask, which may have taken a letter more.
            let rest = cleaned.replacing(Credentials.mask, with: "")
            let around = (before + after).filter { $0 != " " }
            #expect(cleaned.contains(Credentials.mask), "\(form)")
            #expect(rest.filter { $0 != " " }.count <= around.count, "\(form): \(cleaned)")
        }
    }

    @Test("Entities of PHP's htmlentities and misread letters are the same password")
    func letters() {
        let scrubber = SecretScrubber(Credentials(username: "u", password: "Pässword é", partnerID: "p"))
        for form in [
            "P&auml;ssword &eacute;", "P%E4ssword%20%E9", "P\\xe4ssword \\xe9", "P%u00e4ssword+%u00E9",
            "PÃ¤ssword Ã©",
            "P?ssword ?", "P??ssword ??", "P\u{FFFD}ssword \u{FFFD}", "Pa\u{308}ssword e\u{301}",
            "50e47373776f726420e9",
            Data([0x50, 0xE4] + Array("ssword ".utf8) + [0xE9]).base64EncodedString(),
        ] {
            #expect(scrubber.clean("x \(form) y", limit: 100) == "x ******** y", "\(form)")
        }
    }

    @Test(
        "A short password is masked as a word, whatever its spelling, and nowhere else",
        arguments: [
            ("about ab, ab", "about ********, ********"), ("table 6162616 tab", "table 6162616 tab"),
            ("6162 is 61627", "******** is 61627"), ("%61%62c", "********c"),
            ("YWI= or YWIx", "******** or YWIx"),
            ("cab &#97;b", "cab ********"),
        ])
    func short(text: String, cleaned: String) {
        let scrubber = SecretScrubber(Credentials(username: "u", password: "ab", partnerID: "p"))
        #expect(scrubber.clean(text, limit: 100) == cleaned)
    }

    @Test(
        "A user name and a partner ID are masked where they can't be anything else",
        arguments: [
            ("ana.ruiz@acme.example", "4f6c21e0-77", "No user ana.ruiz@acme.example", "No user ********"),
            (
                "api-import", "4f6c21e0-77", "partner 4F6C21E0-77 unknown, API-IMPORT",
                "partner ******** unknown, ********"
            ),
            ("importer_7", "12345678", "\"importer_7\" of 12345678", "\"********\" of ********"),
            (
                "importer_7", "12345678", "5012345678 123456789 importer_77",
                "5012345678 123456789 importer_77"
            ),
            ("ana.ruiz@acme.example", "x", "ana.ruiz&#64;acme.example", "********"),
        ])
    func names(username: String, partner: String, text: String, cleaned: String) {
        let scrubber = SecretScrubber(
            Credentials(username: username, password: "hunter2!", partnerID: partner))
        #expect(scrubber.clean(text, limit: 200) == cleaned)
    }

    @Test(
        "One that may be a word or a number of something else is left in the messages",
        arguments: [
            ("api", "1"), ("service", "17"), ("importer", "103317"), ("securitytrax", "acme"),
            ("a b c d e f", "1234567"),
        ])
    func words(username: String, partner: String) {
        let scrubber = SecretScrubber(
            Credentials(username: username, password: "hunter2!", partnerID: partner))
        let text =
            "the api service of securitytrax: importer 1, 17, 103317, 1234567, acme, a b c d e f is off"
        #expect(scrubber.clean(text, limit: 200) == text)
    }

    @Test("Words without the password stay as they are")
    func untouched() {
        let scrubber = SecretScrubber(Credentials(username: "u", password: "s3cret+pass", partnerID: "p"))
        for text in [
            "Not Confirmed", "100% & more: it's \"fine\" \\o/", "a%20b &lt;c&gt; \\u00e9", "Zoë 😀 &eacute;",
            "s3cret pas",
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ== /path/to/some/longer/file", "''''''\"\"\"\"",
            "&&&&&###;;;;%%%%\\\\\\\\",
        ] {
            #expect(scrubber.clean(text, limit: 1_000) == text)
        }
    }

    @Test("A text too tangled to be read is not kept, and takes no time to speak of")
    func tangled() {
        let scrubber = SecretScrubber(testCredentials)
        for piece in ["&", "\\", "%25", "&amp;", "\\u005c", "&#", "%5C", "'", "&#38;#38;"] {
            let text = String(repeating: piece, count: 4_096 / piece.utf8.count)
            let cleaned = scrubber.clean(text + testCredentials.password, limit: 10_000)
            #expect(!cleaned.contains("w0rd"), "\(piece)")
        }
    }
}
