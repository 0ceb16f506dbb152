@testable import ImportFixtures
@testable import AppointmentLedger
@testable import AppointmentRows
import CSVReading
import Foundation
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentImport

@Suite("Reports as CSV") struct ReportTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// All records of a CSV file's bytes.
    private func records(_ bytes: [UInt8]) throws -> [[String]] {
        let path = try folder.write("report.csv", bytes: bytes)
        let file = try InputFile(path)
        let reader = try CSVReader(descriptor: file.descriptor, options: CSVReader.Options(delimiter: 0x2C))
        var record = CSVRecord()
        var found: [[String]] = []
        while try reader.next(&record) { found.append(record.strings) }
        return found
    }

    private static let wire = [
        "9710", "5", "01/23/2014 7:30", "01/23/2014 9:30", "1", "=Panel", "-notes,\n\"x\"",
    ]

    @Test(
        "A line a row: place, state, code, reason, the seven columns, the details, the ID, the run, its time and site, who was found"
    )
    func rows() throws {
        var report = try RowReport(details: ["ConfirmationStatusName", "Other"])
        let row = ReportRow(
            file: "a.csv", fileID: 1, line: 17, state: .alreadyCreated, code: "c", reason: "r",
            columns: Self.wire,
            details: [ResponseDetail(name: "ConfirmationStatusName", value: "Not Confirmed")], appointment: 4,
            run: 12,
            time: 1_000, endpoint: "x", foundCustomer: FoundCustomer(id: 9710, by: "phone 1"))
        try report.add(row)
        var invalid = row
        invalid.state = .invalid
        invalid.appointment = nil
        invalid.details = []
        invalid.foundCustomer = nil
        try report.add(invalid)
        let found = try records(report.drain())
        #expect(
            found[0] == [
                "file", "line", "state", "code", "reason", "SecurityTraxUniqueID", "TechID", "StartTime",
                "EndTime",
                "ServiceType", "ServiceDetailType", "Notes", "ConfirmationStatusName", "Other", "stimport_id",
                "run", "time", "site", "customer_found", "customer",
            ])
        #expect(
            found[1] == ["a.csv", "17", "already_created", "c", "r"] + Self.wire + [
                "Not Confirmed", "", "4", "12", LedgerTime.iso(1_000), "x", "9710 by phone 1",
                "9710 by phone 1",
            ])
        #expect(
            found[2] == ["a.csv", "17", "invalid", "c", "r"] + Self.wire + [
                "", "", "", "12", LedgerTime.iso(1_000), "x", "", "9710",
            ])
    }

    @Test(
        "The service's words are no formula for a spreadsheet",
        arguments: [
            ("=1+1", "'=1+1"), ("@x", "'@x"), ("+1", "'+1"), ("-x", "'-x"), ("\tx", "'\tx"),
            ("\r=x", "'\r=x"),
            ("-5", "-5"), ("plain", "plain"), ("", ""), ("a=b", "a=b"),
        ])
    func harmless(text: String, written: String) throws {
        #expect(RowReport.neutralizingFormulas(text) == written)
        var report = try RowReport(details: ["D"])
        try report.add(
            ReportRow(
                file: text, fileID: 1, line: 1, state: .refused, code: "", reason: text, columns: Self.wire,
                details: [ResponseDetail(name: "D", value: text)]))
        let row = try records(report.drain())[1]
        #expect([row[0], row[4], row[12]] == [written, written, written])
    }

    // MARK: The list to review

    private static let doubtful = (1...3).map { id in
        DoubtfulAppointment(
            id: id, batch: 10 + id, sent: 1_000, reason: "=cut, \"short\"\nhere",
            appointment: Appointment(
                customerID: 9710, techID: 5, start: LocalTime(minutes: 23_174_370),
                end: LocalTime(minutes: 23_174_490), serviceType: .install, serviceDetailType: "=Panel",
                notes: "-notes,\n\"x\""),
            file: "a.csv", line: id, run: 1,
            endpoint: id == 1 ? "secure.securitytrax.com/acme/informationposter.php" : "x")
    }

    @Test("The list has an empty verdict for each appointment, and read back as it is, it says nothing")
    func list() throws {
        let bytes = try ReviewList.csv(ReviewItems(doubts: Self.doubtful)) { "at \($0)" }
        let found = try records(bytes)
        #expect(
            found[0] == ["id", "batch", "sent", "reason"] + AppointmentField.allCases.map(\.name) + [
                "links", "verdict",
            ])
        let customer = "https://portal.securitytrax.com/acme/customers/9710/"
        #expect(bytes.starts(with: TextEncoding.utf8.byteOrderMark))
        // A spreadsheet would run what begins like a formula.
        let known =
            ["at 1000", "'=cut, \"short\"\nhere"] + Self.wire.dropLast(2) + ["'=Panel", "'-notes,\n\"x\""]
        #expect(
            found[1] == ["1", "11"] + known + ["\(customer)customer-appointments \(customer)history", ""])
        #expect(found[2] == ["2", "12"] + known + ["", ""])
        #expect(try ReviewList.read(folder.write("list.csv", bytes: bytes)).isEmpty)
    }

    @Test("Filled in, it comes back with its IDs and batches")
    func roundTrip() throws {
        let bytes = try ReviewList.csv(ReviewItems(doubts: Self.doubtful)) { "at \($0)" }
        var lines = try records(bytes)
        lines[1][12] = "created"
        lines[3][12] = " Not Created "
        var writer = CSVWriter(dialect: Dialect(delimiter: 0x3B))
        for line in lines { try writer.write(line) }
        let verdicts = try ReviewList.read(folder.write("list.csv", bytes: writer.drain())).resolutions
        #expect(verdicts.map(\.id) == [1, 3])
        #expect(verdicts.map(\.batch) == [11, 13])
        #expect(verdicts.map(\.resolution) == [.created, .notCreated])
    }

    @Test("A verdict that a script appends to the ends of lines counts")
    func appended() throws {
        let text = String(
            decoding: try ReviewList.csv(ReviewItems(doubts: Self.doubtful)) { "at \($0)" }, as: UTF8.self)
        let filled = text.replacing(",\n", with: ",created\n")
        let verdicts = try ReviewList.read(folder.write("list.csv", filled)).resolutions
        #expect(verdicts.map(\.id) == [1, 2, 3])
    }

    @Test(
        "A word is understood as a person writes it",
        arguments: [
            ("created", Resolution?.some(.created)), ("CREATED", .created), ("not-created", .notCreated),
            ("not_created", .notCreated), ("Not created", .notCreated), ("", nil), ("  ", nil),
        ])
    func words(word: String, verdict: Resolution?) throws {
        let path = try folder.write("list.csv", "id,batch,verdict\n4,7,\(word)\n")
        #expect(try ReviewList.read(path).resolutions.map(\.resolution) == (verdict.map { [$0] } ?? []))
    }

    @Test(
        "A list with anything that can't be understood is refused whole",
        arguments: [
            "id,batch,verdict\n1,1,created\n2,1,maybe\n", "id,batch,verdict\n1,1,created\n2\n",
            "id,batch,verdict\nx,1,created\n", "id,batch,verdict\n1,,created\n",
            "id,batch,verdict\n1,1,created\n1,1,not-created\n", "id,verdict\n1,created\n", "id,batch\n1,1\n",
            "batch,verdict\n1,created\n", "",
        ])
    func refused(text: String) throws {
        let path = try folder.write("list.csv", text)
        #expect(throws: (any Error).self) { try ReviewList.read(path) }
    }

    @Test("A list that is not there is an error of reading")
    func missing() {
        #expect(throws: InputError.self) { try ReviewList.read(folder.path("none.csv")) }
    }
}
