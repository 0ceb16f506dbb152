/// What a technician's field says where it is no number.
enum TechnicianText {
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

    /// Whether a text where all who go are named has commas between them: `Bob, Ann`.
    static func isCrew(_ text: String) -> Bool {
        text.split(separator: ",").count { part in part.contains(where: \.isLetter) } > 1
    }

    /// Whether a text is of somebody, and not of nobody or all, nor a yes or no.
    static func isSomebody(_ text: String) -> Bool {
        let first = text.lowercased().split { !$0.isLetter && !$0.isNumber }.first.map(String.init) ?? ""
        if NobodyWords.contain(text) || everybody.contains(first) { return false }
        guard let answer = YesNoWords.answer(text) else { return true }
        return answer && text.contains(where: \.isNumber)
    }

    private static let everybody: Set<String> = [
        "", "all", "any", "every", "everyone", "everybody", "each", "multiple", "various", "several", "both",
        "see", "by", "total", "totals", "count", "name",
    ]

    /// Whether a text could name several, or a number: a quick look, in which nearly all names are told from that.
    @inline(__always)
    static func mayBeSeveral(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: " "):
                // `Bob and Ann`
                if index + 3 < bytes.count, bytes[index + 1] | 0x20 == UInt8(ascii: "a"),
                    bytes[index + 2] | 0x20 == UInt8(ascii: "n"), bytes[index + 3] | 0x20 == UInt8(ascii: "d")
                {
                    return true
                }
            case UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "-"): continue
            default: if !byte.isLetter { return true }
            }
        }
        return false
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
