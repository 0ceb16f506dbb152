import Foundation
import Testing

@testable import SecurityTrax

@Suite("An answer with something before or behind its document")
struct SurroundedAnswerTests {
    static let sent = batch(3)
    static let echoing = Answer.document(
        [Answer.authenticated] + [
            Answer.create(echo: sent[2]), Answer.create("false", echo: sent[1]), Answer.create(echo: sent[0]),
        ])
    static let silent = Answer.document(
        [Answer.authenticated, Answer.create(), Answer.create("false"), Answer.create()])
    static let undeclared = echoing.replacing("<?xml version=\"1.0\"?>\n", with: "")

    static let notice =
        "<br />\n<b>Notice</b>:  Undefined index: TechID in <b>/var/www/informationposter.php</b> on line "
        + "<b>17</b><br />\n"

    @Test(
        "White space or a notice before it leaves every row that an echo proves",
        arguments: [
            "\n", " ", "\r\n\t ", "\u{FEFF}\u{FEFF}", "\u{FEFF}\n", notice, notice + notice,
            "\u{FEFF}" + notice,
            "\nWarning: date(): It is not safe to rely on the system's timezone settings in /x.php on line 3\n",
            "PHP Notice:  1 < 2 & \"quotes\" 'and' more > less\n", "<!-- served by web-3 -->\n",
            "<p>unclosed\n", "caf\u{E9} \u{1}\n", "{\"debug\":true}\n",
            "<font size='1'><table class='xdebug-error'><tr><th>( ! ) Notice</th></tr></table></font>\n",
            String(repeating: "x", count: 100_000),
        ])
    func before(_ text: String) {
        let verdict = verdict(text + Self.echoing, sent: Self.sent)
        #expect(verdict.short == "created refused created")
        #expect(verdict.authenticated)
        // By order alone nothing is proved: what stood there may have been a response.
        #expect(SecurityTraxTests.verdict(text + Self.silent, sent: Self.sent).short == "unknown")
        if text.contains(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
            #expect(
                SecurityTraxTests.verdict(text + Self.undeclared, sent: Self.sent).short
                    == "created refused created")
        }
    }

    @Test(
        "What may hide the document, or be another one, leaves nothing",
        arguments: [
            "<!-- ", "<!-- a --> <!-- ", "<![CDATA[", "<html><body>", "<HTML>\n", "<!DOCTYPE html>\n",
            "<script>var answer = '", "<textarea>", "<style>", "<template>", "<a title=\"", "</p ",
            "<response type=\"CreateTechScheduleBySecurityTraxUniqueID\" success=\"false\"/>", echoing,
            silent,
            "<root><responses></responses></root>\n" + echoing, "<?xml version=\"1.0\"?>", "<root>",
            "<root><a>",
        ])
    func hidden(_ text: String) {
        let body = text + Self.echoing
        let outcome = verdict(body, sent: Self.sent)
        #expect(outcome.short == "unknown")
    }

    @Test(
        "Text behind it leaves every row that an echo proves",
        arguments: [
            "Fatal error: Allowed memory size exhausted", notice, "<br/>", "<!-- x --><b", "\u{0}", "&",
            "]]>",
        ])
    func behind(_ text: String) {
        #expect(verdict(Self.echoing + text, sent: Self.sent).short == "created refused created")
        #expect(verdict(Self.silent + text, sent: Self.sent).short == "unknown")
        #expect(
            verdict(Self.notice + Self.echoing + text, sent: Self.sent).short == "created refused created")
    }

    @Test(
        "Another response behind it leaves nothing: it may say something else of the same rows",
        arguments: [
            echoing, silent, "\n" + echoing, notice + echoing,
            "<response type=\"CreateTechScheduleBySecurityTraxUniqueID\" success=\"false\"/>",
        ])
    func twoDocuments(_ text: String) {
        #expect(verdict(Self.echoing + text, sent: Self.sent).short == "unknown")
        #expect(verdict("\n" + Self.echoing + text, sent: Self.sent).short == "unknown")
    }

    @Test("In UTF-16 it is the same", arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func wide(encoding: String.Encoding) throws {
        for (before, expected) in [
            ("\n", "created refused created"), (Self.notice, "created refused created"), ("<!-- ", "unknown"),
        ] {
            let text = "\u{FEFF}" + before + Self.echoing
            let bytes = Array(try #require(text.data(using: encoding)))
            #expect(verdict(bytes: bytes, sent: Self.sent).short == expected, "\(before)")
        }
    }

    @Test("Cut anywhere, an answer behind a notice proves only rows whose response is complete")
    func cut() {
        let whole = Array((Self.notice + Self.echoing).utf8)
        for length in 0..<whole.count {
            let outcome = verdict(bytes: Array(whole[..<length]), sent: Self.sent).outcome
            guard case .answered(let rows) = outcome else {
                guard case .unknown = outcome else {
                    Issue.record("cut at \(length): \(outcome)")
                    continue
                }
                continue
            }
            let text = String(decoding: whole[..<length], as: UTF8.self)
            let responses = text.components(separatedBy: "</response>").dropLast()
            for (row, found) in rows.enumerated() {
                switch found {
                case .unknown: continue
                case .created: #expect(row != 1)
                case .refused: #expect(row == 1)
                }
                #expect(
                    responses.contains { $0.contains(">\(Self.sent[row].customerID)<") }, "\(length) \(row)")
            }
        }
    }
}
