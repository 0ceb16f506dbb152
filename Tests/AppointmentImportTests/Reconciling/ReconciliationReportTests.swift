import AppointmentImport
import AppointmentLedger
import AppointmentRows
import Foundation
import SecurityTrax
import TestSupport
import Testing

@testable import ImportFixtures

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
        var result = Reconciliation(entries.visits, unread: entries.unread, saved: saved)
        for visit in visits { result.compare([visit]) }
        return ReconciliationReport(
            result, of: entries, file: "r.csv", ledger: try Ledger.temporaryBlocking(), endpoint: endpoint,
            viewerZone: nil, next: NextSteps(options: ["--ledger", "l.sqlite3"]))
    }

    private static func lines(
        _ report: ReconciliationReport, _ style: TextStyle = .plain, isWhole: Bool = false,
        isTaken: Bool = false
    ) async throws -> [String] {
        var lines: [String] = []
        try await report.writeText(style, isWhole: isWhole, isTaken: isTaken) { lines.append($0) }
        return lines
    }

    private static func csv(_ report: ReconciliationReport) async throws -> String {
        var bytes: [UInt8] = []
        try await report.writeCSV { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func json(_ report: ReconciliationReport) async throws -> String {
        var text = ""
        try await report.writeJSON { text += $0 }
        return text
    }

    @Test("The text names what was found, where to look, and the words to say")
    func text() async throws {
        let text = try await Self.lines(Self.report(3, without: 2)).joined(separator: "\n")
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
        let elsewhere = try await Self.lines(Self.report(3, without: 2, endpoint: "127.0.0.1/x"))
        #expect(!elsewhere.joined().contains("https://"))
    }

    @Test("Many visits are counted, and listed where somebody asks; their words become a list")
    func many() async throws {
        let report = try Self.report(100, without: 2)
        let short = try await Self.lines(report).joined(separator: "\n")
        #expect(short.contains("… and 30 more"))
        #expect(short.contains("resolve words.csv"))
        let whole = try await Self.lines(report, isWhole: true).joined(separator: "\n")
        #expect((1...100).allSatisfy { whole.contains("customer \(1_000 + $0),") })
        let table = CSVTable(try await Self.csv(report))
        #expect(table.counts(of: "verdict") == ["created": 50, "": 50])
        #expect(table.count == 100)
    }

    @Test(
        "A report that is older than the post of what it lacks is said to be",
        arguments: [(1_000, 2_000, true), (2_000, 1_000, false), (nil, 2_000, false), (1_000, nil, false)]
            as [(Int?, Int?, Bool)])
    func age(saved: Int?, sent: Int?, isSaid: Bool) async throws {
        let text = try await Self.lines(Self.report(2, without: 2, saved: saved, sent: sent))
        #expect(text.joined().contains("after the report was saved") == isSaid)
    }

    @Test(
        "Lines are as wide as the terminal at the most, but for what is to be copied",
        arguments: [40, 60, 80, 140])
    func widths(width: Int) async throws {
        let report = try Self.report(4, without: 2, saved: 1, sent: 2)
        let lines = try await Self.lines(report, TextStyle(width: width))
        for line in lines where !line.contains("https://") && !line.contains("stimport ") {
            // A word that is longer, such as an address, stays whole.
            #expect(line.count <= width || line.split(separator: " ").count == 1, "\(line)")
        }
    }

    @Test(
        "However few of the visits are kept in memory, all of them are written, in the same order",
        arguments: [0, 1, 7, 1_000])
    func kept(limit: Int) async throws {
        let fixture = try LedgerFixture()
        let visits: [Visit] = (0..<40).map { number in
            let isEarly = number % 2 == 0
            return Visit(
                customer: 9_700 + number / 2, from: isEarly ? "07:30" : "12:00",
                to: isEarly ? "09:30" : "14:00")
        }
        try await fixture.run([Array(visits.prefix(20))], fate: .created)
        try await fixture.run([Array(visits.dropFirst(20))], fate: .inDoubt)
        // Of both, some are there, some are not, and some are there twice.
        let there: [Int] = visits.indices.filter { $0 % 3 != 0 } + visits.indices.filter { $0 % 7 == 0 }
        let rows: [String] = there.map { "\(visits[$0].customer),1/23/2014 \(visits[$0].from)" }
        let input = try TemporaryInput((["Customer ID,Start"] + rows).joined(separator: "\n"))
        let entries = try ReportedVisits(InputFile(input.path), options: .test)
        func report(keeping limit: Int) async throws -> ReconciliationReport {
            var result = Reconciliation(entries.visits, keeping: limit)
            try await result.compare(fixture.ledger, at: LedgerFixture.endpoint, listing: nil)
            return ReconciliationReport(
                result, of: entries, file: "r.csv", ledger: fixture.ledger, endpoint: LedgerFixture.endpoint,
                viewerZone: nil, next: NextSteps(options: []))
        }
        let (all, few) = (try await report(keeping: .max), try await report(keeping: limit))
        let text = try await Self.lines(all, isWhole: true)
        #expect(
            Set(["missing", "double", "in doubt and there"].filter { text.joined().contains($0) }).count == 3)
        #expect(try await Self.lines(few, isWhole: true) == text)
        // Whoever is asked about the proposals sees all of them.
        func proposals(_ report: ReconciliationReport) async throws -> [String] {
            let lines = try await Self.lines(report, isTaken: true)
            return Array(lines.drop { !$0.hasPrefix("In doubt, and in the report") }.prefix { !$0.isEmpty })
        }
        #expect(try await proposals(few) == proposals(all))
        #expect(try await Self.csv(few) == Self.csv(all))
        #expect(try await Self.json(few) == Self.json(all))
        #expect(few.words == all.words)
    }
}
