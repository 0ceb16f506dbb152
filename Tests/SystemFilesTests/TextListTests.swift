import SystemFiles
import Testing

@Suite("A list of texts")
struct TextListTests {
    @Test(
        "It is what the standard library makes of it",
        arguments: [[], ["a"], ["", ""], ["a", "", "é"], ["1", "2", "3"]], [", ", " ", ""])
    func list(texts: [String], separator: String) {
        #expect(texts.list(separator) == texts.joined(separator: separator))
    }
}
