import Foundation
import Testing

@testable import AppointmentLedger

@Suite("Texts as JSON") struct JSONTextsTests {
    @Test(
        "Whoever reads JSON finds the same texts",
        arguments: [
            [], [""], ["", "a", ""], ["Says \"again\" \\ / twice"],
            ["line\nbreak\r\n\ttab", "\u{0}\u{1F}\u{7F}"],
            ["é – \u{1F600} \u{2028}"], (0..<128).map { String(Unicode.Scalar($0)) },
        ])
    func same(texts: [String]) throws {
        let array = JSONTexts.array(texts)
        #expect(try JSONDecoder().decode([String].self, from: Data(array.utf8)) == texts)
        #expect(!array.contains("\n"))
    }
}
