/// Numbers and times as this program writes them itself, straight from bytes: how a service repeats them, if it does.
/// Whatever is written in another way is nil here and read elsewhere.
enum PlainDigits {
    /// A number of one to fifteen digits.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard (1...15).contains(bytes.count) else { return nil }
        var number: Int64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int64(byte &- 0x30)
        }
        return number
    }

    /// `MM/DD/YYYY H:MM`, on a 24-hour clock, the hour of one digit or two.
    static func time(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalTime? {
        guard bytes.count == 15 || bytes.count == 16, bytes[2] == UInt8(ascii: "/"),
            bytes[5] == UInt8(ascii: "/"), bytes[10] == 0x20, bytes[bytes.count - 3] == UInt8(ascii: ":"),
            bytes[6] != 0x30
        else { return nil }
        func part(_ range: Range<Int>) -> Int? {
            number(UnsafeBufferPointer(rebasing: bytes[range])).map { Int($0) }
        }
        guard let month = part(0..<2), let day = part(3..<5), let year = part(6..<10),
            let hour = part(11..<bytes.count - 3), let minute = part(bytes.count - 2..<bytes.count)
        else { return nil }
        return LocalTime(year: year, month: month, day: day, hour: hour, minute: minute)
    }
}
