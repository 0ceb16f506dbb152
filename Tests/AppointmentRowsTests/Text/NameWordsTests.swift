import Testing

@testable import AppointmentRows

@Suite("The words of a column's name")
struct NameWordsTests {
    @Test(
        "Joined words are taken apart, by bytes as by Unicode's rules",
        arguments: [
            ("Number of Techs", ["number", "of", "techs"]), ("NumberOfTechs", ["number", "of", "techs"]),
            ("Tech1", ["tech", "1"]), ("# of Techs", ["#", "of", "techs"]), ("Tech#2", ["tech", "#", "2"]),
            ("TECH ID", ["tech", "id"]), ("techID", ["tech", "id"]), ("Lead_Tech__c", ["lead", "tech"]),
            ("2ndTech", ["2nd", "tech"]), ("Tech2A", ["tech", "2", "a"]), ("", []), ("--", []),
            ("tech-name (2)", ["tech", "name", "2"]), ("ID2", ["id", "2"]),
            ("1/5/2027 9:00", ["1", "5", "2027", "9", "00"]),
        ])
    func splits(name: String, expected: [String]) {
        #expect(NameWords.split(name) == expected)
        if !name.hasSuffix("__c") { #expect(NameWords.wide(name) == expected) }
    }

    @Test("Other alphabets have words too")
    func wide() {
        #expect(NameWords.split("TechnikerÄußeres") == ["techniker", "äußeres"])
        #expect(NameWords.split("Numéro du technicien") == ["numéro", "du", "technicien"])
    }

    @Test("Random names of ASCII have the same words either way")
    func agrees() {
        let likely = Array("aZ9#_ ".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...12)).map { _ in
                Bool.random() ? UInt8.random(in: 0x20...0x7E) : likely[Int.random(in: 0..<likely.count)]
            }
            let name = String(decoding: bytes, as: UTF8.self)
            guard !name.hasSuffix("__c") else { continue }
            #expect(NameWords.split(name) == NameWords.wide(name), "\(name.debugDescription)")
        }
    }
}
