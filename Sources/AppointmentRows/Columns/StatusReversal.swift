/// What takes a word of calling off back, elsewhere in the same text: `Scheduled (was cancelled)`, `Cancelled by mistake`.
///
/// Whoever is told that such a visit was called off would cancel one that is on, so that it can't be told.
enum StatusReversal {
    /// Whether a text answers its own word with a no: `Cancelled: No`.
    static func isDenied(_ value: String) -> Bool {
        guard let mark = value.firstIndex(where: { ":=?".contains($0) }) else { return false }
        let answer = String(value[value.index(after: mark)...])
        let name = StatusPhrase.words(of: String(value[..<mark]))
        return answer.contains { $0.isLetter || $0.isNumber } && YesNoWords.answer(answer) == false
            && !name.isEmpty && name.allSatisfy { isEnd($0) || StatusPhrase.isFiller($0) || $0 == "no" }
    }

    /// Whether a text that calls its visit off, or says that it is over, may say the opposite as well.
    static func isPossible(_ phrases: [[String]]) -> Bool {
        let end = phrases.firstIndex {
            StatusPhrase.meaning(of: $0).map { $0 != .visit && $0 != .unclear } ?? false
        }
        guard let end else { return false }
        let isOver = StatusPhrase.meaning(of: phrases[end]) == .over
        for (index, phrase) in phrases.enumerated() {
            if !isOver, isMoved(phrase) { return true }
            if phrase == ["un"] || takesBack(phrase) || isEarlier(phrase) { return true }
            if index < end, isOn(phrase, from: 0) || isAloneOn(phrase, weak.union(sure)) { return true }
            if index < end, StatusPhrase.meaning(of: phrase) == .unclear { return true }
            if index > end {
                if isOn(phrase, from: 0) || isAloneOn(phrase, weak) { return true }
                // `Was no-show, rescheduled`: that a visit is kept at another time may be this one.
                if isOver, phrase.contains("rescheduled"), !phrase.contains(where: open.contains) {
                    return true
                }
                // `Cancellation (withdrawn)`; a visit may be `Cancelled/Withdrawn`.
                if isUndone(phrase), phrases[end].contains(where: StatusPhrase.isNoun) { return true }
            }
            guard index == end else { continue }
            // `Cancelled now scheduled`, and `Scheduled visit cancelled`, which is none.
            let word = phrase.firstIndex(where: isEnd) ?? phrase.count - 1
            if isOn(phrase, from: word + 1) { return true }
            // `Scheduled after no-show`
            if phrase[..<word].contains(where: strong.contains),
                phrase[..<word].contains(where: ["after", "following", "despite"].contains)
            {
                return true
            }
            if phrase.count > 1, phrase.last.map(noes.contains) == true { return true }
        }
        // `Cancelled - no`
        let last = phrases[phrases.count - 1]
        return phrases.count == end + 2 && last.count == 1 && noes.contains(last[0])
    }

    private static func isEnd(_ word: String) -> Bool {
        StatusPhrase.isCancelled(word) || StatusPhrase.isNoun(word) || word.hasPrefix("noshow")
            || ["show", "declined", "removed", "rejected", "withdrawn"].contains(word)
    }

    /// `Cancelled & rescheduled`, `Cancel/resched`: the visit may be this one, at its new time. One that is still to be put
    /// at another time (`to be rescheduled`) has none.
    private static func isMoved(_ words: [String]) -> Bool {
        words.indices.contains { index in
            let next = index + 1 < words.count ? words[index + 1] : ""
            let word = words[index]
            let isMove =
                word.hasPrefix("resch") || word.hasPrefix("rebook") || word == "rs"
                || StatusPhrase.isRemade(word, next)
                || word == "moved" && next == "to" && words.last?.allSatisfy(\.isNumber) == true
            return isMove && !words[..<index].suffix(3).contains(where: unsettled.contains)
        }
    }

    private static let unsettled = hypothetical.union([
        "be", "for", "pending", "awaiting", "instead", "of", "asked", "requested", "can", "could", "would",
        "will",
        "should", "must",
    ])

    private static let pairs: Set<String> = ["back on", "on again", "still on", "now on"]
    private static let lastPairs: Set<String> = ["for now", "going ahead", "is on"]

