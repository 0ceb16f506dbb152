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
}
