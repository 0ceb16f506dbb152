// The words of a text, which is read for each new value of a column.
extension StatusPhrase {
    /// The phrases of a text, as words.
    static func phrases(of text: String) -> [[String]] {
        let text = withoutSigns(text)
        return plainPhrases(of: text, areSplit: true) ?? widePhrases(of: text)
    }

    /// The words of a text in lower case: letters and digits, apostrophes left out. Words that were joined are taken
    /// apart: `AppointmentCancelled`.
    static func words(of text: String) -> [String] {
        let text = withoutSigns(text)
        return plainPhrases(of: text, areSplit: false).map { $0.first ?? [] } ?? wideWords(of: text)
    }

    /// The phrases of a text that is ASCII; nil where it is not.
    ///
    /// - Parameter areSplit: Whether signs end a phrase; otherwise the whole text is one.
    static func plainPhrases(of text: String, areSplit: Bool) -> [[String]]? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            var phrases: [[String]] = []
            var words: [String] = []
            var word: [UInt8] = []
            var wasLower = false
            func endWord() {
                guard !word.isEmpty else { return }
                take(String(decoding: word, as: UTF8.self), into: &words)
                word.removeAll(keepingCapacity: true)
            }
            func endPhrase() {
                endWord()
                if !words.isEmpty { phrases.append(words) }
                words = []
            }
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                // An apostrophe is no end of anything.
                if byte == UInt8(ascii: "'") { continue }
                if byte.isLetter {
                    let isLower = byte & 0x20 != 0
                    if wasLower, !isLower { endWord() }
                    word.append(byte | 0x20)
                    wasLower = isLower
                    continue
                }
                wasLower = false
                if byte.isDigit {
                    word.append(byte)
                } else if areSplit, isPhraseEnd(byte) {
                    endPhrase()
                } else if areSplit, byte == space, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"),
                    bytes[index + 1] == space
                {
                    index += 2
                    endPhrase()
                } else {
                    endWord()
                }
            }
            endPhrase()
            return phrases
        }
    }

    private static let space = UInt8(ascii: " ")

    private static func isPhraseEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"),
            UInt8(ascii: "|"), UInt8(ascii: "."), UInt8(ascii: "!"):
            true
        default: false
        }
    }

    /// The phrases of any text.
    static func widePhrases(of text: String) -> [[String]] {
        text.replacing(" - ", with: ";").split { ",;:()[]{}/|–—.!".contains($0) }
            .map { wideWords(of: String($0)) }.filter { !$0.isEmpty }
    }

    /// The words of any text.
    static func wideWords(of text: String) -> [String] {
        var spaced = ""
        var wasLower = false
        for character in text where character != "'" && character != "’" {
            if wasLower, character.isUppercase { spaced.append(" ") }
            wasLower = character.isLowercase
            spaced.append(character)
        }
        var words: [String] = []
        for word in spaced.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            take(String(word), into: &words)
        }
        return words
    }

    /// Takes a word, or the words that were joined in it.
    private static func take(_ word: String, into words: inout [String]) {
        guard word.utf8.count > cancel.count, holdsCancel(word), !isCancelled(word), !isNoun(word),
            let parts = joinedWords.split(word)
        else { return words.append(word) }
        words += parts
    }

    private static let cancel = Array("cancel".utf8)

    private static func holdsCancel(_ word: String) -> Bool {
        var word = word
        return word.withUTF8 { bytes in
            (0...(bytes.count - cancel.count)).contains { start in
                bytes[start] == cancel[0] && bytes[start..<(start + cancel.count)].elementsEqual(cancel)
            }
        }
    }
}
