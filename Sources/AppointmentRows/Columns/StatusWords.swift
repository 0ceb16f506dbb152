/// The words that say that a visit is not to be made.
enum StatusWords {
    /// How a column says it.
    enum Kind: Sendable {
        /// In words: `Cancelled`, `Completed`.
        case words
        /// In words that speak of something beside the visit, such as its order: what is over there may be before it.
        case others
        /// In a word of its own, where the column may hold anything else: `Confirmed` or `Visit` holds `Cancelled`.
        case mention
        /// In what somebody answered, whatever came of it: `SMS Reply` holds `CANCEL`.
        case answer
        /// How far a cancellation has come: `Approved`.
        case cancellation
        /// By a yes or no, or by the time when it happened: `Canceled` holds `true`.
        case flag
        /// In the same way, that nobody was at home, or that it is over: `No Show` or `Completed` holds `true`.
        case absence
        /// In the same way, unless it is a number: `Cancellations` may hold how many there were.
        case tally
        /// In the same way, that it is not to be made now, or may be another row's: `On Hold` holds `true`.
        case doubt
        /// By a no where it is not to be made: `Active` holds `false`.
        case active
        /// By who called it off, or why: `Canceled By`.
        case trace
        /// Before or behind a calendar's title: `Canceled: Lee install`.
        case title
        /// In notes that say nothing else.
        case remark
    }

    /// What a column of this name says, or nil where it is no status of a visit.
    static func kind(ofColumn name: String) -> Kind? { StatusColumns.kind(ofColumn: name) }

    /// What a value says of its visit.
    enum Meaning: Sendable, Hashable {
        /// It is to be made.
        case visit
        /// It took place, or nobody was at home: it stands there all the same.
        case over
        /// It was called off.
        case calledOff
        /// One of them, and which one can't be told: `Rescheduled` may head the old visit or the new one.
        case unclear
    }

    /// What a value says of its visit.
    static func meaning(of value: String, _ kind: Kind) -> Meaning {
        switch kind {
        case .words: inWords(value)
        case .others: saidBeside(value)
        case .mention: mention(value)
        case .answer: answer(value)
        case .cancellation: cancellation(value)
        case .flag: flag(value)
        case .absence: flag(value) == .calledOff ? .over : flag(value)
        case .tally: tally(value)
        case .doubt: flag(value) == .visit ? .visit : .unclear
        case .active: active(value)
        case .trace: trace(value)
        case .title: title(value)
        case .remark: remark(value)
        }
    }

    /// Whether a value says that no visit is to be made.
    static func saysNoVisit(_ value: String, _ kind: Kind) -> Bool {
        switch meaning(of: value, kind) {
        case .over, .calledOff: true
        case .visit, .unclear: false
        }
    }

    /// Whether a value says that a visit was called off.
    static func saysCalledOff(_ value: String, _ kind: Kind) -> Bool {
        meaning(of: value, kind) == .calledOff
    }

    /// Whether a value that does not call its visit off says of its own that it is on: not where it says nothing at all.
    static func isLive(_ value: String, _ kind: Kind) -> Bool {
        guard value.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        switch kind {
        case .words:
            return !NobodyWords.contain(value) && !nothing.contains(nameKey(value).filter(\.isLetter))
        // What is said of something beside the visit need not be of the visit.
        case .others, .mention: return PlannedWords.contain(value)
        case .cancellation, .flag:
            return PlannedWords.contain(value)
                || !NobodyWords.contain(value) && !isEmptyDate(value)
                    && StatusDenial.isBare(value) && !nothing.contains(nameKey(value).filter(\.isLetter))
        case .active: return YesNoWords.answer(value) == true
        case .answer, .absence, .tally, .doubt, .trace, .title, .remark: return false
        }
    }

    /// Whether a value that calls its visit off, or says that it is over, is what that left behind in a column of its
    /// own: who, when and why.
    static func isTrace(_ value: String, _ kind: Kind) -> Bool {
        switch kind {
        case .trace: true
        case .flag, .absence: YesNoWords.answer(value) == nil && said(in: value) == nil
        default: false
        }
    }

    /// Whether a service's name is of taking something out: `Removal`, `Rip out panel`.
    static func isRemoval(_ service: String) -> Bool {
        let letters = service.lowercased().filter(\.isLetter)
        return removals.contains { letters.contains($0) }
    }

