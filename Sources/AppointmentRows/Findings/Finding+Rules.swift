import SecurityTrax

extension FindingCode {
    static let rules: [FindingCode] = [
        .endNotAfterStart, .windowTooLong, .tooFarAhead, .outsideHours, .techWithSlotScheduling, .raggedRow,
        .badQuoting,
    ]

    package static let endNotAfterStart = FindingCode(
        "end-not-after-start",
        meaning: "The end is not after the start.",
        why: "SecurityTrax would take it, and the visit would have no length.",
        action: "Correct one of the two; is AM or PM missing?")

    package static let windowTooLong = FindingCode(
        "window-too-long", namesValue: false,
        meaning: "The window is longer than --max-window.",
        why:
            "A window of days is nearly always a wrong date in one of the two, or a duration in another unit.",
        action: "Correct the date or the duration, or allow longer windows with --max-window.")

    package static let tooFarAhead = FindingCode(
        "too-far-ahead",
        meaning: "The start is further ahead than --horizon.",
        why: "A year with a typing error would book a visit that nobody ever sees.",
        action: "Correct the year, or raise --horizon.")

    package static let outsideHours = FindingCode(
        "outside-hours",
        meaning: "The start or the end is outside of --hours.",
        why: "You told which hours are yours; 7:00 instead of 19:00 is a usual mistake.",
        action: "Correct the time, or change --hours.")

    package static let techWithSlotScheduling = FindingCode(
        "tech-with-slot-scheduling", namesValue: false,
        meaning: "The row names a technician, and --slot-scheduling is on.",
        why: "The vendor's interface demands an empty technician under slot scheduling.",
        action: "Leave the technician empty, or leave out --slot-scheduling.")

    package static let raggedRow = FindingCode(
        "ragged-row",
        meaning: "The row has more or fewer fields than the header.",
        why: "Its values may stand under the wrong names: a separator within a text is the usual reason.",
        action: "Put texts that hold the separator into quotes, or complete the row.")

    package static let badQuoting = FindingCode(
        "bad-quoting", namesValue: false,
        meaning: "The row's quotes are not where CSV has them.",
        why: "A stray quote hides other rows inside a note, or garbles a text.",
        action: "Remove the stray quote, or double it where it belongs to the text.")

    /// What is found where a row's fields may stand under the wrong names.
    package static let shapeless = [raggedRow, badQuoting]
}

// What is said about values that can be read but not booked, and about records that aren't rows.
extension Finding {
    /// - Parameter crossesMidnight: The column for the end's date, where the end is a mere clock time, so that an
    ///   appointment over midnight looks like one that ends before it starts.
    static func endNotAfterStart(
        _ place: FindingPlace, start: LocalTime, end: LocalTime, endDateColumn: String?
    ) -> Finding {
        var fix = "check both times; the end must be later"
        if let endDateColumn, end < start {
            fix =
                "if it ends on the next day, give that day in a column \(endDateColumn) or with the time itself; "
                + "otherwise correct the times (is PM missing?)"
        } else if end < start, start.minutes - end.minutes <= 720, end.minuteOfDay < 720 {
            fix = "check both times; is PM missing?"
        }
        return Finding(
            place, .endNotAfterStart,
            message: start == end
                ? "the end, \(end.wire), is the same as the start"
                : "the end, \(end.wire), is before the start, \(start.wire)",
            fix: fix)
    }

    /// - Parameter isDuration: Whether the row gives its end by a duration.
    static func windowTooLong(
        _ place: FindingPlace, length: Int, limit: Int, isDuration: Bool = false
    ) -> Finding {
        // Longer ones are slips.
        let isSlip = length > 3 * 1440
        let wrong =
            isDuration ? "the duration, \(Wording.quoted(place.value)) (is its unit right?)" : "the dates"
        return Finding(
            place, .windowTooLong,
            message:
                "the appointment takes \(Wording.duration(length)), and \(Wording.duration(limit)) are allowed",
            fix: isSlip ? "correct \(wrong)" : "check \(wrong), or allow more with --max-window")
    }

    /// - Parameters:
    ///   - days: How far ahead a start may be.
    ///   - ahead: How far ahead it is, in whole days.
    static func tooFarAhead(_ place: FindingPlace, start: LocalTime, days: Int, ahead: Int)
        -> Finding
    {
        Finding(
            place, .tooFarAhead,
            message:
                "the start, \(start.wire), is more than \(days == 731 ? "two years" : "\(days) days") ahead",
            fix: ahead > 5 * 366
                ? "correct the year" : "check the year, or allow more with --horizon")
    }