    /// `by mistake`, `in error`, `reinstated`, `re-activated`, `back on`, `for now`
    private static func takesBack(_ words: [String]) -> Bool {
        if words.count == 1, mistakes.contains(words[0]) { return true }
        for (index, word) in words.enumerated() {
            let before = index > 0 ? words[index - 1] : ""
            if adverbs.contains(word) { return true }
            if mistakes.contains(word), ["in", "by", "our", "my"].contains(before) { return true }
            if (before == "re" && remade.contains("re" + word) || remade.contains(word)),
                words[..<index].suffix(3).allSatisfy({ !hypothetical.contains($0) })
            {
                return true
            }
            let pair = "\(before) \(word)"
            if pairs.contains(pair) || lastPairs.contains(pair) && index == words.count - 1 {
                return true
            }
        }
        return false
    }

    /// Whether words speak of another visit before this one: `prior appt no-show`, `no show last time`.
    private static func isEarlier(_ words: [String]) -> Bool {
        words.contains { $0 == "previously" || $0 == "formerly" }
            || zip(words, words.dropFirst()).contains { word, next in
                earlier.contains(word) && others.contains(next)
            }
    }

    /// Whether words from a place on say that the visit is on: `now scheduled`, but not `was scheduled for 9`.
    private static func isOn(_ words: [String], from start: Int) -> Bool {
        guard start < words.count else { return false }
        return words.indices[start...].contains { index in
            guard strong.contains(words[index]) else { return false }
            let before = words[..<index].suffix(2)
            let next = index + 1 < words.count ? words[index + 1] : ""
            // `before the scheduled time`, `double booked`, `booked elsewhere`
            let isOther = before.contains(where: open.contains) || elsewhere.contains(next)
            return !isOther && (index == 0 || !nouns.contains(next))
        }
    }

    /// Whether words say nothing but that it is on: `active`, `now open`.
    private static func isAloneOn(_ words: [String], _ known: Set<String>) -> Bool {
        words.contains(where: known.contains)
            && words.allSatisfy { known.contains($0) || again.contains($0) || StatusPhrase.isFiller($0) }
            || words.contains { ["now", "again", "still", "then"].contains($0) }
                && words.contains(where: sure.contains)
    }

    private static func isUndone(_ words: [String]) -> Bool {
        words.contains(where: undone.contains)
            && words.allSatisfy { undone.contains($0) || StatusPhrase.isFiller($0) }
    }

    private static let strong: Set<String> = ["scheduled", "booked", "rebooked", "reconfirmed"]
    private static let weak: Set<String> = [
        "active", "open", "planned", "upcoming", "live", "valid", "reserved", "dispatched", "enroute",
    ]
    /// What may be said of a cancellation too, where it stands behind it.
    private static let sure: Set<String> = ["confirmed", "reconfirmed", "scheduled", "booked", "accepted"]
    private static let again: Set<String> = ["now", "again", "still", "back", "current", "currently"]
    private static let noes: Set<String> = ["no", "n", "false", "0"]
    /// What leaves it open whether it is so, or makes a thing of the past or a property of it.
    private static let open = hypothetical.union([
        "be", "was", "were", "un", "had", "originally", "previously", "of", "the", "their", "his", "her",
        "as", "double", "over", "already", "after", "when",
    ])
    private static let hypothetical: Set<String> = [
        "not", "never", "may", "might", "if", "to", "will", "wants", "want", "needs", "until", "unless",
        "before", "cannot", "cant", "dont", "no", "didnt", "can",
    ]
    private static let elsewhere: Set<String> = [
        "elsewhere", "with", "another", "other", "someone", "somebody",
    ]
    private static let nouns: Set<String> = [
        "time", "date", "visit", "appointment", "appt", "install", "service", "job", "start", "call",
        "window",
    ]
    private static let remade: Set<String> = [
        "reinstated", "reinstate", "restored", "reactivated", "reopened", "rebooked", "uncancelled",
        "uncanceled",
        "undone", "reversed", "revived", "readded", "unvoided", "undeleted", "overturned",
    ]
    private static let adverbs: Set<String> = [
        "mistakenly", "accidentally", "erroneously", "inadvertently", "wrongly", "unintentionally",
    ]
    private static let mistakes: Set<String> = ["mistake", "error", "accident"]
    private static let earlier: Set<String> = [
        "prior", "previous", "earlier", "original", "first", "last", "old",
    ]
    private static let others: Set<String> = [
        "time", "appt", "appts", "appointment", "visit", "booking", "one", "trip", "job",
    ]
    private static let undone: Set<String> = [
        "withdrawn", "denied", "reversed", "revoked", "retracted", "undone", "rescinded", "refused",
        "rejected",
    ]
}
