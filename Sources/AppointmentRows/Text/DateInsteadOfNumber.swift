/// Finds dates where a sender's number stands: spreadsheets make `2-Jan` of `1-2`, and `1-Mar` of `MAR-1`.
enum DateInsteadOfNumber {
    /// Whether a text is a date and nothing else, perhaps with a time of day behind it. Two numbers (`1-2`, `2026-01`) are
    /// none, nor is what no spreadsheet writes: `MAR-1`, `JAN-02`.
    static func isOne(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (4...40).contains(bytes.count) else { return false }
        var (values, lengths) = (SIMD4<Int>(), SIMD4<Int>())
        var (numbers, parts, month) = (0, 0, -1)
        var isCapital = false
        var separator: UInt8 = 0
        var index = 0
        while index < bytes.count, parts < 3 {
            let start = index
            if bytes[index].isDigit {
                var value = 0
                while index < bytes.count, bytes[index].isDigit, index - start <= 4 {
                    value = value * 10 + Int(bytes[index] - 48)
                    index += 1
                }
                guard index - start <= 4 else { return false }
                values[numbers] = value
                lengths[numbers] = index - start
                numbers += 1
            } else {
                while index < bytes.count, bytes[index].isLetter { index += 1 }
                guard month < 0, index - start >= 3 else { return false }
                let name = UnsafeBufferPointer(rebasing: bytes[start..<index])
                guard isMonth(name) else { return false }
                month = parts
                isCapital = name.allSatisfy { $0 & 0x20 == 0 }
            }
            parts += 1
            if index == bytes.count { break }
            // The time of day behind a date.
            if parts == 3, bytes[index] == UInt8(ascii: "T") || bytes[index] == UInt8(ascii: " ") { break }
            let first = bytes[index]
            guard isSeparator(first), month >= 0 || separator == 0 || separator == first else { return false }
            separator = first
            index += 1
            // `02. Jan`, `Jan 2, 2026`
            if index < bytes.count, bytes[index] == 0x20, first != 0x20 { index += 1 }
        }
        if index < bytes.count {
            guard parts == 3, isClock(bytes[(index + 1)...]) else { return false }
        }
        guard parts == 3 else {
            guard parts == 2, month >= 0, !isCapital else { return false }
            // `2-Jan`, and `Jan-02` for a month of a year.
            return month == 1
                ? lengths[0] <= 2 && isDay(values[0]) : lengths[0] == 2 || isYear(values[0], lengths[0])
        }
        if month >= 0 {
            // `2-Jan-26`, `Jan 2, 2026`, `2026-Jan-02`
            func isPair(_ day: Int, _ year: Int) -> Bool {
                lengths[day] <= 2 && isDay(values[day])
                    && (lengths[year] == 2 || isYear(values[year], lengths[year]))
            }
            return month < 2 && (isPair(0, 1) || isPair(1, 0))
        }
        let isShort = separator == UInt8(ascii: "/") && lengths[2] == 2
        if lengths[2] == 4 && isYear(values[2], 4) || isShort { return isDayOfMonth(0, 1, values, lengths) }
        return isYear(values[0], lengths[0]) && isDayOfMonth(1, 2, values, lengths)
    }

    private static func isDayOfMonth(_ one: Int, _ other: Int, _ values: SIMD4<Int>, _ lengths: SIMD4<Int>)
        -> Bool
    {
        lengths[one] <= 2 && lengths[other] <= 2 && isDay(values[one]) && isDay(values[other])
            && min(values[one], values[other]) <= 12
    }

    private static func isDay(_ value: Int) -> Bool { (1...31).contains(value) }
    private static func isYear(_ value: Int, _ length: Int) -> Bool {
        length == 4 && (1900...2199).contains(value)
    }

    /// `00:00:00`, `8:30 AM`, `00:00:00.000Z`
    private static func isClock(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first, first.isDigit, bytes.contains(UInt8(ascii: ":")) else { return false }
        return bytes.allSatisfy { $0.isDigit || ":. +-APMapmZ".utf8.contains($0) }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: ","):
            true
        default: false
        }
    }

    /// Whether letters are a month's name, whole or short.
    private static func isMonth(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.count <= 10 else { return false }
        let word = String(decoding: name, as: UTF8.self).lowercased()
        return months.contains(word)
    }

    private static let months: Set<String> = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        // What spreadsheets in the languages of the neighbours write.
        let others = [
            "sept", "ene", "abr", "ago", "dic", "mrz", "mai", "okt", "dez", "gen", "mag", "giu", "lug", "set",
            "ott",
            "fev", "out", "janv", "mars", "avr", "juin", "juil", "mrt", "mei",
        ]
        return Set(names + names.map { String($0.prefix(3)) } + others)
    }()
}
