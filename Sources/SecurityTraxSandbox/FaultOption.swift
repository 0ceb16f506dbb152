/// What a fault's text may say after the colon, besides `before` and `after`.
package enum FaultOption: String, Sendable, Hashable, CaseIterable {
    case retryAfter = "retry-after"
    case location
    case authenticate = "www-authenticate"
    case body
    case seconds
    case rows
    case count
    case bytes
    case port
    case title
    case ids
    case hours
    case form = "as"
    case withCreates = "with-creates"
    case withDocument = "with-document"

    /// How an option's value is written.
    enum Form {
        /// The option stands alone.
        case flag
        /// Any text.
        case text
        /// A text without control characters.
        case header
        /// One of these words.
        case words([String])
        /// A whole number of that range.
        case whole(ClosedRange<Int>)
        /// A number of that range.
        case decimal(ClosedRange<Double>)
        /// Whole numbers from 1, with `/` between them.
        case list
    }

    /// How its value is written.
    var form: Form {
        switch self {
        case .retryAfter, .location, .authenticate: .header
        case .body, .title: .text
        case .seconds: .decimal(0...86_400)
        case .hours: .decimal(0...100_000)
        case .rows, .ids: .list
        case .count: .whole(0...1_000_000)
        case .bytes: .whole(1...(1 << 40))
        case .port: .whole(1...65_535)
        case .form: .words(["false", "empty", "missing"])
        case .withCreates, .withDocument: .flag
        }
    }

    /// Its name as it stands in a text: a count of rows is said by `rows` too.
    var word: String { self == .count ? Self.rows.rawValue : rawValue }

    /// How `--help` shows it.
    var help: String {
        switch form {
        case .flag: word
        case .list: word + "=1/3"
        case .words(let words): word + "=" + words.joined(separator: "|")
        default: self == .count ? "rows=COUNT" : word + "="
        }
    }
}

/// What an option says.
package enum FaultValue: Sendable, Hashable {
    /// It is there.
    case given
    /// A text, decoded.
    case text(String)
    /// A whole number.
    case whole(Int)
    /// A number.
    case decimal(Double)
    /// Whole numbers.
    case list([Int])

    /// Reads a value of an option.
    ///
    /// - Parameter text: what stands behind the `=`, nil where there is none.
    /// - Returns: the value, or what is wrong.
    static func read(_ text: String?, of option: FaultOption) -> Result<FaultValue, FaultOptionDefect> {
        func wrong(_ words: String) -> Result<FaultValue, FaultOptionDefect> {
            .failure(FaultOptionDefect(words: words))
        }
        if case .flag = option.form {
            return text == nil ? .success(.given) : wrong("\(option.word) takes no value")
        }
        guard let text, let value = Percent.decode(text) else { return wrong("\(option.word) needs a value") }
        switch option.form {
        case .flag, .text: return .success(.text(value))
        case .header:
            return value.unicodeScalars.contains { $0.value < 32 }
                ? wrong("\(option.word) is a header: no line breaks") : .success(.text(value))
        case .words(let words):
            return words.contains(value)
                ? .success(.text(value)) : wrong("\(option.word) is \(words.joined(separator: ", "))")
        case .whole(let range):
            guard let number = Int(value), range.contains(number) else {
                return wrong("\(option.word) is a number in \(range.lowerBound)...\(range.upperBound)")
            }
            return .success(.whole(number))
        case .decimal(let range):
            guard let number = Double(value), range.contains(number) else {
                return wrong("\(option.word) is a number in \(range.lowerBound)...\(range.upperBound)")
            }
            return .success(.decimal(number))
        case .list:
            let numbers = value.split(separator: "/").map { Int($0) ?? 0 }
            guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else {
                return wrong("\(option.word) is numbers from 1, with / between them")
            }
            return .success(.list(numbers))
        }
    }

    /// The value as it stands behind the `=`; nil where there is none.
    var text: String? {
        switch self {
        case .given: nil
        case .text(let text): Percent.encode(text)
        case .whole(let number): String(number)
        case .decimal(let number): String(number)
        case .list(let numbers): numbers.map { String($0) }.joined(separator: "/")
        }
    }
}

/// Why an option's value is none.
struct FaultOptionDefect: Error {
    /// In plain words.
    var words: String
}
