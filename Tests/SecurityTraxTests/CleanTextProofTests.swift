import Foundation
import TestSupport
import Testing

@testable import SecurityTrax

@Suite("What is proven to be without the password at once") struct CleanTextProofTests {
    /// What answers say, and what looks a little like a password's spelling.
    private static let words = [
        "Appointment", "4711", "was created for technician", "ConfirmationStatusName", "Not Confirmed", "a",
        " ", "  ",
        "-", "'", "''", "\"", "it's", "can't be", "0x", "\\x", "de:ad:be:ef", "00 11 22 33 44 55 66 77",
        "2026-11-03T08:00:00", "abcdefghijklmnop", "QWxhZGRpbjpvcGVuIHNlc2FtZQ", "é", "%41", "&#65;", "+",
        "=",
        "\n", "\u{7F}", "…", "/path/to/a_file-name", "Zm9vYmFy",
    ]

    /// Pieces of spellings of a password, whole ones among them.
    private static func pieces(of password: String, _ random: inout SeededNumbers) -> String {
        let form = SecretSpellingTests.spellings[
            Int.random(in: SecretSpellingTests.spellings.indices, using: &random)
        ].spell(password)
        let scalars = Array(form.unicodeScalars)
        guard Bool.random(using: &random), !scalars.isEmpty else { return form }
        let start = Int.random(in: 0..<scalars.count, using: &random)
        let end = Int.random(in: start..<scalars.count, using: &random)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start...end])
        return String(text)
    }

    @Test(
        "What is proven clean is what the search leaves as it is",
        arguments: SecretSpellingTests.passwords + [
            "abc", "ab", "x", "", "abcd", "    ", "user name", "00000000",
        ])
    func differential(password: String) {
        let scrubber = SecretScrubber(Credentials(username: "someone", password: password, partnerID: "17"))
        var random = SeededNumbers(state: UInt64(password.utf8.count))
        for _ in 0..<1_500 {
            var text = ""
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                text +=
                    Int.random(in: 0..<4, using: &random) == 0
                    ? Self.pieces(of: password, &random)
                    : Self.words[Int.random(in: Self.words.indices, using: &random)]
                if Bool.random(using: &random) { text += " " }
            }
            let limit = [10, 100, 5_000][Int.random(in: 0..<3, using: &random)]
            if scrubber.isCertainlyClean(text, limit: limit) {
                #expect(scrubber.scrubbed(text, limit: limit) == text, "\(text)")
            }
        }
    }

    @Test("Random letters too, of an alphabet that has the password's", arguments: 0..<8)
    func randomLetters(seed: Int) {
        var random = SeededNumbers(state: UInt64(seed))
        let letters = Array("aAbB01xX:-_/ '".unicodeScalars)
        for _ in 0..<40 {
            func text(_ length: Int) -> String {
                var text = String.UnicodeScalarView()
                for _ in 0..<length { text.append(letters[Int.random(in: letters.indices, using: &random)]) }
                return String(text)
            }
            let scrubber = SecretScrubber(secret: text(Int.random(in: 1...8, using: &random)))
            for _ in 0..<200 {
                let sample = text(Int.random(in: 0...30, using: &random))
                if scrubber.isCertainlyClean(sample, limit: 100) {
                    #expect(scrubber.scrubbed(sample, limit: 100) == sample, "\(sample)")
                }
            }
        }
    }

    @Test(
        "What services say of their rows is proven, but for what can hide a letter",
        arguments: [
            ("Appointment 1044 was created for technician 7", true), ("ConfirmationStatusName", true),
            ("Not Confirmed", true), ("100044", true), ("The customer's gate is \"open\"", true), ("", true),
            ("2026-11-03 08:30", true), ("said ''so''", false), ("a=b", false), ("50%", false),
            ("R&D", false),
            ("C:\\temp", false), (" x", false), ("x ", false), ("a  b", false), ("line\nbreak", false),
            ("Zoë", false), ("hunter2!", false), ("Hunter2! was given", false), ("xhunter2!y", false),
            ("aHVudGVyMiE", false), ("68756e74657232 21", false),
            ("0x68,0x75,0x6e,0x74,0x65,0x72,0x32,0x21", false),
            ("68:75:6e:74:65:72:32:21", false), ("YUhWdWRHVnlNaUU", false),
        ])
    func usual(text: String, isProven: Bool) {
        let scrubber = SecretScrubber(Credentials(username: "someone", password: "hunter2!", partnerID: "17"))
        #expect(scrubber.isCertainlyClean(text, limit: 100) == isProven)
    }

    @Test("A text beyond its limit is not, since it is cut")
    func limits() {
        let scrubber = SecretScrubber(secret: "hunter2!")
        #expect(scrubber.isCertainlyClean("Not Confirmed", limit: 13))
        #expect(!scrubber.isCertainlyClean("Not Confirmed", limit: 12))
    }
}
