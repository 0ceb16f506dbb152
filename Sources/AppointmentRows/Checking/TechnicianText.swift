/// What a technician's field says where it is no number.
enum TechnicianText {
    /// Whether it says that nobody is assigned, as schedulers do.
    static func isNobody(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
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
        "nan",
        "nobody", "noone", "notech", "notechnician", "noinstaller", "any", "anyone", "anybody", "anytech",
        "anytechnician", "anyavailable", "anystaff", "—", "–", "nobodyassigned", "pendingassignment",
    ]

    /// Whether it names several technicians.
    ///
    /// Numbers are several with anything between them that could be a separator; whether `101,102` is two technicians
    /// or one thousand-separated number can't be told. Between names only what nobody writes within one name counts:
    /// `Smith, Bob` is one.
    static func isSeveral(_ text: String) -> Bool {
        guard text.utf8.count <= 1000, Finding.spreadsheetDamage(text) == nil else { return false }
        var text = text
        let isDate = text.withUTF8 { bytes in
            switch TimeText.read(bytes, order: .monthFirst) {
            case .time: true
            case .problem(let problem): problem != .unreadable && problem != .serialNumber
            }
        }
        if isDate { return false }
        let words = text.lowercased().split { $0.isWhitespace || numberSeparators.contains($0) }
        let numbers = words.filter { !conjunctions.contains($0) }
        if numbers.count > 1, numbers.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) {
            return true
        }
        let people = text.lowercased().split(whereSeparator: { nameSeparators.contains($0) || $0.isNewline })
            .flatMap { $0.split(separator: " and ") }
            .filter { part in part.contains { $0.isLetter || $0.isNumber } }
        return people.count > 1
    }

    private static let numberSeparators: Set<Character> = [
        ",", ";", "/", "\\", "&", "+", "|", "-", "–", "—", "_", "#", "(", ")", "[", "]", "{", "}", "\"", ":",
        "，", "、",
        "；", "·", "•", "*", "~", "<", ">", "=",
    ]
    private static let nameSeparators: Set<Character> = [";", "/", "&", "+", "|", "，", "、", "；", "•"]
    private static let conjunctions: Set<Substring> = [
        "and", "und", "y", "et", "plus", "with", "w", "or", "then", "to",
    ]
}
