/// A column in which a visit's new time stands beside the old one: `New Start`, `Rescheduled To`. Most rows have nothing
/// there.
struct MoveColumn: Sendable, Hashable {
    /// What of the visit it says anew.
    enum Part: Sendable {
        case start
        case end
        case duration

        /// The columns that it is read from.
        var columns: [InputColumn] {
            switch self {
            case .start: [.start, .date, .window]
            case .end, .duration: [.end, .endDate, .window, .duration, .durationHours, .durationMinutes]
            }
        }
    }

    /// From 0.
    let position: Int
    let part: Part
    /// Whether what stands there is a new time. Otherwise it may be when somebody changed something: `Updated Date`.
    let isSure: Bool
    /// Whether words are a new time too, as `next week` is. Who or what else was moved or changed says nothing of it.
    let takesWords: Bool
    /// Whether the name asks for a day alone: a spreadsheet writes it as its midnight.
    let isDate: Bool
    /// Whether the name is of a visit that was put off, and of nothing that was written down.
    let isReschedule: Bool

    /// Nil where a name is of something else: `Reschedule Reason`, `Rescheduled On`, `New Customer`.
    init?(_ name: String, position: Int) {
        let letters = String(nameKey(name).filter { $0.isLetter || $0.isNumber })
        guard let words = Self.vocabulary.split(letters) else { return nil }
        func has(_ list: Set<String>) -> Bool { words.contains(where: list.contains) }
        guard has(Self.changes) || has(Self.edits) else { return nil }
        let isTo = zip(words, words.dropFirst()).contains {
            (Self.changes.contains($0) || Self.edits.contains($0)) && $0 != "new" && Self.targets.contains($1)
        }
        let hasTime = has(Self.times) || has(Self.days) || has(Self.parts)
        let isOfVisit = has(Self.visits) || has(Self.services)
        guard isTo || hasTime || isOfVisit, words != ["rescheduled"] else { return nil }
        self.position = position
        part = has(Self.lengths) ? .duration : has(Self.ends) ? .end : .start
        isDate = has(Self.days) && !has(Self.times)
        isReschedule = has(Self.putOff)
        // `New Service Date` may be of a new service, `Reschedule Date` the day on which it was rescheduled.
        let isNewThing = words.contains("new") && has(Self.services)
        // `Modified Start`, but not `Start Modified`.
        let isEdited =
            (has(Self.edits) || has(Self.putOff)) && !words.contains("new") && !words.contains("revised")
        let isWhole = isOfVisit ? hasTime : has(Self.parts)
        let isOfRecord = isEdited && !isTo && !(Self.edits.union(Self.putOff).contains(words[0]) && isWhole)
        isSure = !isNewThing && !isOfRecord
        takesWords = isSure && (isTo ? isReschedule : hasTime)
    }

    private static let putOff: Set<String> = [
        "rescheduled", "reschedule", "resched", "rebooked", "postponed", "pushed", "delayed", "deferred",
    ]
    /// What makes a new time of a time.
    private static let changes: Set<String> = [
        "new", "revised", "rescheduled", "rebooked", "postponed", "rearranged",
    ]
    /// The same, unless it is of the row: somebody has written something else into it that day.
    private static let edits: Set<String> = [
        "reschedule", "resched", "moved", "changed", "updated", "amended", "corrected", "adjusted",
        "modified",
        "shifted", "pushed", "delayed", "deferred",
    ]
    private static let targets: Set<String> = ["to", "for", "until", "till"]
    private static let times: Set<String> = ["time", "datetime", "hour", "clock"]
    private static let days: Set<String> = ["date", "day"]
    private static let ends: Set<String> = ["end", "ends", "finish", "stop"]
    private static let lengths: Set<String> = ["duration", "length"]
    /// What only visits have.
    private static let parts = ends.union(lengths).union([
        "start", "starts", "begin", "begins", "beginning", "slot", "window", "arrival",
    ])
    private static let visits: Set<String> = [
        "appointment", "appt", "visit", "booking", "event", "meeting", "schedule", "scheduled", "sched",
    ]
    /// What may be new itself.
    private static let services: Set<String> = [
        "service", "install", "installation", "job", "order", "workorder",
    ]
    private static let glue: Set<String> = [
        "the", "and", "of", "if", "c", "local", "any", "is", "was", "has", "been",
    ]
    private static let vocabulary = Vocabulary([
        changes, edits, targets, times, days, parts, visits, services, glue,
    ])
}
