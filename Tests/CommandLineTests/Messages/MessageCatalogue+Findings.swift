import AppointmentImport
import SecurityTrax

@testable import AppointmentLedger
@testable import AppointmentRows

extension MessageCatalogue {
    mutating func addFindings() throws {
        title("Rows", "What check and every import say of a row: invalid, suspicious, skipped or refused.")
        for code in FindingCode.allCases {
            heading(code.rawValue)
            for var finding in try Self.findings(code) {
                if Self.hasCustomer(finding) { finding.customer = "103317" }
                lines(FileFinding(file: "monday.csv", finding: finding).lines())
            }
        }
    }

    /// A code was added, and nothing here says it.
    private struct NoValues: Error {
        let code: String
    }

    /// Whether a row of which this is said names its customer.
    private static func hasCustomer(_ finding: Finding) -> Bool {
        switch finding.code {
        case .invalidCustomerID, .customerNotFound, .customerAmbiguous, .repeatedHeader, .noAppointment: false
        case .missingValue: finding.column != InputColumn.customerID.name
        default: true
        }
    }

    private static func place(_ column: String, _ value: String) -> FindingPlace {
        FindingPlace(line: 14, column: column, value: value)
    }

    private static func timePlace(_ value: String) -> FindingPlace { place("StartTime", value) }

