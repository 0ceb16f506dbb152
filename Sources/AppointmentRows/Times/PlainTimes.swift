import SecurityTrax

/// Reads times in the forms that nearly all files have, straight from their bytes: `1/23/2014 7:30`,
/// `01/23/2014 07:30:00 AM`, `2014-01-23T07:30`. Whatever is written in another way, or has anything wrong with it, is
/// left to `TimeText`, which would say the same of these.
///
/// A file names the same days again and again: a day is worked out once, and found by its bytes from then on.
struct PlainTimes {
    /// A time that was read.
    struct Time {
        /// Without a zone.
        var minutes: Int32
        var dateForm: TimeText.DateForm
        /// Whether the clock time says AM or PM.
        var saysHalfOfDay: Bool
    }

    /// A day that was worked out, by the bytes that name it.
    private struct Day {
        var first: UInt64 = 0
        var last: UInt16 = 0
        var length: UInt8 = 0
        var form = TimeText.DateForm.none
        /// Its midnight.
        var minutes: Int32 = 0
    }

    private let order: DateOrder
    /// By a hash of the bytes: a day takes the place of another one with the same.
    private var days = [Day](repeating: Day(), count: 1 << Self.hashBits)
    private static let hashBits = 8

    init(order: DateOrder) {
        self.order = order
    }

    /// Reads a text; nil where it is left to `TimeText`.
    @inline(__always)
    mutating func time(_ text: UnsafeBufferPointer<UInt8>) -> Time? {
        // From `1/5/2014 7:30` to `2014-01-23 07:30:00 AM`.
        guard text.count >= 13, text.count <= 22, let bytes = text.baseAddress else { return nil }
        let length = bytes[8] == 0x20 ? 8 : bytes[9] == 0x20 ? 9 : 10
        let mark = bytes[length]
        guard mark == 0x20 || mark == UInt8(ascii: "T"), let day = day(bytes, length) else { return nil }
        var clock = Clock(bytes: bytes + (length + 1), count: text.count - length - 1)
        guard let minute = clock.minuteOfDay() else { return nil }
        return Time(
            minutes: day.minutes &+ Int32(truncatingIfNeeded: minute), dateForm: day.form,
            saysHalfOfDay: clock.saysHalfOfDay)
    }

    /// The day that 8 to 10 bytes name.
    @inline(__always)
    private mutating func day(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Day? {
        let first = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
        let last = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: length - 2, as: UInt16.self)
        // Multiplicative hashing (Fibonacci): the upper bits are the good ones.
        let hash = (first ^ UInt64(last) << 40 ^ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15
        let place = Int(truncatingIfNeeded: hash >> UInt64(64 - Self.hashBits))
        let known = days[place]
        if known.first == first, known.last == last, known.length == UInt8(truncatingIfNeeded: length) {
            return known
        }
        guard var day = Self.read(UnsafeBufferPointer(start: bytes, count: length), order) else { return nil }
        (day.first, day.last, day.length) = (first, last, UInt8(truncatingIfNeeded: length))
        days[place] = day
        return day
    }

    @inline(never)
    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ order: DateOrder) -> Day? {
        var scanner = TimeScanner(bytes: bytes)
        let first = scanner.number()
        let isYearFirst = first.digits == 4
        let mark = isYearFirst ? UInt8(ascii: "-") : UInt8(ascii: "/")
        guard isYearFirst || first.digits <= 2, scanner.take(mark) else { return nil }
        let second = scanner.number()
        guard (1...2).contains(second.digits), scanner.take(mark) else { return nil }
        let third = scanner.number()
        guard first.digits > 0, scanner.isAtEnd,
            third.digits == 4 || isYearFirst && (1...2).contains(third.digits)
        else { return nil }
        let (year, month, day): (Int, Int, Int)
        if isYearFirst {
            (year, month, day) = (first.value, second.value, third.value)
        } else {
            switch order {
            case .monthFirst: (year, month, day) = (third.value, first.value, second.value)
            case .dayFirst: (year, month, day) = (third.value, second.value, first.value)
            case .yearFirst: return nil
            }
        }
        // Dates that stand for none lie before it.
        guard year > 1970, third.digits > 0,
            let midnight = LocalTime(year: year, month: month, day: day, hour: 0, minute: 0)
        else { return nil }
        return Day(form: isYearFirst ? .yearFirst : .yearLast, minutes: midnight.minutes)
    }

    /// `7:30`, `07:30:00`, `7:30 AM`, `7:30pm`.
    private struct Clock {
        let bytes: UnsafePointer<UInt8>
        let count: Int
        var saysHalfOfDay = false

        init(bytes: UnsafePointer<UInt8>, count: Int) {
            self.bytes = bytes
            self.count = count
        }

        /// Minutes since midnight, nil where the text is anything else.
        @inline(__always)
        mutating func minuteOfDay() -> Int? {
            guard count >= 4 else { return nil }
            var (hour, index) = (bytes[0] &- 48, 1)
            guard hour < 10 else { return nil }
            if bytes[1] != UInt8(ascii: ":") {
                let digit = bytes[1] &- 48
                guard digit < 10 else { return nil }
                (hour, index) = (hour &* 10 &+ digit, 2)
            }
            guard index &+ 3 <= count, bytes[index] == UInt8(ascii: ":") else { return nil }
            let (tens, ones) = (bytes[index &+ 1] &- 48, bytes[index &+ 2] &- 48)
            guard tens < 6, ones < 10 else { return nil }
            let minute = Int(tens) &* 10 &+ Int(ones)
            index &+= 3
            if index == count { return hour < 24 ? Int(hour) &* 60 &+ minute : nil }
            return ended(from: index, hour: Int(hour), minute: minute)
        }

        private mutating func ended(from start: Int, hour: Int, minute: Int) -> Int? {
            var index = start
            func byte(_ index: Int) -> UInt8 { index < count ? bytes[index] : 0 }
            if byte(index) == UInt8(ascii: ":") {
                guard byte(index + 1) == 48, byte(index + 2) == 48 else { return nil }
                index += 3
                if index == count { return hour < 24 ? hour * 60 + minute : nil }
            }
            if byte(index) == 0x20 { index += 1 }
            let half = byte(index) | 0x20
            guard half == UInt8(ascii: "a") || half == UInt8(ascii: "p"),
                byte(index + 1) | 0x20 == UInt8(ascii: "m"), index + 2 == count, (1...12).contains(hour)
            else { return nil }
            saysHalfOfDay = true
            return (hour % 12 + (half == UInt8(ascii: "p") ? 12 : 0)) * 60 + minute
        }
    }
}
