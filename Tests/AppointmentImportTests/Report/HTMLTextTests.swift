import Testing

@testable import AppointmentImport

@Suite("Text on its way into a page") struct HTMLTextTests {
    @Test(
        "What acts is made visible, and what runs from right to left carries nothing along",
        arguments: [
            ("plain", "plain"),
            ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
            ("a \"b\" & c", "a &quot;b&quot; &amp; c"), ("a\u{202E}b", "a\\u{202E}b"),
            ("bell\u{7}", "bell\\u{7}"),
            ("שלום 12", "<bdi>שלום 12</bdi>"), ("<b>مرحبا", "<bdi>&lt;b&gt;مرحبا</bdi>"), ("客户 é", "客户 é"),
        ])
    func isolated(text: String, shown: String) {
        #expect(HTMLText.isolated(text) == shown)
    }

    @Test("A field of a line keeps neither tabs nor line breaks")
    func field() {
        #expect(HTMLText.field("a\tb\nc") == "a b⏎c")
        // What comes next begins from left to right again.
        #expect(HTMLText.field("שלום\n") == "שלום⏎\u{200E}")
    }
}
