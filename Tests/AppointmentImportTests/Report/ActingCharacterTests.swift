@testable import ImportFixtures
@testable import AppointmentRows
import Foundation
import Testing

@testable import AppointmentImport

@Suite("Characters that act")
struct ActingCharacterTests {
    /// One of each kind, and the ends of the ranges.
    static let acting: [UInt32] = [
        0, 7, 8, 9, 0xA, 0xB, 0xC, 0xD, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x180E, 0x200B,
        0x200C,
        0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066,
        0x2067,
        0x2068, 0x2069, 0x206F, 0xFEFF, 0xFFF9, 0xFFFB, 0xE0000, 0xE0001, 0xE0020, 0xE0041, 0xE007F, 0xE0100,
        0xE01EF,
    ]

    @Test("The table has them, and no letter, mark, space or symbol")
    func table() {
        for value in Self.acting {
            #expect(Unicode.Scalar(value).map(ActingCharacter.contains) == true, "\(value)")
        }
        for scalar in " ~aä€ 　ñe\u{301}שعक👍🏽\u{FE0F}'\"\\".unicodeScalars {
            #expect(!ActingCharacter.contains(scalar), "\(scalar.value)")
        }
    }

    @Test("Whichever way a text takes, it leaves with none of them", arguments: acting)
    func waysOut(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = "a\(Character(scalar))b"
        #expect(!ActingCharacter.isIn(ActingCharacter.escaped(text)))
        #expect(!ActingCharacter.isIn(JSONOutput.text(text).line))
        #expect(!ActingCharacter.isIn(JSONOutput.object([(text, .null)]).line))
        // JSON loses nothing.
        let back =
            try JSONSerialization.jsonObject(with: Data("[\(JSONOutput.text(text).line)]".utf8)) as? [String]
        #expect(back?.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        let field = RowReport.neutralizingFormulas(text)
        #expect(!ActingCharacter.isIn(field) || "\t\n\r".unicodeScalars.contains(scalar))
    }
}
