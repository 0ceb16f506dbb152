public import SecurityTrax

/// One record of an input file after validation, without a heap object of its own:
/// its texts lie in the `CheckedRows` that hold it.
public struct CheckedRow: Sendable {
    /// The line that the record starts on, from 1.
    public var line: Int
    /// Whether the row may be posted as far as the file alone can tell. Where it
    /// is false, only `line`, `findings` and `written` mean anything.
    public var isValid: Bool
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
    /// For an invalid row: what the file says in the seven columns, in the order
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

    /// An empty chunk.
    public init() {
        rows.reserveCapacity(Self.capacity)
    }

    /// Forgets the rows and keeps the storage.
    public mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
    }

    /// A row's text as a string.
    public func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
