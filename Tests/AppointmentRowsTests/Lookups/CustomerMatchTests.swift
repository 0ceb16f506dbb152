import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Whether a row speaks of the customer whom the service knows")
struct CustomerMatchTests {
    /// What a file says, what the service knows (`first|last|business`), and whether both are one.
    @Test(
        "Names are compared word by word, in either order, with a few slips",
        arguments: [
            ("Maria Alvarez", "Maria|Alvarez|", true), ("Alvarez, Maria", "Maria|Alvarez|", true),
            ("ALVAREZ MARIA", "Maria|Alvarez|", true), ("maria  alvarez ", "Maria|Álvarez|", true),
            ("Mrs. Maria Alvarez", "Maria|Alvarez|", true), ("Maria E. Alvarez", "Maria|Alvarez|", true),
            ("Maria & Juan Alvarez", "Maria|Alvarez|", true), ("M. Alvarez", "Maria|Alvarez|", true),
            ("Alvarez", "Maria|Alvarez|", true), ("Maria Alvarez-Ruiz", "Maria|Alvarez|", true),
            ("Marai Alvarez", "Maria|Alvarez|", true), ("Maria Alvares", "Maria|Alvarez|", true),
            ("Kathleen OBrien", "Kathleen|O'Brien|", true), ("Kathleen O’Brien", "Kathleen|O'Brien|", true),
            ("Jurgen Muller", "Jürgen|Müller|", true), ("Juergen Mueller", "Jürgen|Müller|", true),
            ("Ronald Mc Donald", "Ronald|McDonald|", true), ("VanDyke, Dick", "Dick|Van Dyke|", true),
            ("Dan Price", "Daniel|Price|", true), ("Jonathon Andersen", "Jonathan|Anderson|", true),
            ("Smyth, Al", "Al|Smith|", true), ("Tom Okafor Jr.", "Tom|Okafor|", true),
            ("Maria Alvarez", "|Maria Alvarez|", true), ("Maria Alvarez", "Maria Alvarez||", true),
            ("李小龙", "小龙|李|", true),
            ("Tom Okafor", "Maria|Alvarez|", false), ("Juan Alvarez", "Maria|Alvarez|", false),
            ("Maria Gomez", "Maria|Alvarez|", false), ("Kim Lee", "Tim|Lee|", false),
            ("Lee", "Tim|Leo|", false),
            ("Bob Smith", "Robert|Smith|", false), ("J. Alvarez", "Maria|Alvarez|", false),
            ("Ann Lee", "Lee|Wong|", false), ("Alvarado, Maria", "Maria|Alvarez|", false),
            ("Whitaker Dental", "||Whitaker Dental", true),
            ("Whitaker Dental LLC", "||Whitaker Dental", true),
            ("Whittaker Dental", "||Whitaker Dental, Inc.", true),
            ("The Whitaker Dental Co.", "Bob|Whitaker|Whitaker Dental", true),
            ("Blue Heron Cafe", "||Blue Heron Café", true),
            ("Bob Whitaker", "Bob|Whitaker|Whitaker Dental", true),
            ("Dental", "||Whitaker Dental", false), ("Peak Dental", "||Whitaker Dental", false),
            ("7-Eleven #123", "||7-Eleven #123", true), ("7-Eleven #123", "||7-Eleven #124", false),
            ("Whitaker Dental", "Maria|Alvarez|", false),
        ])
    func names(file: String, service: String, isOne: Bool) {
        let parts = service.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let record = CustomerRecord(firstName: parts[0], lastName: parts[1], businessName: parts[2])
        let match = CustomerMatch(CustomerClaim(name: file), record)
        if isOne {
            #expect(match == .match([.name]))
        } else if case .mismatch(let differences) = match {
            #expect(differences.map(\.field) == [.name])
            #expect(differences.first?.file == file)
            #expect(differences.first?.words.contains(parts[2].isEmpty ? parts[1] : parts[2]) == true)
        } else {
            Issue.record("\(match)")
        }
    }

    @Test(
        "A word allows no slip up to three letters, one up to seven, two from eight on",
        arguments: [
            ("kim", "tim", false), ("anna", "ann", true), ("smith", "smyth", true), ("smith", "smiht", true),
            ("smith", "smyht", false), ("johnson", "jonson", true), ("johnson", "jonsen", false),
            ("anderson", "andersn", true), ("anderson", "endersen", true), ("anderson", "endersan", true),
            ("anderson", "enderzan", false), ("building12", "building13", false), ("dan", "daniel", true),
            ("da", "daniel", false), ("d", "daniel", true), ("1", "123", false),
        ])
    func slips(left: String, right: String, isOne: Bool) {
        #expect(PersonName.isAlike(left, right, areGiven: true) == isOne)
        #expect(PersonName.isAlike(right, left, areGiven: true) == isOne)
    }

