import TestSupport
import Testing

@testable import AppointmentRows

@Suite("The words of a status")
struct StatusPhraseWordsTests {
    @Test(
        "Signs end a phrase, joined words are taken apart",
        arguments: [
            ("Canceled: Lee install", [["canceled"], ["lee", "install"]]),
            ("Customer cancelled - moved", [["customer", "cancelled"], ["moved"]]),
            ("AppointmentCancelled", [["appointment", "cancelled"]]), ("don't go", [["dont", "go"]]),
            ("Canceled-Lee", [["canceled", "lee"]]), ("a - - b", [["a"], ["b"]]),
            ("(2nd) Visit!", [["2nd"], ["visit"]]),
            ("appointmentcancelled", [["appointment", "cancelled"]]), ("", []), (" - ", []),
        ])
    func phrases(text: String, expected: [[String]]) {
        #expect(StatusPhrase.phrases(of: text) == expected)
    }

    @Test("Texts of ASCII have the same words by bytes as by Unicode's rules")
    func agrees() {
        let words = [
            "Canceled", "cancel", "cancancelled", "Job", "aB", "don't", "'", " - ", "-", ": ", "/", ".", "5",
            "2nd", " ", "(",
            "]", "\t", "CANCELLED", "jobCancelled", "customercancelled", "x", "No", "\n", "|", "!", ",", "&",
            "_",
        ]
        var numbers = SeededNumbers(state: 11)
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...7, using: &numbers)).map { _ in
                words.randomElement(using: &numbers) ?? ""
            }.joined()
            #expect(
                StatusPhrase.plainPhrases(of: text, areSplit: true) == StatusPhrase.widePhrases(of: text),
                "\(text.debugDescription)")
            #expect(
                StatusPhrase.plainPhrases(of: text, areSplit: false)?.first ?? []
                    == StatusPhrase.wideWords(of: text),
                "\(text.debugDescription)")
        }
    }
}
