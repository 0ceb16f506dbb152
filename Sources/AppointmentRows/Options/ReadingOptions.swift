package import CSVReading
package import SystemFiles
import SecurityTrax

/// Everything that says how an input file is read and checked. What isn't set is found out from the file or
/// left at its default.
package struct ReadingOptions: Sendable {
    /// What separates the fields, or nil to find out (`--delimiter`).
    package var delimiter: UInt8?
    /// The file's encoding, or nil to find out (`--encoding`).
    package var encoding: TextEncoding?
    /// Columns by the names that the file gives them (`--map StartTime="Appt start"`). An empty name leaves an
    /// optional column out, whatever the file calls its own: `--map TechID=` where `Technician` holds names.
    package var columnMap: [InputColumn: String] = [:]
    /// The columns of a file without a header row (`--no-header --columns A,B,C`).
    package var columns: [String]?
    /// The column with the sender's own appointment number (`--identity-column`).
    package var identityColumn: String?
    /// Rows that have one of these values in that column are left out (`--skip`).
    package var skips: [ColumnRule] = []
    /// Rows that have another value in that column are left out (`--only`).
    package var only: [ColumnRule] = []
    /// What the file's own words stand for (`values`, `--values`).
    package var values = ValueMap()
    /// What people said once of the files of a header: the first that fits a file holds for it.
    package var layouts: [Layout] = []
    /// The layout that files are of, whatever their headers; `none` for no layout (`--layout`).
    package var layoutName: String?
    /// Whether rows of cancelled and finished visits are left out (not with `--no-default-skips`).
    package var hasDefaultSkips = true
    /// What the service said of the customers (`--verify-customers`), or nil where it was not asked.
    package var knownCustomers: KnownCustomers?
    /// Whether only rows without an ID are wanted, to find out whom to ask for: the others are passed over.
    package var wantsLookUpsOnly = false
    /// Whether what the file's bytes are known by again is wanted at its end: they are read once more for it.
    package var wantsDigest = false
    /// The technicians by name (`--techs`), or nil where a file must have their numbers.
    package var roster: TechnicianRoster?
    /// The customers' time zone, where a row doesn't name its own (`--time-zone`).
    package var timeZone: ZoneRule?
    /// Which number of `1/2/2014` is the month (`--date-order`).
    package var dateOrder: DateOrder {
        get { givenDateOrder ?? .monthFirst }
        set { givenDateOrder = newValue }
    }
    /// As `dateOrder`, or nil where nobody has said: then the month is taken to come first until the file proves
    /// otherwise.
    package var givenDateOrder: DateOrder?
    /// Whether the order of day and month is said for all files, so that what a layout says goes before it.
    package var dateOrderYields = false
    /// The same of the time zone.
    package var timeZoneYields = false
    /// The longest appointment, in minutes, at least 1 (`--max-window`).
    package var maxWindow = 1440
    /// How far ahead an appointment may start, in days (`--horizon`): two years, leap day included.
    package var horizonDays = 731
    /// Whether appointments may start in the past (`--allow-past`). Decided by the ledger side.
    package var allowPast = false
    /// Whether appointments may start any time ahead: for the sandbox, whose sample must not rot.
    package var allowFarAhead = false
    /// Working hours in minutes since midnight, 0...1440, both ends included (`--hours 07:00-20:00`).
    package var hours: ClosedRange<Int>?
    /// Whether the dealer schedules by slots, where the vendor forbids a technician (`--slot-scheduling`).
    package var slotScheduling = false
    /// Whether a warning makes its row invalid (`--strict`).
    package var isStrict = false
    /// The longest note, in characters: Unicode scalars (`--max-notes`).
    package var maxNotes = 2000
    /// What counts as now. Nothing else asks the clock.
    package var now: Date

    /// The defaults.
    package init(now: Date) {
        self.now = now
    }
}

extension ReadingOptions {
    /// The years that an appointment can be in, for years of two digits: up to the horizon, and since a file may be
    /// imported again when it is done, a year back.
    var years: ClosedRange<Int> {
        let minutes = (now.timeIntervalSince1970 / 60).rounded(.down)
        let days = Double(min(max(horizonDays, 0), 36_525))
        func year(_ minutes: Double) -> Int {
            LocalTime(minutes: Int32(max(-1e9, min(minutes, 2e9)))).components.year
        }
        let first = year(minutes - 366 * 1440)
        return first...max(first, year(minutes + days * 1440))
    }
}
