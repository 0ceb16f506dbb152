import AppointmentRows
import SecurityTrax

@testable import AppointmentLedger

/// Which run an appointment is of.
enum Age: CaseIterable { case thisRun, earlier }

/// What is known of the row's own appointment.
struct OwnKnown: Sendable {
    /// Nil where there is none.
    var state: AppointmentState?
    var age = Age.earlier
    /// How the row's texts differ from the appointment's.
    var differing: TextDifference = []
    /// How they differ from the run's first row of it; nil where this is the first.
    var met: TextDifference?

    static let all: [OwnKnown] =
        [OwnKnown(state: nil)]
        + AppointmentState.allCases.flatMap { state in
            [
                TextDifference(), TextDifference(.notes),
                [TextDifference(.serviceDetailType), TextDifference(.notes)],
            ].flatMap { differing in
                [OwnKnown(state: state, age: .thisRun, differing: differing)]
                    + [nil, TextDifference(), TextDifference(.serviceDetailType)].map {
                        OwnKnown(state: state, age: .earlier, differing: differing, met: $0)
                    }
            }
        }
}

/// What is known of the row's sender's number.
enum NumberKnown: Sendable, Hashable {
    /// The row has none, or nobody had it before.
    case none
    /// The row's own appointment has it.
    case own
    /// Another appointment has it.
    case another(AppointmentState)

    static let all: [NumberKnown] = [.none, .own] + AppointmentState.allCases.map { .another($0) }
}

/// What is known of one other appointment of the customer.
enum OtherKnown: Sendable, Hashable {
    /// In which run it was accepted. The row's own appointment, where it is an earlier run's, was accepted in between
    /// the first and the second.
    enum Accepted: Int, CaseIterable { case beforeOwn = 3, inRejectingRun = 5, later = 7, inThisRun = 9 }
    enum Technician: Int, CaseIterable { case none = 0, five = 5, six = 6 }

    case none
    /// Its window overlaps the row's.
    case overlapping(AppointmentState, Accepted, Technician)
    /// It ends when the row starts.
    case justBefore(AppointmentState)
    /// It starts when the row ends.
    case justAfter(AppointmentState)

    static let all: [OtherKnown] =
        [.none]
        + AppointmentState.allCases.flatMap { state in
            [.justBefore(state), .justAfter(state)]
                + Accepted.allCases.flatMap { run in
                    Technician.allCases.map { .overlapping(state, run, $0) }
                }
        }
}

/// The row itself, and the run's rules.
struct RowSettings: Sendable {
    /// Whether its start is past.
    var isPast = false
    var allowsPast = false
    var allowsRebooking = false
    var isStrict = false
    /// Whether it comes from a rejects file that an earlier run wrote.
    var isCorrected = false
    var technician = OtherKnown.Technician.five

    static let all: [RowSettings] = (0..<64).map { bits in
        RowSettings(
            isPast: bits & 1 != 0, allowsPast: bits & 2 != 0, allowsRebooking: bits & 4 != 0,
            isStrict: bits & 8 != 0, isCorrected: bits & 16 != 0, technician: bits & 32 != 0 ? .none : .five)
    }
}

/// One combination of all of these, as the decision is given it.
struct Situation {
    static let run = 9
    static let rejectingRun = 5

    let own: OwnKnown
    let number: NumberKnown
    let other: OtherKnown
    let settings: RowSettings

    private static let start = LocalTime(minutes: 10_000)
    private static let end = LocalTime(minutes: 10_120)
    static let firstRow = RowPlace(file: 21, line: 4)

    var facts: RowDecision.Facts {
        RowDecision.Facts(
            techID: Int64(settings.technician.rawValue), start: Self.start, end: Self.end,
            expiresAt: settings.isPast ? 99_999 : 100_000,
            acceptingRun: settings.isCorrected ? Self.rejectingRun : Self.run)
    }

    var rules: StagingRules {
        StagingRules(
            now: 100_000, allowsPast: settings.allowsPast, isStrict: settings.isStrict,
            allowsRebooking: settings.allowsRebooking)
    }

    var known: KnownOfRow {
        var known = KnownOfRow()
        known.own = own.state == nil ? nil : ownAppointment
        known.differing = own.differing
        known.firstRow = own.met.map { KnownOfRow.EarlierRow(place: Self.firstRow, differing: $0) }
        known.others = other == .none ? [] : [otherAppointment]
        switch number {
        case .none: known.numbered = nil
        case .own: known.numbered = known.own
        case .another: known.numbered = numberedAppointment
        }
        return known
    }

    /// The row's own appointment, where there is one.
    var ownAppointment: KnownAppointment {
        KnownAppointment(
            id: 1, customerID: 7, techID: Int64(settings.technician.rawValue), start: Self.start,
            end: Self.end, state: own.state ?? .pending, acceptedRun: own.age == .thisRun ? Self.run : 4,
            row: RowPlace(file: own.age == .thisRun ? 20 : 10, line: 2), isOfThisRun: own.age == .thisRun)
    }

    /// The customer's other appointment, where there is one.
    var otherAppointment: KnownAppointment {
        func appointment(
            _ state: AppointmentState, _ run: OtherKnown.Accepted, _ technician: OtherKnown.Technician,
            _ start: Int32, _ end: Int32
        ) -> KnownAppointment {
            KnownAppointment(
                id: 2, customerID: 7, techID: Int64(technician.rawValue), start: LocalTime(minutes: start),
                end: LocalTime(minutes: end), state: state, acceptedRun: run.rawValue,
                row: RowPlace(file: run == .inThisRun ? 20 : 11, line: 3), isOfThisRun: run == .inThisRun)
        }
        switch other {
        case .overlapping(let state, let run, let technician):
            return appointment(state, run, technician, 10_119, 10_200)
        case .justBefore(let state): return appointment(state, .later, .five, 9_900, 10_000)
        case .justAfter(let state): return appointment(state, .later, .five, 10_120, 10_200)
        case .none: return appointment(.pending, .later, .five, 0, 1)
        }
    }

    /// The appointment that has the row's number, where it is another one.
    var numberedAppointment: KnownAppointment {
        var state = AppointmentState.pending
        if case .another(let known) = number { state = known }
        return KnownAppointment(
            id: 3, customerID: 6, techID: 8, start: LocalTime(minutes: 50_000),
            end: LocalTime(minutes: 50_060), state: state, acceptedRun: 2,
            row: RowPlace(file: 12, line: 9), isOfThisRun: false)
    }
}
