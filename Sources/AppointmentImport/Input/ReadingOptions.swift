public import CSVReading
public import Foundation

/// Everything that says how an input file is read and checked. What isn't set is found out from the file or
/// left at its default.
public struct ReadingOptions: Sendable {
    /// What separates the fields, or nil to find out (`--delimiter`).
    public var delimiter: UInt8?
    /// The file's encoding, or nil to find out (`--encoding`).
    public var encoding: TextEncoding?
    /// Columns by the names that the file gives them (`--map StartTime="Appt start"`). An empty name leaves an
    /// optional column out, whatever the file calls its own: `--map TechID=` where `Technician` holds names.
    public var columnMap: [InputColumn: String] = [:]
    /// The columns of a file without a header row (`--no-header --columns A,B,C`).
    public var columns: [String]?
    /// The column with the sender's own appointment number (`--identity-column`).
    public var identityColumn: String?
    /// The customers' time zone, where a row doesn't name its own (`--time-zone`).
    public var timeZone: ZoneRule?
    /// Which number of `1/2/2014` is the month (`--date-order`).
    public var dateOrder: DateOrder {
        get { givenDateOrder ?? .monthFirst }
        set { givenDateOrder = newValue }
    }
    /// As `dateOrder`, or nil where nobody has said: then the month is taken to come first until the file proves
    /// otherwise.
    public var givenDateOrder: DateOrder?
    /// The longest appointment, in minutes, at least 1 (`--max-window`).
    public var maxWindow = 1440
    /// How far ahead an appointment may start, in days (`--horizon`): two years, leap day included.
    public var horizonDays = 731
    /// Whether appointments may start in the past (`--allow-past`). Decided by the ledger side.
    public var allowPast = false
    /// Whether appointments may start any time ahead: for the sandbox, whose sample must not rot.
    public var allowFarAhead = false
    /// Working hours in minutes since midnight, 0...1440, both ends included (`--hours 07:00-20:00`).
    public var hours: ClosedRange<Int>?
    /// Whether the dealer schedules by slots, where the vendor forbids a technician (`--slot-scheduling`).
    public var slotScheduling = false
    /// The longest note, in characters: Unicode scalars (`--max-notes`).
    public var maxNotes = 2000
    /// What counts as now. Nothing else asks the clock.
    public var now: Date

    /// The defaults.
    public init(now: Date) {
        self.now = now
    }
}

/// Which number of a date with three numbers comes first. A date that begins with four digits is always
/// year, month, day.
public enum DateOrder: String, Sendable, Hashable, CaseIterable {
    /// `1/23/2014`
    case monthFirst = "mdy"
    /// `23/1/2014`
    case dayFirst = "dmy"
    /// `2014/1/23` only.
    case yearFirst = "ymd"
}
