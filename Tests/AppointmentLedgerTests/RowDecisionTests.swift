import AppointmentRows
import SecurityTrax
import Testing

@testable import AppointmentLedger

/// The decision about a row in every situation that the ledger can leave it in.
@Suite("What becomes of a row") struct RowDecisionTests {
    @Test("Every combination of what may be known is decided as the table says", arguments: OwnKnown.all)
    func all(own: OwnKnown) {
        var seen = 0
        var wrong: [String] = []
        for number in NumberKnown.all {
            for other in OtherKnown.all {
                for settings in RowSettings.all {
                    let situation = Situation(own: own, number: number, other: other, settings: settings)
                    let decision = RowDecision(
                        situation.facts, known: situation.known, rules: situation.rules)
                    seen += 1
                    let expected = situation.expected
                    if decision != expected, wrong.count < 5 {
                        wrong.append("\(situation)\n    is \(decision)\n    and not \(expected)")
                    }
                }
            }
        }
        #expect(wrong == [], "of \(seen)")
        #expect(seen == NumberKnown.all.count * OtherKnown.all.count * RowSettings.all.count)
    }

    @Test(
        "Whatever else is known, a number that an earlier row of the run has with other values makes the row invalid"
    )
    func numberedTwice() {
        for own in OwnKnown.all {
            for number in NumberKnown.all {
                for settings in RowSettings.all {
                    let situation = Situation(own: own, number: number, other: .none, settings: settings)
                    var earlier = situation.numberedAppointment
                    earlier.isOfThisRun = true
                    for isRepeat in [false, true] {
                        var known = situation.known
                        known.numberedRow = earlier
                        known.repeatsNumberedRow = isRepeat
                        let decision = RowDecision(
                            situation.facts, known: known, rules: situation.rules)
                        let expected: RowDecision =
                            settings.allowsRebooking
                            ? situation.expected
                            : isRepeat
                                ? RowDecision(outcome: .repeated(earlier.row))
                                : RowDecision(outcome: .invalid(.numberTaken(earlier)))
                        #expect(decision == expected)
                    }
                }
            }
        }
    }

    @Test("Every rule of the table decides something, and so do the rules that are settings")
    func coverage() {
        var rules = Set<String>()
        for own in OwnKnown.all {
            for number in NumberKnown.all {
                for other in OtherKnown.all {
                    let situation = Situation(
                        own: own, number: number, other: other, settings: RowSettings.all[0])
                    rules.insert(situation.rule.name)
                }
            }
        }
        for settings in RowSettings.all {
            rules.insert(Situation(own: .all[0], number: .none, other: .none, settings: settings).rule.name)
            rules.insert(
                Situation(
                    own: OwnKnown(
                        state: .created, age: .earlier, differing: TextDifference(.notes), met: nil),
                    number: .none,
                    other: .none, settings: settings
                ).rule.name)
        }
        rules.insert(
            Situation(
                own: OwnKnown(state: .held), number: .none, other: .none, settings: RowSettings(isPast: true)
            ).rule.name)
        #expect(rules == Set(Situation.table.map(\.name)))
    }
}
