import AppointmentRows
import SecurityTrax

@testable import AppointmentLedger

/// What the design says of each situation: a table of its own, the first line that applies decides.
extension Situation {
    struct Rule {
        let name: String
        let applies: (Situation) -> Bool
        let outcome: (Situation) -> RowDecision.Outcome

        init(
            _ name: String, when applies: @escaping (Situation) -> Bool,
            _ outcome: @escaping (Situation) -> RowDecision.Outcome
        ) {
            self.name = name
            self.applies = applies
            self.outcome = outcome
        }
    }

    nonisolated(unsafe) static let table: [Rule] = [
        Rule(
            "its number is that of an appointment which was withdrawn with other values",
            when: {
                $0.numberIsMeant && $0.number == .another(.withdrawn) && $0.own.state != .withdrawn
            }
        ) { .invalid(.numberWithdrawn($0.numberedAppointment)) },
        Rule(
            "its number is that of another appointment that may exist",
            when: { $0.numberIsMeant && $0.numberIsOfOneThatMayExist }
        ) { .moved($0.numberedAppointment) },
        Rule("a person took its appointment out", when: { $0.own.state == .withdrawn }) {
            .skipped(withdrawn: $0.ownAppointment)
        },
        Rule(
            "it is held and past",
            when: {
                $0.own.state == .held && !$0.isOfThisRun && $0.settings.isPast && !$0.settings.allowsPast
            }
        ) { _ in .invalid(.inThePast) },
        Rule("a person decides about its run", when: { $0.own.state == .held && !$0.isOfThisRun }) { _ in
            .held
        },
        Rule("it repeats a row of this run", when: { $0.isOfThisRun && $0.own.differing.isEmpty }) {
            .repeated($0.ownAppointment.row)
        },
        Rule("it contradicts a row of this run", when: { $0.isOfThisRun }) {
            .invalid(.conflicting($0.ownAppointment.row, $0.own.differing))
        },
        Rule(
            "it repeats a row of this run whose appointment stays an earlier run's",
            when: { $0.mayExist && $0.own.met?.isEmpty == true }
        ) { _ in .repeated(firstRow) },
        Rule(
            "it contradicts a row of this run whose appointment stays an earlier run's",
            when: { $0.mayExist && $0.own.met != nil }
        ) { .invalid(.conflicting(firstRow, $0.own.met ?? [])) },
        Rule(
            "its appointment was created with other texts, and warnings are errors",
            when: { $0.own.state == .created && !$0.own.differing.isEmpty && $0.settings.isStrict }
        ) { .invalid(.changedSinceCreated($0.own.differing)) },
        Rule("its appointment was created", when: { $0.own.state == .created }) {
            .alreadyCreated(differing: $0.own.differing)
        },
        Rule("its appointment may exist", when: { $0.mayExist }) { _ in .inDoubt },
        Rule("another appointment stands for its visit", when: { $0.isBookedDifferently }) {
            .invalid(.bookedDifferently($0.otherAppointment))
        },
        Rule("it is past", when: { $0.settings.isPast && !$0.settings.allowsPast }) { _ in
            .invalid(.inThePast)
        },
        Rule(
            "its number waits in a held run, which nobody has approved",
            when: { $0.numberIsMeant && $0.number == .another(.held) }
        ) { .invalid(.numberTaken($0.numberedAppointment)) },
        Rule("nobody knows its appointment", when: { $0.own.state == nil }) { _ in .new },
        Rule("an earlier run left it to be posted, or it was refused", when: { _ in true }) { _ in .takenUp },
    ]

    var rule: Rule { Self.table.first { $0.applies(self) } ?? Self.table[Self.table.count - 1] }

    var expected: RowDecision {
        let outcome = rule.outcome(self)
        let isDecidedByNumber =
            switch outcome {
            case .moved, .invalid(.numberTaken), .invalid(.numberWithdrawn): true
            default: false
            }
        return RowDecision(
            outcome: outcome,
            // A number goes with the appointment that the row names, where there is one.
            movesNumber: !isDecidedByNumber && (own.state != nil || outcome == .new),
            expiresOwn: (own.state == .pending || own.state == .held) && outcome == .invalid(.inThePast),
            // What waits under its number and was not approved or posted is not wanted any more.
            replacesNumbered: numberIsMeant && !isDecidedByNumber
                && (number == .another(.pending) || number == .another(.held)))
    }

    // MARK: The words of the table

    private var isOfThisRun: Bool { own.state != nil && own.age == .thisRun }

    /// Whether the number says which visit the row is.
    private var numberIsMeant: Bool { !settings.allowsRebooking }

    private static let thatMayExist: Set<AppointmentState> = [.posting, .created, .inDoubt]

    /// Whether its appointment may exist at SecurityTrax.
    private var mayExist: Bool { own.state.map(Self.thatMayExist.contains) ?? false }

    private var numberIsOfOneThatMayExist: Bool {
        Self.thatMayExist.contains { number == .another($0) }
    }

    /// Whether another appointment is in the way of one that is to be posted: by where its own appointment stands
    /// (none, pending, refused), and by when the other one was accepted.
    private var isBookedDifferently: Bool {
        enum Way { case no, yes, unlessCrew }
        let table: [OtherKnown.Accepted: (none: Way, pending: Way, refused: Way)] = [
            .beforeOwn: (.yes, .no, .no),
            .inRejectingRun: settings.isCorrected ? (.unlessCrew, .no, .unlessCrew) : (.yes, .no, .yes),
            .later: (.yes, .no, .yes),
            .inThisRun: settings.isCorrected ? (.yes, .no, .yes) : (.unlessCrew, .no, .unlessCrew),
        ]
        guard !settings.allowsRebooking, case .overlapping(let state, let accepted, let technician) = other,
            [.pending, .posting, .created, .inDoubt, .held].contains(state), let line = table[accepted]
        else { return false }
        let way = own.state == nil ? line.none : own.state == .pending ? line.pending : line.refused
        switch way {
        case .no: return false
        case .yes: return true
        case .unlessCrew:
            // The row has technician 5 or none.
            return !(settings.technician == .five && technician == .six)
        }
    }
}
