import SecurityTrax

// Dates with words in them: `Mon, 5 Jan 2027 9:00 AM`, `January 5th, 2027`, `5-Jan-27`, `Tuesday 1/5/2027 9:00`.
extension TimeText {
    /// Reads a text that the plain forms don't explain; nil where it has no words that belong to a date.
    static func readWords(
        _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeReading? {
        guard bytes.count <= 64, bytes.contains(where: isLetter) else { return nil }
        // `Tue Jan 05 2027 09:00:00 GMT-0700 (Mountain Standard Time)`: the offset says it already.
        var bytes = bytes
        if bytes.last == UInt8(ascii: ")"), let start = bytes.lastIndex(of: UInt8(ascii: "(")), start > 0 {
            bytes = UnsafeBufferPointer(rebasing: bytes[..<start])
            while let last = bytes.last, last == 0x20 {
                bytes = UnsafeBufferPointer(rebasing: bytes.dropLast())
            }
        }
        var scanner = TimeScanner(bytes: bytes)
        let weekday = scanner.takeWeekday()
        if weekday != nil {
            _ = scanner.take(UInt8(ascii: "."))
            scanner.skipDateMarks()
        }
        let start = scanner
        guard let (first, second, third) = scanner.takeNamedDate() else {
            // `Tuesday 1/5/2027 9:00`
            guard weekday != nil, !start.isAtEnd else { return nil }
            let rest = UnsafeBufferPointer(rebasing: bytes[start.index...])
            let reading = readPlain(rest, order: order, years: years)
            // A day of the week is no date.
            if case .time(let text) = reading, !text.hasDate { return nil }
            return checked(reading, weekday)
        }
        var text = TimeText()
        if let problem = text.setDate(first, second, third, hasDots: false, order: .dayFirst, years: years) {
            return .problem(problem)
        }
        if scanner.isAtEnd { return checked(.time(text), weekday) }
        guard scanner.takeWordyDateSeparator() else { return .problem(.unreadable) }
        if let problem = text.readClock(hour: scanner.number(), &scanner, mayHaveDots: true) {
            return .problem(problem)
        }
        return checked(.time(text), weekday)
    }

    /// A weekday that isn't the date's shows that one of the two is wrong.
    private static func checked(_ reading: TimeReading, _ weekday: Int?) -> TimeReading {
        guard case .time(let text) = reading, let weekday, text.hasDate,
            let date = LocalTime(year: text.year, month: text.month, day: text.day, hour: 0, minute: 0)
        else { return reading }
        return LocalTime.weekday(ofDay: date.dayNumber) == weekday ? reading : .problem(.otherWeekday)
    }
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

extension TimeScanner {
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]
    /// `Tue`, `Tues`, `Tuesday`: 0 for Sunday. Where none is there, nothing is taken.
    fileprivate mutating func takeWeekday() -> Int? { takeWord(of: WeekdayWord.english) }

    /// A word that begins one of the names, with three letters at the least.
    private mutating func takeWord(of names: [String]) -> Int? {
        var end = index
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        guard end - index >= 3, end - index <= 9 else { return nil }
        let word = String(decoding: bytes[index..<end], as: UTF8.self).lowercased()
        guard let number = names.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
        index = end
        return number
    }

    /// What stands between the parts of a date: white space, commas, `-`, `.`, `/`.
    fileprivate mutating func skipDateMarks() {
        while index < bytes.count {
            let start = index
            skipSpaces()
            if [",", "-", ".", "/"].contains(where: { take($0) }) { continue }
            if index == start { return }
        }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool { take(UInt8(ascii: mark)) }

    /// `5 Jan 2027`, `Jan 5, 2027`, `2027-Jan-05`: as day, month and year; or year, month and day where the year comes
    /// first.
    fileprivate mutating func takeNamedDate() -> (Number, Number, Number)? {
        let before = index
        if let month = takeMonth() {
            let day = takeDay()
            skipDateMarks()
            let year = takeYear()
            if day.digits > 0, year.digits > 0 { return (day, month, year) }
        } else {
            let first = takeDay()
            if first.digits > 0 {
                skipDateMarks()
                // `5th of January`
                if peek | 0x20 == UInt8(ascii: "o"), bytes.count > index + 2,
                    bytes[index + 1] | 0x20 == UInt8(ascii: "f"), bytes[index + 2] == 0x20
                {
                    index += 3
                }
                if let month = takeMonth() {
                    let second = first.digits == 4 ? takeDay() : takeYear()
                    if second.digits > 0 { return (first, month, second) }
                }
            }
        }
        index = before
        return nil
    }

    private mutating func takeMonth() -> Number? {
        takeWord(of: Self.months).map { month in
            skipDateMarks()
            return Number(value: month + 1, digits: 2)
        }
    }

    /// `5`, `05`, `5th`, or four digits of a year.
    private mutating func takeDay() -> Number {
        let number = number()
        guard [1, 2, 4].contains(number.digits) else { return Number() }
        if number.digits < 4, index + 1 < bytes.count {
            let suffix = String(decoding: bytes[index...(index + 1)], as: UTF8.self).lowercased()
            let isWhole = index + 2 >= bytes.count || !isLetter(bytes[index + 2])
            if isWhole, ["st", "nd", "rd", "th"].contains(suffix) { index += 2 }
        }
        return number
    }

    private mutating func takeYear() -> Number {
        let number = number()
        return [2, 4].contains(number.digits) && peek != UInt8(ascii: ":") ? number : Number()
    }

    /// As `takeDateSeparator`, and `at`, `@`, `-` besides.
    fileprivate mutating func takeWordyDateSeparator() -> Bool {
        if takeDateSeparator(), peek | 0x20 != UInt8(ascii: "a"), peek != UInt8(ascii: "@"),
            peek != UInt8(ascii: "-")
        {
            return true
        }
        if peek | 0x20 == UInt8(ascii: "a"), index + 1 < bytes.count,
            bytes[index + 1] | 0x20 == UInt8(ascii: "t")
        {
            index += 2
        } else if !take("@"), !take("-") {
            return false
        }
        skipSpaces()
        return true
    }
}
