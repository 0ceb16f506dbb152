package import CSVReading

/// How a file is understood, for people to look at.
package struct FileLayout: Sendable {
    /// One column of the file.
    package struct Column: Sendable, Hashable {
        /// The file's name of it, trimmed; empty where it has none.
        package var header: String
        /// What it means, nil where it is ignored.
        package var meaning: InputColumn?
        /// Whether it holds the sender's own appointment number.
        package var isIdentity: Bool
        /// Whether one of our rejects files has added it.
        package var isFromRejects: Bool
    }

    /// The dialect, as far as it is known after the header.
    package var dialect: Dialect
    /// The encoding.
    package var encoding: TextEncoding
    /// Whether the file begins with a byte order mark.
    package var hasByteOrderMark: Bool
    /// The line of the record that names the columns, nil where `--columns` does.
    package var headerLine: Int?
    /// How many records stand above it: a title, the day of the report.
    package var recordsAboveHeader: Int
    /// Which layout holds for the file, or why none does, and what is read as the technician by its values: sentences without
    /// their full stops, not escaped.
    var layoutRemarks: [String] = []
    /// The file's columns, in its order.
    package var columns: [Column]

    /// Whether there are columns of phones or account numbers, which may have to be looked up.
    package var hasNumbers: Bool {
        columns.contains { $0.meaning == .customerPhone || $0.meaning == .accountNumber }
    }

    /// Whether a record names the columns (otherwise `--columns` does).
    package var hasHeader: Bool { headerLine != nil }

    /// Where the header is, if it isn't where its owner may expect it: a sentence without its full stop.
    package var headerRemark: String? {
        guard let headerLine, recordsAboveHeader > 0 else { return nil }
        return
            "the header is in line \(headerLine): reading begins there, and what stands above it is left out"
    }

    /// What every run says of the file: the layout that holds for it, and where its header is.
    package var openingRemarks: [String] { layoutRemarks + [headerRemark].compactMap { $0 } }

    /// What its owner may not expect, each one sentence without its full stop, not escaped: lines above the header, columns
    /// that are left alone although they look like ours, columns without a name.
    package var remarks: [String] {
        var remarks = openingRemarks
        for (index, column) in columns.enumerated() where column.meaning == nil && !column.isIdentity {
            if column.header.isEmpty {
                // Spreadsheets end the header with empty names.
                if columns[index...].contains(where: { !$0.header.isEmpty }) {
                    remarks.append("column \(index + 1) has no name and is ignored")
                }
            } else if let match = ColumnName.match(column.header), match.certainty < .faint {
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
    package func name(of column: InputColumn) -> String {
        columns.first { $0.meaning == column && !$0.header.isEmpty }?.header ?? column.name
    }
}
