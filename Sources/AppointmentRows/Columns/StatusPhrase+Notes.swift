// Marks that people put into a visit's notes.
extension StatusPhrase {
    /// Whether words are a mark that people put on a row that is not to be done, and nothing else: `DO NOT GO`, `No-show`,
    /// `Customer cancelled`, `HOLD`, `Duplicate`.
    ///
    /// - Parameter isAll: Whether nothing stands behind them: `CX` before other words is the customer.
    static func isMark(_ words: [String], isAll: Bool) -> Bool {
        guard let first = words.first, words.count <= 6 else { return false }
        if isCancellationAlone(words) || isCancelledEvent(words) { return true }
        if isAll, words.count == 1, abbreviations.contains(first) { return true }
        if let last = words.last, isCancelled(last) || last == "cancel", words.count <= 3, words.count > 1 {
            // "Service cancelled" may be what a rip-out is for, and a check may be void.
            return words.dropLast().allSatisfy {
                isPerson($0) || own.contains($0) || ["per", "by", "has", "was", "late", "is"].contains($0)
            }
        }
        if isCancelled(first), words.count <= 4 {
            return words.dropFirst().allSatisfy { isPerson($0) || ["per", "by", "the", "via"].contains($0) }
        }
        if first == "called" || first == "calling", words.dropFirst().first == "off" {
            return words.count == 2
        }
        if first.hasPrefix("noshow") || first == "no" && words.dropFirst().first == "show" {
            return words.drop { $0 != "show" && $0 != "shows" }.count <= 1 && words.count <= 2
        }
        // `Do not go`, `DON'T BOOK`
        let order = first == "do" && words.dropFirst().first == "not" ? 2 : first == "dont" ? 1 : 0
        if order > 0 {
            let rest = words.dropFirst(order)
            return rest.first.map(deeds.contains) == true
                && rest.dropFirst().allSatisfy {
                    isFiller($0)
                        || ["there", "out", "ahead", "tech", "this", "yet", "today", "anyone"].contains($0)
                }
        }
        if words == ["on", "hold"] { return true }
        return markWords.contains(first)
            && words.dropFirst().allSatisfy { ["entry", "row", "job"].contains($0) }
    }

    private static let markWords: Set<String> = [
        "hold", "onhold", "duplicate", "duplicates", "dup", "dupe", "void", "voided", "disregard", "ignore",
        "delete",
        "reschedule", "resched", "postponed", "postpone", "rebook", "waitlist", "nogo",
    ]

    // MARK: A quick look

    /// Whether a mark may begin at a place: a quick look, in which nearly all notes are told from it.
    static func mayBeginMark(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        // Letters of other alphabets, and signs within a word (`C/X`), are looked at where they are few.
        let isShort = bytes.count <= 40
        if bytes[start] >= 0x80 { return isShort }
        guard isBeginning(bytes[start], bytes[start + 1]) else {
            return isShort && (bytes[start + 1] == UInt8(ascii: "/") || bytes[start + 1] == UInt8(ascii: "."))
        }
        var (key, end) = (UInt64(0), start)
        while end < bytes.count, bytes[end].isLetter {
            if end - start < 8 { key = key << 8 | UInt64(bytes[end] | 0x20) }
            end += 1
        }
        // `Canelled`
        if end - start >= 6, bytes[start] | 0x20 == UInt8(ascii: "c"),
            bytes[(start + 1)..<(start + 4)].contains(where: { $0 | 0x20 == UInt8(ascii: "n") })
        {
            return true
        }
        return firstWords.keys.contains(key)
    }

    /// Whether a word of notes that begins with two letters may be one that calls a visit off.
    @inline(__always)
    static func isBeginning(_ first: UInt8, _ second: UInt8) -> Bool {
        let (first, second) = (Int(first | 0x20) - 0x61, Int(second | 0x20) - 0x61)
        guard first >= 0, first < 26, second >= 0, second < 26 else { return false }
        return firstWords.beginnings[first] >> UInt32(second) & 1 != 0
    }

    /// How such marks begin: their first two letters, by the first one and the second ones as bits; and the first eight
    /// letters of their first words.
    private static let firstWords: (beginnings: [UInt32], keys: Set<UInt64>) = {
        var beginnings = [UInt32](repeating: 0, count: 26)
        var keys: Set<UInt64> = []
        let others = ["no", "noshow", "do", "dont", "don", "called", "calling", "on"]
        for words in [
            AnySequence(cancelled), AnySequence(bare), AnySequence(markWords), AnySequence(abbreviations),
            AnySequence(others),
        ] {
            for word in words {
                let letters = word.utf8.prefix(2).map { Int($0) - 0x61 }
                guard letters.count == 2, letters.allSatisfy((0..<26).contains) else { continue }
                beginnings[letters[0]] |= 1 << UInt32(letters[1])
                keys.insert(word.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
            }
        }
        return (beginnings, keys)
    }()
}