    private static let removals = [
        "ripout", "remov", "takeout", "takedown", "uninstall", "deinstall", "disconnect", "decommission",
        "dismantl", "demontage", "pickup",
    ]

    /// Whether a text says that somebody cancelled, whatever it was: a reason for a rip-out.
    static func saysCancelled(_ text: String) -> Bool {
        words(of: text).contains { StatusPhrase.isCancelled($0) || StatusPhrase.isNoun($0) }
    }

    // MARK: Words

    /// What the phrases of a text say together; nil where they say nothing.
    private static func said(in value: String) -> Meaning? {
        let phrases = StatusPhrase.phrases(of: value)
        let meanings = phrases.compactMap { StatusPhrase.meaning(of: $0) }
        let meaning = [.calledOff, .over, .unclear, .visit].first(where: meanings.contains)
        guard meaning == .calledOff || meaning == .over else { return meaning }
        if StatusReversal.isDenied(value) { return .visit }
        return StatusReversal.isPossible(phrases) ? .unclear : meaning
    }

    private static func inWords(_ value: String) -> Meaning {
        if let meaning = said(in: value) { return meaning }
        let words = words(of: value)
        if words.isEmpty, YesNoWords.isCross(value) { return .unclear }
        if isOver(words), !isPart(value), !isDeadline(words) {
            // `Booking complete` may be the act of booking.
            return words.contains("booking") ? .unclear : .over
        }
        let phrases = StatusPhrase.phrases(of: value)
        let isOpen = phrases.contains { StatusPhrase.isUnwanted($0) || StatusPhrase.isPreliminary($0) }
        return isOpen ? .unclear : .visit
    }

    /// What a word or two say that stand alone: what a visit is called may have the same ones in it.
    private static func mention(_ value: String) -> Meaning {
        guard value.utf8.count <= longestRemark, value.contains(where: \.isLetter) else { return .visit }
        let phrases = StatusPhrase.phrases(of: value)
        guard phrases.count <= 2, let meaning = said(in: value) else { return .visit }
        let isBare = phrases.joined().allSatisfy {
            StatusPhrase.isCancelled($0) || $0 == "cancel" || $0 == "declined" || $0.hasPrefix("noshow")
                || ["no", "show", "called", "off"].contains($0) || StatusPhrase.isFiller($0)
        }
        guard isBare else { return .visit }
        // Whoever declined may be a technician.
        let isSure = phrases.joined().contains {
            StatusPhrase.isCancelled($0) || $0 == "cancel" || $0 == "called"
        }
        return isSure || meaning != .calledOff ? meaning : .unclear
    }

    /// What a status of something beside the visit says of it: a call that was rejected, or an order that was removed,
    /// may be another one's.
    private static func saidBeside(_ value: String) -> Meaning {
        let meaning = said(in: value) ?? .visit
        if meaning == .unclear, StatusPhrase.phrases(of: value).contains(where: StatusPhrase.isMissed) {
            return .visit
        }
        guard meaning == .calledOff else { return meaning }
        let isSure = words(of: value).contains {
            StatusPhrase.isCancelled($0) || StatusPhrase.isNoun($0) || $0 == "called" || $0 == "declined"
        }
        return isSure ? .calledOff : .unclear
    }

    /// "Job completed, paid" is over; "Done, return visit needed" may not be.
    private static func isOver(_ words: [String]) -> Bool {
        words.contains(where: finished.contains)
            && words.allSatisfy { finished.contains($0) || StatusPhrase.isFiller($0) }
    }

    /// `25% complete`
    private static func isPart(_ value: String) -> Bool {
        let text = value.lowercased().replacing("percent", with: "%").replacing("pct", with: "%")
        guard let mark = text.firstIndex(of: "%") else { return false }
        let digits = text[..<mark].reversed().drop(while: \.isWhitespace)
            .prefix { $0.isNumber || $0 == "." || $0 == "," }
        guard let number = Double(String(digits.reversed()).replacing(",", with: ".")) else { return false }
        return number < 100
    }

    /// `Complete by 12/15`, but not `Completed by 12`.
    private static func isDeadline(_ words: [String]) -> Bool {
        zip(words, zip(words.dropFirst(), words.dropFirst(2))).contains { word, rest in
            ["complete", "finish"].contains(word) && rest.0 == "by" && rest.1.allSatisfy(\.isNumber)
        }
    }

    private static func words(of value: String) -> [String] { StatusPhrase.words(of: value) }

