/// Steps through the bytes of a time.
struct TimeScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// A run of digits; `digits` is 0 where there is none. The value of more than nine digits is not exact.
    struct Number {
        var value = 0
        var digits = 0
    }

    var isAtEnd: Bool { index == bytes.count }

    /// The next byte, 0 at the end (a NUL is found before a time is read).
    var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// Whether a byte stands in what was not read yet.
    func restHolds(_ byte: UInt8) -> Bool { bytes[index...].contains(byte) }

    mutating func number() -> Number {
        var number = Number()
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { break }
            if number.digits < 9 {
                number.value = number.value &* 10 &+ Int(digit)
            } else if digit != 0 {
                number.value |= 1
            }
            number.digits += 1
            index += 1
        }
        return number
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// Skips white space, no-break spaces included: newer systems put one before AM and PM.
    mutating func skipSpaces() {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x20 || byte == 9 || byte == 10 || byte == 13 {
                index += 1
            } else {
                guard byte >= 0xC2 else { return }
                let length = spaceLength(bytes, at: index, before: bytes.count)
                guard length > 0 else { return }
                index += length
            }
        }
    }

    /// What stands between a date and a clock time: white space, `T`, or a comma and white space.
    mutating func takeDateSeparator() -> Bool {
        if peek | 0x20 == UInt8(ascii: "t") {
            index += 1
            return true
        }
        _ = take(UInt8(ascii: ","))
        let start = index
        skipSpaces()
        return index > start
    }

    /// `AM`, `am`, `a.m.`, `A`, `pm` …: 1 for the first half of the day, 2 for the second, 0 where neither is there.
    mutating func takeHalfOfDay() -> Int {
        let letter = peek | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return 0 }
        let start = index
        index += 1
        _ = take(UInt8(ascii: "."))
        if peek | 0x20 == UInt8(ascii: "m") {
            index += 1
            _ = take(UInt8(ascii: "."))
        }
        // `AKST` and `PST` are not halves of a day.
        if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(peek | 0x20) {
            index = start
            return 0
        }
        return letter == UInt8(ascii: "a") ? 1 : 2
    }

    /// What stands after a clock time.
    enum Offset {
        case none
        /// Minutes east of UTC.
        case minutes(Int)
        /// The name of a zone, such as `MST`.
        case name
    }

    /// `Z`, `UTC`, `GMT`, `+02:00`, `-0700`, `+02`, or a zone's name; nothing may follow.
    mutating func takeOffset() -> Offset {
        // `GMT-0700`
        if bytes.count > index + 3,
            bytes[index + 3] == UInt8(ascii: "+") || bytes[index + 3] == UInt8(ascii: "-"),
            ["GMT", "UTC"].contains(String(decoding: bytes[index..<(index + 3)], as: UTF8.self))
        {
            index += 3
        }
        let sign = peek
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            index += 1
            let first = number()
            var (hours, minutes) = (first.value, 0)
            switch first.digits {
            case 4: (hours, minutes) = (first.value / 100, first.value % 100)
            case 2:
                if take(UInt8(ascii: ":")) {
                    let second = number()
                    guard second.digits == 2 else { return .none }
                    minutes = second.value
                }
            default: return .none
            }
            guard isAtEnd, hours <= 18, minutes < 60 else { return .none }
            return .minutes((sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes))
        }
        let letters = UnsafeBufferPointer(rebasing: bytes[index...])
        guard letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }) else {
            return .none
        }
        let name = String(decoding: letters, as: UTF8.self).uppercased()
        index = bytes.count
        if name == "Z" || name == "UTC" || name == "GMT" { return .minutes(0) }
        return ZoneRule.isAbbreviation(name) ? .name : .none
    }
}
