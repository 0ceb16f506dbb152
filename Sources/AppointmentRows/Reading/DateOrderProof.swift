import CSVReading
import SecurityTrax

/// What a file's dates prove of the order of their numbers: `13/1/2027` has the day first, `1/13/2027` the month,
/// and `5/1/2027` may have either. One date read the other way round is a visit booked on another day, so the
/// whole file is looked at before anything of it is kept.
struct DateOrderProof {
    /// A date that can be read in one order only.
    struct Example: Hashable {
        var line: Int
        var text: String
    }

    /// The dates of one kind of columns.
    private struct Tally {
        /// One date in two lines, or the only one.
        var dayFirst: [Example] = []
        var dayFirstCount = 0
        var monthFirstCount = 0

        /// Whether the month can't be taken to come first.
        var isAgainstMonthFirst: Bool {
            dayFirstCount > 0
                && (monthFirstCount == 0 || dayFirstCount * 10 > dayFirstCount + monthFirstCount)
        }

        mutating func add(_ order: DateOrder, line: Int, _ text: UnsafeBufferPointer<UInt8>) {
            guard order == .dayFirst else {
                monthFirstCount += 1
                return
            }
            dayFirstCount += 1
            guard dayFirst.count < 2, dayFirst.last?.line != line else { return }
            dayFirst.append(Example(line: line, text: String(decoding: text, as: UTF8.self)))
        }
    }

    /// The columns that times and dates are read from.
    private let isRead: [Bool]
    /// Their positions.
    private let readFields: [Int]
    private var read = Tally()
    /// All other columns. They count where the columns that are read prove nothing: the same program wrote both.
    private var others = Tally()

    /// As in `TimeText.read`.
    private let years: ClosedRange<Int>?

    init(plan: ColumnPlan, years: ClosedRange<Int>?) {
        self.years = years
        var isRead = [Bool](repeating: false, count: plan.width)
        for field in plan.dateFields { isRead[field] = true }
        for rival in plan.rivals where rival.column.holdsDates { isRead[rival.position] = true }
        self.isRead = isRead
        readFields = isRead.indices.filter { isRead[$0] }
    }

    /// Looks at the dates of a record.
    mutating func note(_ record: CSVRecord) {
        if provesNothing {
            for field in 0..<min(record.count, isRead.count) where !isRead[field] {
                Self.note(record, field, isWhole: true, years, in: &others)
            }
        }
        for field in readFields where field < record.count {
            Self.note(record, field, isWhole: false, years, in: &read)
        }
    }

    /// Looks at the dates of a record above the header, which count as those of columns that are not read.
    mutating func note(above record: CSVRecord) {
        for field in 0..<record.count {
            // `Period: 1/1/2027 - 31/1/2027`
            for var word in record.string(field).split(whereSeparator: { " –—()[],;".contains($0) }) {
                word.withUTF8 { bytes in
                    guard let order = Self.order(of: bytes, isWhole: true, years: years) else { return }
                    others.add(order, line: record.position.line, bytes)
                }
            }
        }
    }

    @inline(__always)
    private static func note(
        _ record: CSVRecord, _ field: Int, isWhole: Bool, _ years: ClosedRange<Int>?, in tally: inout Tally
    ) {
        record.withField(field) { bytes in
            guard let order = order(of: bytes, isWhole: isWhole, years: years) else { return }
            tally.add(order, line: record.position.line, trim(bytes))
        }
    }

    /// Whether the columns that are read have proved nothing so far: only then do the others matter.
    private var provesNothing: Bool { read.dayFirstCount == 0 && read.monthFirstCount == 0 }

    /// What is said where the month can't be taken to come first, once all records were looked at.
    var problem: InputError? {
        let tally = provesNothing ? others : read
        guard tally.isAgainstMonthFirst else { return nil }
        return .dayFirst(
            tally.dayFirst, count: tally.dayFirstCount,
            provable: tally.dayFirstCount + tally.monthFirstCount)
    }

    /// The only order that the date in a text can have; nil where it has none, or may have either.
    ///
    /// - Parameter isWhole: Whether the text must be a date, with or without a clock time, and nothing else.
    @inline(__always)
    static func order(
        of bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, years: ClosedRange<Int>? = nil
    ) -> DateOrder? {
        guard let (date, mark) = date(in: bytes, isWhole: isWhole) else { return nil }
        return switch firstLook(at: date, mark: mark, isWhole: isWhole) {
        case .proven(let order): order
        case .either: nil
        case .unclear: closeLook(at: date, mark: mark, isWhole: isWhole, years: years)
        }
    }

