/// The clock changes of one time zone, out of a file of the zone database (TZif, RFC 8536).
///
/// The system's files are read rather than tables of our own, so that a change of a zone's law comes with the system's
/// updates.
struct ZoneFile: Sendable, Hashable {
    /// What a zone's clocks show for some time.
    struct Period: Sendable, Hashable {
        /// Seconds east of UTC.
        var offset: Int
        /// Whether that is daylight saving time.
        var isDaylightTime: Bool
    }

    /// When each period begins, in seconds since 1970 UTC, rising.
    private var starts: [Int]
    /// The period that begins at the start of the same index.
    private var periods: [Period]
    /// What held before the first start.
    private var first: Period
    /// What holds from the last start on.
    private var rule: ZoneFileRule?

    /// The largest file that is read; the database's own have less than 4 KiB.
    static let limit = 1 << 20

    /// Reads a file's content; nil where it is none, or a damaged one.
    init?(_ bytes: [UInt8]) {
        guard var header = Header(bytes, at: 0) else { return nil }
        var width = 4
        if header.version >= 2 {
            // The second part says the same with times of 64 bits.
            guard let second = Header(bytes, at: header.end(timeWidth: 4)) else { return nil }
            (header, width) = (second, 8)
        }
        let end = header.end(timeWidth: width)
        guard end <= bytes.count, header.types > 0, header.leapSeconds == 0 else { return nil }

        let indices = header.start + header.times * width
        let infos = indices + header.times
        let types = (0..<header.types).map { type in
            let at = infos + type * 6
            return Period(offset: Self.number(bytes, at, 4), isDaylightTime: bytes[at + 4] != 0)
        }
        guard types.allSatisfy({ abs($0.offset) <= 26 * 3_600 }) else { return nil }
        starts = (0..<header.times).map { Self.number(bytes, header.start + $0 * width, width) }
        guard zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }),
            (0..<header.times).allSatisfy({ Int(bytes[indices + $0]) < types.count })
        else { return nil }
        periods = (0..<header.times).map { types[Int(bytes[indices + $0])] }
        first = types[0]

        if width == 4 { return }
        // A line of its own behind the second part.
        let footer = bytes[end...]
        guard footer.first == 10, let close = footer.dropFirst().firstIndex(of: 10) else { return nil }
        let text = footer[(end + 1)..<close]
        if text.isEmpty { return }
        guard let rule = ZoneFileRule(text) else { return nil }
        self.rule = rule
    }

    /// A zone whose clocks never change.
    ///
    /// - Parameter offset: seconds east of UTC.
    init(ofOffset offset: Int) {
        (starts, periods) = ([], [])
        first = Period(offset: offset, isDaylightTime: false)
    }

    /// What the clocks show at an instant in seconds since 1970 UTC.
    func period(at seconds: Int) -> Period {
        if let rule, seconds >= starts.last ?? .min { return rule.period(at: seconds) }
        // The last start that is not later.
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : periods[low - 1]
    }

    /// A signed number, highest byte first.
    private static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> Int {
        var value = UInt64(0)
        for byte in bytes[at..<at + width] { value = value << 8 | UInt64(byte) }
        return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }

    /// The head of one of a file's parts.
    private struct Header {
        var version: Int
        /// Where its data begin.
        var start: Int
        var standardMarks: Int
        var universalMarks: Int
        var leapSeconds: Int
        var times: Int
        var types: Int
        var letters: Int

        init?(_ bytes: [UInt8], at offset: Int) {
            guard offset >= 0, bytes.count >= offset + 44, bytes.count <= ZoneFile.limit,
                bytes[offset..<offset + 4].elementsEqual("TZif".utf8)
            else { return nil }
            let version = bytes[offset + 4]
            self.version = version == 0 ? 1 : Int(version) - 48
            start = offset + 44
            // In the order of the file.
            let counts = (0..<6).map { ZoneFile.number(bytes, offset + 20 + $0 * 4, 4) }
            guard counts.allSatisfy({ (0...ZoneFile.limit).contains($0) }) else { return nil }
            (universalMarks, standardMarks, leapSeconds) = (counts[0], counts[1], counts[2])
            (times, types, letters) = (counts[3], counts[4], counts[5])
        }

        /// Where its data end.
        func end(timeWidth width: Int) -> Int {
            start + times * (width + 1) + types * 6 + letters + leapSeconds * (width + 4) + standardMarks
                + universalMarks
        }
    }
}