    /// What is said under a code, in all the ways that it is said.
    static func findings(_ code: FindingCode) throws -> [Finding] {
        let other = try MessageValue.other()
        let earlier = try MessageValue.other(fromEarlierRun: true)
        let denver = try MessageValue.zone("America/Denver")
        let numbers = try MessageValue.numbers()
        func time(_ day: Int, _ hour: Int) throws -> LocalTime { try MessageValue.time(1, day, hour) }
        switch code {
        case .missingValue:
            let meanings: [InputColumn?] = [
                .customerID, .start, .end, .window, .duration, .serviceType, .date, nil,
            ]
            return meanings.map { .missingValue(place($0?.name ?? "Job #", ""), meaning: $0) }
                + [.missingValue(place("StartTime", "NULL"), meaning: .start)]
                + ["2-Jan", "123456789012345000", "1.23E+17"].map { .lostSenderNumber(place("Job #", $0)) }
        case .invalidCustomerID:
            return [
                "Smith", "0", "-7", "#103317", "'103317", "103,317", "104.5", "10331x",
                "99999999999999999999", "1.03E+05", "#####", "#N/A",
            ].map { .invalidNumber(place("Customer ID", $0), code: code) }
        case .invalidTechID:
            return ["Ana Ruiz", "0", "23x", "23 24"].map { .invalidNumber(place("Tech", $0), code: code) }
        case .customerNotFound:
            let customer = place("Customer ID", "103317")
            let phone = place("Phone", "508-555-0107")
            return [
                .customerNotFound(customer, 103_317, reason: "Customer not found"),
                .customerNotFound(
                    place("Phone", "508-555-0107"), 9001, foundBy: "phone 5085550107",
                    reason: "Customer not found"),
                .customerUnclear(customer, 103_317, reason: "the answer is empty"),
                .noNumber(place("Phone", "call me"), isPhone: true),
                .noNumber(place("Account", "-"), isPhone: false),
                .numbersNotFound(phone, numbers, reason: ""),
                .numberUnclear(phone, numbers[0], reason: "the answer is empty"),
            ]
        case .customerAmbiguous:
            return [
                .customerAmbiguous(place("Phone", "508-555-0107"), numbers[0], [9001, 9002]),
                .customerAmbiguous(place("Phone", "508-555-0107"), (numbers[0], 9001), (numbers[1], 9002)),
            ]
        case .customerMismatch:
            return [
                .customerMismatch(
                    place("Customer ID", "103317"), customer: 103_317,
                    differences: ["the file has the name Ana Ruiz, SecurityTrax Bob Hill"])
            ]
        case .invalidServiceType:
            return ["Instal", "Alarm check", "7"].map { .invalidServiceType(place("Service", $0)) }
        case .invalidTime: return invalidTimes
        case .noSuchDate:
            return [
                unreadable("2/30/2027 9:00", .noSuchDate), unreadable("23/1/2027 9:00", .dayFirst),
                unreadable("Monday 1/12/2027 9:00", .otherWeekday),
                .unreadableTime(
                    timePlace("1/23/2027 9:00"), problem: .noSuchDate, isDateOnly: false, order: .dayFirst),
            ]
        case .noSuchLocalTime:
            return [
                .noSuchLocalTime(
                    timePlace("3/14/2027 2:30"), zone: denver,
                    local: Int(try MessageValue.time(3, 14, 2, 30).minutes))
            ]
        case .ambiguousLocalTime:
            return [
                .ambiguousLocalTime(
                    timePlace("2027-11-07T07:30Z"), zone: denver,
                    local: try MessageValue.time(11, 7, 1, 30))
            ]
        case .timeZoneNotAllowed:
            return [
                .timeZoneNotAllowed(timePlace("2027-01-11T16:00Z")),
                unreadable("1/11/2027 9:00 MST", .zoneName),
            ]
        case .endNotAfterStart:
            let end = place("EndTime", "1/11/2027 1:00")
            return [
                .endNotAfterStart(end, start: try time(11, 9), end: try time(11, 9), endDateColumn: nil),
                .endNotAfterStart(end, start: try time(11, 9), end: try time(11, 1), endDateColumn: nil),
                .endNotAfterStart(
                    end, start: try time(11, 22), end: try time(11, 1), endDateColumn: "EndDate"),
                .noDuration(place("Duration", "0")),
            ]
        case .windowTooLong:
            return [1_500, 10_080].map {
                .windowTooLong(place("EndTime", "1/12/2027 10:00"), length: $0, limit: 1_440)
            } + [.windowTooLong(place("Duration", "3600"), length: 3_600, limit: 1_440, isDuration: true)]
        case .inThePast:
            let lastYear = try MessageValue.time(1, 11, 9, year: 2026)
            return [
                .inThePast(line: 14, start: lastYear), .inThePast(line: 14, start: lastYear, knowsZone: true),
                .inThePast(line: 14, start: lastYear, isLongAgo: true),
            ]
        case .tooFarAhead:
            let far = try MessageValue.time(1, 11, 9, year: 2072)
            return [
                .tooFarAhead(timePlace("1/11/2072 9:00"), start: far, days: 731, ahead: 800),
                .tooFarAhead(timePlace("1/11/2072 9:00"), start: far, days: 90, ahead: 10_000),
                .outOfRange(timePlace("1/11/20272 9:00")),
            ]
        case .outsideHours:
            return [
                .outsideHours(
                    timePlace("1/11/2027 3:00"), isStart: true, time: try time(11, 3), hours: 420...1_200)
            ]
        case .techWithSlotScheduling: return [.techWithSlotScheduling(place("Tech", "23"))]
        case .techOverlap: return [.techOverlap(line: 14, techID: 23, other: other)]
        case .notesTooLong: return [.notesTooLong(place("Notes", "…"), length: 2_400, limit: 2_000)]
        case .unprintableCharacter:
            return [0, 7].map {
                .unprintable(
                    place("Notes", "…"), character: ForbiddenCharacter(scalar: $0, number: 5))
            }
        case .unknownTech:
            return [
                .unknownTech(place("Tech", "Ana Ruis"), nearest: ["Ana Ruiz"]),
                .unknownTech(place("Tech", "Zed"), nearest: []),
                .techWithoutID(place("Tech", "Ana Ruiz")),
            ]
        case .techNotInRoster: return [.techNotInRoster(place("Tech", "101"))]
        case .severalTechs:
            return [.severalTechs(place("Tech", "23 / 24"))]
                + ["Tech", nil].map { .replacedTechnician(place("New Tech", "24"), column: $0) }
        case .allDay:
            return [
                .allDay(place("EndTime", "1/12/2027 0:00")), .allDay(place("All Day", "Yes"), isSaid: true),
                .allDayInsteadOfTime(timePlace("All day")), .allDayUnclear(place("All Day", "Hours")),
            ]
        case .raggedRow:
            let comma = UInt8(ascii: ",")
            return [
                .raggedRow(
                    line: 14, count: 6, expected: 5, hasHeader: true, delimiter: comma, extra: "ring twice"),
                .raggedRow(
                    line: 14, count: 1, expected: 5, hasHeader: false, delimiter: comma, extra: nil),
                .raggedRow(
                    line: 14, count: 1, expected: 5, hasHeader: true, delimiter: comma, otherDelimiter: ";",
                    extra: nil),
            ]
        case .badQuoting:
            return [
                .badQuoting(place("Notes", "…"), lines: 40, rows: 38),
                .badQuoting(place("Notes", "…"), lines: 3, rows: 1),
                .badQuoting(place("Notes", "…"), lines: 2, rows: 0),
                .strayQuote(place("Notes", "12\" pipe"), hasBackslash: false),
                .strayQuote(place("Notes", "12\\\" pipe"), hasBackslash: true),
            ]
        case .conflictingDuplicate:
            return [.conflictingDuplicate(line: 14, other: other, differing: [.serviceDetailType, .notes])]
        case .alreadyBookedDifferently:
            return [
                .alreadyBookedDifferently(line: 14, other: other, state: "pending"),
                .alreadyBookedDifferently(line: 14, other: earlier, state: "created"),
                .alreadyBookedDifferently(line: 14, other: earlier, state: "in doubt"),
                .alreadyBookedDifferently(line: 14, other: earlier, state: "created", senderNumber: "J-1007"),
                .alreadyBookedDifferently(line: 14, other: earlier, state: "held", senderNumber: "J-1007"),
                .foundOtherwise(
                    line: 14, number: "phone 5085550107", customer: 9002, other: earlier, state: "created"),
                .alreadyBookedDifferently(line: 14, other: other, state: "said", senderNumber: "J-1007"),
            ]
        case .nightHours:
            return [
                .nightHours(
                    timePlace("1/11/2027 1:00"), isStart: true, time: try time(11, 1), isConverted: false),
                .nightHours(
                    timePlace("1/11/2027 22:00"), isStart: true, time: try time(11, 22), isConverted: false),
                .nightHours(
                    timePlace("2027-01-11T08:00Z"), isStart: false, time: try time(11, 1), isConverted: true),
                .noonAsMidnight(timePlace("1/11/2027 12:30 AM"), time: try time(11, 0)),
            ]
        case .shortVisit:
            return [
                .shortVisit(
                    place("Duration (min)", "2"), start: try time(11, 9), minutes: 2, isDuration: true),
                .shortVisit(
                    place("EndTime", "1/11/2027 9:01"), start: try time(11, 9), minutes: 1, isDuration: false),
            ]
        case .customerIsTech:
            return [.customerIsTech(place("TechID", "14"), column: "Customer ID")]
        case .halfOfDayUnsaid: return [.halfOfDayLacking(timePlace("1/11/2027 2:00"), minute: 120)]
        case .incompleteFile: return [.incompleteFile(line: 14, text: "Showing 50 of 150 records")]
        case .longVisit:
            let end = place("EndTime", "1/12/2027 9:00")
            return [
                .longVisit(end, start: try time(11, 9), end: try time(12, 9)),
                .longVisit(
                    place("EndTime", "1/11/2027 23:00"), start: try time(11, 1), end: try time(11, 23)),
            ]
        case .garbledText:
            let notes = place("Notes", "CafÃ©")
            return [
                .garbledText(notes, GarbledText(written: "Ã©", meant: "é"), encoding: nil),
                .garbledText(notes, GarbledText(written: "Ã©", meant: "é"), encoding: "windows-1252"),
                .garbledText(notes, GarbledText(written: "\u{FFFD}"), encoding: nil),
            ]
        case .timeZoneGuessed:
            return try ["MST", "EST"].map {
                try .timeZoneGuessed(place("TimeZone", $0), zone: MessageValue.zone($0))
            }
        case .changedSinceCreated:
            return [.changedSinceCreated(line: 14, other: earlier, differing: [.notes])]
        case .mixedDateForms:
            return [.mixedDateForms(timePlace("2027-01-11 9:00"), other: "1/4/2027", line: 2)]
        case .sameVisitTwice: return [.sameVisitTwice(line: 14, other: other)]
        case .skippedStatus: return [.skippedStatus(place("Status", "Cancelled"))]
        case .unclearStatus:
            return [
                .unclearStatus(place("Status", "Rescheduled")),
                .contradictedTrace(place("Canceled By", "Bob"), by: ("Status", "Scheduled")),
                .unclearTrace(place("Cancel Date", "1/5/2027")),
                .movedElsewhere(
                    place("New Start", "1/12/2027 9:00"), column: (.start, "Start"), says: try time(11, 9),
                    length: nil, mapped: .start),
                .movedElsewhere(
                    place("New Duration", "90"), column: (.end, "End"), says: try time(11, 10), length: 60,
                    mapped: nil),
                .blankStatus(place("Status", ""), above: "Cancelled"),
            ]
        case .skippedByRule: return [.skippedByRule(place("Region", "South"), option: "--skip Region=South")]
        case .repeatedHeader: return [.repeatedHeader(line: 14)]
        case .noAppointment: return [.noAppointment(line: 14, value: "Total: 12 visits")]
        case .withdrawn:
            return [false, true].map {
                .withdrawn(
                    line: 14, appointment: 31, other: earlier, reason: "withdrawn: cancelled by phone",
                    wasCreated: $0)
            } + [
                .numberWithdrawn(
                    line: 14, number: "J-1007", other: earlier, reason: "withdrawn: cancelled by phone")
            ]
        case .techElsewhere:
            return ["Technician", nil].map { .techElsewhere(place("Assigned To", "Ana Ruiz"), column: $0) }
                + ["Technician", nil].map { .techElsewhere(line: 14, above: (12, "Ana Ruiz"), column: $0) }
                + [
                    .mergedTechnician(
                        place("Technician", ""), above: (12, "23"))
                ]
        case .contradictingTimes:
            return [
                .otherDay(place("Date", "1/12/2027"), timeColumn: "Start", time: try time(11, 9)),
                .otherLength(place("Duration", "90"), length: 60),
                .otherDayAbove(
                    timePlace("1/12/2027 9:00"), line: 12, text: "Monday 1/11/2027", start: try time(12, 9)),
                .otherWeekday(place("Day", "Wednesday"), start: try time(12, 9), isSwapped: false),
                .otherWeekday(place("Day", "Wed"), start: try time(12, 9), isSwapped: true),
                .outsideWindow(place("Arrival Window", "1:00 PM - 3:00 PM"), start: try time(12, 9)),
            ]
        case .cancelledOtherwise:
            return [
                .cancelledOtherwise(line: 14, appointment: 88, state: "created", techID: 7, isWaiting: false),
                .cancelledOtherwise(line: 14, appointment: 88, state: "pending", techID: 0, isWaiting: true),
            ]
        case .contradictingStatus:
            return [
                .contradictingStatus(line: 14, other: 20),
                .contradictingStatus(line: 14, other: 20, number: "J-1007"),
            ]
        case .replacedByLaterFile:
            return [
                .replacedByLaterFile(
                    line: 14,
                    because: "a later file has other values for its number: line 9 of \"tuesday.csv\""),
                .supersededRow(
                    line: 14,
                    because: "a later file has other values for its number: line 9 of \"tuesday.csv\" (run 7)"
                ),
            ]
        case .dayAndMonthSwapped:
            return try [.dayAndMonthSwapped(line: 14, start: time(3, 9), before: time(3, 9))]
        case .refusedByService:
            return ["Tech is not available", "the service answered 403", ""].map {
                Finding(
                    line: 14, column: nil, code: code, severity: .refused,
                    message: RowCode.words(forRefused: code.rawValue, $0),
                    fix: RowCode.fix(forRefused: code.rawValue, $0))
            }
        default: throw NoValues(code: code.rawValue)
        }
    }

