import CSVReading
import SecurityTrax

/// Checks rows that have nothing unusual, in one step: nearly all rows of nearly all files. Whatever is written in
/// another way, or would have a finding, is left to the checks one by one, which would say the same of these.
struct PlainRows {
    private let customer: Int
    private let technician: Int
    private let start: Int
    private let end: Int
    private let service: Int
    private let texts: AppointmentTexts<Int>
    private let senderNumber: Int
    /// Columns that are to be empty.
    private let empty: [Int]
    /// Days that are said once more, and where they belong.
    private let days: [(field: Int, time: Int)]
    /// Minutes that are said once more.
    private let lengths: [Int]
    /// Whether a row without a technician is none of these.
    var needsTechnician = false
    /// Whether another column may have a name of the roster.
    private let hasStrangers: Bool
    /// Columns that may name another technician, by names of the roster too.
    private let mentions: [Int]
    private let hasRoster: Bool
    /// Columns at the end that have no name.
    private let unnamed: Range<Int>
    /// How many fields a record has.
    private let widths: ClosedRange<Int>
    private let notesLimit: Int
    /// The column whose texts may say that the visit was called off, or -1.
    private let remarks: Int
    /// In minutes.
    private let windowLimit: Int32
    /// The last start, in minutes without a zone.
    private let horizon: Int
    private let hours: ClosedRange<Int>?
    /// Whether `techIDs` are all TechIDs that nothing is to be said of.
    private let knowsTechIDs: Bool
    private let techIDs: Set<Int64>
    private var times: PlainTimes

    /// - Returns: nil where the file, or what was asked for, takes more than is done here.
    init?(plan: ColumnPlan, options: ReadingOptions, repeated: RepeatedTimes, now: Int) {
        guard plan[.customerID] >= 0, plan[.start] >= 0, plan[.end] >= 0, plan[.start] != plan[.end],
            plan[.serviceType] >= 0, plan.origin == nil, plan.rejection == nil, plan.namedZones.isEmpty,
            options.timeZone == nil,
            options.knownCustomers == nil, options.roster?.hasNumberNames != true, options.values.isEmpty,
            !options.slotScheduling,
            !options.wantsLookUpsOnly
        else { return nil }
        customer = plan[.customerID]
        technician = plan[.techID]
        start = plan[.start]
        end = plan[.end]
        service = plan[.serviceType]
        let texts = AppointmentTexts { plan[InputColumn($0)] }
        self.texts = texts
        senderNumber = plan.identity
        empty =
            [.timeZone, .allDay].map { plan[$0] }.filter { $0 >= 0 } + plan.furtherTechnicians
            + plan.halvesOfDay + plan.mentionedTechnicians.filter { $0.replacement != nil }.map(\.position)
            + plan.moves.map(\.position) + repeated.weekdays
            + (repeated.comparesWindow ? [plan[.window]] : [])
            + (repeated.comparesDuration
                ? [.durationHours, .durationUnit].map { plan[$0] }.filter { $0 >= 0 } : [])
        days =
            (repeated.comparesDate ? [(plan[.date], start)] : [])
            + (repeated.comparesEndDate ? [(plan[.endDate], end)] : [])
        lengths =
            repeated.comparesDuration
            ? [.duration, .durationMinutes].map { plan[$0] }.filter { $0 >= 0 } : []
        mentions = plan.mentionedTechnicians.map(\.position)
        hasRoster = options.roster != nil
        hasStrangers = !plan.strangers.isEmpty
        let used = [customer, technician, start, end, service, senderNumber]
        let needed = (used + AppointmentField.texts.map { texts[$0] })
            .reduce(plan.minimumWidth) { max($0, $1 + 1) }
        guard needed <= plan.width else { return nil }
        widths = needed...plan.width
        unnamed = plan.minimumWidth..<plan.width
        notesLimit = options.maxNotes
        remarks = options.hasDefaultSkips ? plan[.notes] : -1
        windowLimit = Int32(clamping: min(options.maxWindow, RowChecker.longVisit.lowerBound - 1))
        horizon = options.allowFarAhead ? .max : now + options.horizonDays * 1440 + RowChecker.firstClock
        hours = options.hours
        knowsTechIDs = options.knownTechIDs != nil
        techIDs = options.knownTechIDs ?? []
        times = PlainTimes(order: options.dateOrder)
    }

