/// What a column that is named for a cancellation, or for another end of a visit, has where nothing of that kind was: a
/// bare no. A sentence that begins with one is a reason, and says the opposite: `No longer needed`, `Not home`.
enum StatusDenial {
    /// Whether a text says no and nothing else: `No`, `0 - No`, `No, confirmed`, `Not yet`, `Not cancelled`.
    static func isBare(_ value: String) -> Bool {
        let phrases = StatusPhrase.phrases(of: value)
        guard let words = phrases.first, !words.isEmpty else { return false }
        // `N/A - scheduled` is parted at its stroke.
        if phrases.joined().allSatisfy({ YesNoWords.answer($0) == false }) { return true }
        if bare.contains(phrases.joined().joined()) { return true }
        let isNo =
            words.allSatisfy { YesNoWords.answer($0) == false } || bare.contains(words.joined())
            || isNegated(words)
        return isNo
            && phrases.dropFirst().allSatisfy { more in
                more.allSatisfy { YesNoWords.answer($0) == false || $0 == "a" || stands.contains($0) }
                    || PlannedWords.contain(more.joined()) || isNegated(more)
            }
    }

    /// `Not completed`, `never on hold`, `not a duplicate`: the column's own word, and a no before it.
    private static func isNegated(_ words: [String]) -> Bool {
        guard let first = words.first, negations.contains(first), words.count > 1 else { return false }
        let rest = words.dropFirst()
        return rest.allSatisfy { ends.contains($0) || glue.contains($0) || StatusPhrase.isCancelled($0) }
            && rest.contains { ends.contains($0) || StatusPhrase.isCancelled($0) }
    }

    private static let bare: Set<String> = [
        "notyet", "noneyet", "notset", "notsetyet", "notapplicable", "nodate", "nodateset", "novalue",
        "nodata", "noentry", "noreason",
        "noreasongiven", "notentered", "notspecified", "notprovided",
    ]
    /// What says that a visit is on, behind a no.
    private static let stands: Set<String> = [
        "still", "on", "active", "confirmed", "scheduled", "booked", "valid", "ok", "okay", "is", "it",
        "keep",
    ]
    private static let negations: Set<String> = ["not", "never", "un", "non", "no", "isnt", "wasnt"]
    private static let ends: Set<String> = [
        "completed", "complete", "done", "closed", "finished", "fulfilled", "removed", "trashed", "rejected",
        "withdrawn", "discarded", "refused", "declined", "archived", "duplicate", "duplicated", "dup", "hold",
        "rescheduled", "postponed", "inactive", "suspended", "expired", "deferred", "parked", "paused",
        "aborted", "abandoned",
    ]
    private static let glue: Set<String> = [
        "yet", "a", "an", "the", "been", "be", "being", "on", "is", "was",
    ]
}
