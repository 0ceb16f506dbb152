import Testing

@testable import AppointmentRows

@Suite("Numbers in words")
struct WordingTests {
    @Test(
        "A size is said in the unit that leaves the fewest digits",
        arguments: [
            (0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (12_400, "12 kB"), (999_499, "999 kB"),
            (999_500, "1 MB"), (1_000_000, "1 MB"), (3_449_999, "3.4 MB"), (28_672_000, "28.7 MB"),
            (999_950_000, "1 GB"), (2_147_483_648, "2.1 GB"), (5_000_000_000_000, "5 TB"),
        ])
    func sizes(bytes: Int, text: String) {
        #expect(Wording.size(bytes) == text)
    }
}