    @Test(
        "Given names have short forms, surnames have not",
        arguments: [
            ("Rob Smith", "Robert|Smith|", true), ("Smith, Rob", "Robert|Smith|", true),
            ("Robert Smith", "Rob|Smith|", true), ("Chris Lee", "Christopher|Lee|", true),
            ("Lee Chris", "Christopher|Lee|", true), ("Ana Ruiz", "Anabel|Ruiz|", true),
            ("Kim Lee", "Kimberly Ann|Lee|", true), ("Dan Price", "|Daniel Price|", true),
            ("Dan Price", "|Price, Daniel|", true), ("Daniel Price", "Dan Price||", true),
            ("Jon Smith", "Jonathan|Smith|", true), ("Max Gold", "Maxwell|Gold|", true),
            ("J. S.", "John|Smith|", true), ("John S", "John|Smith|", true),
            ("Will Johnson", "William|Johnson|", true), ("Robert", "Rob|Smith|", true),
            ("John Smithson", "John|Smith|", false), ("Smithson, John", "John|Smith|", false),
            ("Smithson John", "John|Smith|", false), ("Johnson Smith", "John|Smith|", false),
            ("Johnson, Smith", "John|Smith|", false), ("Smith Johnson", "John|Smith|", false),
            ("Smithson", "John|Smith|", false), ("Johnson", "John|Smith|", false),
            ("John Smith", "John|Smithson|", false), ("John Smith", "Johnson|Smith|", false),
            ("John Smithson", "|John Smith|", false), ("John Smithson", "John Smith||", false),
            ("John Smithson", "|Smith, John|", false), ("John Smithson", "||John Smith", false),
            ("Maria Gonz", "Maria|Gonzalez|", false), ("Peter Jack", "Peter|Jackson|", false),
            ("Jameson Lee", "James|Lee|", false), ("Robertson Lee", "Robert|Lee|", false),
            ("Dan Pricewell", "Daniel|Price|", false),
        ])
    func shortForms(file: String, service: String, isOne: Bool) {
        let parts = service.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let record = CustomerRecord(firstName: parts[0], lastName: parts[1], businessName: parts[2])
        check(CustomerMatch(CustomerClaim(name: file), record), .name, isOne)
        guard let space = file.firstIndex(of: " "), !file.contains(",") else { return }
        // The same in columns of its own.
        let claim = CustomerClaim(
            firstName: String(file[..<space]), lastName: String(file[file.index(after: space)...]))
        let isOther = ["Lee Chris"].contains(file)
        check(CustomerMatch(claim, record), .name, isOne && !isOther)
    }

    @Test(
        "Phones are compared by digits: one in common is enough",
        arguments: [
            (["(508) 555-0107"], ["5085550107"], true), (["+1 508-555-0107"], ["508.555.0107"], true),
            (["508-555-0101", "508-555-0107"], ["5085550107", "5085550108"], true),
            (["555-0107"], ["5085550107"], true),
            (["5085550107.0"], ["1-508-555-0107"], true), (["508-555-0107 x2"], ["5085550107"], true),
            (["508-555-0108"], ["5085550107"], false), (["555-0108"], ["5085550107"], false),
            (["n/a"], ["5085550107"], nil), ([], ["5085550107"], nil), (["5085550107"], [], nil),
            (["5085550107"], ["unlisted"], nil),
        ] as [([String], [String], Bool?)])
    func phones(file: [String], service: [String], isOne: Bool?) {
        check(CustomerMatch(CustomerClaim(phones: file), CustomerRecord(phones: service)), .phone, isOne)
    }

    @Test(
        "Zips are compared by their first five digits",
        arguments: [
            ("01602", "01602", true), ("01602-1234", "01602", true), ("1602", "01602", true),
            ("1602.0", "01602", true),
            ("016021234", "01602-1234", true), ("16021234", "01602", true), ("K1A 0B6", "k1a0b6", true),
            ("501", "00501", true),
            ("01603", "01602", false), ("16020", "01602", false), ("K1A 0B6", "K1A 0B7", false),
            ("", "01602", nil), ("01602", "", nil), ("?", "01602", nil),
        ] as [(String, String, Bool?)])
    func zips(file: String, service: String, isOne: Bool?) {
        check(CustomerMatch(CustomerClaim(zip: file), CustomerRecord(zip: service)), .zip, isOne)
    }

    private func check(_ match: CustomerMatch, _ field: CustomerMatch.Field, _ isOne: Bool?) {
        switch match {
        case .match(let fields): #expect(isOne == true && fields == [field])
        case .mismatch(let differences): #expect(isOne == false && differences.map(\.field) == [field])
        case .nothingToCompare: #expect(isOne == nil)
        }
    }

    @Test("Every field that differs is told, with both sides; what only one side has is not compared")
    func several() {
        let record = CustomerRecord(
            firstName: "Maria", lastName: "Alvarez", businessName: "Casa Alvarez", zip: "01602",
            phones: ["5085550101"])
        let claim = CustomerClaim(
            firstName: "Tom", lastName: "Okafor", businessName: "", phones: ["508-555-0103"], zip: "01602")
        guard case .mismatch(let differences) = CustomerMatch(claim, record) else {
            Issue.record("a match")
            return
        }
        #expect(
            differences.map(\.words) == [
                "name “Tom Okafor” in the file, “Maria Alvarez / Casa Alvarez” at SecurityTrax",
                "phone “508-555-0103” in the file, “5085550101” at SecurityTrax",
            ])
        #expect(CustomerMatch(CustomerClaim(), record) == .nothingToCompare)
        #expect(CustomerMatch(claim, CustomerRecord()) == .nothingToCompare)
        #expect(
            CustomerMatch(CustomerClaim(name: "Casa Alvarez", zip: "1602"), record) == .match([.name, .zip]))
        #expect(
            CustomerMatch(CustomerClaim(name: "Bob Jones", businessName: "Casa Alvarez"), record)
                == .match([.name]))
    }
}
