import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax
import Testing

@Suite("A report of SecurityTrax against the ledger")
struct ReconciliationTests {
    /// 2027-01-11 9:00.
    private static let nine: Int32 = 29_994_300

    private static func visit(
        _ id: Int = 1, _ state: AppointmentState = .inDoubt, customer: Int64 = 7, at minutes: Int32 = 0,
        length: Int32 = 60, service: ServiceType = .service, tech: Int64? = 23, utcOffset: Int? = nil
    ) -> LedgerVisit {
        let start = nine + minutes
        return LedgerVisit(
            id: id, state: state, batch: 1,
            appointment: Appointment(
                customerID: customer, techID: tech, start: LocalTime(minutes: start),
                end: LocalTime(minutes: start + length), serviceType: service),
            start: utcOffset.map { Int(start) - $0 })
    }

    private static func entry(
        _ line: Int = 2, customer: Int64 = 7, at minutes: Int32 = 0, length: Int? = 60,
        service: ReportedValue<ServiceType> = .value(.service),
        technician: ReportedValue<Int64> = .value(23), off: String? = nil, instants: [Int]? = nil
    ) -> ReportedVisit {
        ReportedVisit(
            line: line, customerID: customer,
            start: ReportedTime(shown: LocalTime(minutes: nine + minutes), instants: instants),
            length: length, service: service, technician: technician, calledOff: off)
    }

    private static func compare(
        _ visits: [LedgerVisit], _ entries: [ReportedVisit],
        rules: Reconciliation.Rules = Reconciliation.Rules()
    ) -> Reconciliation {
        var result = Reconciliation(entries, rules: rules)
        for customer in Set(visits.map(\.appointment.customerID)).sorted() {
            result.compare(visits.filter { $0.appointment.customerID == customer })
        }
        return result
    }

    /// `1 proposed-created, 2 missing`, with the IDs.
    private static func text(_ result: Reconciliation) -> String {
        result.items.map { "\($0.visit.id) \($0.finding.rawValue)" }.joined(separator: ", ")
    }

    // MARK: One visit, one entry

    @Test(
        "A visit in doubt is proposed where all that the report says agrees",
        arguments: [
            (visit(), entry(), true), (visit(), entry(length: nil), true),
            (visit(), entry(service: .unsaid, technician: .unsaid), true),
            (visit(), entry(technician: .words("John Smith")), true),
            (visit(tech: nil), entry(), true), (visit(tech: nil), entry(technician: .nobody), true),
            (visit(), entry(at: 60), false), (visit(), entry(at: -1), false),
            (visit(), entry(length: 90), false), (visit(), entry(service: .value(.install)), false),
            (visit(), entry(service: .words("Sale")), false), (visit(), entry(technician: .value(24)), false),
            (visit(), entry(technician: .nobody), false), (visit(), entry(customer: 8), false),
            (visit(), entry(off: "Cancelled"), false),
        ])
    func fit(visit: LedgerVisit, entry: ReportedVisit, isProposed: Bool) {
        let result = Self.compare([visit], [entry])
        #expect(Self.text(result) == (isProposed ? "1 proposed-created" : "1 not-in-report"))
        #expect(result.words.ids == (isProposed ? [1] : []))
        #expect(result.status() == .inDoubt)
    }

