import CSVReading
import ImportFixtures
import TestSupport
import Testing

@testable import AppointmentRows

@Suite("The roster of technicians")
struct TechnicianRosterTests {
    static let roster = """
        Name,TechID
        John Smith,12
        "Jones, Mike",17
        Ana-María López,23
        Smith Wesson,31
        Wesson Smith,32
        """

    @Test(
        "A name stands for its technician, whatever its case and spaces; nobody is guessed",
        arguments: [
            ("John Smith", "12"), (" john  SMITH ", "12"), ("JohnSmith", "12"), ("john_smith", "12"),
            ("Smith, John", "12"), ("Mike Jones", "17"), ("jones,mike", "17"), ("Ana María López", "23"),
            ("Smith Wesson", "31"), ("Wesson Smith", "32"), ("Wesson, Smith", "31"),
            ("", "nobody"), ("  ", "nobody"), ("Unassigned", "nobody"), ("TBD", "nobody"), ("None", "nobody"),
            ("(unassigned)", "nobody"), ("N/A", "nobody"), ("t.b.d.", "nobody"),
            ("Jon Smith", "unknown: John Smith"), ("John", "unknown: John Smith"),
            ("Mike", "unknown: Jones, Mike"),
            ("Mike Jonse", "unknown: Jones, Mike"), ("Zebulon Pike", "unknown"),
            ("Smith", "unknown: John Smith, Smith Wesson, Wesson Smith"),
            ("John Smith?", "unknown: John Smith"), ("John Smith ?", "unknown: John Smith"),
            ("Smith, John?", "unknown: John Smith"), ("john smith ?*", "unknown: John Smith"),
            ("Jones, Mike?", "unknown: Jones, Mike"), ("TBD?", "nobody"), ("?", "nobody"),
            ("John Smith*", "12"), ("John Smith:", "12"),
        ])
    func matches(text: String, expected: String) throws {
        let roster = try TechnicianRoster(csv: Array(Self.roster.utf8))
        let found =
            switch roster.technician(text) {
            case .technician(let id): String(id)
            case .nobody: "nobody"
            case .withoutID: "without ID"
            case .unknown(let nearest):
                "unknown" + (nearest.isEmpty ? "" : ": " + nearest.joined(separator: ", "))
            }
        #expect(found == expected)
    }

    /// Files that say the same: John Smith is 12, Mike Jones 17.
    @Test(
        "A name and an ID are found in any two columns that can be told apart",
        arguments: [
            "Name,TechID\nJohn Smith,12\nMike Jones,17\n", "TechID,Name\n12,John Smith\n17,Mike Jones\n",
            "ID;Full Name;Email\n12;John Smith;j@example.com\n17;Mike Jones;m@example.com\n",
            "\u{FEFF}ID\tFirst Name\tLast Name\tUsername\n12\tJohn\tSmith\tjsmith\n17\tMike\tJones\tmjones\n",
            "John Smith,12\nMike Jones,17\n", "12,John Smith\n17,Mike Jones\n",
            "\"Smith, John\",12\n\"Jones, Mike\",17",
            "Installer,Number in portal\nJohn Smith,12\nMike Jones,17\n",
            "Who,Tech No.\nJohn Smith,12\nMike Jones,17\n", "Name,\nJohn Smith,12\nMike Jones,17\n",
            "Name,Phone,Tech Number\nJohn Smith,5085550101,12\nMike Jones,5085550102,17\n",
            "Who,Zip,ID\nJohn Smith,01602,12\nMike Jones,02101,17\n",
            "Name,Portal user #\nJohn Smith,12\nMike Jones,17\n",
            "Trainee,\nJohn Smith,12\nMike Jones,17\n",
            "tech name,tech id,office,zip\nJohn Smith,12,Worcester,01602\nMike Jones,17,Boston,02101\n",
            "Name,TechID\nJohn Smith,12.0\n\nMike Jones,\"=\"\"17\"\"\"\nTrainee,\n,\n",
            "Name,TechID\nJohn Smith,12\njohn  smith,12\nMike Jones,017\n",
            "User ID,Name,Phone\n12,John Smith,5085550101\n17,Mike Jones,5085550102\n",
            "Name,Employee ID,ID\nJohn Smith,101,12\nMike Jones,102,17\n",
            "Name,ID,Employee ID\nJohn Smith,12,17\nMike Jones,17,12\n",
            "ID,Name,TechID\n101,John Smith,12\n102,Mike Jones,17\n",
            "Name,User ID,SecurityTrax ID\nJohn Smith,101,12\nMike Jones,102,17\n",
            "Name,Staff No.,Number in portal\nJohn Smith,101,12\nMike Jones,102,17\n",
            "Name,Number,ID\nJohn Smith,101,12\nMike Jones,102,17\n",
            "Name,Unique ID,ID,Username\nJohn Smith,101,12,js\nMike Jones,102,17,mj\n",
            "Name,Our Tech ID,Technician ID\nJohn Smith,101,12\nMike Jones,102,17\n",
            "Name,TechID,SecurityTrax ID\nJohn Smith,12,012\nMike Jones,17.0,17\n",
            "Name,TechID,Technician ID\nJohn Smith,12,\nMike Jones,17,17\n",
            "Name,Employee ID\nJohn Smith,12\nMike Jones,17\n",
            "Name,Employee ID,Staff No.\nJohn Smith,E-1,12\nMike Jones,E-2,17\n",
        ])
    func layouts(text: String) throws {
        let roster = try TechnicianRoster(csv: Array(text.utf8))
        #expect(roster.technician("John Smith") == .technician(12))
        #expect(roster.technician("mike jones") == .technician(17))
        #expect(roster.technician("Trainee") != .technician(12))
    }

