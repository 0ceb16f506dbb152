import CSVReading
import SecurityTrax

/// Reads the rows of a report, one after the other.
struct ReportedRow {
    /// What a row comes to.
    enum Reading {
        /// No visit: a total, a heading, an empty row.
        case nothing
        case unread(ReportedVisits.UnreadRow)
        /// A visit, and its number in the sender's or the portal's own counting; empty without one.
        case visit(ReportedVisit, number: String)
    }

    /// A time that was read, on the clock that the report shows.
    private struct Written {
        var local: LocalTime
        /// Minutes east of UTC, where the text itself says so.
        var offset: Int?
    }

    private let plan: ColumnPlan
    private let options: ReadingOptions
    private let years: ClosedRange<Int>
    private let durationUnits: WrittenDuration.Units
    /// Where it says whether the visit takes place.
    private let statuses: [(position: Int, kind: StatusWords.Kind)]

    init(plan: ColumnPlan, options: ReadingOptions) {
        self.plan = plan
        self.options = options
        years = options.years
        durationUnits = WrittenDuration.Units(plan)
        statuses = plan.header.enumerated().compactMap { position, name in
            guard !plan.isUsed(position), let kind = StatusWords.kind(ofColumn: name),
                !nameKey(name).contains("noshow")
            else { return nil }
            return (position, kind)
        }
    }

    /// Reads a row.
    func read(_ record: CSVRecord) -> Reading {
        let line = record.position.line
        var customerText = text(.customerID, record)
        let customer = customerText.withUTF8 { positiveWholeNumber($0) }
        func unread(_ reason: String) -> Reading {
            .unread(
                ReportedVisits.UnreadRow(
                    line: line, customerID: customer > 0 ? customer : nil, reason: reason))
        }
        if record.firstMisquotedField != nil { return unread("its quotes can't be read in one way") }
        if record.count < plan.minimumWidth
            || (plan.width..<max(plan.width, record.count)).contains(where: { !text(at: $0, record).isEmpty })
        {
            return customer > 0
                ? unread("it has \(record.count) fields, and the header \(plan.width)") : .nothing
        }
        let startText = text(plan[.start] >= 0 ? .start : .window, record)
        guard customer > 0 else {
            // Totals and headings have neither; a row with a start alone may be a visit of somebody.
            guard case .some = try? times(record).get(), !startText.isEmpty else { return .nothing }
            return unread(
                customerText.isEmpty
                    ? "it names no customer" : "\(Wording.quoted(customerText)) is no customer's ID")
        }
        switch times(record) {
        case .failure(let problem): return unread(problem.reason)
        case .success(let times):
            let visit = ReportedVisit(
                line: line, customerID: customer, start: times.start, length: times.length,
                service: service(record), technician: technician(record), calledOff: calledOff(record))
            return .visit(visit, number: plan.identity >= 0 ? text(at: plan.identity, record) : "")
        }
    }

    // MARK: Times

    /// Why a row's times can't be used.
    private struct Problem: Error {
        var reason: String
    }

    private func times(_ record: CSVRecord) -> Result<(start: ReportedTime, length: Int?), Problem> {
        Result { () throws(Problem) in
            let startText = text(.start, record)
            let windowText = text(.window, record)
            var startRead: TimeText?
            var endRead: TimeText?
            if !startText.isEmpty, let time = timeText(startText) {
                startRead = time
            } else {
                let text = startText.isEmpty ? windowText : startText
                guard !text.isEmpty else { throw Problem(reason: "it has no start") }
                guard let window = TimeWindow(text, order: options.dateOrder, years: years) else {
                    throw Problem(reason: "\(Wording.quoted(text)) is no time")
                }
                (startRead, endRead) = (window.start, window.end)
            }
            let endText = text(.end, record)
            if endRead == nil, !endText.isEmpty, plan[.end] != plan[.start] {
                guard let time = timeText(endText) else {
                    throw Problem(reason: "its end \(Wording.quoted(endText)) is no time")
                }
                endRead = time
            }
            let date = try day(.date, record)
            guard let startRead, let start = placed(startRead, date) else {
                throw Problem(
                    reason: "\(Wording.quoted(startText.isEmpty ? windowText : startText)) is no day and time"
                )
            }
            let reported = try reported(start)
            guard let endRead else { return (reported, duration(record)) }
            let endDay = try day(.endDate, record)
            guard var end = placed(endRead, endDay ?? date ?? start.local) else {
                throw Problem(reason: "its end \(Wording.quoted(endText)) is no day and time")
            }
            if end.local <= start.local, !endRead.hasDate, endDay == nil, end.offset == start.offset {
                // A clock time before the start's is the next day's.
                end.local = LocalTime(minutes: end.local.minutes + 1440)
            }
            return (reported, try length(from: start, reported, to: end))
        }
    }

