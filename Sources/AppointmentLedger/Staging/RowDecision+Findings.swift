import AppointmentRows
import SecurityTrax

/// The findings that go with a decision.
extension RowDecision {
    /// What the wording needs of the row, beside the decision.
    struct Context {
        var row: CheckedRow
        /// What the file calls the column of the start.
        var startColumn: String?
        /// The row's sender's number; empty without one.
        var senderNumber: String
        var rules: StagingRules
    }

    /// What there is to say of the row: the reason why it is invalid or skipped, or a warning.
    ///
    /// - Parameters:
    ///   - context: the row and its rules.
    ///   - own: the row's own appointment, where one was known.
    ///   - index: describes the other appointments.
    func finding(_ context: Context, own: KnownAppointment?, in index: LedgerIndex) throws
        -> Finding?
    {
        let row = context.row
        switch outcome {
        case .new, .takenUp, .inDoubt, .held, .moved: return nil
        case .repeated(let first):
            // A crew's rows look so where the export leaves its technicians out.
            guard let own, row.techID == 0 else { return nil }
            let other = try Self.describe(own, at: first, in: index)
            guard other.file == nil else { return nil }
            var finding = Finding.sameVisitTwice(line: row.line, other: other)
            if context.rules.isStrict { finding.makeStrict() }
            return finding
        case .alreadyCreated(let differing):
            guard let own, !differing.isEmpty else { return nil }
            return .changedSinceCreated(
                line: row.line, other: try Self.describe(own, at: own.row, in: index),
                differing: differing.fields)
        case .skipped(let withdrawn):
            let (reason, wasCreated) = try index.withdrawal(of: withdrawn)
            return .withdrawn(
                line: row.line, appointment: withdrawn.id,
                other: try Self.describe(withdrawn, at: withdrawn.row, in: index), reason: reason,
                wasCreated: wasCreated)
        case .invalid(.inThePast):
            // Without a known zone, a start is past only once it is past in the last zone on earth.
            let knowsZone = row.expiresAt != Int64(row.start.minutes) + 12 * 60
            return .inThePast(
                line: row.line, column: context.startColumn, start: row.start, knowsZone: knowsZone,
                isLongAgo: context.rules.now - row.expiresAt > 366 * 1440)
        case .invalid(.bookedDifferently(let other)):
            return .alreadyBookedDifferently(
                line: row.line, other: try Self.describe(other, at: other.row, in: index),
                state: other.state.words)
        case .invalid(.placeLeft(let other)):
            return .placeLeft(line: row.line, other: try Self.describe(other, at: other.row, in: index))
        case .invalid(.numberTaken(let other)):
            // What an earlier row of this run says is not what was created.
            return .alreadyBookedDifferently(
                line: row.line, other: try Self.describe(other, at: other.row, in: index),
                state: other.isOfThisRun && other.state != .pending ? "said" : other.state.words,
                senderNumber: context.senderNumber)
        case .invalid(.numberWithdrawn(let other)):
            return .numberWithdrawn(
                line: row.line, number: context.senderNumber,
                other: try Self.describe(other, at: other.row, in: index),
                reason: try index.withdrawal(of: other).reason)
        case .invalid(.conflicting(let first, let differing)):
            guard let own else { return nil }
            return .conflictingDuplicate(
                line: row.line, other: try Self.describe(own, at: first, in: index),
                differing: differing.fields)
        case .invalid(.changedSinceCreated(let differing)):
            guard let own else { return nil }
            var finding = Finding.changedSinceCreated(
                line: row.line, other: try Self.describe(own, at: own.row, in: index),
                differing: differing.fields)
            finding.makeStrict()
            return finding
        }
    }

    /// What is said of a row of another appointment.
    ///
    /// - Parameter place: the row: the one that carries the appointment, or one that repeats it.
    static func describe(
        _ appointment: KnownAppointment, at place: RowPlace, in index: LedgerIndex
    ) throws -> OtherAppointment {
        let origin = try index.origin(ofFile: place.file)
        return OtherAppointment(
            file: origin?.name, line: place.line, run: origin?.run, customerID: appointment.customerID,
            techID: appointment.techID == 0 ? nil : appointment.techID, start: appointment.start,
            end: appointment.end)
    }
}
