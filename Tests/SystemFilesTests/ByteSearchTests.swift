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
}
