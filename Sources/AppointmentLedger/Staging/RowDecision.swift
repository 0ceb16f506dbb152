import SecurityTrax

/// What becomes of a row that is valid as far as its file can tell.
///
/// A pure function of the row, of what is known of its appointment, its sender's number and its customer's other
/// appointments, and of the rules. Whoever calls it fetches what is known, and carries the decision out.
struct RowDecision: Sendable, Hashable {
    enum Outcome: Sendable, Hashable {
        /// Its appointment is new, and is to be posted.
        case new
        /// Its appointment is one that an earlier run left pending or refused: it becomes this run's.
        case takenUp
        /// It repeats an earlier row of this run.
        case repeated(RowPlace)
        /// An earlier run created its appointment: a warning tells of texts that differ now.
        case alreadyCreated(differing: TextDifference)
        /// Its appointment is in doubt since an earlier run.
        case inDoubt
        /// Its appointment is of a run that is held: a person decides.
        case held
        /// Its sender's number is that of a visit which stands, or may stand, in SecurityTrax with other values: a
        /// person has to change it there.
        case moved(KnownAppointment)
        /// A person took an appointment out: its own, or the one that has its number.
        case skipped(withdrawn: KnownAppointment)
        /// It can't be posted.
        case invalid(Objection)
    }

    /// Why a row can't be posted, although its file alone says nothing against it.
    enum Objection: Sendable, Hashable {
        /// Its start is past.
        case inThePast
        /// Another appointment stands for the same visit, it seems.
        case bookedDifferently(KnownAppointment)
        /// Its place is that of a visit which has another number, and another place since it was created.
        case placeLeft(KnownAppointment)
        /// An earlier row of this run has its sender's number and other values, or a run that is held.
        case numberTaken(KnownAppointment)
        /// A person took out the visit that has its sender's number, with other values.
        case numberWithdrawn(KnownAppointment)
        /// An earlier row of this run has its appointment with other texts, and that row stands.
        case conflicting(RowPlace, TextDifference)
        /// Its appointment was created with other texts (`--strict`).
        case changedSinceCreated(TextDifference)
    }

    var outcome: Outcome
    /// Whether the row's sender's number, if it has one, stands for the row's appointment from now on.
    var movesNumber = false
    /// Whether the row's appointment waits since an earlier run, and is refused from now on: its time has passed.
    var expiresOwn = false
    /// Whether the appointment that has its sender's number waits since an earlier run, and is refused from now on:
    /// the row has its newer values.
    var replacesNumbered = false

    /// Whether an earlier run created the row's appointment just as the row has it, so that there is nothing to say of
    /// the row and nothing to change; its sender's number, if it has one, aside.
    var isNothingNew: Bool {
        guard case .alreadyCreated(let differing) = outcome else { return false }
        return differing.isEmpty && !expiresOwn && !replacesNumbered
    }
}

extension RowDecision {
    /// What the decision needs to know of the row.
    struct Facts: Sendable, Hashable {
        /// Its technician, or 0.
        var techID: Int64
        var start: LocalTime
        var end: LocalTime
        /// When its start is past: minutes since 1970-01-01 00:00 UTC.
        var expiresAt: Int64
        /// The run that it counts as part of: this one, or for a row of a rejects file the one that wrote it.
        var acceptingRun: Int
    }

