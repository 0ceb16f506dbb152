public import CSVReading

/// How a file is understood, for people to look at.
public struct FileLayout: Sendable {
    /// One column of the file.
    public struct Column: Sendable, Hashable {
        /// The file's name of it, trimmed; empty where it has none.
        public var header: String
        /// What it means, nil where it is ignored.
        public var meaning: InputColumn?
        /// Whether it holds the sender's own appointment number.
        public var isIdentity: Bool
        /// Whether one of our rejects files has added it.
        public var isFromRejects: Bool
    }

    /// The dialect, as far as it is known after the header.
    public var dialect: Dialect
    /// The encoding.
    public var encoding: TextEncoding
    /// Whether the file begins with a byte order mark.
    public var hasByteOrderMark: Bool
    /// The line of the record that names the columns, nil where `--columns` does.
    public var headerLine: Int?
    /// How many records stand above it: a title, the day of the report.
    public var recordsAboveHeader: Int
    /// The file's columns, in its order.
    public var columns: [Column]

    /// Whether a record names the columns (otherwise `--columns` does).
    public var hasHeader: Bool { headerLine != nil }

    /// Where the header is, if it isn't where its owner may expect it: a sentence without its full stop.
    public var headerRemark: String? {
        guard let headerLine, recordsAboveHeader > 0 else { return nil }
        return
            "the header is in line \(headerLine): reading begins there, and what stands above it is left out"
    }

    /// What its owner may not expect, each one sentence without its full stop, not escaped: lines above the header, columns
    /// that are left alone although they look like ours, columns without a name.
    public var remarks: [String] {
        var remarks = [headerRemark].compactMap { $0 }
        for (index, column) in columns.enumerated() where column.meaning == nil && !column.isIdentity {
            if column.header.isEmpty {
                // Spreadsheets end the header with empty names.
                if columns[index...].contains(where: { !$0.header.isEmpty }) {
                    remarks.append("column \(index + 1) has no name and is ignored")
                }
            } else if let match = ColumnName.match(column.header) {
                let taken = columns.first { $0.meaning == match.column }
                let name = Wording.quoted(column.header)
                remarks.append(
                    taken.map {
                        "the column \(name) is ignored, since \(Wording.quoted($0.header)) is \(match.column.name)"
                    }
                        ?? "the column \(name) is ignored; if it is meant, say --map \(match.column.name)=\(Wording.argument(column.header))"
                )
            }
        }
        return remarks
    }

    /// The file's name of a column, our own where the file doesn't have it.
    public func name(of column: InputColumn) -> String {
        columns.first { $0.meaning == column && !$0.header.isEmpty }?.header ?? column.name
    }
}