    static func outsideHours(
        _ place: FindingPlace, isStart: Bool, time: LocalTime, hours: ClosedRange<Int>
    ) -> Finding {
        Finding(
            place, .outsideHours,
            message: "the \(isStart ? "start" : "end"), \(time.wire), is outside of the hours "
                + "\(Wording.clock(hours.lowerBound)) to \(Wording.clock(hours.upperBound))",
            fix: "check the time (AM and PM?), or change --hours")
    }

    static func techWithSlotScheduling(_ place: FindingPlace) -> Finding {
        Finding(
            place, .techWithSlotScheduling,
            message: "with slot scheduling SecurityTrax chooses the technician, and the row names one",
            fix: "leave \(place.column) empty, or leave out --slot-scheduling")
    }

    static func raggedRow(
        line: Int, count: Int, expected: Int, hasHeader: Bool, delimiter: UInt8,
        otherDelimiter: Character? = nil,
        extra: String?
    ) -> Finding {
        let mark = name(ofDelimiter: delimiter)
        if let other = otherDelimiter?.asciiValue {
            return Finding(
                line: line, column: nil, code: .raggedRow,
                message:
                    "the row has a \(name(ofDelimiter: other)) between its fields, and the file a \(mark)",
                fix:
                    "write it as the others are, or split the file where another one begins, and import both parts"
            )
        }
        let fields = "\(count) field\(count == 1 ? "" : "s")"
        let counts = "the row has \(fields), \(hasHeader ? "the header" : "--columns") \(expected)"
        return Finding(
            line: line, column: nil, code: .raggedRow, value: extra.map { Wording.shortened($0) } ?? "",
            message: counts
                + (extra.map {
                    $0.isEmpty
                        ? ", and no other row is so long: a text may be cut in two"
                        : "; the first one too many is \(Wording.quoted($0))"
                } ?? ""),
            fix: count > expected
                ? "put quotes around a text that has a \(mark) in it, or remove the fields too many"
                : "add the missing fields, empty ones included; is a line break in a text without quotes around it?"
        )
    }

    /// A text behind the last column that has a name, where the file's other rows have none: a delimiter may have cut
    /// another text in two.
    static func textBehindNames(line: Int, delimiter: UInt8, text: String) -> Finding {
        Finding(
            line: line, column: nil, code: .raggedRow, value: Wording.shortened(text),
            message:
                "\(Wording.quoted(text)) stands behind the last column that has a name; a text before it may be cut in two",
            fix:
                "put quotes around a text that has a \(name(ofDelimiter: delimiter)) in it, or give that column a name"
        )
    }

    /// - Parameter column: What says so in the rejects file.
    static func stillRejected(line: Int, _ code: FindingCode, column: String) -> Finding {
        Finding(
            line: line, column: nil, code: code,
            message:
                "the row stands as it did when it was rejected, and its values may be under the wrong names",
            fix: "put each value under its name; where all of them are right as they stand, empty \(column)")
    }

    private static func name(ofDelimiter delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: "\t"): "tab"
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case UInt8(ascii: "|"): "|"
        default: "delimiter"
        }
    }

    /// - Parameters:
    ///   - lines: How many lines the field has.
    ///   - rows: How many of them could be whole rows of their own.
    static func badQuoting(_ place: FindingPlace, lines: Int, rows: Int) -> Finding {
        let which =
            switch rows {
            case 0: "the end of one row and the beginning of another"
            case 1: "and one of them looks like a row of its own"
            default: "and \(rows) of them look like rows of their own"
            }
        return Finding(
            place, .badQuoting,
            message:
                "a quote in \(place.column) may swallow whole rows: the field runs over \(lines) lines, "
                + (rows == 0 ? "which look like " : "") + which,
            fix: "remove the stray quote, or double it if it belongs to the text")
    }

    /// Quotes that can be read in several ways: whichever is taken, the text may not be what was meant.
    static func strayQuote(_ place: FindingPlace, hasBackslash: Bool) -> Finding {
        Finding(
            place, .badQuoting,
            message: hasBackslash
                ? "a backslash stands before a quote in \(place.column), and it can't be told where the text ends"
                : "text follows the closing quote of \(place.column), and it can't be told where the text ends",
            fix: "write two quotes (\"\") for each one that belongs to a text within quotes"
                + (hasBackslash ? ", and nothing but the delimiter after a closing quote" : ", or remove it"))
    }
}