    @Test(
        "What can't be told apart, or is wrong, is an error that says where",
        arguments: [
            ("", InputError.Code.rosterEmpty, ""), ("Name,TechID\n", .rosterEmpty, ""),
            ("\n\n", .rosterEmpty, ""),
            ("John Smith,12\nJohn  SMITH,13\n", .rosterAmbiguousName, "lines 1 and 2"),
            ("Name,TechID\nJohn Smith,12\nX,1\nJohn Smith,13\n", .rosterAmbiguousName, "12 and 13"),
            ("John Smith,12\n\"Smith, John\",13\n", .rosterAmbiguousName, "one name"),
            ("\"James, Henry\",15\nHenry James,16\n", .rosterAmbiguousName, "15 and 16"),
            ("\"Smith, J-P\",15\n\"smith,jp\",16\n", .rosterAmbiguousName, "15 and 16"),
            ("Name,TechID\nJohn Smith,twelve\n", .rosterInvalidID, "line 2"),
            ("Name,TechID\nJohn Smith,-1\n", .rosterInvalidID, "John Smith"),
            ("Name,TechID\nJohn Smith,0\n", .rosterInvalidID, "“0”"),
            ("Name,TechID\nJohn Smith,1.5\n", .rosterInvalidID, "“1.5”"),
            ("a,b,c\nJohn Smith,12,13\nMike Jones,17,18\n", .rosterUnclearColumns, "“b”, “c”"),
            ("a,b,c\nJohn Smith,East,12\nMike Jones,West,17\n", .rosterUnclearColumns, "“a”, “b”"),
            ("John Smith\nMike Jones\n", .rosterUnclearColumns, "no column holds the IDs"),
            ("12\n17\n", .rosterUnclearColumns, "no column holds the names"),
            ("Name,Name,ID\na,b,1\n", .rosterUnclearColumns, "Name"),
            ("Name,Email\na,b\n", .rosterUnclearColumns, "IDs"),
            ("Name,Phone\nAnn Ray,5085550107\n", .rosterUnclearColumns, "“Phone”"),
            ("Name,Zip\nAnn Ray,01602\n", .rosterUnclearColumns, "“Zip”"),
            ("Name,License\nAnn Ray,777\nBob Lee,778\n", .rosterUnclearColumns, "“License”"),
            ("Name,Phone Number\nAnn Ray,5085550107\n", .rosterUnclearColumns, "“Phone Number”"),
            ("Name,License No\nAnn Ray,777\n", .rosterUnclearColumns, "“License No”"),
            ("Name,Years\nAnn Ray,7\n", .rosterUnclearColumns, "“Years”"),
            ("Who,What\nJohn Smith,12\nMike Jones,17\n", .rosterUnclearColumns, "“What”"),
            ("First Name,Last Name,Zip\nAnn,Ray,1602\n", .rosterUnclearColumns, "“Zip”"),
            ("Name,TechID,SecurityTrax ID\nAnn,1,2\n", .rosterUnclearColumns, "“TechID”, “SecurityTrax ID”"),
            ("Name,ID,User ID\nAnn,1,2\n", .rosterUnclearColumns, "“ID”, “User ID”"),
            ("Name,Tech No.,ID\nAnn,1,2\nBob,3,3\n", .rosterUnclearColumns, "“Tech No.”, “ID”"),
            ("Name,ID,ID\nAnn,1,1\nBob,2,3\n", .rosterUnclearColumns, "“ID”, “ID”"),
            ("Name,Employee ID,Staff No.\nAnn,1,2\n", .rosterUnclearColumns, "“Employee ID”, “Staff No.”"),
        ])
    func errors(text: String, code: InputError.Code, words: String) throws {
        let error = #expect(throws: InputError.self) { try TechnicianRoster(csv: Array(text.utf8)) }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.fix.isEmpty == false)
    }

