/// The words for nobody in particular.
enum NobodyWords {
    /// Whether a technician's field says that nobody is assigned, as schedulers do.
    static func contain(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        if NoValueWords.contain(text) { return true }
        // `T.B.D.`, `TBD?`
        var key = nameKey(text).filter { !".!?".contains($0) }
        // `(none)`, `<unassigned>`, `[Not assigned]`
        if let first = key.first, let last = key.last, ["()", "<>", "[]", "{}"].contains("\(first)\(last)") {
            key = String(key.dropFirst().dropLast())
        }
        return key.isEmpty || nobody.contains(key)
    }

    /// Keys of `ColumnName`: without spaces, `-` and `_`.
    private static let nobody: Set<String> = [
        "unassigned", "notassigned", "notyetassigned", "unallocated", "notallocated", "tbd", "tba",
        "tobedetermined",
        "tobeassigned", "tobeannounced", "none", "noneassigned", "noassignment", "n/a", "na", "null", "nil",
        "nobody", "noone", "notech", "notechnician", "noinstaller", "any", "anyone", "anybody", "anytech",
        "anytechnician", "anyavailable", "anystaff", "—", "–", "nobodyassigned", "pendingassignment",
    ]
}
