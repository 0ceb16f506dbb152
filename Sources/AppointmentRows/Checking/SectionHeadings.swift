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
    /// What was said of the rows that come.
    private var status: StatusHeading?
    /// Whether the record before this one was no row.
    private var isBehindRemark = false
    private var hasTechnician = false
    private var hasRow = false
    /// The columns that say of each row whether it is to be made.
    private let statuses: [Int]
    private let hasDefaultSkips: Bool
    private let technicianField: Int
    private let options: ReadingOptions

    /// - Parameter above: the records above the header, which speak of the whole file.
    init(plan: ColumnPlan, options: ReadingOptions, above: [CSVRecord]) {
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
            note(heading: record, line: record.position.line)
            // A sum or a remark is of the rows that the report has, or leaves out.
            if status?.kind == .perhaps { status = nil }
        }
    }

    /// Whether something was said of the rows that come: each of them has to be noted.
    var isOpen: Bool { technician != nil || status != nil }

    /// Looks at a record that is no row.
    mutating func note(heading record: CSVRecord, line: Int) {
        defer { isBehindRemark = true }
        // What is said once more by the next line is no heading of rows.
        if status?.kind == .perhaps { status = nil }
        guard let heading = HeadingText(record) else { return }
        if let found = technicianHeading(heading, record, line: line) {
            firstTechnician = firstTechnician ?? found
            technician = found
        } else if hasDefaultSkips, let found = StatusHeading(heading, line: line) {
            switch found.kind {
            case .noVisits: status = found
            case .perhaps: if !isBehindRemark { status = status ?? found }
            case .visits: status = nil
            }
        }
    }

    private func technicianHeading(_ heading: HeadingText, _ record: CSVRecord, line: Int)
        -> TechnicianHeading?
    {
        if heading.cells.count == 1, technicianField >= 0, technicianField < record.count,
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
