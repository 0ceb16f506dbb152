import CSVReading

/// A file that says something for all files of appointments, beside them: technicians by name, words of the dealer's.
enum ListFile {
    /// Reads it as UTF-8 where that is what it holds, or by its byte order mark, and else in the encoding that was named
    /// for the files of appointments: one spreadsheet program mostly writes all of them.
    static func reader(_ bytes: [UInt8], encoding: TextEncoding?) throws(CSVError) -> CSVReader {
        guard let encoding, !isUnicode(bytes) else { return try CSVReader(bytes: bytes) }
        return try CSVReader(bytes: bytes, options: CSVReader.Options(encoding: encoding))
    }

    private static func isUnicode(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        // UTF-16 without its mark has a NUL in each second byte.
        return String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
    }

    /// What its owner can do about bytes that can't be decoded, or are no CSV.
    static func fix(_ error: CSVError) -> String {
        guard case .invalidText(let text) = error, !text.candidates.isEmpty else { return error.fix }
        let ways = text.candidates.map { "--encoding \($0.encoding.name) if \"\($0.sample)\" is right" }
        return "save the file as CSV UTF-8; or, if the files of appointments are in the same encoding, add "
            + ways.joined(separator: ", ")
    }
}