    /// As ``order(of:isWhole:years:)``, without the first look.
    static func closeOrder(
        of bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, years: ClosedRange<Int>? = nil
    ) -> DateOrder? {
        date(in: bytes, isWhole: isWhole).flatMap {
            closeLook(at: $0.text, mark: $0.mark, isWhole: isWhole, years: years)
        }
    }

    /// What may be a date, from its first digit on, and what stands behind its first number.
    @inline(__always)
    private static func date(
        in bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool
    ) -> (text: UnsafeBufferPointer<UInt8>, mark: UInt8)? {
        let text = isWhole ? trim(bytes) : bytes
        var start = 0
        while start < text.count, text[start] &- 48 > 9 {
            start += 1
            // `Wednesday, 13/1/2027`
            if isWhole || start > 16 { return nil }
        }
        // Most fields are something else, and their first bytes say so.
        guard start + 6 <= text.count else { return nil }
        let mark = text[start + 1] &- 48 > 9 ? text[start + 1] : text[start + 2]
        guard mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".") else {
            return nil
        }
        return (UnsafeBufferPointer(rebasing: text[start...]), mark)
    }

    /// What a first look says of the order.
    private enum FirstLook {
        case proven(DateOrder)
        /// It may have either.
        case either
        case unclear
    }

    /// The order of a date as nearly all are: two numbers of one or two digits, of which one may be a day of any month
    /// and the other one a month, and a year of four digits from 2000 on.
    @inline(__always)
    private static func firstLook(
        at bytes: UnsafeBufferPointer<UInt8>, mark: UInt8, isWhole: Bool
    ) -> FirstLook {
        guard bytes.count >= 8 else { return .unclear }
        var place = 0
        /// A number of one or two digits and the mark behind it; 99 for anything else.
        func number() -> UInt8 {
            var value = bytes[place] &- 48
            let next = bytes[place &+ 1] &- 48
            guard value <= 9 else { return 99 }
            place &+= 1
            if next <= 9 {
                value = value &* 10 &+ next
                place &+= 1
            }
            guard bytes[place] == mark else { return 99 }
            place &+= 1
            return value
        }
        let first = number()
        let second = number()
        if first <= 12, second <= 12 { return .either }
        guard place &+ 4 <= bytes.count, bytes[place] == UInt8(ascii: "2"),
            bytes[(place &+ 1)..<(place &+ 4)].allSatisfy(\.isDigit)
        else { return .unclear }
        if place &+ 4 < bytes.count {
            let next = bytes[place &+ 4]
            if isWhole || next == mark || next.isDigit { return .unclear }
        }
        return switch (first, second) {
        case (1...12, 13...28): .proven(.monthFirst)
        case (13...28, 1...12): .proven(.dayFirst)
        default: .unclear
        }
    }

    private static func closeLook(
        at bytes: UnsafeBufferPointer<UInt8>, mark: UInt8, isWhole: Bool, years: ClosedRange<Int>?
    ) -> DateOrder? {
        var scanner = TimeScanner(bytes: bytes)
        let first = scanner.number()
        guard (1...2).contains(first.digits), scanner.take(mark) else { return nil }
        let second = scanner.number()
        guard (1...2).contains(second.digits), scanner.take(mark) else { return nil }
        // Two months that are both days too, or neither: half of all dates are done with here.
        if first.value <= 12, second.value <= 12 { return nil }
        let third = scanner.number()
        // A year of two digits that no visit can be in may as well be a day: `14-1-23`.
        let shortYear = third.digits == 2 ? TimeText.year(endingWith: third.value, in: years) : nil
        guard let year = third.digits == 4 ? third.value : shortYear else { return nil }
        let hasMore = !scanner.isAtEnd
        if hasMore, isWhole {
            guard scanner.takeDateSeparator(), scanner.number().digits > 0, scanner.peek == UInt8(ascii: ":")
            else { return nil }
        } else if hasMore, scanner.peek == mark {
            // `1.2.2027.3` is no date.
            return nil
        }
        // `12/30/1899 9:00` is how programs write a clock time without a date.
        if TimeText.isEmptyDate(first, second, third) { return nil }
        let isDayFirst = isDate(year, second.value, first.value)
        let isMonthFirst = isDate(year, first.value, second.value)
        if isDayFirst == isMonthFirst { return nil }
        return isDayFirst ? .dayFirst : .monthFirst
    }

    private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        year >= 1 && (1...12).contains(month) && day >= 1
            && day <= LocalTime.days(inMonth: month, year: year)
    }
}
