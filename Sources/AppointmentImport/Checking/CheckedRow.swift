public import SecurityTrax

/// What the file alone says of one of its rows.
public enum CheckResult: Sendable, Hashable {
    /// It may be posted.
    case valid
    /// It has a finding that is an error.
    case invalid
    /// It is no visit to book: one of its findings says why.
    case skipped
}

/// Where a row of a rejects file came from first.
public struct RowOrigin: Sendable, Hashable {
    /// The file that it stood in, as the run that rejected it named it.
    public var file: String
    /// Its line there, from 1.
    public var line: Int
    /// The run that rejected it there; 0 where the rejects file names none.
    public var run: Int
}

/// One record of an input file after validation, without a heap object of its own
/// where it is valid: its texts and its origin lie in the `CheckedRows` that hold it.
public struct CheckedRow: Sendable {
    /// The line that the record starts on, from 1.
    public var line: Int
    /// Whether the row may be posted as far as the file alone can tell. Where it
    /// is not valid, only `line`, `findings` and `written` mean anything.
    public var result: CheckResult
    /// Whether the row may be posted.
    public var isValid: Bool { result == .valid }
    /// Positive.
    public var customerID: Int64
    /// Positive, or 0 where the row names no technician.
    public var techID: Int64
    /// In the customer's time zone.
    public var start: LocalTime
    /// In the customer's time zone.
    public var end: LocalTime
    /// What the technician comes for.
    public var serviceType: ServiceType
    /// When `start` is past wherever the customer may be: minutes since
    /// 1970-01-01 00:00 UTC. Without a known zone that is past in UTC−12, the last place on earth.
    public var pastAfter: Int64
    /// UTF-8 in `CheckedRows.text`.
    public var serviceDetailType: Range<Int>
    /// UTF-8 in `CheckedRows.text`.
    public var notes: Range<Int>
    /// The sender's own appointment number (`--identity-column`), UTF-8 in `CheckedRows.text`; empty without one.
    public var senderNumber: Range<Int>
    /// The row's findings in `CheckedRows.findings`, warnings included.
    public var findings: Range<Int>
    /// Where it came from in `CheckedRows.origins`, for a row of a rejects file; otherwise nil.
    public var origin: Int?
    /// For a row that is not valid: what the file says in the seven columns, in the order
    /// of `AppointmentField`, each shortened to 2,000 characters. Otherwise nil.
    public var written: [String]?
}

/// A run of rows that travels as one value from validation to the ledger. Reused:
/// `removeAll` keeps the storage.
public struct CheckedRows: Sendable {
    /// How many rows one chunk carries at the most.
    public static let capacity = 512

    /// The rows, in the file's order.
    public var rows: [CheckedRow] = []
    /// The rows' texts, UTF-8.
    public var text: [UInt8] = []
    /// The rows' findings, in the rows' order.
    public var findings: [Finding] = []
    /// Where rows of a rejects file came from first, in the rows' order.
    public var origins: [RowOrigin] = []

    /// An empty chunk.
    public init() {
        rows.reserveCapacity(Self.capacity)
    }

    /// Forgets the rows and keeps the storage.
    public mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
    }

    /// A row's text as a string.
    public func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
