import SystemFiles
import Testing

@Suite("A text among bytes")
struct ByteSearchTests {
    @Test(
        "It is found where it stands, and nowhere else",
        arguments: [
            ("abc", "", true), ("", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "abcd", false),
            ("abc", "c", true), ("aab", "ab", true), ("aaab", "aab", true), ("abab", "aba", true),
            ("xaxaxab", "xab", true), ("xaxaxac", "xab", false), ("ab", "bc", false),
            ("a\u{0}b", "\u{0}b", true),
        ])
    func found(text: String, word: String, isThere: Bool) {
        #expect(Array(text.utf8).holds(word) == isThere)
    }

    @Test(
        "A word is found from a place on",
        arguments: [
            ("abab", "ab", 0, 0), ("abab", "ab", 1, 2), ("abab", "ab", 2, 2), ("abab", "ab", 3, nil),
            ("abab", "ab", 9, nil), ("aaab", "aab", 0, 1), ("", "a", 0, nil), ("abc", "", 0, nil),
        ] as [(String, String, Int, Int?)])
    func position(text: String, word: String, start: Int, place: Int?) {
        #expect(Array(text.utf8).position(of: Array(word.utf8), from: start) == place)
    }
}
