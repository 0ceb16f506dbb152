/// What statuses say of a visit that is to be made.
enum PlannedWords {
    static func contain(_ text: String) -> Bool {
        words.contains(nameKey(text).filter { $0.isLetter })
    }

    private static let words: Set<String> = [
        "", "scheduled", "confirmed", "notconfirmed", "unconfirmed", "open", "booked", "new", "assigned",
        "unassigned", "dispatched", "planned", "active", "approved", "accepted", "upcoming", "inprogress",
        "reserved", "ready", "tentative", "none",
    ]
}
