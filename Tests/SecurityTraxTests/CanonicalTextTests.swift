import Foundation
import Testing

@testable import SecurityTrax

@Suite("Letters and their accents")
struct CanonicalTextTests {
    @Test(
        "A text is composed and decomposed as Foundation does it",
        arguments: [
            "", "plain", "Müller", "Mu\u{308}ller", "Nguyễn", "Ångström", "\u{212B}", "한글",
            "\u{1112}\u{1161}\u{11AB}",
            "e\u{301}\u{323}", "ﬁ", "Ａ", "ガ", "カ\u{3099}", "😀", "\u{0958}", "ǖ",
        ])
    func forms(text: String) {
        #expect(
            Array(text.canonicallyComposed.unicodeScalars)
                == Array(text.precomposedStringWithCanonicalMapping.unicodeScalars))
        #expect(
            Array(text.canonicallyDecomposed.unicodeScalars)
                == Array(text.decomposedStringWithCanonicalMapping.unicodeScalars))
    }
}
