import CSVReading
import SecurityTrax

/// Compares columns that could both be one of ours. Where all of their values agree it does not matter which one
/// is meant; otherwise only a person knows, and nothing of the file may be kept.
struct RivalColumns {
    /// What was seen of one rival.
    private struct Watch {
        let rival: ColumnRival
        /// How many of its values are none, and how many its column can have.
        var filled = 0
        var plausible = 0
        /// The first row in which it says something else.
        var difference: Difference?
    }

    /// Two values of one row.
    private struct Difference {
        var line: Int
        var chosen: String
        var other: String
    }

    private let plan: ColumnPlan
    private let options: ReadingOptions
    private let order: DateOrder
    private let years: ClosedRange<Int>
    private var watches: [Watch]
    private var technicians: [TechnicianNumbers]
    private var zones = ZoneCache()

    init(plan: ColumnPlan, options: ReadingOptions) {
        self.plan = plan
        self.options = options
        order = options.dateOrder
        years = options.years
        watches = plan.rivals.map { Watch(rival: $0) }
        technicians = TechnicianNumbers.watches(plan, options)
    }

    var isEmpty: Bool { watches.isEmpty && technicians.isEmpty }

    /// Compares the values of a record.
    mutating func note(_ record: CSVRecord) {
        for index in technicians.indices { technicians[index].note(record) }
        for index in watches.indices {
            let rival = watches[index].rival
            guard rival.position < record.count, plan[rival.column] < record.count,
                matters(rival.column, in: record)
            else { continue }
            let other = value(rival.column, record, rival.position)
            if other != .none { watches[index].filled += 1 }
            if other.isPlausible { watches[index].plausible += 1 }
            guard watches[index].difference == nil, rival.isAsLikely || other.isPlausible,
                other != value(rival.column, record, plan[rival.column])
            else { continue }
            watches[index].difference = Difference(
                line: record.position.line, chosen: Wording.trimmed(record.string(plan[rival.column])),
                other: Wording.trimmed(record.string(rival.position)))
        }
    }

    /// What is said where it does matter which column is meant, once all records were compared.
    var problem: InputError? {
        for watch in watches {
            guard let difference = watch.difference else { continue }
            // A column of other things may hold a few that look like ours: job numbers from 1 on.
            guard watch.rival.isAsLikely || watch.plausible * 2 >= watch.filled else { continue }
            return .rivalColumns(
                watch.rival.column,
                names: [plan.name(watch.rival.column), plan.name(at: watch.rival.position)],
                values: [difference.chosen, difference.other], line: difference.line)
        }
        for watch in technicians {
            guard let difference = watch.difference else { continue }
            return .rivalColumns(
                .techID, names: [plan.name(.techID), plan.name(at: watch.position)],
                values: [difference.technician, difference.other], line: difference.line)
        }
        return nil
    }

    /// What a field says, so that `007` is `7` and `01/05/2027` is `1/5/2027`.
    private enum Value: Equatable {
        case none
        case number(Int64)
        case minutes(Int)
        case window(start: Int, end: Int)
        case service(ServiceType)
        case time(year: Int, month: Int, day: Int, minuteOfDay: Int, offset: Int?)
        case zone(String)
        case text([UInt8])
        /// A time or a date that can't be read, but is one.
        case badTime([UInt8])

        var isPlausible: Bool {
            switch self {
            case .none, .text: false
            case .number, .minutes, .window, .service, .time, .zone, .badTime: true
            }
        }
    }

    private mutating func value(_ column: InputColumn, _ record: CSVRecord, _ position: Int) -> Value {
        var cache = ZoneCache()
        swap(&cache, &zones)
        defer { swap(&cache, &zones) }
        let (order, years) = (order, years)
        return record.withField(position) { bytes in
            let text = trim(bytes)
            if text.isEmpty { return .none }
            switch column {
            case .customerID:
                let number = positiveWholeNumber(text)
                if number > 0 { return .number(number) }
            case .techID:
                switch options.technician(String(decoding: text, as: UTF8.self)) {
                case .technician(let id): return .number(id)
                case .nobody: return .none
                case .withoutID, .unknown: break
                }
            case .serviceType:
                var ours = options.values.ours(for: String(decoding: text, as: UTF8.self), in: column)
                if let type = ours?.withUTF8({ ServiceType(written: $0) }) ?? ServiceType(written: text) {
                    return .service(type)
                }
            case .serviceDetailType:
                if let ours = options.values.ours(for: String(decoding: text, as: UTF8.self), in: column) {
                    return .text(Array(ours.utf8))
                }
            case .duration, .durationHours, .durationMinutes:
                let unit = VisitDuration.Unit(of: column, named: plan.name(at: position))
                if case .minutes(let minutes) = VisitDuration.read(
                    String(decoding: text, as: UTF8.self), unit: unit)
                {
                    return .minutes(minutes)
                }
            case .window:
                let text = String(decoding: text, as: UTF8.self)
                if let window = TimeWindow(text, order: order, years: years) {
                    return .window(start: Int(window.start.minuteOfDay), end: Int(window.end.minuteOfDay))
                }
            case .timeZone:
                if let zone = cache.rule(text) { return .zone(zone.identifier) }
            case .start, .end, .date, .endDate:
                switch TimeText.read(text, order: order, years: years) {
                case .time(let time):
                    let isDate = column == .date || column == .endDate
                    // `Start` may be the day where `Start Time` is the time.
                    guard isDate ? time.hasDate : time.hasClock else { break }
                    return .time(
                        year: time.year, month: time.month, day: time.day,
                        // Spreadsheets write a date as its midnight.
                        minuteOfDay: isDate ? max(0, time.minuteOfDay) : time.minuteOfDay,
                        offset: time.hasOffset ? time.offset : nil)
                case .problem(let problem):
                    if problem != .unreadable { return .badTime(Array(text)) }
                }
            default: break
            }
            return .text(Array(text))
        }
    }

    /// Whether a row's visit depends on a column: a date only does where a time has none, a window where there is no
    /// start, and a duration where there is no end.
    private func matters(_ column: InputColumn, in record: CSVRecord) -> Bool {
        switch column {
        case .date: lacksDate(.start, record) || lacksDate(.end, record)
        case .endDate: lacksDate(.end, record)
        case .window: isEmpty(.start, record)
        case .duration, .durationHours, .durationMinutes: isEmpty(.end, record)
        default: true
        }
    }

    private func isEmpty(_ column: InputColumn, _ record: CSVRecord) -> Bool {
        guard plan[column] >= 0, plan[column] < record.count else { return true }
        return record.withField(plan[column]) { trim($0).isEmpty }
    }

    private func lacksDate(_ column: InputColumn, _ record: CSVRecord) -> Bool {
        guard plan[column] < record.count else { return false }
        return record.withField(plan[column]) { bytes in
            let text = trim(bytes)
            guard !text.isEmpty else { return false }
            if case .time(let time) = TimeText.read(text, order: order, years: years) { return !time.hasDate }
            return false
        }
    }
}