    @Test("A name whose line has no TechID is in the roster, and no technician")
    func withoutID() throws {
        for text in [
            "Name,TechID\nAnn Ray,\nBob Lee,12\n", "Ann Ray,\nBob Lee,12\n", "\"Ray, Ann\",\nBob Lee,12\n",
        ] {
            let roster = try TechnicianRoster(csv: Array(text.utf8))
            #expect(roster.technician("ann ray") == .withoutID, "\(text)")
            #expect(roster.technician("Bob Lee") == .technician(12))
            let reading = try Reading(
                "Customer ID,Start,End,Service,Technician\n1,1/23/2014 7:30,1/23/2014 9:30,Install,Ann Ray\n",
                .test { $0.roster = roster })
            #expect(reading.summary == ["unknown-tech Technician"])
            #expect(reading.findings.first?.message == "the roster has no TechID for \"Ann Ray\"")
        }
        let twice = try TechnicianRoster(csv: Array("Name,TechID\nAnn Ray,\nAnn Ray,5\n".utf8))
        #expect(twice.technician("Ann Ray") == .technician(5))
    }

    @Test(
        "A file that is not UTF-8 is read in the encoding that was named; one that is, is not",
        arguments: [
            (true, "windows-1252", true), (true, nil, false), (false, "windows-1252", true),
            (false, nil, true),
            (false, "utf-16le", true), (true, "utf-16be", false),
        ] as [(Bool, String?, Bool)])
    func encoding(isWestern: Bool, name: String?, isRead: Bool) throws {
        let text = "Name,TechID\nJosé Núñez,12\n"
        let bytes = isWestern ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
        let encoding = try name.map { try #require(TextEncoding(name: $0)) }
        let words = "column,theirs,ours\nServiceType,Révision,Service\n"
        let wordBytes = isWestern ? words.unicodeScalars.map { UInt8($0.value) } : Array(words.utf8)
        var values = ValueMap()
        if isRead {
            let roster = try TechnicianRoster(csv: bytes, encoding: encoding)
            #expect(roster.technician("José Núñez") == .technician(12))
            try values.read(wordBytes, encoding: encoding)
            #expect(values.ours(for: "révision", in: .serviceType) == "Service")
        } else if name == nil {
            let error = try #require(throws: InputError.self) { try TechnicianRoster(csv: bytes) }
            #expect(error.code == .rosterUnreadable)
            let other = try #require(throws: InputError.self) { try values.read(wordBytes) }
            for fix in [error.fix, other.fix] {
                #expect(fix.contains("save the file as CSV UTF-8") && fix.contains("--encoding windows-1252"))
            }
        } else {
            #expect(throws: InputError.self) { try TechnicianRoster(csv: bytes, encoding: encoding) }
        }
    }

    @Test("A file's error names the file; one that is not there is an error too")
    func file() throws {
        let folder = try TemporaryFolder()
        try folder.write("techs.csv", "Name,TechID\nJohn Smith,12\nJohn Smith,13\n")
        let path = folder.path("techs.csv")
        let error = #expect(throws: InputError.self) { try TechnicianRoster(path: path) }
        #expect(error?.message == "\(path), lines 2 and 3: John Smith stands for two TechIDs, 12 and 13")
        #expect(throws: InputError.self) { try TechnicianRoster(path: path + ".none") }
    }

    @Test("A settings file's dictionary is a roster too")
    func settings() throws {
        let roster = try TechnicianRoster(settings: ["John Smith": "12", "Jones, Mike": " 17 "])
        #expect(roster.technician("smith, john") == .technician(12))
        #expect(roster.technician("Mike Jones") == .technician(17))
        for wrong in [
            ["John Smith": "x"], ["John Smith": ""], [" ": "12"], ["John Smith": "12", "johnsmith": "13"],
            ["John Smith": "12", "Smith, John": "13"], ["James, Henry": "15", "Henry James": "16"],
        ] {
            #expect(throws: InputError.self) { try TechnicianRoster(settings: wrong) }
        }
        #expect(try TechnicianRoster(settings: [:]).isEmpty)
        // One person by two names, and two whose names are turned without a comma.
        let both = try TechnicianRoster(settings: [
            "John Smith": "12", "Smith, John": "12", "Henry James": "15", "James Henry": "16", "Who?": "17",
        ])
        #expect(both.technician("Smith, John") == .technician(12))
        #expect(both.technician("James, Henry") == .technician(15))
        #expect(both.technician("Henry, James") == .technician(16))
        #expect(both.technician("who?") == .technician(17))
    }

    @Test(
        "Numbers of the dealer's own are names, and a number that is none of them is unknown",
        arguments: [
            ("101", Int64(12), nil), ("0101", 12, nil), ("101.0", 12, nil), ("7", 14, nil),
            ("Ann Ray", 11, nil),
            ("12", nil, "unknown-tech"), ("102", nil, "unknown-tech"), ("", 0, nil), ("Unassigned", 0, nil),
        ] as [(String, Int64?, String?)])
    func numberNames(text: String, id: Int64?, code: String?) throws {
        let roster = try TechnicianRoster(settings: ["101": "12", "07": "14", "Ann Ray": "11"])
        let options = ReadingOptions.test { $0.roster = roster }
        let reading = try Reading(row: "9710,\(text),1/23/2014 7:30,1/23/2014 9:30,1,,", options)
        #expect(reading.codes == (code.map { [$0] } ?? []))
        if let id { #expect(reading.rows.first?.row.techID == id) }
    }

    @Test("A roster that gives numbers as they are changes nothing")
    func sameNumbers() throws {
        let roster = try TechnicianRoster(settings: ["12": "12", "Ann Ray": "11"])
        let options = ReadingOptions.test { $0.roster = roster }
        for number in ["12", "99"] {
            let reading = try Reading(row: "9710,\(number),1/23/2014 7:30,1/23/2014 9:30,1,,", options)
            #expect(reading.rows.first?.row.techID == Int64(number))
        }
    }

    @Test(
        "A number that no line of the roster has is said, and one that has another meaning is not",
        arguments: [
            ("11", [], 11), ("011", [], 11), ("11.0", [], 11), ("Ann Ray", [], 11), ("", [], 0),
            ("TBD", [], 0),
            ("101", ["tech-not-in-roster TechID"], 101), ("0101", ["tech-not-in-roster TechID"], 101),
            ("Bo", [], 77), ("55", [], 78),
        ] as [(String, [String], Int64)])
    func notInRoster(text: String, codes: [String], id: Int64) throws {
        let roster = try TechnicianRoster(settings: ["Ann Ray": "11", "Bob Lee": "12"])
        var values = ValueMap()
        try values.add(column: "TechID", theirs: "Bo", ours: "77")
        try values.add(column: "TechID", theirs: "55", ours: "78")
        for isMapped in [false, true] where isMapped || !["Bo", "55"].contains(text) {
            let options = ReadingOptions.test {
                $0.roster = roster
                if isMapped { $0.values = values }
            }
            let reading = try Reading(row: "9710,\(text),1/23/2014 7:30,1/23/2014 9:30,1,,", options)
            #expect(reading.summary == codes)
            #expect(reading.rows.first?.row.techID == id)
            #expect(reading.rows.first?.row.isValid == true)
        }
        // Without a roster nobody has said who there is.
        for roster in [nil, try TechnicianRoster(settings: [:])] {
            let reading = try Reading(
                row: "9710,101,1/23/2014 7:30,1/23/2014 9:30,1,,", .test { $0.roster = roster })
            #expect(reading.codes == [])
        }
    }

    @Test(
        "Several of its names in one field are several technicians",
        arguments: [
            ("Ann Ray, Bob Lee", "several-techs"), ("Ann Ray,Bob Lee", "several-techs"),
            ("Ann Ray / Bob Lee", "several-techs"), ("Ray, Ann", nil), ("Ann Ray, Somebody", "unknown-tech"),
        ] as [(String, String?)])
    func several(text: String, code: String?) throws {
        let roster = try TechnicianRoster(settings: ["Ann Ray": "11", "Bob Lee": "12"])
        let options = ReadingOptions.test { $0.roster = roster }
        let reading = try Reading(row: "9710,\"\(text)\",1/23/2014 7:30,1/23/2014 9:30,1,,", options)
        #expect(reading.codes == (code.map { [$0] } ?? []))
    }
}
