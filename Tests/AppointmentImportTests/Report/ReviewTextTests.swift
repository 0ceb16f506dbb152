import AppointmentImport
import Foundation
import SecurityTrax
import Testing

@testable import AppointmentLedger

@Suite("The work list of what is in doubt")
struct ReviewTextTests {
    private static let site = "secure.securitytrax.com/acme/informationposter.php"

    private static func doubt(
        techID: Int64? = 23, detail: String = "", notes: String = "", end: Int32 = 60,
        sent: Int = 1_800_000_000_000,
        endpoint: String = site
    ) -> DoubtfulAppointment {
        // 2027-01-11 9:00, a Monday.
        let start: Int32 = 29_994_300
        return DoubtfulAppointment(
            id: 31, batch: 4, sent: sent, reason: "no complete answer",
            appointment: Appointment(
                customerID: 103_317, techID: techID, start: LocalTime(minutes: start),
                end: LocalTime(minutes: start + end), serviceType: .ripOut, serviceDetailType: detail,
                notes: notes),
            file: "monday.csv", line: 4, run: 2, endpoint: endpoint)
    }

    private static func text(_ doubts: [DoubtfulAppointment], width: Int? = nil, options: [String] = [])
        -> String
    {
        ReviewText(TextStyle(width: width), next: NextSteps(options: options)).lines(
            ReviewItems(doubts: doubts)
        )
        .joined(separator: "\n")
    }

    @Test(
        "A block says who, when, what, how it was lost, what to look for and where",
        arguments: [
            "31: customer 103317, Mon 01/11/2027 9:00 to 10:00", "Rip-out, technician 23",
            "line 4 of monday.csv",
            "batch 4 of run 2", "no complete answer", "starts 01/11/2027 9:00 by the customer's clock",
            "2027-01-15 08:00 UTC",
            "https://portal.securitytrax.com/acme/customers/103317/customer-appointments",
            "https://portal.securitytrax.com/acme/customers/103317/history", "its viewer's time zone",
            "1 visit in doubt", "stimport resolve --created ID --ledger l.sqlite3",
            "stimport reconcile REPORT.csv",
        ])
    func block(part: String) {
        let text = Self.text([Self.doubt()], options: ["--ledger", "l.sqlite3"])
        #expect(text.contains(part), "\(text)")
    }

    @Test(
        "What a visit does not have is not shown, and what it has is",
        arguments: [
            (doubt(techID: nil), "no technician", "technician 23"),
            (doubt(detail: "14"), "Rip-out (detail 14)", "notes"),
            (doubt(notes: "Gate\ncode 7"), "Gate code 7", "detail"),
            (doubt(end: 1_440), "9:00 to Tue 01/12/2027 9:00", "to 9:00"),
            (doubt(sent: 0), "not known when, or whether", "1970"),
            (doubt(endpoint: "127.0.0.1:80/x"), "at 127.0.0.1:80/x", "https://portal"),
        ])
    func variants(doubt: DoubtfulAppointment, shown: String, hidden: String) {
        let text = Self.text([doubt])
        #expect(text.contains(shown), "\(text)")
        #expect(!text.contains(hidden), "\(text)")
    }

    @Test(
        "No line is wider than the terminal but an address, which stays whole", arguments: [40, 60, 80, 140])
    func widths(width: Int) {
        let doubts = [Self.doubt(notes: String(repeating: "word ", count: 60)), Self.doubt(endpoint: "x")]
        for line in Self.text(doubts, width: width).split(separator: "\n") {
            #expect(line.count <= width || line.contains("https://") || line.contains("stimport "), "\(line)")
        }
    }

    @Test("Where nothing is in doubt, that is all it says")
    func empty() {
        #expect(Self.text([]) == "Nothing is in doubt.")
    }

    @Test(
        "IDs are written in ranges, and read back",
        arguments: [
            ([31, 32, 33, 35], "31-33, 35"), ([2, 1], "1-2"), ([7], "7"), ([], ""), ([1, 3, 5], "1, 3, 5"),
            ([4, 4, 5], "4-5"),
        ])
    func ranges(ids: [Int], text: String) {
        #expect(IDRanges.text(ids) == text)
        let read = text.split(separator: ",").flatMap { IDRanges.read($0.drop { $0 == " " }) ?? [] }
        #expect(read == Set(ids).sorted())
    }

    @Test(
        "What is no range is not read as one",
        arguments: ["", "-", "1-", "-1", "3-1", "1-2-3", "0", "0-4", "1 - 3", "a", "1.5", "١", "1-100002"])
    func noRange(text: String) {
        #expect(IDRanges.read(text[...]) == nil)
    }
}
