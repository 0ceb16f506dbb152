import AppointmentRows

/// What a dealer's word may stand for: only ever a proposal.
enum WordGuess {
    /// Ours for a word of a column, or nil where nothing speaks for one.
    static func guess(_ word: WordSurvey.Word) -> String? {
        let text = " " + word.theirs.lowercased().map { $0.isLetter ? String($0) : " " }.joined() + " "
        func has(_ beginnings: [String]) -> Bool { beginnings.contains { text.contains(" " + $0) } }
        switch word.column {
        case .serviceType:
            if has(removal) { return "Rip-out" }
            if has(noVisit) { return "skip" }
            if has(service) { return "Service" }
            return has(install) ? "Install" : nil
        case nil: return has(calledOff) ? "skip" : "import"
        default: return nil
        }
    }

    private static let removal = [
        "rip", "remov", "uninstall", "deinstall", "de install", "take down", "takedown", "tear", "pull out",
        "abbau", "demont",
    ]
    private static let noVisit = [
        "sales", "lunch", "meeting", "training", "estimate", "quote", "consult", "holiday", "vacation", "pto",
        "blocked", "office", "internal", "survey",
    ]
    private static let service = [
        "serv", "repair", "batter", "trouble", "inspect", "mainten", "fix", "warrant", "check", "test",
        "replace",
        "swap", "upgrade", "tech", "follow", "wartung", "reparatur",
    ]
    private static let install = [
        "install", "new", "setup", "set up", "activat", "add", "takeover", "mount", "einbau", "montage",
    ]
    private static let calledOff = [
        "stornie", "abges", "annul", "cancel", "entfall", "gelösch", "lost", "reject",
    ]
}