    private static func unreadable(_ value: String, _ problem: TimeProblem) -> Finding {
        .unreadableTime(timePlace(value), problem: problem, isDateOnly: false, order: .monthFirst)
    }

    private static var invalidTimes: [Finding] {
        [
            unreadable("soon", .unreadable), unreadable("#####", .unreadable),
            .unreadableTime(
                place("Date", "soon"), problem: .unreadable, isDateOnly: true, order: .monthFirst),
            unreadable("1/11/27 9:00", .twoDigitYear), unreadable("11.01.2027 9:00", .dottedDate),
            unreadable("1/11/2027 9:00", .yearNotFirst), unreadable("1/11/2027 9:00:15", .seconds),
            unreadable("1/11/2027 24:00", .hour24), unreadable("1/11/2027 9:75", .noSuchClock),
            unreadable("1/11/2027 13:00 PM", .noSuchTwelveHourClock), unreadable("12/30/1899", .emptyDate),
            unreadable("46398.375", .serialNumber),
            .unreadableDuration(place("Duration", "2"), .ambiguous),
            .unreadableDuration(place("Duration (minutes)", "10:00"), .ambiguousClock),
            .unreadableDuration(place("Duration", "long"), .unreadable),
            .unknownUnit(place("Duration Type", "Days")),
            .otherUnit(place("Duration", "90 min"), unitColumn: "Duration Type", unit: "Hours"),
            .hoursAndMinutes(place("Minutes", "45"), hoursColumn: "Hours", hours: "1.5"),
            .windowAndStart(place("Window", "8:00 AM - 10:00 AM"), startColumn: "Start"),
            .noWindow(place("Window", "morning")),
            .windowAndEnd(timePlace("8:00 AM - 12:00 PM"), endColumn: "EndTime"),
            .noDate(timePlace("9:00"), order: .monthFirst),
            .noDate(timePlace("12/30/1899 9:00"), hasEmptyDate: true, order: .monthFirst),
            .noClock(timePlace("1/11/2027"), order: .dayFirst),
            .notADate(place("Date", "1/11/2027 9:00"), order: .yearFirst),
            .unknownZone(place("TimeZone", "Denwer"), fix: ZoneRule.fix(for: "Denwer")),
        ]
    }
}
