import AppointmentRows

/// What other programs call our commands.
enum CommandSynonyms {
    private static let commands: [(words: [String], command: String)] = [
        (["post", "send", "upload", "load", "run", "create", "add", "book"], "import"),
        (["validate", "verify", "test", "lint", "preview"], "check"),
        (["layout", "layouts", "columns", "learn", "teach", "mapping"], "map"),
        (["diagnose", "diagnostics", "health", "ping", "selftest"], "doctor"),
        (["continue", "retry", "restart", "finish"], "resume"),
        (["list", "ls", "runs", "history", "show", "log", "pending", "info"], "status"),
        (["search", "lookup", "locate", "where", "customer"], "find"),
        (["doubt", "doubts", "inspect"], "review"),
        (["compare", "match", "audit", "diff", "reconciliation"], "reconcile"),
        (["confirm", "settle", "answer", "created", "done"], "resolve"),
        (
            ["cancel", "delete", "remove", "rm", "undo", "abort", "drop", "discard", "skip", "revoke"],
            "withdraw"
        ),
        (["export", "print", "summary", "rows"], "report"),
        (["settings", "configure", "configuration", "init", "setup", "set"], "config"),
        (["mock", "server", "serve", "fake", "simulate"], "sandbox"),
        (["clean", "purge", "forget", "vacuum", "gc"], "prune"),
        (["backup", "adopt", "restore", "database", "db"], "ledger"),
        (["samples", "example", "examples", "demo", "template"], "sample"),
        (["completion", "complete"], "completions"),
        (["manual", "docs"], "man"),
        (["usage", "commands"], "help"),
    ]

    /// The command that was most likely meant: one that is spelled like the word, or means what it says.
    static func nearest(to word: String) -> String? {
        let names = CommandName.allCases.map(\.rawValue)
        if let exact = commands.first(where: { $0.words.contains(word.lowercased()) }) {
            return exact.command
        }
        if let name = Suggestion.closestWord(to: word, among: names) { return name }
        guard let synonym = Suggestion.closestWord(to: word, among: commands.flatMap(\.words)) else {
            return nil
        }
        return commands.first { $0.words.contains(synonym) }?.command
    }
}
