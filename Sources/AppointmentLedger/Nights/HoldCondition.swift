/// What holds a run before its first post (`--hold-if`): tonight's file is not like those of other nights.
package enum HoldCondition: Sendable, Hashable {
    /// More rows than so many times the median.
    case rowsAbove(times: Double)
    /// Fewer rows than so many times the median.
    case rowsBelow(times: Double)
    /// More customers than this share were never seen before, in percent.
    case newCustomersAbove(percent: Double)
    /// More appointments than this are new.
    case newAbove(Int)
    /// A file is byte for byte one that was finished.
    case sameFile
    /// A file is older than the last one of its layout.
    case olderExport

    /// Reads one condition: `rows>3x`, `rows<50%`, `new-customers>30%`, `new>200`, `same-file`, `older-export`.
    package init?(_ text: some StringProtocol) {
        let word = text.lowercased().filter { !$0.isWhitespace }
        switch word {
        case FileRemark.Code.sameFile.rawValue: self = .sameFile
        case FileRemark.Code.olderExport.rawValue: self = .olderExport
        default:
            guard let sign = word.firstIndex(where: { $0 == ">" || $0 == "<" }) else { return nil }
            let (name, isAbove) = (word[..<sign], word[sign] == ">")
            let limit = word[word.index(after: sign)...]
            switch name {
            case "rows":
                guard let times = Self.times(limit) else { return nil }
                self = isAbove ? .rowsAbove(times: times) : .rowsBelow(times: times)
            case "new-customers" where isAbove:
                guard limit.hasSuffix("%"), let percent = Self.number(limit.dropLast()), percent <= 100
                else { return nil }
                self = .newCustomersAbove(percent: percent)
            case "new" where isAbove:
                guard limit.allSatisfy(Self.isDigit), let count = Int(limit) else { return nil }
                self = .newAbove(count)
            default: return nil
            }
        }
    }

    /// `3x`, `50%`: how many times.
    private static func times(_ text: Substring) -> Double? {
        if text.hasSuffix("x") { return number(text.dropLast()) }
        if text.hasSuffix("%") { return number(text.dropLast()).map { $0 / 100 } }
        return nil
    }

    private static func number(_ text: Substring) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            let number = Double(text), number > 0, number <= 1_000_000
        else { return nil }
        return number
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// As it is written.
    package var text: String {
        switch self {
        case .rowsAbove(let times): "rows>\(Self.written(times))x"
        case .rowsBelow(let times): "rows<\(Self.written(times * 100))%"
        case .newCustomersAbove(let percent): "new-customers>\(Self.written(percent))%"
        case .newAbove(let count): "new>\(count)"
        case .sameFile: FileRemark.Code.sameFile.rawValue
        case .olderExport: FileRemark.Code.olderExport.rawValue
        }
    }

    static func written(_ number: Double) -> String {
        let rounded = (number * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
