// What leaves it open whether a visit is to be made: it is held, it may be another row's, somebody is to call it off.
extension StatusPhrase {
    /// Whether a word and the next one say that a visit is put at another time: `re-scheduled`, `re book`.
    static func isRemade(_ word: String, _ next: String) -> Bool {
        word == "re" && (next.hasPrefix("sched") || next.hasPrefix("book"))
    }

    /// Whether the word at a place is one of a hold: `On hold`, `Credit hold`, `Held for parts`, but not `Off hold`.
    static func isHold(_ words: [String], at index: Int) -> Bool {
        guard holds.contains(words[index]) else { return false }
        if index > 0, ["off", "from"].contains(words[index - 1]) { return false }
        // `Hold the date` keeps it.
        let next = words[(index + 1)...].first { !articles.contains($0) }
        return next.map { !kept.contains($0) } ?? true
    }

    private static let holds: Set<String> = ["hold", "holds", "held", "holding", "onhold"]
    private static let articles: Set<String> = ["the", "this", "that", "a", "your", "their"]
    private static let kept: Set<String> = [
        "date", "slot", "time", "spot", "day", "music", "harmless", "door",
    ]

    /// `Calling off`, `Call it off`
    static func isCallingOff(_ words: ArraySlice<String>) -> Bool {
        guard let first = words.first, ["call", "calls", "calling"].contains(first) else { return false }
        let rest = words.dropFirst()
        return rest.first == "off"
            || rest.dropFirst().first == "off" && ["it", "this", "all"].contains(rest.first)
    }

    /// Whether a phrase says that somebody came and could not do it, or did not come: `Missed`, `No access`, `Not home`. It
    /// may be the visit before this one.
    static func isMissed(_ words: [String]) -> Bool {
        let rest = words.filter { !isFiller($0) && !attempts.contains($0) }
        if rest.count == 1, missed.contains(rest[0]) { return true }
        guard rest.count > 1 else { return false }
        return noOnes.contains(rest.joined(separator: " "))
    }

    private static let attempts: Set<String> = [
        "attempt", "attempts", "trip", "stop", "first", "last", "1st", "2nd",
    ]
    private static let missed: Set<String> = [
        "missed", "failed", "skipped", "unsuccessful", "noaccess", "lockout", "unattended", "nothome",
        // In the languages of the neighbours.
        "verpasst", "verpasste", "manqué", "manquée", "perdido", "gemist",
    ]
    private static let noOnes: Set<String> = [
        "no access", "no entry", "not home", "not at home", "nobody home", "no one home", "nobody at home",
        "no one at home", "noone home", "wasnt home", "not present", "locked out", "couldnt access",
        "could not access", "unable to access", "unable access", "cannot access", "cant access",
        "turned away",
        "no asistió", "no asistio", "no se presentó", "nicht erschienen", "nicht angetroffen", "non présenté",
        "no se presento", "niet thuis", "nicht zuhause", "nicht zu hause",
    ]

    /// Whether a phrase says that the row itself is a mistake: `Entered in error`, `Wrong entry`, `Double booked`.
    static func isMistake(_ words: [String]) -> Bool {
        if words.contains("double"), words.contains(where: doubled.contains) { return true }
        guard words.contains(where: mistakes.contains) else { return false }
        return words.allSatisfy {
            mistakes.contains($0) || entered.contains($0) || isFiller($0) || $0 == "in"
        }
    }

    private static let doubled: Set<String> = ["booked", "booking", "entry", "entered", "scheduled"]
    private static let mistakes: Set<String> = [
        "error", "mistake", "mistaken", "wrong", "erroneous", "invalid",
    ]
    private static let entered: Set<String> = [
        "entered", "entry", "created", "booked", "added", "made", "keyed", "data", "input", "posted",
        "scheduled",
        "a", "an", "date", "time", "day", "row", "record", "account", "address", "this",
        "imported",
    ]

    /// Whether a phrase says that nothing was agreed on so far, or that something is lacking: `Draft`, `Quote sent`, `Parts on
    /// order`, `Not ready`.
    static func isPreliminary(_ words: [String]) -> Bool {
        let rest = words.filter { !isFiller($0) && !linking.contains($0) }
        if rest.isEmpty { return false }
        return rest.allSatisfy { preliminary.contains($0) || sent.contains($0) }
            && rest.contains(where: preliminary.contains)
            || lacking.contains(rest.joined(separator: " "))
    }

    private static let linking: Set<String> = ["on", "for", "the", "a", "to", "still", "yet", "only"]
    private static let preliminary: Set<String> = [
        "draft", "drafts", "drafted", "quote", "quotes", "quoted", "quotation", "estimate", "estimates",
        "proposal",
        "proposed", "template", "bounced", "tbd", "tba", "backordered", "backorder", "entwurf", "angebot",
        "brouillon",
        "devis", "borrador", "presupuesto", "rascunho", "orçamento", "concept", "offerte", "bozza",
        "preventivo",
    ]
    private static let sent: Set<String> = [
        "sent", "requested", "pending", "needed", "open", "given", "created", "item", "items",
    ]
    private static let lacking: Set<String> = [
        "awaiting parts", "waiting parts", "awaiting equipment", "waiting equipment", "parts order",
        "parts ordered",
        "parts needed", "need parts", "needs parts", "order parts", "parts pending", "equipment order",
        "not ready",
        "back order", "back ordered", "awaiting approval", "waiting approval", "awaiting permit",
        "waiting permit",
        "permit pending",
    ]

