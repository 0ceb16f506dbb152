package import SecurityTrax

/// What the file alone says of one of its rows.
package enum CheckResult: Sendable, Hashable {
    /// It may be posted.
    case valid
    /// It has a finding that is an error.
    case invalid
    /// It is no visit to book: one of its findings says why.
    case skipped
}

/// Where a row of a rejects file came from first.
package struct RowOrigin: Sendable, Hashable {
    /// The file that it stood in, as the run that rejected it named it.
    package var file: String
    /// Its line there, from 1.
    package var line: Int
    /// The run that rejected it there; 0 where the rejects file names none.
    package var run: Int

    /// A value of its parts.
    package init(file: String, line: Int, run: Int) {
        self.file = file
        self.line = line
        self.run = run
    }
}

/// One record of an input file after validation, without a heap object of its own
/// where it is valid: its texts and its origin lie in the `CheckedRows` that hold it.
package struct CheckedRow: Sendable {
    /// The line that the record starts on, from 1.
    package var line: Int
    /// Whether the row may be posted as far as the file alone can tell. Where it is not valid, only `line`, `findings`,
    /// `written`, the sender's number and what `named` has mean anything.
    package var result: CheckResult
    /// Whether the row may be posted.
    package var isValid: Bool { result == .valid }
    /// What a row that is not valid says all the same of the visit that it is about.
    package var named: VisitParts = []
    /// Whether a row that is skipped says that its visit was called off, and not that it is over.
    package var isCalledOff = false
    /// Positive; below zero where the service is still to be asked who it is.
    package var customerID: Int64
    /// Positive, or 0 where the row names no technician.
    package var techID: Int64
    /// In the customer's time zone.
    package var start: LocalTime
    /// In the customer's time zone.
    package var end: LocalTime
    /// What the technician comes for.
    package var serviceType: ServiceType
    /// When `start` is past wherever the customer may be: minutes since
    /// 1970-01-01 00:00 UTC. Without a known zone that is past in UTC−12, the last place on earth.
    package var expiresAt: Int64
    /// UTF-8 in `CheckedRows.text`.
    package var texts: AppointmentTexts<Range<Int>>
    /// The sender's own appointment number (`--identity-column`), UTF-8 in `CheckedRows.text`; empty without one.
    package var senderNumber: Range<Int>
    /// The row's findings in `CheckedRows.findings`, warnings included.
    package var findings: Range<Int>
    /// Where it came from in `CheckedRows.origins`, for a row of a rejects file; otherwise nil.
    package var origin: Int?
    /// How it names its customer in `CheckedRows.lookUps`, for a row without an ID; otherwise nil.
    package var lookUp: Int?
    /// Whether the service is still to be asked who its customer is.
    package var needsLookUp: Bool { customerID < 0 }
    /// For a row that is not valid: what the file says in the seven columns, in the order
    /// of `AppointmentField`, each shortened to 2,000 characters. Otherwise nil.
    package var written: [String]?
}

/// A run of rows that travels as one value from validation to the ledger. Reused:
/// `removeAll` keeps the storage.
package struct CheckedRows: Sendable {
    /// How many rows one chunk carries at the most.
    package static let capacity = 512

    /// The rows, in the file's order.
    package var rows: [CheckedRow] = []
    /// The rows' texts, UTF-8.
    package var text: [UInt8] = []
    /// The rows' findings, in the rows' order.
    package var findings: [Finding] = []
    /// Where rows of a rejects file came from first, in the rows' order.
    package var origins: [RowOrigin] = []
    /// How rows without an ID name their customers, in the rows' order.
    package var lookUps: [CustomerLookUp] = []

    /// An empty chunk.
    package init() {
        rows.reserveCapacity(Self.capacity)
    }

    /// Forgets the rows and keeps the storage.
    package mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        lookUps.removeAll(keepingCapacity: true)
    }

    /// Adds a text.
    @inline(__always)
    mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let start = text.count
        if !bytes.isEmpty { text.append(contentsOf: bytes) }
        return start..<text.count
    }

    /// A row's text as a string.
    package func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
