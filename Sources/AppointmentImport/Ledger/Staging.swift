/// What staging asks of a run's settings.
struct StagingRules: Sendable {
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
    var maxInvalid: ImportSettings.InvalidLimit?
    /// `--max-window` in minutes: how far around a row its possible other bookings lie.
    var maxWindow = 1440
}

/// What is to become of a run's rows once all of them are known.
enum StagingDecision: Sendable, Hashable {
    /// They are posted.
    case post
    /// Nothing was to be posted: the ledger keeps the run and its findings, no appointment.
    case abandon
    /// Nothing is posted because of the rows; kept as with `abandon`.
    case stop
}

/// A finding and the file that it is about.
public struct FileFinding: Sendable, Hashable {
    /// The file as the user named it.
    public var file: String
    /// The finding.
    public var finding: Finding

    /// A finding about a file.
    public init(file: String, finding: Finding) {
        self.file = file
        self.finding = finding
    }
}

/// What staging made of one file.
struct StagedFile: Sendable {
    /// The file's row in the ledger.
    var id: Int
    /// As the user named it.
    var name: String
    /// Its rows. Those that the run will post are `pending`.
    var counts = RowCounts()
    /// Why nothing of it was staged: it can't be read as appointments, or too many of its rows are invalid.
    var error: InputError?
}

/// What staging made of a run's files.
struct StagedRun: Sendable {
    /// How many findings are kept for the summary.
    static let listedFindings = 1_000

    /// The files, in the order given.
    var files: [StagedFile] = []
    /// The first findings, at most `listedFindings`.
    var findings: [FileFinding] = []
    /// All findings.
    var findingsTotal = 0
    /// Whether it was decided to post nothing.
    var isAbandoned = false
    /// Whether that was decided because of the rows.
    var isStopped = false

    /// Whether a row is invalid, or a file was not staged.
    var hasRejected: Bool { totals[.invalid] > 0 || files.contains { $0.error != nil } }

    /// The rows of all files.
    var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }
}