    /// Whether a word says that something is over.
    static func isFinished(_ word: String) -> Bool { finished.contains(word) }

    private static let finished: Set<String> = [
        "completed", "complete", "closed", "done", "finished", "fulfilled",
        // In the languages of the neighbours.
        "terminé", "terminée", "termine", "terminee", "achevé", "achevée", "effectué", "effectuée", "réalisé",
        "réalisée", "clôturé", "clôturée", "fermé", "erledigt", "abgeschlossen", "fertig", "beendet",
        "durchgeführt", "fertiggestellt", "completado", "completada", "terminado", "terminada", "finalizado",
        "finalizada", "realizado", "realizada", "hecho", "cerrado", "cerrada", "concluido", "concluida",
        "concluído", "concluída", "feito", "fechado", "completato", "completata", "terminato", "terminata",
        "concluso", "conclusa", "eseguito", "eseguita", "chiuso", "afgerond", "voltooid", "afgehandeld",
        "afgesloten", "uitgevoerd", "zakończone", "zakończony", "zakończona", "zakończono", "ukończone",
        "ukończony", "ukończono", "wykonane", "wykonano", "zrealizowane", "zamknięte", "zamknięty",
        "avslutad",
        "avslutat", "slutförd", "slutfört", "fullført", "avsluttet", "afsluttet", "udført", "færdig",
        "ferdig",
        "dokončeno", "hotovo", "valmis", "завершено", "завершён", "завершен", "завершена", "выполнено",
        "выполнен", "выполнена", "закрыто", "закрыт", "закрыта", "готово", "виконано", "完了", "完了済", "完了済み",
        "終了", "完成", "已完成", "完工", "완료", "완료됨",
    ]

    /// Whoever writes back that they cancel asks for it; what came of it is said elsewhere.
    private static func answer(_ value: String) -> Meaning {
        if refuses(value) { return .unclear }
        guard let meaning = said(in: value), meaning != .visit else { return .visit }
        let isOfIt = words(of: value).contains {
            StatusPhrase.isCancelled($0) || StatusPhrase.isNoun($0) || $0.hasPrefix("resched")
                || $0.hasPrefix("rebook") || $0.hasPrefix("postpon") || $0.hasPrefix("noshow")
                || ["declined", "decline", "called", "show"].contains($0)
        }
        return isOfIt ? .unclear : .visit
    }

    /// Whether whoever was asked said no: `No`, `N`, `No thanks`, `Nein`; but not that there is no answer yet, nor what
    /// programs keep for that (`false`, `none`).
    private static func refuses(_ value: String) -> Bool {
        let words = words(of: value)
        guard let first = words.first, words == ["n"] || spokenNoes.contains(first) else { return false }
        return !words.dropFirst().contains(where: answered.contains)
    }

    private static let spokenNoes: Set<String> = [
        "no", "nope", "nein", "non", "não", "nao", "nee", "nej", "nei", "nie",
    ]
    /// What there is none of where nobody has answered, and what nobody has against it.
    private static let answered: Set<String> = [
        "answer", "answered", "reply", "replied", "response", "responded", "message", "msg", "text", "sms",
        "email",
        "phone", "number", "data", "yet", "contact", "voicemail", "rsvp", "problem", "worries", "issue",
        "issues",
        "questions", "change", "changes", "dog", "dogs", "pets",
    ]

    /// Whether a value says by a yes, or by that word, that the visit was called off, in a column that is called so: where a status says
    /// that it is on, one of the two is wrong. A row that was deleted keeps its status.
    static func isBareCancellation(_ value: String, _ kind: Kind, column name: String) -> Bool {
        guard kind == .flag || kind == .cancellation, !StatusColumns.isOfDeletion(name) else { return false }
        return YesNoWords.answer(value) == true || StatusPhrase.isCancellationAlone(words(of: value))
    }

    /// Whether a status says in so many words that its visit is to be made.
    static func isPlanned(_ value: String, _ kind: Kind) -> Bool {
        kind == .words && isLive(value, kind) && PlannedWords.contain(value)
    }

    // MARK: Columns of their own

    /// How often something was; a yes may be of any of the customer's visits.
    private static func tally(_ value: String) -> Meaning {
        if Double(Wording.trimmed(value).replacing(",", with: "")) != nil { return .visit }
        return flag(value) == .visit ? .visit : .unclear
    }

