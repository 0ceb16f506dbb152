/// What one phrase of a status says: its words between commas, dashes and brackets.
enum StatusPhrase {
    /// What a phrase says of its visit; nil where it says nothing of it.
    ///
    /// A negation counts where it stands before such a word and in one phrase with it: "Not cancelled" is a visit, and
    /// "Cancelled, no longer needed" is none.
    static func meaning(of words: [String]) -> StatusWords.Meaning? {
        if isMissed(words) || isMistake(words) || isAbbreviation(words) || isPut(words) { return .unclear }
        var isWish = false
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if word.hasPrefix("noshow") || word == "no" && shows.contains(next) { return .over }
            if isAbsence(words[index...]) { return .over }
            // The visit was tried: "Cannot complete", "Unable to complete".
            if failures.contains(word)
                || word == "not" && index > 0 && ["can", "could"].contains(words[index - 1]),
                finishes.contains(words.last ?? "")
            {
                return .over
            }
            // "Called off", "Called it off"
            if isCancelled(word) || word == "called" && words[(index + 1)...].prefix(3).contains("off") {
                // "Invoice void", "Previously cancelled".
                let isOther = words.contains { things.contains($0) || restored.contains($0) }
                return isWish || isOther ? .unclear : .calledOff
            }
            let isTurnedDown = turns.contains("\(word) \(next)")
            if refusals.contains(word) || isTurnedDown {
                let isAlone = words.enumerated().allSatisfy { place, other in
                    refusals.contains(other) || isFiller(other) || places.contains(other)
                        || isTurnedDown && (place == index || place == index + 1)
                }
                return isWish || !isAlone ? .unclear : .calledOff
            }
            if doubts.contains(word) || isRemade(word, next) { return .unclear }
            if isHold(words, at: index) || isCallingOff(words[index...]) { return .unclear }
            if isUnscheduled(words[...index]) { return .unclear }
            if isNoun(word), let meaning = meaningOfNoun(words, at: index, isWish: isWish) { return meaning }
            if negations.contains(word) {
                // "No answer" says nothing of it, "Not cancelled" does.
                let rest = words[index...]
                if let end = rest.firstIndex(where: { isCancelled($0) || isNoun($0) || calls.contains($0) }) {
                    // "Not needed, cancel" without its comma.
                    let isOwn = rest[(index + 1)..<end].allSatisfy { isFiller($0) || links.contains($0) }
                    return isOwn ? .visit : .unclear
                }
                if word == "not" || word == "never" || word == "un", rest.contains("scheduled") {
                    return .unclear
                }
                if word == "not" || word == "never", rest.contains("booked") { return .unclear }
                let isOrder =
                    word == "dont" || word == "never"
                    || word == "not" && index > 0 && words[index - 1] == "do"
                if isOrder, rest.contains(where: deeds.contains) { return .unclear }
                let isPlan = word == "not" && rest.dropFirst().first == "to" || rest.dropFirst().first == "be"
                return isPlan && rest.contains(where: done.contains) ? .unclear : nil
            }
            isWish = isWish || wishes.contains(word)
        }
        return isOrderAlone(words) ? .unclear : nil
    }

    /// "Did not show", "Didn't show up", "Never showed", "Failed to appear"
    private static func isAbsence(_ words: ArraySlice<String>) -> Bool {
        guard let first = words.first, absences.contains(first) else { return false }
        let rest = words.dropFirst().drop { ["not", "to", "ever"].contains($0) }
        guard let deed = rest.first, shows.contains(deed) || deeds(deed, rest) else {
            return false
        }
        return first != "did" || words.dropFirst().first == "not"
    }

    private static func deeds(_ deed: String, _ rest: ArraySlice<String>) -> Bool {
        ["appear", "appeared", "attend", "attended"].contains(deed)
            || ["turn", "turned"].contains(deed) && rest.dropFirst().first == "up"
    }

    private static let absences: Set<String> = ["did", "didnt", "never", "failed"]

    /// Whether a phrase says that nobody wants the visit: "No longer needed", "Not interested". It says so of the visit only
    /// where it names nothing else.
    static func isUnwanted(_ words: [String]) -> Bool {
        if words.contains("mind"), words.contains("changed") || words == ["never", "mind"] { return true }
        let isQuit = words.contains(where: quits.contains)
        if isQuit, words.allSatisfy({ quits.contains($0) || isFiller($0) }) { return true }
        guard let start = words.firstIndex(where: noes.contains)
        else { return false }
        let rest = words[(start + 1)...]
        return words[..<start].allSatisfy(isFiller) && rest.contains(where: wants.contains)
            && rest.allSatisfy { wants.contains($0) || isFiller($0) || longer.contains($0) }
    }

    /// Whether a word is one in which people say that they don't want a visit.
    static func isOfRefusal(_ word: String) -> Bool {
        noes.contains(word) || quits.contains(word) || wants.contains(word) || longer.contains(word)
            || done.contains(word) || shows.contains(word) || needs.contains(word)
    }

    private static let noes: Set<String> = ["no", "not", "doesnt", "dont", "does", "wont", "didnt", "did"]
    private static let quits: Set<String> = ["bailed", "nixed", "ghosted", "unwanted", "nevermind"]
    private static let wants: Set<String> = [
        "needed", "need", "needs", "wanted", "want", "wants", "interested", "required", "necessary",
        "proceeding", "going", "moving", "happening", "coming", "attending",
    ]
    private static let longer: Set<String> = [
        "longer", "any", "anymore", "more", "ahead", "forward", "not", "it", "this", "with", "in", "to",
        "proceed", "now",
    ]
    /// What may stand between a no and what it denies.
    private static let links: Set<String> = [
        "yet", "be", "been", "being", "to", "a", "an", "any", "the", "going", "want", "wants", "wanting",
        "wish", "need", "longer", "actually", "really", "please", "ever", "officially", "formally", "same",
        "day", "asked", "asking", "requested", "not", "no", "un",
        // In the languages of the neighbours.
        "mehr", "noch", "wurde", "ist", "worden", "plus", "encore", "été", "est", "nog", "meer", "is", "ha",
        "sido",
        "está", "esta", "foi", "stato", "stata", "ancora", "został", "została", "zostało", "jeszcze", "been",
    ]
    /// Words that refuse a visit together.
    private static let turns: Set<String> = [
        "turned down", "backed out", "pulled out", "bailed out", "opted out", "dropped out", "fell through",
        "backing out", "turns down", "backs out",
    ]

    /// Whether words end in one that leaves a visit's time open: "Unscheduled", "To be scheduled", "Needs scheduling".
    private static func isUnscheduled(_ words: ArraySlice<String>) -> Bool {
        switch words.last {
        case "unscheduled": true
        case "scheduled": words.dropLast().last == "be"
        case "scheduling", "schedule": words.dropLast().contains(where: needs.contains)
        default: false
        }
    }

    private static let needs: Set<String> = [
        "to", "needs", "need", "needing", "awaiting", "pending", "requires", "require", "waiting", "ready",
    ]

    /// "Customer cancel" is one, "Cancellation requested" may become one, "Cancellation policy sent" is none.
    private static func meaningOfNoun(_ words: [String], at index: Int, isWish: Bool) -> StatusWords.Meaning?
    {
        let rest = words[(index + 1)...]
        if rest.contains(where: papers.contains) { return nil }
        if rest.contains(where: denials.contains) { return .visit }
        let isSure = words.allSatisfy {
            isNoun($0) || isFiller($0) || grants.contains($0) || isCancelled($0)
        }
        return isSure && !isWish ? .calledOff : .unclear
    }

    /// Whether words say that a visit was called off, and nothing else: `CANCELLED`, `Appointment canceled`.
    static func isCancellationAlone(_ words: [String]) -> Bool {
        guard let last = words.last, cancelled.contains(last) || isCancelled(last) || bare.contains(last)
        else {
            return false
        }
        return words.count == 1 || words.count == 2 && own.contains(words[0])
    }

    /// `Canceled event`
    static func isCancelledEvent(_ words: [String]) -> Bool {
        words.count == 2 && isCancelled(words[0]) && own.contains(words[1])
    }

    /// "Cancellation" alone may be what a rip-out is for.
    static let bare: Set<String> = ["cancel"]
    /// What is the visit itself, and no contract or account.
    static let own: Set<String> = [
        "job", "visit", "appointment", "appt", "event", "booking", "meeting",
    ]

    // MARK: Words

    /// Whether a word is one that stands beside a status and doesn't change it.
    static func isFiller(_ word: String) -> Bool {
        fillers.contains(word) || isPerson(word) || visits.contains(word) || word.allSatisfy(\.isNumber)
    }

    /// Whether a word says who did it.
    static func isPerson(_ word: String) -> Bool { people.contains(word) }

    /// Whether a word is one of calling off, with a slip in it at the most.
    static func isCancelled(_ word: String) -> Bool {
        if cancelled.contains(word) { return true }
        // `Canelled`, `Cancled`
        guard (7...11).contains(word.utf8.count), word.hasPrefix("c"), word.hasSuffix("d") else {
            return false
        }
        let bytes = Array(word.utf8)
        return spellings.contains { Suggestion.distance(bytes, $0) <= 1 }
    }

    /// Whether a word is what that is called.
    static func isNoun(_ word: String) -> Bool {
        if nouns.contains(word) { return true }
        guard (9...13).contains(word.utf8.count), word.hasPrefix("can"), word.hasSuffix("tion") else {
            return false
        }
        return Suggestion.distance(Array(word.utf8), Array("cancellation".utf8)) <= 1
    }

    private static let spellings = ["canceled", "cancelled"].map { Array($0.utf8) }
    static let cancelled: Set<String> = [
        "canceled", "cancelled", "deleted", "void", "voided", "cxl", "cxld", "cxled", "cxd", "canx", "cncl",
        "cncld", "canc",
        // In the languages of the neighbours.
        "cancelado", "cancelada", "anulado", "anulada", "annulé", "annulée", "annule", "annulee", "annullato",
        "annullata", "storniert", "storno", "abgesagt", "annulliert", "geannuleerd", "cancelados",
        "canceladas",
        "cancellato",
        "cancellata", "disdetto", "disdetta", "afgezegd", "afgelast", "anulowane", "anulowany", "anulowana",
        "anulowano", "odwołane", "odwołany", "odwołana", "odwołano", "anulat", "anulată", "zrušeno",
        "zrušený",
        "zrušena", "zrušené", "stornováno", "avbokad", "avbokat", "avlyst", "inställd", "inställt",
        "avbestilt",
        "kansellert", "aflyst", "peruttu", "peruutettu", "törölve", "iptal", "otkazano", "отменено",
        "отменён",
        "отменен", "отменена", "отмена", "скасовано", "キャンセル", "キャンセル済", "キャンセル済み", "取消", "取消済",
        "取消済み", "取消し", "取り消し", "已取消", "取消了", "취소", "취소됨", "취소됐음", "ακυρώθηκε", "ακυρωμένο",
    ]
    /// The same as an order, in those languages: `Bitte nicht stornieren`.
    static let calls: Set<String> = [
        "stornieren", "absagen", "annuler", "cancelar", "anular", "annuleren", "annullare", "anulować",
        "отменить",
    ]
    private static let nouns: Set<String> = [
        "cancel", "cancels", "cancellation", "cancellations", "cancelation", "cancelations", "cancelling",
        "canceling",
    ]
    /// Words that call a visit off where nothing else is named that they may speak of: "Payment declined".
    static let refusals: Set<String> = [
        "declined", "removed", "withdrawn", "withdrew", "rejected", "refused", "aborted", "abandoned",
        "terminated", "revoked", "discarded", "retracted", "scrapped", "scrubbed", "dropped", "scratched",
        "killed", "trashed",
        // Deleted, in the languages of the neighbours.
        "gelöscht", "supprimé", "supprimée", "eliminado", "eliminada", "borrado", "borrada", "verwijderd",
        "usunięte", "usunięty", "удалено", "удалён", "удален", "削除", "已删除",
    ]
    /// A visit at another time (this one, or the one before it?), and a row that is kept for some other reason.
    static let doubts: Set<String> = [
        "rescheduled", "reschedule", "reschedules", "rescheduling", "resched", "rescheds", "resch", "reschd",
        "rsched", "rebook", "rebooks", "rebooked", "rebooking", "postponed", "postpone", "postpones",
        "postponing",
        "deferred", "defer", "defers", "deferring", "moved", "duplicate", "duplicates", "duplicated", "dup",
        "dups",
        "dupe", "dupes", "inactive", "archived", "expired", "suspended", "superseded", "superceded",
        "waitlist",
        "waitlisted", "deactivated", "shelved",
        // In the languages of the neighbours.
        "verschoben", "vertagt", "reporté", "reportée", "reprogramado", "reprogramada", "reagendado",
        "reagendada",
        "aplazado", "aplazada", "pospuesto", "pospuesta", "remarcado", "remarcada", "adiado", "adiada",
        "rinviato",
        "rinviata", "uitgesteld", "verzet", "verplaatst", "przełożone", "przełożony", "przełożona",
        "перенесено",
        "перенесён", "перенесен", "延期", "doppelt", "duplicado", "doublon",
    ]
    /// What is not to be done where a visit is not to be made.
    static let deeds: Set<String> = [
        "book", "schedule", "send", "dispatch", "go", "install", "visit", "proceed", "attend", "roll",
        "import",
        "route", "perform",
    ]
    /// The same, of what is said not to be done.
    private static let done: Set<String> = [
        "booked", "scheduled", "sent", "dispatched", "installed", "visited", "attended", "routed", "imported",
        "performed", "done", "made",
    ]
    private static let shows: Set<String> = ["show", "shows", "showed", "showing", "shown"]
    static let failures: Set<String> = ["cannot", "cant", "couldnt", "unable", "failed"]
    private static let finishes: Set<String> = ["complete", "completed", "finish", "finished"]
    /// What turns the words behind it into their opposite.
    private static let negations: Set<String> = [
        "not", "no", "never", "un", "non", "isnt", "wasnt", "cannot", "cant", "dont", "without", "almost",
        "nearly", "partly", "partially",
        // In the languages of the neighbours.
        "nicht", "kein", "keine", "nie", "niemals", "pas", "jamais", "niet", "geen", "nooit", "nunca", "não",
        "nao",
        "jamás", "nem", "inte", "ikke", "ej", "не", "ні",
    ]
    /// Whether a word turns those behind it into their opposite.
    static func isNegation(_ word: String) -> Bool { negations.contains(word) }
    /// What turns the words beside it into a plan.
    private static let wishes: Set<String> = [
        "to", "be", "if", "unless", "may", "might", "maybe", "will", "wants", "pending", "awaiting",
        "requested",
        "request", "possible", "possibly", "probably", "previously", "formerly", "ask",
    ]
    private static let grants: Set<String> = [
        "confirmed", "approved", "accepted", "processed", "completed", "complete", "done", "received", "late",
        "same", "day", "last", "minute", "early",
    ]
    private static let denials: Set<String> = [
        "denied", "rejected", "refused", "withdrawn", "declined", "reversed", "revoked", "retracted",
        "undone",
    ]
    /// What a cancellation comes with that is none.
    private static let papers: Set<String> = [
        "policy", "policies", "fee", "fees", "terms", "insurance", "charge", "charges", "form", "link",
        "window",
        "deadline", "protection", "rights", "clause", "period",
    ]
    /// What can be called off without the visit.
    private static let things: Set<String> = [
        "payment", "card", "credit", "deposit", "invoice", "check", "financing", "loan", "quote", "estimate",
        "upgrade", "offer", "warranty", "contract", "subscription", "account", "plan", "bill", "reminder",
        "email", "sms", "text", "message", "alarm", "permit", "membership", "monitoring", "hold",
    ]
    private static let restored: Set<String> = [
        "reinstated", "restored", "reactivated", "reopened", "rebooked",
    ]
    static let places: Set<String> = [
        "from", "off", "the", "schedule", "calendar", "route", "board", "list",
    ]
    private static let visits: Set<String> = [
        "job", "visit", "work", "order", "wo", "workorder", "service", "appointment", "appt", "ticket",
        "call", "event",
        "booking",
        "meeting", "status",
    ]
    static let people: Set<String> = [
        "customer", "client", "cust", "homeowner", "resident", "tenant", "owner", "office", "dealer",
        "seller",
        "provider", "pro", "tech", "technician", "installer", "staff", "user", "admin", "system", "dispatch",
        "dispatcher", "us", "them", "company", "manager", "host", "guest", "invitee", "buyer",
    ]
    private static let fillers: Set<String> = [
        "is", "was", "all", "and", "successfully", "fully", "paid", "unpaid", "invoiced", "billed", "by",
        "per",
        "via", "on", "at", "rated", "unrated", "the", "our", "has", "been", "late", "already",
    ]
    /// What programs join with a cancellation into one word.
    static let joinedWords = Vocabulary([
        cancelled, nouns, visits, people, negations, ["by", "is", "was"],
    ])
}