    @Test("A technician's name that is none of the visit's own is somebody else's, where names are known")
    func names() {
        var rules = Reconciliation.Rules()
        rules.namedTechnicians = [23]
        let entries = [Self.entry(technician: .words("Somebody Else"))]
        #expect(Self.text(Self.compare([Self.visit()], entries, rules: rules)) == "1 not-in-report")
        #expect(
            Self.text(Self.compare([Self.visit(tech: 24)], entries, rules: rules)) == "1 proposed-created")
    }

    // MARK: Several

    /// A ledger and a report of one customer, and what is found.
    struct Case: Sendable {
        var visits: [LedgerVisit]
        var entries: [ReportedVisit]
        var found: String
        var status: AppointmentImport.ExitStatus

        init(
            _ visits: [LedgerVisit], _ entries: [ReportedVisit], _ found: String,
            _ status: AppointmentImport.ExitStatus
        ) {
            self.visits = visits
            self.entries = entries
            self.found = found
            self.status = status
        }
    }

    /// An entry of a report without technicians, which can't tell a crew apart.
    private static func anyone(_ line: Int) -> ReportedVisit { entry(line, technician: .unsaid) }
    /// The second one of a crew.
    private static func second(_ state: AppointmentState) -> LedgerVisit { visit(2, state, tech: 24) }

    private static let cases: [Case] = [
        Case([], [entry()], "", .success),
        Case([visit(1, .created)], [entry()], "", .success),
        Case([visit()], [entry()], "1 proposed-created", .inDoubt),
        Case([visit()], [entry(2), entry(3)], "1 double", .inDoubt),
        Case([visit(1, .created)], [entry(2), entry(3)], "1 double", .rowsRejected),
        Case([visit(1, .created)], [], "1 missing", .rowsRejected),
        Case([visit(1, .created)], [entry(off: "Deleted")], "1 missing", .rowsRejected),
        Case([visit(1, .created)], [entry(2), entry(3, off: "Deleted")], "", .success),
        Case([visit()], [entry(2), entry(3, off: "Cancelled")], "1 unclear", .inDoubt),
        Case([visit(), second(.inDoubt)], [anyone(2), anyone(3)], "1 unclear, 2 unclear", .inDoubt),
        Case([visit(), second(.inDoubt)], [anyone(2)], "1 unclear, 2 unclear", .inDoubt),
        Case([visit(), second(.created)], [anyone(2)], "1 unclear", .inDoubt),
        Case([visit(1, .created), second(.created)], [anyone(2)], "1 missing, 2 missing", .rowsRejected),
        Case([visit(1, .created), second(.created)], [anyone(2), anyone(3)], "", .success),
        Case(
            [visit(1, .created), second(.created)], [anyone(2), anyone(3), anyone(4)], "1 double, 2 double",
            .rowsRejected),
        // Also where the other one was refused, or is still to be posted: somebody may have booked it by hand.
        Case([visit(), second(.refused)], [anyone(2)], "1 unclear", .inDoubt),
        Case([visit(), second(.pending)], [anyone(2)], "1 unclear", .inDoubt),
        Case([visit(), second(.withdrawn)], [anyone(2)], "1 unclear", .inDoubt),
        // A report with technicians tells them apart.
        Case(
            [visit(), second(.inDoubt)], [entry(2), entry(3, technician: .value(24))],
            "1 proposed-created, 2 proposed-created", .inDoubt),
        Case([visit(), second(.inDoubt)], [entry()], "1 proposed-created, 2 not-in-report", .inDoubt),
        Case([visit(1, .pending)], [entry()], "1 pending-in-report", .rowsRejected),
        Case([visit(1, .created), second(.pending)], [anyone(2)], "", .success),
        Case([visit(1, .pending)], [], "", .success),
        Case([visit(1, .refused)], [entry()], "1 refused-in-report", .rowsRejected),
        Case([visit(1, .refused)], [], "", .success),
        Case([visit(1, .created), second(.refused)], [anyone(2)], "", .success),
        Case(
            [visit(1, .created), second(.refused)], [anyone(2), anyone(3)],
            "1 double, 2 refused-in-report", .rowsRejected),
        Case([visit(1, .withdrawn)], [entry()], "", .success), Case([visit(1, .posting)], [], "", .success),
        // The viewer's zone is known, and the customer's is not.
        Case([visit(1, .created)], [entry(instants: [Int(nine)])], "1 unclear", .rowsRejected),
        Case([visit(), visit(2, .created, at: 300)], [], "1 not-in-report, 2 missing", .inDoubt),
    ]

    @Test("Only where entries and visits pair off one to one is anything proposed", arguments: cases)
    func several(known: Case) {
        let result = Self.compare(known.visits, known.entries)
        #expect(Self.text(result) == known.found)
        #expect(result.status() == known.status)
    }

    // MARK: Zones and days

    @Test(
        "Instants are compared where the viewer's zone is known, and clocks where it is not",
        arguments: [
            // 9:00 in Denver is 11:00 in New York.
            (visit(utcOffset: -420), entry(at: 120, instants: [Int(nine) + 420]), "1 proposed-created"),
            (visit(utcOffset: -420), entry(at: 0, instants: [Int(nine) + 300]), "1 not-in-report"),
            // Without the customer's zone nothing can be said, whatever the clocks show.
            (visit(), entry(at: 0, instants: [Int(nine)]), "1 unclear"),
            (visit(), entry(at: 120, instants: [Int(nine) + 420]), "1 unclear"),
            (visit(utcOffset: -420), entry(), "1 proposed-created"),
            // An hour that comes twice.
            (
                visit(utcOffset: -420), entry(instants: [Int(nine) + 360, Int(nine) + 420]),
                "1 proposed-created"
            ),
        ])
    func zones(visit: LedgerVisit, entry: ReportedVisit, expected: String) {
        #expect(Self.text(Self.compare([visit], [entry])) == expected)
    }

    @Test("The customers' zone, where it is said, serves visits that were imported without one")
    func customerZone() throws {
        var rules = Reconciliation.Rules()
        rules.customerZone = try ReadingOptions.timeZone("Mountain")
        let entries = [Self.entry(at: 120, instants: [Int(Self.nine) + 420])]
        #expect(Self.text(Self.compare([Self.visit()], entries, rules: rules)) == "1 proposed-created")
    }

    @Test("Visits on days that the report does not cover are not missed, and are counted")
    func days() {
        var rules = Reconciliation.Rules()
        rules.from = LocalTime(minutes: Self.nine - 540)
        rules.until = LocalTime(minutes: Self.nine + 900)
        let visits = [
            Self.visit(1, .created, at: -1440), Self.visit(2, .created), Self.visit(3, .created, at: 1440),
        ]
        let narrow = Self.compare(visits, [], rules: rules)
        #expect(Self.text(narrow) == "2 missing")
        #expect(narrow.uncovered == 2)
        let wide = Self.compare(visits, [Self.entry()])
        #expect(Self.text(wide) == "1 missing, 3 missing")
        #expect(wide.missingBeyondReport == 2)
    }

    @Test("What comes near a visit, and what can't be read of its customer, is named")
    func near() {
        var result = Reconciliation(
            [Self.entry(5, at: 60), Self.entry(6, at: 9_000), Self.entry(7, technician: .value(24))],
            unread: [.init(line: 8, customerID: 7, reason: "x"), .init(line: 9, customerID: 8, reason: "x")])
        result.compare([Self.visit()])
        let reason = result.items.first?.reason ?? ""
        for part in ["line 5: 1 h later", "line 7: technician 24", "line 8"] {
            #expect(reason.contains(part), "\(reason)")
        }
        #expect(!reason.contains("line 6") && !reason.contains("line 9"))
    }
}