    /// A cancellation that was agreed to is one, and one that is asked for may become one.
    private static func cancellation(_ value: String) -> Meaning {
        if let meaning = said(in: value) { return meaning }
        let words = words(of: value)
        if !words.isEmpty, words.allSatisfy({ finished.contains($0) || granted.contains($0) }) {
            return .calledOff
        }
        let isRefused =
            words.first == "not" && words.count > 1 && words.dropFirst().allSatisfy(agreed.contains)
        if isRefused || words.contains(where: refused.contains) { return .visit }
        return flag(value)
    }

    private static let granted: Set<String> = [
        "approved", "accepted", "confirmed", "processed", "granted", "effective", "final",
    ]
    private static let refused: Set<String> = ["denied", "refused", "rejected"]
    private static let agreed = granted.union(finished).union(["requested", "yet", "been"])

    /// A no says that it is none; where nothing is said, nothing is known.
    private static func active(_ value: String) -> Meaning {
        if let meaning = said(in: value) { return meaning }
        // `No longer`, `Not active`
        let isNo = YesNoWords.answer(value) == false || ["no", "not"].contains(words(of: value).first ?? "")
        return isNo && value.contains { $0.isLetter || $0.isNumber }
            && !NobodyWords.contain(value) && !nothing.contains(nameKey(value).filter { $0.isLetter })
            ? .unclear : .visit
    }

    /// Whatever is written there says that it was, unless it says that there is nothing to say.
    private static func trace(_ value: String) -> Meaning {
        if YesNoWords.answer(value) == false || NobodyWords.contain(value) { return .visit }
        let isText = value.contains { $0.isLetter || $0.isNumber }
        guard isText, !nothing.contains(nameKey(value).filter { $0.isLetter }) else { return .visit }
        // `Cancel By` may be the last day on which that costs nothing.
        if case .time = timeReading(value) { return .visit }
        return said(in: value) == .visit ? .visit : .calledOff
    }

    private static let nothing: Set<String> = [
        "blank", "empty", "unset", "notset",
        "notapplicable", "notavailable", "noreason", "noreasongiven", "unknown", "select", "selectone",
        "selectareason",
    ]

    private static func flag(_ value: String) -> Meaning {
        switch YesNoWords.answer(value) {
        case true?: return .calledOff
        case false?: return .visit
        case nil: break
        }
        // A mark that is neither, `✗`, has no word that could say it.
        guard value.contains(where: { $0.isLetter || $0.isNumber }) else { return .unclear }
        let isPlanned = value.contains(where: \.isLetter) && PlannedWords.contain(value)
        if isEmptyDate(value) || isPlanned || value.contains("://") { return .visit }
        if let meaning = said(in: value) { return meaning }
        // When it was.
        if isTime(value) { return .calledOff }
        let words = words(of: value)
        guard let first = words.first else { return .unclear }
        // `2 sensors`
        if words.count > 1, first.allSatisfy(\.isNumber), words.dropFirst().allSatisfy(isThing) {
            return .visit
        }
        // `✓ yes`, `Yes - customer`, `No, confirmed`
        let answer = YesNoWords.answer(first)
        if answer == false { return StatusDenial.isBare(value) ? .visit : .unclear }
        // By whom: `Customer`.
        if words.dropFirst().allSatisfy(StatusPhrase.isFiller), answer == true || StatusPhrase.isPerson(first)
        {
            return .calledOff
        }
        return .unclear
    }

    /// Whether a word is of what can be counted, as far as that can be told from its letters.
    private static func isThing(_ word: String) -> Bool {
        word.count > 2 && word.allSatisfy(\.isLetter) && !StatusPhrase.isFiller(word)
            && YesNoWords.answer(word) == nil && !StatusPhrase.isPerson(word) && !visitWords.contains(word)
    }

    private static let visitWords: Set<String> = [
        "visits", "jobs", "appointments", "appts", "calls", "orders", "times", "events", "bookings",
        "meetings",
        "days", "day", "hours", "weeks", "ago",
    ]

    /// A date or a clock time, be it one that can't be read; a spreadsheet's or a computer's number for one.
    private static func isTime(_ value: String) -> Bool {
        if case .time = timeReading(value) { return true }
        if let number = Double(Wording.trimmed(value)) { return number >= 10_000 }
        let letters = Array(value)
        return letters.indices.dropFirst().dropLast().contains {
            "/:.-".contains(letters[$0]) && letters[$0 - 1].isNumber && letters[$0 + 1].isNumber
        }
    }

