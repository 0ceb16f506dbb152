/// What a person said once of the files of one header: which columns are ours, what their words stand for, and which
/// rows are no visit (`stimport map`).
package struct Layout: Sendable, Hashable {
    /// What stands for no layout where a name is given: no layout is called so.
    package static let noLayout = "none"

    /// What it is called: `housecall`.
    package var name: String
    /// The names of the columns that those files have.
    package var header: [String] {
        didSet { fingerprint = HeaderFingerprint(header) }
    }
    /// What tells the files that it is for: kept, since each record that may be a header is compared with it.
    package private(set) var fingerprint: HeaderFingerprint
    /// Ours by the files' names; an empty name leaves an optional column out.
    package var columns: [InputColumn: String] = [:]
    /// Their words.
    package var values = ValueMap()
    /// Rows that are left out.
    package var skips: [ColumnRule] = []
    /// Which number of a date is the month; nil where nobody has said.
    package var dateOrder: DateOrder?
    /// The customers' time zone; nil where nobody has said.
    package var timeZone: ZoneRule?
    /// The day on which it was set: `2026-11-25`.
    package var day: String
    /// Who set it.
    package var person: String

    /// A layout that says nothing yet.
    package init(name: String, header: [String], day: String, person: String) {
        self.name = name
        self.header = header
        fingerprint = HeaderFingerprint(header)
        self.day = day
        self.person = person
    }

    /// `layout housecall, set 2026-11-25 by ana`.
    package var title: String { "layout \(name), set \(day) by \(person)" }

    /// The columns that something is read from, by their keys: what each means to us.
    var meanings: [String: [InputColumn]] {
        var meanings: [String: [InputColumn]] = [:]
        if let plan = try? ColumnPlan(
            mapping: header, isGiven: true, line: 1, map: columns, identityColumn: nil,
            needs: { _ in false })
        {
            for (position, name) in plan.header.enumerated() {
                for column in InputColumn.allCases where plan.has(column, at: position) {
                    meanings[nameKey(name), default: []].append(column)
                }
            }
        }
        return meanings
    }

    /// Whether a column, by its key, says that a visit is not to be made.
    func isStatus(_ key: String) -> Bool {
        // Hardly any of the columns that may have such a word among others ever has it.
        StatusWords.kind(ofColumn: key).map { $0 != .mention && $0 != .answer } ?? false
            || skips.contains { nameKey($0.column) == key }
    }
}

extension ReadingOptions {
    /// These options with what a layout adds; what was said for this run goes first.
    func applying(_ layout: Layout) -> ReadingOptions {
        var options = self
        options.columnMap.merge(layout.columns) { given, _ in given }
        options.values.addMissing(of: layout.values)
        options.skips += layout.skips
        if options.dateOrderYields || options.givenDateOrder == nil {
            options.givenDateOrder = layout.dateOrder ?? options.givenDateOrder
        }
        if options.timeZoneYields || options.timeZone == nil {
            options.timeZone = layout.timeZone ?? options.timeZone
        }
        return options
    }
}
