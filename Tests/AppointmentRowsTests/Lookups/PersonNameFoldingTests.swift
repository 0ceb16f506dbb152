import Foundation
import Testing

@testable import AppointmentRows

@Suite("Names are compared without accents")
struct PersonNameFoldingTests {
    @Test(
        "A name's words are those that Foundation's folding leaves",
        arguments: [
            "Müller", "Mu\u{308}ller", "MÜLLER", "Nguyễn Linh", "Strauß", "STRAUẞ", "Ｔｏｍ", "Łukasz", "Søren",
            "Þór",
            "İpek", "Ñandú", "François", "Dvořák", "Α\u{301}ννα", "Åse", "한글 김", "ﬁsher", "Ǆaja",
            "plain Name",
        ])
    func folded(text: String) {
        let folded = text.folding(
            options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil
        ).lowercased()
        #expect(PersonName(text).words == folded.split(separator: " ").map(String.init))
    }
}
