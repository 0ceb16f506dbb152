import CSVReading

/// What lines above rows say of all of them, and what the rows themselves then have to say: nothing of such a line is in
/// them, and they look like any others.
struct SectionHeadings {
    /// Why nothing of the file may be kept.
    private(set) var problem: InputError?
    /// The first heading that names a technician.
    private var firstTechnician: TechnicianHeading?
    /// The technician of the rows that come.
    private var technician: TechnicianHeading?
    /// A name that may be the technician's of the rows that come.
    private var name: TechnicianHeading?
    /// The day of the rows that come.
    private(set) var day: DayHeading?
    /// What was said of the rows that come.
    private var status: StatusHeading?
    /// Whether the record before this one was no row.
    private var isBehindRemark = false
    private var hasTechnician = false
    /// Whether the first rows have none, although there is a column for it.
    private let expectsNames: Bool
    private var hasRow = false
    /// The columns that say of each row whether it is to be made.
    private let statuses: [Int]
    private let hasDefaultSkips: Bool
    private let technicianField: Int
    private let options: ReadingOptions

    /// - Parameters:
    ///   - above: the records above the header, which speak of the whole file.
    ///   - sample: the first records below it.
    init(plan: ColumnPlan, options: ReadingOptions, above: [CSVRecord], sample: [CSVRecord]) {
        let (field, start) = (plan[.techID], max(plan[.start], plan[.window]))
        expectsNames =
            field >= 0
            && !sample.contains { record in
                [field, start].allSatisfy {
                    0..<record.count ~= $0 && !record.withField($0) { trim($0).isEmpty }
                }
            }
        self.options = options
        hasDefaultSkips = options.hasDefaultSkips
        technicianField = plan[.techID]
        statuses = plan.header.indices.filter { position in
            guard !plan.positions.contains(position) else { return false }
            return switch StatusWords.kind(ofColumn: plan.header[position]) {
            case .words, .cancellation, .flag: true
            default: false
            }
        }
        for record in above {
            note(heading: record, line: record.position.line, isAbove: true)
            // A sum or a remark is of the rows that the report has, or leaves out.
            if status?.kind == .perhaps { status = nil }
        }
    }

    /// Whether something was said of the rows that come: each of them has to be noted.
    var isOpen: Bool { technician != nil || status != nil }

    /// Whether each row that comes is asked whether it says the same.
    var asksRows: Bool { name != nil || day != nil }

    /// The line above a row without a technician that may name one.
    mutating func name(above check: RowCheck) -> TechnicianHeading? {
        guard let found = name else { return nil }
        // A heading of a column's values stands in that column too: a property, a customer.
        let key = nameKey(found.text)
        if (0..<check.record.count).contains(where: { nameKey(check.text(at: $0)) == key }) { name = nil }
        return name
    }

    /// Looks at a record that is no row.
    ///
    /// - Parameter isAbove: Whether it stands above the header: what has no label there may be a title.
    mutating func note(heading record: CSVRecord, line: Int, isAbove: Bool = false) {
        defer { isBehindRemark = true }
        // What is said once more by the next line is no heading of rows.
        if status?.kind == .perhaps { status = nil }
        guard let heading = HeadingText(record) else { return }
        if !isAbove { noteUnlabelled(heading, line: line) }
        if let found = technicianHeading(heading, record, line: line, isAbove: isAbove) {
            firstTechnician = firstTechnician ?? found
            technician = found
            name = nil
        } else if hasDefaultSkips, let found = StatusHeading(heading, line: line) {
            switch found.kind {
            case .noVisits: status = found
            case .perhaps: if !isBehindRemark { status = status ?? found }
            case .visits: status = nil
            }
        }
    }

    /// Looks at a line that may be a name or a day without a word of what it is for.
    private mutating func noteUnlabelled(_ heading: HeadingText, line: Int) {
        let text = heading.parts[0]
        if let found = DayHeading(heading, line: line, options: options) {
            day = found
        } else if text.first?.isNumber != true, SummaryWords.beginTotal(text) || !SummaryWords.begin(text) {
            // A day of the week or a number of jobs stands below a name, anything else heads another group.
            name = nil
        }
        // What is asked for by name is meant.
        guard options.columnMap[.techID] == nil,
            let found = PersonHeading.name(in: heading, isLikely: expectsNames && !hasTechnician)
        else { return }
        name = TechnicianHeading(possible: found, line: line)
    }

    private func technicianHeading(
        _ heading: HeadingText, _ record: CSVRecord, line: Int, isAbove: Bool
    ) -> TechnicianHeading? {
        // A title stands in the first column, whichever that is.
        if !isAbove, heading.cells.count == 1, technicianField >= 0, technicianField < record.count,
            record.withField(technicianField, { !trim($0).isEmpty })
        {
            return TechnicianHeading(field: heading.cells[0], line: line, options: options)
        }
        return TechnicianHeading(heading, line: line, options: options)
    }

    /// Looks at a row that is to be booked, or could be if it were corrected.
    mutating func note(row check: RowCheck, technician id: Int64) {
        noteRow(technician: id)
        guard isOpen, problem == nil else { return }
        if let technician, id == 0, technicianField < 0 || NobodyWords.contain(check.value(.techID)) {
            problem = .technicianHeading(technician, row: check.record.position.line)
        } else if let status, statuses.allSatisfy({ check.isEmpty(at: $0) }) {
            problem = .statusHeading(status, row: check.record.position.line)
        }
    }

    /// Looks at a row of which nothing was said above.
    @inline(__always)
    mutating func noteRow(technician id: Int64) {
        isBehindRemark = false
        hasRow = true
        if id > 0 { hasTechnician = true }
    }

    /// Why nothing of the file may be kept, now that all of it was read: where only headings name technicians, they may
    /// stand below the rows too.
    var problemAtEnd: InputError? {
        guard hasRow, !hasTechnician, !options.wantsLookUpsOnly else { return nil }
        return firstTechnician.map { .technicianHeading($0, row: nil) }
    }
}