    /// Decides what becomes of a row.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - known: all that bears on it.
    ///   - rules: the run's rules.
    init(_ row: Facts, known: KnownOfRow, rules: StagingRules) {
        let own = known.own
        var replaced: KnownAppointment?
        if let earlier = known.numberedRow, !rules.allowsRebooking {
            if !known.repeatsNumberedRow {
                self.init(outcome: .invalid(.numberTaken(earlier)))
                return
            }
            if earlier.id != own?.id {
                self.init(outcome: .repeated(earlier.row))
                return
            }
        }
        if let numbered = known.numbered, numbered.id != own?.id {
            if numbered.state == .withdrawn, !rules.allowsRebooking, own?.state != .withdrawn {
                // Whether this is the visit that nobody wants, or one that is wanted after all, only a person knows.
                self.init(outcome: .invalid(.numberWithdrawn(numbered)))
                return
            }
            if numbered.state.isActive, !rules.allowsRebooking {
                if numbered.isOfThisRun {
                    self.init(outcome: .invalid(.numberTaken(numbered)))
                    return
                }
                guard numbered.state.isWaiting else {
                    self.init(outcome: .moved(numbered))
                    return
                }
                replaced = numbered
            }
        }
        if let moved = known.ownMoved, !rules.allowsRebooking {
            self.init(outcome: .invalid(.placeLeft(moved)))
            return
        }
        // The number is free, or moves here from the appointment that had it.
        let isPast = !rules.allowsPast && row.expiresAt < rules.now
        // What is replaced is in nobody's way.
        let others = replaced.map { gone in known.others.filter { $0.id != gone.id } } ?? known.others
        guard let own else {
            if let other = Self.inTheWay(of: row, own: nil, others, rules) {
                self.init(outcome: .invalid(.bookedDifferently(other)))
            } else if isPast {
                self.init(outcome: .invalid(.inThePast))
            } else {
                self.init(outcome: .new, movesNumber: true)
            }
            replacesNumbered = replaced != nil
            keepHold(of: replaced)
            return
        }
        self.init(outcome: .inDoubt, movesNumber: true, replacesNumbered: replaced != nil)
        if own.state == .withdrawn {
            outcome = .skipped(withdrawn: own)
        } else if own.isOfThisRun {
            outcome = Self.repeating(own.row, differing: known.differing)
        } else {
            switch own.state {
            case .pending, .refused:
                if own.state == .refused, let corrected = known.corrected, !rules.allowsRebooking {
                    outcome = .invalid(.bookedDifferently(corrected))
                } else if let other = Self.inTheWay(of: row, own: own, others, rules) {
                    outcome = .invalid(.bookedDifferently(other))
                } else if isPast {
                    outcome = .invalid(.inThePast)
                    expiresOwn = own.state == .pending
                } else {
                    outcome = .takenUp
                }
            case .held:
                outcome = .held
                if isPast {
                    outcome = .invalid(.inThePast)
                    expiresOwn = true
                }
            case .created, .inDoubt, .posting, .withdrawn:
                if let first = known.firstRow {
                    outcome = Self.repeating(first.place, differing: first.differing)
                } else if own.state == .created {
                    outcome =
                        rules.isStrict && !known.differing.isEmpty
                        ? .invalid(.changedSinceCreated(known.differing))
                        : .alreadyCreated(differing: known.differing)
                }
            }
        }
        keepHold(of: replaced)
    }

    /// What waits in a held run is not replaced by something that is posted: nobody has approved it.
    private mutating func keepHold(of replaced: KnownAppointment?) {
        guard let replaced, replaced.state == .held, outcome == .new || outcome == .takenUp else { return }
        self = RowDecision(outcome: .invalid(.numberTaken(replaced)))
    }

    private static func repeating(_ first: RowPlace, differing: TextDifference) -> Outcome {
        differing.isEmpty ? .repeated(first) : .invalid(.conflicting(first, differing))
    }

    /// The first appointment that stands for the visit that posting `row` would book.
    ///
    /// Within one run, distinct technicians are a crew, unless they stand in files of two nights; a row of a rejects file is
    /// part of the run that wrote it. An
    /// appointment that is known was compared when it was accepted; since then only what was accepted later can
    /// have come in its way.
    private static func inTheWay(
        of row: Facts, own: KnownAppointment?, _ others: [KnownAppointment], _ rules: StagingRules
    ) -> KnownAppointment? {
        if rules.allowsRebooking || own?.state == .pending { return nil }
        return others.first { other in
            guard other.state.isActive, other.start < row.end, other.end > row.start, other.id != own?.id
            else { return false }
            if let own, other.acceptedRun <= own.acceptedRun { return false }
            if other.acceptedRun != row.acceptingRun || other.isOfOtherNight { return true }
            let isCrew = row.techID != 0 && other.techID != 0 && row.techID != other.techID
            return !isCrew
        }
    }
}
