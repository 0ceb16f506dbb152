import Foundation
import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Layouts")
struct LayoutTests {
    private static let header = [
        "Job #", "Kunde", "Beginn", "Bis", "Leistung", "Mitarbeiter", "Status", "Preis",
    ]

    private func layout() throws -> Layout {
        var layout = Layout(name: "jobs", header: Self.header, day: "2014-01-01", person: "ana")
        layout.columns = [
            .customerID: "Kunde", .start: "Beginn", .end: "Bis", .serviceType: "Leistung",
            .techID: "Mitarbeiter",
        ]
        try layout.values.add(column: "ServiceType", theirs: "Einbau", ours: "Install")
        return layout
    }

    @Test(
        "A header has the fingerprint of its names, whatever their order, case and spaces",
        arguments: [
            ("A,B c,D", true), ("D,A,B c", true), ("a,b_C,d", true), ("A,B c,D,,", true),
            (" A ,\u{FEFF}B-c,D*", true),
            ("stimport_line,A,B c,D,stimport_file,stimport_code", true),
            ("A,B c", false), ("A,B c,D,E", false), ("A,B c,D,D", false), ("A,B c,E", false),
            ("AB,c,D", false),
        ])
    func fingerprint(header: String, isSame: Bool) {
        let (one, other) = (
            HeaderFingerprint(["A", "B c", "D"]), HeaderFingerprint(header.components(separatedBy: ","))
        )
        #expect((one == other) == isSame)
        #expect((one.text == other.text) == isSame)
        #expect(other.text.count == 16)
    }

    /// A file of these columns with one row.
    private func read(_ header: [String], _ name: String? = nil) throws -> Reading {
        let row = [
            "Job #": "7", "Kunde": "9710", "Beginn": "1/23/2014 7:30", "Bis": "1/23/2014 9:30",
            "Leistung": "Einbau",
            "Mitarbeiter": "5", "Status": "Scheduled", "Customer ID": "9710", "Start": "1/23/2014 7:30",
            "End": "1/23/2014 9:30", "Service": "Einbau",
        ]
        let text =
            header.joined(separator: ",") + "\n" + header.map { row[$0] ?? "x" }.joined(separator: ",") + "\n"
        let layout = try layout()
        return try Reading(
            text,
            .test {
                $0.layouts = [layout]
                $0.layoutName = name
            })
    }

    @Test("A file of the layout's header is read by it, in any order, and says so")
    func used() throws {
        for header in [Self.header, Self.header.reversed(), Self.header + ["stimport_line"]] {
            let reading = try read(header)
            #expect(reading.rows.map(\.row.isValid) == [true])
            #expect(reading.rows.first?.row.techID == 5)
            #expect(reading.layout?.openingRemarks == ["layout jobs, set 2014-01-01 by ana"])
        }
    }

    @Test("A title above the header is no header, also where the layout is named", arguments: [nil, "jobs"])
    func title(name: String?) throws {
        let layout = try layout()
        let text =
            "Report of today\n" + Self.header.joined(separator: ",")
            + "\n7,9710,1/23/2014 7:30,1/23/2014 9:30,Einbau,5,,1\n"
        let reading = try Reading(
            text,
            .test {
                $0.layouts = [layout]
                $0.layoutName = name
            })
        #expect(reading.rows.map(\.row.isValid) == [true])
    }

    @Test(
        "A file that lacks a column from which the layout's files are read is refused, and one more doesn't hide it",
        arguments: ["Mitarbeiter", "Kunde", "Beginn", "Status"], [[], ["Techniker"]])
    func gone(column: String, new: [String]) throws {
        for name in [nil, "jobs"] {
            let error = try #require(throws: InputError.self) {
                try read(Self.header.filter { $0 != column } + new, name)
            }
            #expect(error.code == .columnGone)
            #expect(error.message.contains(column) && error.fix.contains("--layout none"))
        }
    }

    @Test("A column that nothing was read from is missed with a remark")
    func goneUnused() throws {
        let reading = try read(Self.header.filter { $0 != "Preis" })
        #expect(reading.rows.map(\.row.isValid) == [true])
        #expect(reading.layout?.openingRemarks.last?.hasPrefix("column-gone: ") == true)
        #expect(reading.layout?.openingRemarks.last?.contains("Preis") == true)
    }

    @Test(
        "Nothing of a layout holds for a file of another header",
        arguments: [
            ["Customer ID", "Start", "End", "Service"],
            ["Customer ID", "Start", "End", "Service", "Mitarbeiter"],
            ["Customer ID", "Start", "End", "Service", "Status", "Preis"],
        ])
    func otherHeader(header: [String]) throws {
        let reading = try read(header)
        #expect(reading.codes == ["invalid-service-type"])
        #expect(reading.layout?.layoutRemarks == [])
    }

    @Test("What is said for this run goes before the layout")
    func given() throws {
        let layout = try layout()
        var values = ValueMap()
        try values.add(column: "ServiceType", theirs: "einbau", ours: "Service")
        let reading = try Reading(
            Self.header.joined(separator: ",") + "\n7,9710,1/23/2014 7:30,1/23/2014 9:30,Einbau,5,,1\n",
            .test {
                $0.layouts = [layout]
                $0.columnMap = [.techID: "Job #"]
                $0.values = values
            })
        #expect(reading.rows.first?.row.techID == 7)
        #expect(reading.rows.first?.row.serviceType == .service)
    }
}