    private static func timeReading(_ value: String) -> TimeReading {
        var value = value
        return value.withUTF8 { TimeText.read(trim($0), order: .monthFirst) }
    }

    /// Whether a value is what databases and spreadsheets write where there is no date.
    static func isEmptyDate(_ value: String) -> Bool {
        switch timeReading(value) {
        case .problem(.emptyDate): return true
        case .time(let time): return time.hasEmptyDate && time.minuteOfDay == 0
        // `0000-00-00 00:00:00`
        case .problem:
            return value.allSatisfy { $0.isNumber ? $0 == "0" : !$0.isLetter || "TtZz".contains($0) }
        }
    }

    // MARK: Titles and notes

    /// Calendars write it before what the event was called: `Canceled: Lee install`, `Canceled event: Lee install`.
    private static func title(_ value: String) -> Meaning {
        let phrases = StatusPhrase.phrases(of: value)
        guard let first = phrases.first, let last = phrases.last else { return .visit }
        if StatusPhrase.isCancellationAlone(first) || StatusPhrase.isCancelledEvent(first) {
            return .calledOff
        }
        // People write it behind it; a rip-out may have it for its reason.
        if StatusPhrase.isCancellationAlone(last) || first.count == 1 && StatusPhrase.isNoun(first[0]) {
            return .unclear
        }
        // `CANCELLED Lee install`, in capitals before what is not: a mark, and no part of the title.
        guard let word = value.split(whereSeparator: \.isWhitespace).first, word == word.uppercased(),
            value != value.uppercased()
        else { return .visit }
        return StatusPhrase.isCancellationAlone(StatusPhrase.words(of: String(word))) ? .calledOff : .visit
    }

    /// Notes that are a word of calling off, and nothing else: "Cancelled in May, new visit" may be any visit's. What is
    /// said in such words otherwise, or in capitals before the rest, is a mark that may be of this one.
    private static func remark(_ value: String) -> Meaning {
        if value.utf8.count <= longestRemark {
            let words = StatusPhrase.words(of: value)
            if StatusPhrase.isCancellationAlone(words) { return .calledOff }
            if StatusPhrase.isMark(words, isAll: true) { return .unclear }
        }
        return StatusPhrase.isMark(leadingCapitals(of: value), isAll: false) ? .unclear : .visit
    }

    /// The words in capitals that a text begins with, up to its first sign or its first other word.
    private static func leadingCapitals(of value: String) -> [String] {
        let start = value.drop { !$0.isLetter && !$0.isNumber }
        let phrase = start.prefix {
            $0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" || $0 == "-" || $0 == "/" || $0 == " "
        }
        // A dash between words ends it, one within a word does not.
        let first = phrase.replacing(" -", with: "\n").replacing("- ", with: "\n").prefix { !$0.isNewline }
        let words = first.split(separator: " ").prefix { word in
            word.contains(where: \.isLetter) && !word.contains(where: \.isLowercase)
        }
        return StatusPhrase.words(of: words.joined(separator: " "))
    }

    /// In bytes.
    private static let longestRemark = 40

    /// Whether notes could be such a word: a quick look, in which nearly all others are told from it.
    @inline(__always)
    static func mayBeRemark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 2 else { return false }
        func isLetter(_ index: Int) -> Bool {
            bytes[index] >= 0x80 || bytes[index].isLetter
        }
        // The first word: hardly any is one of those.
        var first = 0
        while first < bytes.count, !isLetter(first) { first += 1 }
        guard first + 1 < bytes.count else { return false }
        let isShort = bytes.count <= longestRemark
        // In capitals, it is a mark before other words.
        let isMark = bytes[first] & 0x20 == 0 && (bytes[first + 1] & 0x20 == 0 || !isLetter(first + 1))
        if isShort || isMark, StatusPhrase.mayBeginMark(bytes, at: first) { return true }
        guard isShort else { return false }
        // The last word, behind two more at the most.
        var start = bytes.count
        while start > 0, !isLetter(start - 1) { start -= 1 }
        let end = start
        while start > 0, isLetter(start - 1) { start -= 1 }
        guard start + 1 < end, StatusPhrase.isBeginning(bytes[start], bytes[start + 1]) else { return false }
        var words = 0
        for index in 0..<end where isLetter(index) && (index == 0 || !isLetter(index - 1)) { words += 1 }
        return words <= 3
    }
}
