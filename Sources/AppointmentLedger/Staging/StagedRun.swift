package import AppointmentRows
import SecurityTrax

/// What staging asks of a run's settings.
package struct StagingRules: Sendable {
    /// The moment that "past" is measured from: minutes since 1970-01-01 00:00 UTC.
    var now: Int64
    /// `--allow-past`.
    var allowsPast = false
    /// `--strict`: what would be a warning makes its row invalid.
    var isStrict = false
    /// `--allow-rebooking`.
    var allowsRebooking = false
    /// `--check-overlaps`.
    var checksOverlaps = false
    /// `--max-invalid`: a file that has more invalid rows is set aside.
    var maxInvalid: InvalidLimit?
    /// `--max-window` in minutes: how far around a row its possible other bookings lie.
    var maxWindow = 1440
    /// For a run that keeps no appointment, whatever becomes of it: how many of them are held in memory, instead of in
    /// the ledger. Not with a preview or `checksOverlaps`, nor for rows with a sender's number.
    var rowsInMemory = 0
    /// `--complete-export`: the files hold the whole schedule, so that what they lack is gone.
    var isCompleteExport = false
    /// Why the files lack a part of the schedule, whatever they are said to hold; nil where they don't.
    var lacksRows: String?
    /// What was said of how the files are read (`ReadingOptions.said`).
    var said: [String: String] = [:]
    /// `--hold-if`: what holds the run before its first post.
    var holds: [HoldCondition] = []
    /// Whether rows are loaded in bulk.
    var loading = BulkLoad.Use.whereItPays
    /// Whether a row is first looked for where the order of an earlier file lets it be expected.
    var followsOrder = true
    /// How many first rows of known appointments are held in memory.
    var seenInMemory = SeenRows.limit
    /// Whether a row that there is nothing to say of is kept without a look at what else might become of it.
    var shortensKnown = true

    /// The rules as the settings have them.
    package init(
        now: Int64, allowsPast: Bool = false, isStrict: Bool = false, allowsRebooking: Bool = false,
        checksOverlaps: Bool = false, maxInvalid: InvalidLimit? = nil, maxWindow: Int = 1440,
        rowsInMemory: Int = 0, isCompleteExport: Bool = false, lacksRows: String? = nil,
        said: [String: String] = [:], holds: [HoldCondition] = []
    ) {
        self.now = now
        self.allowsPast = allowsPast
        self.isStrict = isStrict
        self.allowsRebooking = allowsRebooking
        self.checksOverlaps = checksOverlaps
        self.maxInvalid = maxInvalid
        self.maxWindow = maxWindow
        self.rowsInMemory = rowsInMemory
        self.isCompleteExport = isCompleteExport
        self.lacksRows = lacksRows
        self.said = said
        self.holds = holds
    }
}

/// What is to become of a run's rows once all of them are known.
package enum StagingDecision: Sendable, Hashable {
    /// They are posted.
    case post
    /// Nothing was to be posted: the ledger keeps the run and its findings, no appointment. What would hold the run
    /// is found out all the same.
    case abandon
    /// Nothing is posted because of the rows; kept as with `abandon`.
    case stop
}

/// A finding and the file that it is about.
package struct FileFinding: Sendable, Hashable {
    /// The file as the user named it.
    package var file: String
    /// The finding.
    package var finding: Finding
    /// Whether an earlier run told the same of the same visit.
    package var isKnown = false

    /// How many findings a summary lists at the most.
    package static let listed = 1_000

    /// A finding about a file.
    package init(file: String, finding: Finding, isKnown: Bool = false) {
        self.file = file
        self.finding = finding
        self.isKnown = isKnown
    }
}

/// What staging made of one file.
package struct StagedFile: Sendable {
    /// The file's row in the ledger.
    package var id: Int
    /// As the user named it.
    package var name: String
    /// Its rows. Those that the run will post are `pending`.
    package var counts = RowCounts()
    /// Why nothing of it was staged: it can't be read as appointments, or too many of its rows are invalid.
    package var error: InputError?
    /// What tells the file from other nights'.
    var facts = FileFacts()
    /// The newest start of its valid rows.
    var newestStart: LocalTime?
    /// What is odd about it as a whole.
    package var remarks: [FileRemark] = []
    /// How many of its rows wait for a person's word on an earlier run.
    var heldRows = 0

    /// A file of which nothing is staged yet.
    package init(id: Int, name: String) {
        self.id = id
        self.name = name
    }
}

/// What staging made of a run's files.
package struct StagedRun: Sendable {
    /// How many findings are kept for the summary.
    package static let listedFindings = FileFinding.listed

    /// The files, in the order given.
    package var files: [StagedFile] = []
    /// The first findings, at most `listedFindings`.
    package var findings: [FileFinding] = []
    /// All findings.
    package var findingsTotal = 0
    /// Valid rows whose customer the service is still to be asked for: such a run can't be posted.
    package var lookUpsNeeded = 0
    /// Whether it was decided to post nothing.
    package var isAbandoned = false
    /// Whether that was decided because of the rows.
    package var isStopped = false
    /// Why the run is held before its first post, or would be if it were to post; nil where it is not.
    package var hold: String?
    /// How many of the rows wait for a person's word on a held run, by that run.
    package var heldRows: [Int: Int] = [:]
    /// What is to be done by hand.
    package var toDos = ToDoChanges()
    /// How many findings are known from an earlier run.
    package var findingsKnown = 0
    /// How many are told for the first time; of rows that are left out, none counts.
    package var findingsNew = 0

    /// Nothing is staged yet.
    package init() {}

    /// Whether a row is invalid, or a file was not staged.
    package var hasRejected: Bool { totals[.invalid] > 0 || files.contains { $0.error != nil } }

    /// The rows of all files.
    package var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }
}
