import AppointmentImport
import AppointmentLedger
import AppointmentRows
import Foundation
import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@Suite("What a comparison with a report says")
struct ReconciliationReportTests {
    private static let site = "secure.securitytrax.com/acme/informationposter.php"
    private static let midnight: Int32 = 23_173_920

    /// So many visits in doubt, every one of them but each `gap`th in the report.
    private static func report(
        _ count: Int, without gap: Int, saved: Int? = nil, sent: Int? = nil, endpoint: String = site
    ) throws -> ReconciliationReport {
        let visits = (1...count).map { id in
            let start = midnight + Int32(id) * 60
            return LedgerVisit(
                id: id, state: .inDoubt, batch: 1, sent: sent,
                appointment: Appointment(
                    customerID: Int64(1_000 + id), techID: nil, start: LocalTime(minutes: start),
                    end: LocalTime(minutes: start + 60), serviceType: .service))
        }
        let rows = visits.filter { $0.id % gap != 0 }.map {
            "\($0.appointment.customerID),\($0.appointment.start.wire)"
        }
        let input = try TemporaryInput((["Customer ID,Start"] + rows + ["1,never"]).joined(separator: "\n"))
        let entries = try ReportedVisits(InputFile(input.path), options: .test)
        var result = Reconciliation(entries.visits, unread: entries.unread)
        for visit in visits { result.compare([visit]) }
        return ReconciliationReport(
            result, of: entries, file: "r.csv", saved: saved, endpoint: endpoint, viewerZone: nil,
            next: NextSteps(options: ["--ledger", "l.sqlite3"]))
    }

    @Test("The text names what was found, where to look, and the words to say")
    func text() throws {
        let text = try Self.report(3, without: 2).lines(.plain, isWhole: false).joined(separator: "\n")
        for part in [
            "r.csv: 2 visits", "only the customer and the start are compared", "1: customer 1001",
            "stimport resolve --created 1 3 --ledger l.sqlite3",
            "https://portal.securitytrax.com/acme/customers/1002/history", "line 4: \"never\"",
            "0 agree, 2 in doubt and there, 1 in doubt and not there. Nothing was changed.",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(!text.contains("customers/1001/"))
        #expect(!text.contains("--not-created"))
        let elsewhere = try Self.report(3, without: 2, endpoint: "127.0.0.1/x").lines(.plain, isWhole: false)
        #expect(!elsewhere.joined().contains("https://"))
    }

    @Test("Many visits are counted, and listed where somebody asks; their words become a list")
    func many() throws {
        let report = try Self.report(100, without: 2)
        let short = report.lines(.plain, isWhole: false).joined(separator: "\n")
        #expect(short.contains("… and 30 more"))
        #expect(short.contains("resolve words.csv"))
        let whole = report.lines(.plain, isWhole: true).joined(separator: "\n")
        #expect((1...100).allSatisfy { whole.contains("customer \(1_000 + $0),") })
        let table = CSVTable(String(decoding: try report.csv(), as: UTF8.self))
        #expect(table.counts(of: "verdict") == ["created": 50, "": 50])
        #expect(table.count == 100)
    }

    @Test(
        "A report that is older than the post of what it lacks is said to be",
        arguments: [(1_000, 2_000, true), (2_000, 1_000, false), (nil, 2_000, false), (1_000, nil, false)]
            as [(Int?, Int?, Bool)])
    func age(saved: Int?, sent: Int?, isSaid: Bool) throws {
        let text = try Self.report(2, without: 2, saved: saved, sent: sent).lines(.plain, isWhole: false)
        #expect(text.joined().contains("after the report was saved") == isSaid)
    }

    @Test(
        "Lines are as wide as the terminal at the most, but for what is to be copied",
        arguments: [40, 60, 80, 140])
    func widths(width: Int) throws {
        let lines = try Self.report(4, without: 2, saved: 1, sent: 2).lines(
            TextStyle(width: width), isWhole: false)
        for line in lines where !line.contains("https://") && !line.contains("stimport ") {
            // A word that is longer, such as an address, stays whole.
            #expect(line.count <= width || line.split(separator: " ").count == 1, "\(line)")
        }
    }
}
