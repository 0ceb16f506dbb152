import Foundation

@testable import AppointmentImport
@testable import AppointmentLedger
@testable import AppointmentRows
@testable import SecurityTrax
@testable import SystemFiles

extension MessageCatalogue {
    mutating func addStops() throws {
        title(
            "Runs that stop themselves",
            "Said at the end, above what to do next. Rows that are left stay pending.")
        for code in RunStop.Code.allCases {
            heading(code.rawValue)
            for stop in try Self.stops(code) { error(stop.message, fix: stop.fix) }
        }
        heading("credentials-refused, before a run that nobody watches")
        let last = 1_795_600_000_000
        if let held = LoginGuard(refused: [last, last - 86_400_000]).objection(
            at: Date(timeIntervalSince1970: Double(last) / 1000 + 60))
        {
            error(Self.neutral(held.message), fix: held.fix)
        }
        heading("exit statuses, as help and --help tell them")
        for status in ExitStatus.allCases { line("\(status.rawValue) (\(status.words)): \(status.meaning)") }
    }

    private static func stops(_ code: RunStop.Code) throws -> [RunStop] {
        let endpoint = try Endpoint(site: "SITE")
        func end(_ end: DeliveryEnd) -> [RunStop] { [RunStop(end, at: endpoint)].compactMap { $0 } }
        func customers(_ end: CustomerDirectory.End) -> [RunStop] {
            [RunStop(end, at: endpoint, isVerifying: false), RunStop(end, at: endpoint, isVerifying: true)]
        }
        switch code {
        case .allOrNothing:
            var staged = StagedRun()
            var file = StagedFile(id: 1, name: "monday.csv")
            file.counts[.invalid] = 4
            file.counts[.pending] = 38
            var other = StagedFile(id: 2, name: "tuesday.csv")
            other.error = .empty
            staged.files = [file, other]
            return [.allOrNothing(staged)]
        case .tooManyInvalid:
            var file = StagedFile(id: 1, name: "monday.csv")
            file.counts[.invalid] = 4
            file.counts[.pending] = 38
            file.error = .tooManyInvalid(file.counts, limit: .percent(5))
            return [[file], [file, file]].compactMap { RunStop(setAside: $0) }
        case .credentialsRefused:
            return end(.credentialsRefused(reason: "the service refused the credentials: Invalid login"))
                + customers(.credentialsRefused(reason: "the service refused the credentials with 401"))
        case .wrongService:
            return end(.wrongService(reason: "the service answered 404"))
                + CertificateFault.allCases.flatMap { fault in
                    end(.wrongService(reason: "nothing was sent: \(fault.sentence)", fix: fault.fix))
                } + customers(.wrongService(reason: "the service answered 404"))
        case .unreachable:
            return end(.unreachable(reason: "nothing was sent: the host's name is not known to this machine"))
                + customers(.unreachable(reason: "the service answered 503"))
        case .everythingRefused: return end(.everythingRefused(reason: "the service answered 400"))
        case .tooMuchDoubt:
            return end(
                .tooMuchDoubt(reason: "no complete answer: the connection was closed without one"))
        case .timeRanOut: return end(.timeRanOut)
        case .firstRows: return end(.firstRowsPosted)
        case .outsideWindow:
            let window = PostingWindow(hours: 480...1_080, zone: .utc)
            return [RunStop(outside: window, at: Date(timeIntervalSince1970: 1_795_572_000))]
        case .held:
            let facts = HoldFacts(
                weekday: 3,
                layouts: [
                    HoldFacts.LayoutRows(
                        layout: "1f", file: "tuesday.csv", rows: 412,
                        nights: (1...14).map { HoldFacts.Night(run: $0, weekday: 3, rows: 118) })
                ], new: 294, customers: 400, newCustomers: 290, hasHistory: true,
                remarks: [
                    .sameFile(run: 11, name: "monday.csv"),
                    .olderExport(
                        run: 11,
                        because: "its newest visit starts 01/11/2027 9:00, and that one's 01/12/2027 9:00"),
                    .olderExport(run: 11, because: "it was written before that one"),
                ])
            let conditions = [
                "rows>3x", "rows<50%", "new-customers>30%", "new>200", "same-file", "older-export",
            ]
            .compactMap { HoldCondition($0) }
            return facts.reasons(conditions).map { .held($0, run: 12) }
                + [[12: 1], [12: 412], [12: 412, 14: 3]].compactMap { RunStop(waiting: $0) }
        case .expectedFile:
            return try overdue().map { RunStop([$0]) }.compactMap { $0 }
        case .interrupted:
            return end(.interrupted) + customers(.cancelled).prefix(1) + [.interruptedBeforePosting]
        }
    }

    /// A file that did not come, in each of the ways in which one does not.
    private static func overdue() throws -> [OverdueFile] {
        let expectation = try Expectation(parsing: "housecall-*.csv by 02:30 Mon-Fri")
        let reasons: [OverdueFile.Reason] = [
            .missing, .empty("housecall-1.csv"), .old("housecall-1.csv"),
            .notImported("housecall-1.csv", "the file is empty"),
        ]
        return reasons.map { OverdueFile(expectation: expectation, day: "Tue 11/24/2026", reason: $0) }
    }

    /// A text without the times of day that the machine's zone decides.
    static func neutral(_ text: String) -> String {
        text.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d/, with: "2026-11-24 02:00:11 -07:00")
    }
}