    /// Whether a phrase is one abbreviation: `CNX`, `C/X`, `N/S`, `R/S`.
    static func isAbbreviation(_ words: [String]) -> Bool {
        let rest = words.filter { !isFiller($0) }
        return rest.count == 1 && abbreviations.contains(rest[0])
    }

    static let abbreviations: Set<String> = [
        "cnx", "cnxl", "cnxd", "cx", "cxn", "cncld", "ns", "nsh", "nosh", "rs", "rsch", "rsc", "resc", "dns",
        "dnb",
        "dng", "dnd", "tbr", "cr", "cxr",
    ]

    /// A text with abbreviations as words: `C/X`, `N.S.`, `r/s`.
    static func withoutSigns(_ text: String) -> String {
        guard text.contains(where: { $0 == "/" || $0 == "." || $0 == "\\" }) else { return text }
        return text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            guard word.utf8.count <= 6, word.contains(where: { $0 == "/" || $0 == "." || $0 == "\\" }) else {
                return String(word)
            }
            let letters = word.split { $0 == "/" || $0 == "." || $0 == "\\" }
            guard letters.count > 1, letters.allSatisfy({ $0.count == 1 }) else { return String(word) }
            let joined = letters.joined()
            return abbreviations.contains(joined.lowercased()) ? joined : String(word)
        }.joined(separator: " ")
    }

    /// Whether a phrase says that the visit waits for a place, or was put aside: `Wait list`, `Pushed back`, `Put aside`.
    static func isPut(_ words: [String]) -> Bool {
        zip(words, words.dropFirst()).contains { aside.contains("\($0) \($1)") }
            && words.allSatisfy { !YesNoWords.noes.contains($0) }
    }

    private static let aside: Set<String> = [
        "wait list", "waiting list", "wait listed", "pushed back", "pushed out", "pushed off", "put off",
        "put aside",
        "set aside", "stand by",
    ]

    /// Whether a phrase is a word by which a visit is called off or a row taken out, and none of what else that could be
    /// done to: `Delete`, `To be removed`, `Lost`, `Ignore this row`, but not `Remove panel`.
    static func isOrderAlone(_ words: [String]) -> Bool {
        guard words.contains(where: { orders.contains($0) || calls.contains($0) }) else { return false }
        return words.allSatisfy {
            orders.contains($0) || calls.contains($0) || refusals.contains($0) || isFiller($0)
                || places.contains($0)
                || beside.contains($0)
        }
    }

    /// Whether a word stands in phrases that leave it open whether a visit is to be made, and hardly in others.
    static func isOfDoubt(_ word: String) -> Bool {
        doubts.contains(word) || orders.contains(word) || refusals.contains(word) || holds.contains(word)
            || deeds.contains(word) || missed.contains(word) || abbreviations.contains(word)
            || isNegation(word)
            || isOfRefusal(word) || beside.contains(word)
    }

    /// Each word that calls a visit off in the past, as an order and as a thing that is going on.
    private static let orders: Set<String> = [
        "delete", "deletes", "deleting", "deletion", "void", "voids", "voiding", "decline", "declines",
        "declining",
        "remove", "removes", "removing", "withdraw", "withdraws", "withdrawing", "withdrawal", "reject",
        "rejects",
        "rejecting", "rejection", "refuse", "refuses", "refusing", "refusal", "abort", "aborts", "aborting",
        "abandon", "abandons", "abandoning", "terminate", "terminates", "terminating", "termination",
        "revoke",
        "revokes", "revoking", "discard", "discards", "discarding", "retract", "retracts", "retracting",
        "scrap",
        "scraps", "scrapping", "scrub", "scrubs", "scrubbing", "drop", "drops", "dropping", "scratch",
        "scratches",
        "scratching", "kill", "kills", "killing", "trash", "trashes", "trashing", "archive", "archives",
        "archiving",
        "suspend", "suspends", "suspending", "expire", "expires", "expiring", "deactivate", "disabled",
        "disable",
        "disregard", "disregarded", "disregarding", "ignore", "ignored", "ignores", "ignoring", "supersede",
        "supersedes", "replaced", "lost", "dead", "skip", "skips", "skipping", "exclude", "excluded", "omit",
        "omitted", "nullified", "nulled", "erase", "erased", "purged", "purge", "nix", "axed", "bumped",
        "pushed",
        "parked", "paused", "pause", "stalled", "frozen", "halted", "shelve", "standby", "backlog", "move",
        "moving",
        "hidden", "obsolete", "redundant", "dummy", "lapsed", "forfeited", "unbooked", "unschedule", "bail",
        "bails", "bailing", "ghosting",
        // In the languages of the neighbours.
        "klaar", "klar", "gereed", "pausiert", "zurückgestellt", "suspendu", "suspendido", "suspendida",
    ]
    /// What may stand beside such a word.
    private static let beside: Set<String> = [
        "this", "these", "row", "rows", "entry", "entries", "line", "lines", "record", "records", "below",
        "above",
        "it", "as", "please", "pls", "needs", "need", "to", "be", "pending", "for", "a", "an", "sale",
        "sales",
        "deal", "lead", "leads", "attempt", "requested", "request", "awaiting", "jobs", "appointments",
        "appts",
        "visits", "back", "out", "old", "another", "new", "one", "following", "section", "list", "bitte",
    ]
}
