import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Rows that a delimiter in a text may have shifted")
struct ShiftedRowTests {
    private static let header = "Customer ID,Start,End,Service,Address,Tech ID,Notes"
    private static let window = "1/23/2014 8:00,1/23/2014 9:00,Install"
    private static let shifted = "9002,\(window),12 Elm St, 84601,12,"

    private func summary(_ header: String, _ rows: [String]) throws -> [String] {
        try Reading(([header] + rows).joined(separator: "\n") + "\n").rows.map(\.row.result).map { "\($0)" }
    }

    @Test(
        "A row that reaches further than the others of its file is rejected, wherever it stands",
        arguments: 0..<20)
    func longer(place: Int) throws {
        var rows = (0..<20).map { "\(9100 + $0),\(Self.window),1 High St,11,ring" }
        rows.insert(Self.shifted, at: place)
        var expected = [String](repeating: "valid", count: 20)
        expected.insert("invalid", at: place)
        #expect(try summary(Self.header, rows) == expected)
        // The same where header and rows end with an empty field, and the notes of this one are pushed there.
        rows = rows.map { $0.hasSuffix(",") ? $0 + "ring" : $0 + "," }
        #expect(try summary(Self.header + ",", rows) == expected)
    }

    @Test("Where most rows are as long, none of them is suspected")
    func allLonger() throws {
        let rows = (0..<20).map { "\(9100 + $0),\(Self.window),1 High St,11,ring" }
        let valid = [String](repeating: "valid", count: 20)
        #expect(try summary(Self.header, rows.map { $0 + "," }) == valid)
        #expect(try summary(Self.header, rows.map { $0 + ",,," }) == valid)
        #expect(try summary(Self.header + ",,", rows.map { $0 + ",," }) == valid)
        // A column without a name that people write in.
        #expect(try summary(Self.header + ",", rows.map { $0 + ",called twice" }) == valid)
        // A heading above the rows says nothing of them.
        #expect(try summary(Self.header, ["Monday"] + rows.map { $0 + "," }) == ["skipped"] + valid)
        // One that is shorter than them doesn't either.
        #expect(try summary(Self.header, [rows[0]] + rows.map { $0 + "," }).allSatisfy { $0 == "valid" })
    }

    @Test(
        "Where no text could have been cut in two, empty fields at the end do no harm",
        arguments: [
            "9002,\(window),,12,", "9002,\(window),,,ring", "9002,\(window),12 Elm St,,",
            "9002,\(window),,12,ring",
        ])
    func nothingToCut(row: String) throws {
        let rows = (0..<5).map { "\(9100 + $0),\(Self.window),1 High St,11,ring" } + [row + ",", row + ",,,"]
        #expect(try summary(Self.header, rows).allSatisfy { $0 == "valid" })
    }

    @Test("It is said what stands where")
    func said() throws {
        let rows = (0..<5).map { "\(9100 + $0),\(Self.window),1 High St,11,ring\n" }.joined()
        let longer = try Reading(Self.header + "\n" + rows + Self.shifted + "\n").findings
        #expect(
            longer.map(\.message) == [
                "the row has 8 fields, the header 7, and no other row is so long: a text may be cut in two"
            ])
        let unnamed = try Reading(Self.header + ",\n" + rows + Self.shifted + "ring\n").findings
        #expect(unnamed.map(\.code) == [.raggedRow])
        #expect(
            unnamed.first?.message.hasPrefix("\"ring\" stands behind the last column that has a name") == true
        )
    }
}
