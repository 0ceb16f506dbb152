import CSVReading
import Testing

@Suite("Fields that swallowed rows")
struct QuotingTests {
    /// Whether one of the fields of the first record swallowed rows of `header` fields.
    private func swallowed(_ text: String, header: Int = 3, delimiter: Character = ",") throws -> Bool {
        let delimiter = try #require(delimiter.asciiValue)
        let reader = try CSVReader(bytes: Array(text.utf8), options: .init(delimiter: delimiter))
        var record = CSVRecord()
        #expect(try reader.next(&record))
        return (0..<record.count).contains {
            record.innerLinesSplit(field: $0, into: header, delimiter: delimiter)
        }
    }

    @Test(
        "One stray quote is noticed by the rows in its field",
        arguments: [
            // Up to the opening quote of a later field.
            "1,x,\"note\n2,x,note\n3,x,\"note\"\n",
            "1,\"x,note\n2,x,note\n3,\"x\",note\n",
            "\"1,x,note\r\n2,x,note\r\n\"3\",x,note\r\n",
            "1,x,\"note\r2,x,note\r3,x,note\"\r",
            // Only the next row is concerned.
            "1,x,\"note\n2,x,\"note\"\n",
            "1,x,\"note\n2,\"x\",note\n",
            "1,x,\"note\n2,x,note\"\n",
            "1,\"x,note\n2,x\",note\n",
            // The row with the stray quote has too few fields itself.
            "1,\"x\n2,\"x\",note\n",
        ])
    func noticed(_ text: String) throws {
        #expect(try swallowed(text))
        #expect(try swallowed(text.replacing(",", with: ";"), delimiter: ";"))
    }

    @Test(
        "Notes of several lines are left alone",
        arguments: [
            "1,x,\"note\"\n",
            "1,x,\"one\ntwo\nthree\"\n",
            "1,x,\"one\r\n\r\ntwo\r\n\"\n",
            "1,x,\"one, two\nthree, four\nfive\"\n",
            "1,x,\"a, b, c, d\ne, f, g, h\ni\"\n",
            "1,\"a\nb\",\"c\nd\"\n",
            "\"1\n\",x,y\n",
            "1,\"x\n2,x\",note\n",
            "1,x,\"no, line, break\"\n",
            "1,x,2,note\n",
            "1,\"one\ntwo\" or three,x\n",
        ])
    func leftAlone(_ text: String) throws {
        #expect(try !swallowed(text))
    }

    @Test("A header of one column can't tell")
    func oneColumn() throws {
        #expect(try !swallowed("\"a\nb\nc\"\n", header: 1))
    }

    /// What reading a text as that of an unknown program gives: the records, and the field of each whose quotes
    /// can't be trusted.
    private func read(_ text: String, chunkSize: Int) throws -> (records: [[String]], suspects: [Int?]) {
        let reader = try CSVReader(
            bytes: Array(text.utf8), options: .init(delimiter: UInt8(ascii: ","), suspectsBackslashes: true),
            chunkSize: chunkSize)
        var record = CSVRecord()
        var result: (records: [[String]], suspects: [Int?]) = ([], [])
        while try reader.next(&record) {
            result.records.append(record.strings)
            result.suspects.append(record.firstMisquotedField)
        }
        return result
    }

    @Test(
        "Quotes that break the rules are noticed, and the next record is read as it is",
        arguments: [
            #"1,"12" pipe""#, #"1,"the "big" panel""#, #"1,"say \"hi\" now""#, #"1,""big" panel""#,
            #"1,"\"hi\" he said""#, #"1,"12\"""#, #"1,"say \"hi\"""#, #"1,"\"\"""#, #"1,"C:\dir\""#,
            #"1,"say \"hi\", then go""#, #"1,"a ""b\""c""#, #"1,5\" pipe"#, #"1,"x" y"#, #"1, "x"y"#,
            #"1,"\""#, #"1,"x\" "#, #"1,"5"x7""#,
        ], chunkSizes)
    func misquoted(_ row: String, chunkSize: Int) throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = row + end + #"2,"next ""one""""# + end + "3,last"
            let (records, suspects) = try read(text, chunkSize: chunkSize)
            #expect(suspects == [1, nil, nil])
            #expect(records.dropFirst() == [["2", "next \"one\""], ["3", "last"]])
        }
        // As the last field of the file, and with one after it.
        #expect(try read(row, chunkSize: chunkSize).suspects == [1])
        let (records, suspects) = try read(row + ",x\n2,y\n", chunkSize: chunkSize)
        #expect(suspects == [1, nil])
        #expect(records.map(\.last) == ["x", "y"])
    }

    @Test(
        "Quotes that follow the rules, or count for nothing, are left alone",
        arguments: [
            (#"1,12" pipe"#, #"12" pipe"#), (#"1,the "big" panel"#, #"the "big" panel"#),
            (#"1,"12"" pipe""#, #"12" pipe"#), (#"1,"pipe 12""""#, #"pipe 12""#), (#"1, "x""#, "x"),
            (#"1,"x"  "#, "x  "), (#"1,C:\dir"#, #"C:\dir"#), (#"1,"C:\dir, x""#, #"C:\dir, x"#),
            (#"1,C:\"#, "C:\\"), (#"1,\ "x""#, #"\ "x""#), (#"1,"""""#, "\""), (#"1,"""#, ""),
        ])
    func wellQuoted(_ row: String, content: String) throws {
        let (records, suspects) = try read(row + "\n2,y\n", chunkSize: 7)
        #expect(suspects == [nil, nil])
        #expect(records == [["1", content], ["2", "y"]])
    }

    @Test("A doubled quote after a backslash is content where nothing else was asked for")
    func backslashesByTheRules() throws {
        let text = #"1,"a\"",b""# + "\n"
        #expect(Reading(text).records == [["1", #"a\",b"#]])
        #expect(try read(text, chunkSize: 1).records == [["1", #"a\""#, "b\""]])
    }
}
