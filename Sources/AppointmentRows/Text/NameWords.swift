/// The words of a column's name.
enum NameWords {
    /// A name's words in lower case, runs of letters and digits and each `#`; those that were joined are taken apart:
    /// `NumberOfTechs`, `Tech1`.
    static func split(_ name: String) -> [String] {
        // Salesforce ends the names of people's own columns in `__c`.
        var name = name.hasSuffix("__c") ? String(name.dropLast(3)) : name
        return name.withUTF8 { plain($0) } ?? wide(name)
    }

    /// By Unicode's rules, for any name.
    static func wide(_ name: String) -> [String] {
        var spaced = ""
        var last: Character = " "
        for character in name {
            if character == "#" {
                spaced += " # "
            } else {
                let isNew = character.isUppercase && (last.isLowercase || last.isNumber)
                if isNew || character.isNumber && last.isLetter { spaced.append(" ") }
                spaced.append(character)
            }
            last = character
        }
        return spaced.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "#" }.map(String.init)
    }

    /// The same for a name of ASCII alone, by its bytes; nil for any other. The first lines of every file are looked
    /// at with it, and what Unicode says of each letter costs a hundred times as much.
    private static func plain(_ name: UnsafeBufferPointer<UInt8>) -> [String]? {
        guard name.allSatisfy({ $0 < 0x80 }) else { return nil }
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        var last: UInt8 = 0
        for byte in name {
            switch byte {
            case UInt8(ascii: "#"):
                end()
                words.append("#")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if isLower(last) || last.isDigit { end() }
                word.append(byte | 0x20)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if last.isLetter { end() }
                word.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte)
            default: end()
            }
            last = byte
        }
        end()
        return words
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        byte.isLetter && byte & 0x20 != 0
    }
}