    /// Takes the record in hand, whose quotes can be trusted, where it has nothing unusual.
    ///
    /// - Parameters:
    ///   - startForm: in which way the first start is written; `endForm` likewise.
    ///   - needsHalfOfDay: whether the file's times say AM or PM.
    /// - Returns: false where nothing was done.
    @inline(__always)
    mutating func take(
        _ check: inout RowCheck, startForm: TimeText.DateForm, endForm: TimeText.DateForm,
        needsHalfOfDay: Bool
    ) -> Bool {
        check.record.withFields { fields in
            guard fields.count >= widths.lowerBound, fields.count <= widths.upperBound,
                !fields.hasTextAfterQuote
            else { return false }
            let customerID = positiveNumber(fields[customer])
            guard customerID > 0 else { return false }
            var techID: Int64 = 0
            if technician >= 0, !fields[technician].isEmpty {
                techID = positiveNumber(fields[technician])
                guard techID > 0, techID != customerID else { return false }
                if knowsTechIDs, !techIDs.contains(techID) { return false }
            } else if needsTechnician || hasStrangers {
                return false
            }
            guard let serviceType = ServiceType(written: trim(fields[service])) else { return false }
            guard let start = times.time(fields[start]), let end = times.time(fields[end]),
                start.dateForm == startForm, end.dateForm == endForm, isPlain(start, end),
                !needsHalfOfDay || start.saysHalfOfDay || end.saysHalfOfDay
            else { return false }
            for column in empty where column < fields.count && !fields[column].isEmpty { return false }
            for day in days where day.field < fields.count && !fields[day.field].isEmpty {
                if !Self.begins(fields[day.time], with: fields[day.field]) { return false }
            }
            for column in lengths where column < fields.count && !fields[column].isEmpty {
                if positiveNumber(fields[column]) != Int64(end.minutes &- start.minutes) { return false }
            }
            for column in mentions where column < fields.count && !fields[column].isEmpty {
                // A name of the roster may be another one's, and any name may be that of who goes where nobody else does.
                if hasRoster || techID == 0 || TechnicianText.mayBeSeveral(trim(fields[column])) {
                    return false
                }
            }
            for column in unnamed where column < fields.count && !fields[column].isEmpty { return false }
            let suspects = Self.suspects(fields.content)
            if suspects & Self.mayBeUnusual != 0, Self.isUnusual(fields) { return false }
            if suspects & Self.mayBeGarbled != 0, GarbledText.first(in: fields.content) != nil {
                return false
            }

            let findings = check.chunk.findings.count
            var row = CheckedRow(line: check.record.position.line)
            row.customerID = customerID
            row.techID = techID
            row.serviceType = serviceType
            row.start = LocalTime(minutes: start.minutes)
            row.end = LocalTime(minutes: end.minutes)
            row.expiresAt = Int64(Int(start.minutes) + RowChecker.lastClock)
            row.findings = findings..<findings
            let (notes, number) = (texts.notes, senderNumber)
            if notes >= 0, Finding.mayBeLostText(fields[notes]) { return false }
            let detail = texts.serviceDetailType
            if detail >= 0, Finding.mayBeLostText(fields[detail]) { return false }
            if notes >= 0 {
                let notes = trim(fields[notes])
                if notes.count > notesLimit || NoValueWords.contain(notes) { return false }
            }
            if detail >= 0, NoValueWords.contain(trim(fields[detail])) { return false }
            if remarks >= 0, StatusWords.mayBeRemark(trim(fields[remarks])) { return false }
            if number >= 0 {
                let number = trim(fields[number])
                guard !number.isEmpty, SenderNumber.isCanonical(number) else { return false }
            }
            row.texts = texts.map { $0 >= 0 ? check.chunk.keep(trim(fields[$0])) : 0..<0 }
            if number >= 0 { row.senderNumber = check.chunk.keep(trim(fields[number])) }
            check.chunk.rows.append(row)
            return true
        }
    }

    /// Whether a time has a day that is written in the same way.
    @inline(__always)
    private static func begins(_ time: UnsafeBufferPointer<UInt8>, with day: UnsafeBufferPointer<UInt8>)
        -> Bool
    {
        day.count < time.count && !time[day.count].isDigit && time.starts(with: day)
    }

    /// Whether nothing is to be said of two times.
    @inline(__always)
    private func isPlain(_ start: PlainTimes.Time, _ end: PlainTimes.Time) -> Bool {
        let length = end.minutes &- start.minutes
        if start.saysHalfOfDay != end.saysHalfOfDay, length > RowChecker.halfOfDay { return false }
        guard length > Int32(RowChecker.shortVisit.upperBound), length <= windowLimit,
            Int(start.minutes) <= horizon
        else { return false }
        let startMinute = Int(start.minutes % 1440)
        // A day from midnight to midnight has no times, and midnight may be noon.
        if startMinute < 60 { return false }
        if let hours {
            return hours.contains(startMinute) && hours.contains(startMinute &+ Int(length))
        }
        let endMinute = Int(end.minutes % 1440)
        return (start.saysHalfOfDay || !RowChecker.isNight(startMinute, isStart: true))
            && (end.saysHalfOfDay || !RowChecker.isNight(endMinute, isStart: false))
    }

    /// Set where a byte may be of a character that can't be sent, or is a backslash.
    private static let mayBeUnusual: UInt8 = 1
    /// Set where a byte may be of a garbled text.
    private static let mayBeGarbled: UInt8 = 2

    /// What bytes may have in them: a quick look that is sure where it says no.
    @inline(__always)
    private static func suspects(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var suspects: UInt8 = 0
        // Without a branch, so that it runs on many bytes at once.
        for byte in bytes {
            suspects |=
                (byte < 0x20 ? 1 : 0) | (byte == 0xEF ? 3 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
                | (byte == 0xC3 ? 2 : 0)
        }
        return suspects
    }

    /// Whether one is.
    private static func isUnusual(_ fields: CSVRecord.Fields) -> Bool {
        fields.content.contains(UInt8(ascii: "\\"))
            || (0..<fields.count).contains { ForbiddenCharacter.first(in: fields[$0]) != nil }
    }
}
