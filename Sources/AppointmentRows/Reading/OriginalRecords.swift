package import CSVReading

/// The records of a file as they are, a second time: for whoever copies some of them.
package final class OriginalRecords {
    private let reader: CSVReader
    private let file: InputFile
    private var record = CSVRecord()
    private var isAtEnd = false
    /// Whether `record` was read, but not given out.
    private var isPending = false

    /// The dialect, as far as the records read so far show it.
    package var dialect: Dialect { reader.dialect }

    /// The records after the header (all of them where the file has none).
    init(reader: CSVReader, file: InputFile, headerLine: Int?) throws(InputError) {
        self.reader = reader
        self.file = file
        do {
            try reader.rewind()
            if let headerLine {
                while try reader.next(&record), record.position.line < headerLine {}
            }
        } catch {
            throw InputError(error, name: file.name)
        }
    }

    /// Finds the record that starts on a line.
    ///
    /// - Parameters:
    ///   - line: Later than that of the call before: the file is read once, forwards.
    ///   - fields: The record's fields as the file has them, neither trimmed nor mapped.
    /// - Returns: false where no record after the last one that was found starts on that line.
    package func find(line: Int, fields: inout [String]) throws(InputError) -> Bool {
        while try advance() {
            if record.position.line < line { continue }
            guard record.position.line == line else {
                isPending = true
                return false
            }
            fields = record.strings
            return true
        }
        return false
    }

    /// The next record: its line and its fields as the file has them; nil at the end.
    package func next() throws(InputError) -> (line: Int, fields: [String])? {
        try advance() ? (record.position.line, record.strings) : nil
    }

    private func advance() throws(InputError) -> Bool {
        guard !isAtEnd else { return false }
        if isPending {
            isPending = false
            return true
        }
        do {
            if try reader.next(&record) { return true }
        } catch {
            throw InputError(error, name: file.name)
        }
        isAtEnd = true
        try file.checkUnchanged()
        return false
    }
}
