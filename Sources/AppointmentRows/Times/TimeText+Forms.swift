import SecurityTrax

// Forms that some programs and people write: `20270105T090000`, `2027-01-05-09.00.00`, `9h30`, `T09:00`, `9:00 hrs`.
extension TimeText {
    /// As `read`, and forms besides that only a column of times makes sure of: elsewhere `2h` is a length, and `20270105` a
    /// number.
    static func readInColumn(
        _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeReading {
        let reading = read(bytes, order: order, years: years)
        guard case .problem(.unreadable) = reading else { return reading }
        return readForms(bytes, order: order, years: years) ?? reading
    }

    /// The clock time that four digits say, `0900` or `1330`; nil for anything else.
    static func militaryClock(_ bytes: UnsafeBufferPointer<UInt8>) -> TimeText? {
        guard bytes.count == 4, bytes.allSatisfy(\.isDigit) else { return nil }
        var scanner = TimeScanner(bytes: bytes)
        let number = scanner.number().value
        guard number / 100 < 24, number % 100 < 60 else { return nil }
        var text = TimeText()
        text.minuteOfDay = number / 100 * 60 + number % 100
        return text
    }

    /// Reads a text that neither the plain forms nor dates with words explain; nil where it has none of these forms.
    ///
    /// - Parameters:
    ///   - order: Which number of a date comes first.
    ///   - years: As in `read`.
    private static func readForms(
        _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeReading? {
        guard (2...40).contains(bytes.count), let plain = plainForm(bytes) else { return nil }
        return plain.withUnsafeBufferPointer {
            let reading = readPlain($0, order: order, years: years)
            if case .problem(.unreadable) = reading { return nil }
            return reading
        }
    }

    /// The same time in the plain form, or nil.
    private static func plainForm(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        compactDate(bytes) ?? dottedClock(bytes) ?? markedHour(bytes)
    }

    /// `20270105`, `20270105T0900`, `20270105T090000Z`, `20270105090000`: a basic form of ISO 8601, as calendars and databases
    /// write it.
    private static func compactDate(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let digits = bytes.prefix(while: \.isDigit).count
        guard digits == 8 || digits == 12 || digits == 14, isYear(bytes) else { return nil }
        var plain = Array(bytes[..<4]) + [dash] + bytes[4..<6] + [dash] + bytes[6..<8]
        if digits == 8, bytes.count == 8 { return plain }
        var rest = bytes[8...]
        if digits == 8 {
            guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "t") || mark == 0x20 else { return nil }
            rest = rest.dropFirst()
            // `20270105 9:00`
            if rest.contains(UInt8(ascii: ":")) { return plain + [UInt8(ascii: "T")] + rest }
        }
        let clock = rest.prefix(while: \.isDigit)
        guard clock.count == 4 || clock.count == 6 else { return nil }
        plain += [UInt8(ascii: "T")] + clock.prefix(2) + [colon] + clock.dropFirst(2).prefix(2)
        if clock.count == 6 { plain += [colon] + clock.suffix(2) }
        return plain + rest.dropFirst(clock.count)
    }

    /// `2027-01-05-09.00.00.000000`, as DB2 writes it.
    private static func dottedClock(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.count >= 19, isYear(bytes), bytes[4] == dash, bytes[7] == dash, bytes[10] == dash,
            bytes[13] == UInt8(ascii: "."), bytes[16] == UInt8(ascii: ".")
        else { return nil }
        var plain = Array(bytes)
        (plain[10], plain[13], plain[16]) = (0x20, colon, colon)
        return plain
    }

    /// `9h30`, `09h`, `9:00 h`, `9:00 hrs`, `9:00 Uhr`, `12:00 noon`, `T09:00`; with a date before them.
    private static func markedHour(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        if bytes[0] | 0x20 == UInt8(ascii: "t"), bytes[1].isDigit { return Array(bytes.dropFirst()) }
        // The last run of letters.
        guard let last = bytes.lastIndex(where: \.isLetter) else { return nil }
        let first = bytes[...last].lastIndex { !$0.isLetter }.map { $0 + 1 } ?? 0
        let word = String(decoding: bytes[first...last], as: UTF8.self).lowercased()
        let before = Array(trim(UnsafeBufferPointer(rebasing: bytes[..<first])))
        let behind = Array(trim(UnsafeBufferPointer(rebasing: bytes[(last + 1)...])))
        guard before.last?.isDigit == true, marks.contains(word) else { return nil }
        let hour = before.reversed().prefix(while: \.isDigit).count
        guard hour <= 2 else { return nil }
        let hasMinutes = before.dropLast(hour).last == colon
        if word == "noon" {
            guard behind.isEmpty, before.suffix(hasMinutes ? 5 : 2) == (hasMinutes ? noon : noon.prefix(2))
            else {
                return nil
            }
        } else if !behind.isEmpty {
            guard !hasMinutes, word.first == "h", behind.count == 2, behind.allSatisfy(\.isDigit) else {
                return nil
            }
            return before + [colon] + behind
        }
        return hasMinutes ? before : before + [colon, zero, zero]
    }

    private static let marks: Set<String> = ["h", "hr", "hrs", "hours", "uhr", "noon"]

    private static let noon = Array("12:00".utf8)[...]

    /// Whether a text begins with a year that a visit may be in.
    private static func isYear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count >= 8 && bytes[0] == UInt8(ascii: "2") && bytes[1] == zero && bytes[2].isDigit
            && bytes[3].isDigit
    }

    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")
    private static let zero = UInt8(ascii: "0")
}
