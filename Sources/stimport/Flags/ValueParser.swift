import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax
import SystemFiles

/// From the texts that were given to typed values. Every fault names the text and what would be right.
enum ValueParser {
    static func toggle(_ texts: [String]) throws -> Bool {
        let text = last(texts)
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default:
            throw UsageError("\(quoted(text)) is neither true nor false", fix: "give true or false")
        }
    }

    static func integer(_ texts: [String], _ range: ClosedRange<Int>) throws -> Int {
        let text = last(texts)
        let bounds =
            range.upperBound == .max
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard isPlainNumber(text, fractions: false), let value = Int(text), range.contains(value) else {
            throw UsageError("\(quoted(text)) is not \(bounds)", fix: "give \(bounds)")
        }
        return value
    }

    static func number(_ texts: [String], _ range: ClosedRange<Double>) throws -> Double {
        let text = last(texts)
        let bounds = "a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
        guard isPlainNumber(text, fractions: true), let value = Double(text), range.contains(value) else {
            throw UsageError("\(quoted(text)) is not \(bounds)", fix: "give \(bounds)")
        }
        return value
    }

    static func seconds(_ texts: [String], _ range: ClosedRange<Double>) throws -> Duration {
        let text = last(texts)
        let bounds = "\(shortest(range.lowerBound)) to \(shortest(range.upperBound)) seconds"
        let value: Duration? =
            isPlainNumber(text, fractions: true)
            ? Double(text).flatMap { $0 <= range.upperBound ? .milliseconds(Int64($0 * 1_000)) : nil }
            : DurationText.duration(text)
        guard let value, value >= .milliseconds(Int64(range.lowerBound * 1_000)),
            value <= .milliseconds(Int64(range.upperBound * 1_000))
        else {
            throw UsageError(
                "\(quoted(text)) is not a time of \(bounds)",
                fix: "give seconds, such as 300 or 2.5, or a duration such as 90s or 5m; \(bounds)")
        }
        return value
    }

    ///
    /// - Parameter usual: what holds where nobody says otherwise: the units of an example fit it; nil where nothing does.
    static func duration(_ texts: [String], atMost: Duration, usual: Duration? = nil) throws -> Duration {
        let text = last(texts)
        guard let value = DurationText.duration(text) else {
            if !text.hasPrefix("-"), isPlainNumber(text, fractions: true) {
                throw UsageError(
                    "\(quoted(text)) has no unit",
                    fix: "give " + withUnits(text, atMost, usual))
            }
            throw UsageError(
                "\(quoted(text)) is not a duration",
                fix: "give for example 90s, 5m, 26h, 2h30m, 90d or 2y")
        }
        guard value <= atMost else {
            throw UsageError("\(quoted(text)) is too long", fix: "give at most \(DurationText.text(atMost))")
        }
        return value
    }

    /// A number with each of the units that make a value of the usual size out of it.
    private static func withUnits(_ number: String, _ atMost: Duration, _ usual: Duration?) -> String {
        let all = ["s", "m", "h", "d"].map { number + $0 }
        let fitting = all.filter { text in
            guard let value = DurationText.duration(text), value <= atMost else { return false }
            return usual.map { value * 1_000 >= $0 } ?? true
        }
        let offered = fitting.isEmpty ? all : fitting
        guard let last = offered.last, offered.count > 1 else { return offered.list() }
        return Array(offered.dropLast()).list() + " or " + last
    }

    /// A number of rows, or a share of them.
    static func invalidLimit(_ texts: [String]) throws -> InvalidLimit {
        let text = try text(texts)
        if text.hasSuffix("%") {
            if let share = try? number([String(text.dropLast())], 0...100) { return .percent(share) }
        } else if let rows = try? integer([text], 0...Int.max) {
            return .rows(rows)
        }
        throw UsageError(
            "\(quoted(text)) is neither a number of rows nor a percentage",
            fix: "give for example 10 or 5%")
    }

    static func text(_ texts: [String]) throws -> String {
        let text = last(texts)
        guard !text.isEmpty else { throw UsageError("the value is empty", fix: "give a value") }
        guard !text.utf8.contains(0) else {
            throw UsageError("the value holds a NUL character", fix: "take the character out")
        }
        return text
    }

    /// A heartbeat service's address. It is a secret, so that no message quotes it.
    static func heartbeat(_ texts: [String]) throws -> HeartbeatAddress {
        do {
            return try HeartbeatAddress(url: text(texts))
        } catch let error as SecurityTraxError {
            throw UsageError(
                error.code == .endpointNotEncrypted
                    ? "the address is an http:// one of another machine"
                    : "the value is no address that can be posted to (\(error.code.rawValue))",
                fix:
                    "give the whole https:// address as the heartbeat service shows it, such as https://hc-ping.com/UUID"
            )
        }
    }

    static func choice<Value: RawRepresentable & CaseIterable>(_ texts: [String]) throws -> Value
    where Value.RawValue == String {
        let text = last(texts)
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map(\.rawValue)
        throw UsageError("\(quoted(text)) is not one of its words", fix: wordsFix(text, words))
    }

    /// The words to choose from, with a suggestion where one is close.
    static func wordsFix(_ text: String, _ words: [String]) -> String {
        let all = "give one of \(words.joined(separator: ", "))"
        return Suggestion.closestWord(to: text, among: words).map { "did you mean \($0)? \(all)" } ?? all
    }

    /// The IDs of appointments: `31`, `31,33`, `31-35`.
    static func identifiers(_ texts: [String]) throws -> [Int64] {
        try texts.flatMap { $0.split(separator: ",") }.flatMap { part in
            guard let ids = IDRanges.read(part) else {
                throw UsageError(
                    "\(quoted(String(part))) is not an appointment's number",
                    fix: "give the numbers that stimport review shows, or a range such as 31-35")
            }
            return ids.map(Int64.init)
        }
    }

    /// The last of the texts: nothing else counts for a flag that takes one value.
    static func last(_ texts: [String]) -> String { texts.last ?? "" }

    /// A value in quotes, shortened. Escaping is the console's.
    static func quoted(_ text: String) -> String {
        text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
    }

    /// A number without the decimal point that it doesn't need.
    static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    /// Digits, with one point and a sign allowed: no exponents, no `inf`, no `0x`.
    private static func isPlainNumber(_ text: String, fractions: Bool) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.count <= 20 else { return false }
        var points = 0
        for byte in digits.utf8 {
            if byte == UInt8(ascii: ".") {
                points += 1
            } else if !(48...57).contains(byte) {
                return false
            }
        }
        return points <= (fractions ? 1 : 0) && digits != "."
    }
}
