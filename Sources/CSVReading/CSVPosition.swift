/// Where a record begins.
public struct CSVPosition: Sendable, Hashable {
    /// The physical line, from 1. CRLF, LF and CR each end one line, inside quoted fields too.
    public var line: Int
    /// The record's number, from 1, the header included. Skipped blank lines have no number.
    public var record: Int

    /// A position; the defaults are the start of a file.
    public init(line: Int = 1, record: Int = 1) {
        self.line = line
        self.record = record
    }
}
