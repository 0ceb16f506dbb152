/// A CSV text as records by column name. It reads what RFC 4180 describes and
/// shares nothing with the reader under test.
package struct CSVTable: Sendable {
    /// The names of the columns, in order.
    package var header: [String]
    /// The fields of each record, as many as it has.
    package var records: [[String]]

    /// Reads a text whose first record names the columns; a byte order mark before them is none of it.
    package init(_ text: String, delimiter: Unicode.Scalar = ",") {
        var all: [[String]] = []
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var wasQuoted = false
        func endField() {
            fields.append(String(field))
            field = String.UnicodeScalarView()
            wasQuoted = false
        }
        func endRecord() {
            if fields.isEmpty, field.isEmpty, !wasQuoted { return }
            endField()
            all.append(fields)
            fields = []
        }
        let scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if isQuoted {
                if scalar != "\"" {
                    field.append(scalar)
                } else if index < scalars.count, scalars[index] == "\"" {
                    field.append(scalar)
                    index += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch scalar {
            case "\"":
                isQuoted = true
                wasQuoted = true
            case delimiter: endField()
            case "\r": break
            case "\n": endRecord()
            default: field.append(scalar)
            }
        }
        endRecord()
        header = all.first ?? []
        records = Array(all.dropFirst())
    }

    /// How many records there are.
    package var count: Int { records.count }

    /// The field of one record in a column; empty where the record or the file has none.
    package subscript(record: Int, column: String) -> String {
        get {
            guard let index = header.firstIndex(of: column), records.indices.contains(record),
                index < records[record].count
            else { return "" }
            return records[record][index]
        }
        set {
            guard let index = header.firstIndex(of: column) else { return }
            records[record][index] = newValue
        }
    }

    /// The table as a CSV text, every field in quotes.
    package var text: String {
        ([header] + records).map { fields in
            fields.map {
                "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                    + "\""
            }
            .joined(separator: ",") + "\n"
        }.joined()
    }

    /// A column from top to bottom.
    package subscript(column: String) -> [String] {
        records.indices.map { self[$0, column] }
    }

    /// How often each value stands in a column.
    package func counts(of column: String) -> [String: Int] {
        self[column].reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