    private func timeText(_ text: String) -> TimeText? {
        TimeText.clock(in: text, order: options.dateOrder, years: years)
    }

    /// The day of a column, at its midnight; nil where the row names none.
    private func day(_ column: InputColumn, _ record: CSVRecord) throws(Problem) -> LocalTime? {
        var text = text(column, record)
        if text.isEmpty { return nil }
        guard
            case .time(let time) = text.withUTF8({
                TimeText.readInColumn($0, order: options.dateOrder, years: years)
            }),
            time.hasDate,
            let day = LocalTime(year: time.year, month: time.month, day: time.day, hour: 0, minute: 0)
        else { throw Problem(reason: "\(Wording.quoted(text)) is no day") }
        return day
    }

    /// A time on its own day, or on another one where it has none.
    private func placed(_ text: TimeText, _ day: LocalTime?) -> Written? {
        var parts = (year: text.year, month: text.month, day: text.day)
        if !text.hasDate {
            guard let day = day?.components else { return nil }
            parts = (day.year, day.month, day.day)
        }
        guard
            let local = LocalTime(
                year: parts.year, month: parts.month, day: parts.day, hour: text.minuteOfDay / 60,
                minute: text.minuteOfDay % 60)
        else { return nil }
        return Written(local: local, offset: text.hasOffset ? text.offset : nil)
    }

    private func reported(_ time: Written) throws(Problem) -> ReportedTime {
        ReportedTime(shown: time.local, instants: try instants(time))
    }

    private func instants(_ time: Written) throws(Problem) -> [Int]? {
        if let offset = time.offset { return [Int(time.local.minutes) - offset] }
        guard let zone = options.timeZone else { return nil }
        let instants = zone.moments(ofLocal: Int(time.local.minutes))
        if instants.isEmpty {
            throw Problem(
                reason: "\(time.local.wire) does not exist in \(zone.identifier): the clocks skip it")
        }
        return instants
    }

    /// How long it is from the start to the end, in minutes.
    private func length(
        from start: Written, _ reported: ReportedTime, to end: Written
    ) throws(Problem) -> Int? {
        let ends = try instants(end)
        guard let starts = reported.instants, let ends else {
            // One of them has an offset, and the other one's zone is unknown.
            guard reported.instants == nil, ends == nil else { return nil }
            return Int(end.local.minutes) - Int(start.local.minutes)
        }
        // In an hour that comes twice, which of the two is meant shows in neither alone.
        guard starts.count == 1, ends.count == 1 else { return nil }
        return ends[0] - starts[0]
    }

    private func duration(_ record: CSVRecord) -> Int? {
        let written = WrittenDuration(durationUnits) { text($0, record) }
        guard !written.isEmpty, case .success(let (length, _)) = written.read(), length > 0 else {
            return nil
        }
        return length
    }

    // MARK: Words

    private func service(_ record: CSVRecord) -> ReportedValue<ServiceType> {
        var text = text(.serviceType, record)
        if text.isEmpty { return .unsaid }
        if let ours = options.values.ours(for: text, in: .serviceType) { text = ours }
        if let type = text.withUTF8({ ServiceType(written: $0) }) { return .value(type) }
        // The portal's own name of a rip-out.
        return nameKey(text) == "removal" ? .value(.ripOut) : .words(text)
    }

    private func technician(_ record: CSVRecord) -> ReportedValue<Int64> {
        let text = text(.techID, record)
        if text.isEmpty { return .unsaid }
        return switch options.technician(text) {
        case .technician(let id): .value(id)
        case .nobody: .nobody
        case .withoutID, .unknown: .words(text)
        }
    }

    private func calledOff(_ record: CSVRecord) -> String? {
        for status in statuses {
            let text = text(at: status.position, record)
            if !text.isEmpty, StatusWords.saysCalledOff(text, status.kind) { return text }
        }
        return nil
    }

    // MARK: Fields

    private func text(_ column: InputColumn, _ record: CSVRecord) -> String {
        text(at: plan[column], record)
    }

    private func text(at position: Int, _ record: CSVRecord) -> String {
        position >= 0 && position < record.count ? Wording.trimmed(record.string(position)) : ""
    }
}
