/// Something to say about one row of an input file.
package struct Finding: Sendable, Hashable {
    /// What it means for the row. The raw values are stable: people script against them.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The row is invalid.
        case error
        /// The row is posted all the same.
        case warning
        /// The row is no visit to book: it is left out, and nothing is wrong with it.
        case skipped
        /// The row was valid, and SecurityTrax refused it, or its time passed before it was posted.
        case refused
    }

    /// The line that the row's record starts on, from 1.
    package var line: Int
    /// The column's name as the file has it, or nil where the whole row is meant.
    package var column: String?
    /// What is wrong.
    package var code: FindingCode
    /// Whether it keeps the row from being posted.
    package var severity: Severity
    /// The offending text: shortened, not escaped.
    package var value: String
    /// The reason, in plain words: one sentence without its full stop, not escaped.
    package var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    package var fix: String
    /// Whose visit the row is about, as far as it says so: `103317`, `phone 5085550107`; else empty. Not escaped.
    package var customer = ""

    /// Makes a warning an error, as `--strict` asks for.
    package mutating func makeStrict() {
        if severity == .warning { severity = .error }
    }

    /// A finding.
    ///
    /// - Parameter severity: Nil for the code's own.
    package init(
        line: Int, column: String?, code: FindingCode, severity: Severity? = nil, value: String = "",
        message: String, fix: String, customer: String = ""
    ) {
        assert(FindingCode.allCases.contains(code), "\(code.rawValue) is not in the list of its kind")
        self.line = line
        self.column = column
        self.code = code
        self.severity = severity ?? code.severity
        self.value = value
        self.message = message
        self.fix = fix
        self.customer = customer
    }
}
