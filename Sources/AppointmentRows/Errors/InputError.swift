/// Why an input can't be read as appointments, or what was said of how to read one can't be understood: nothing of it is
/// posted.
package struct InputError: Error, Sendable, Hashable {
    /// The reasons. The raw values are stable: people script against them.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        // What may be different the next time.
        case noSuchFile = "no-such-file"
        case noPermission = "no-permission"
        case notAFile = "not-a-file"
        case cannotRead = "cannot-read"
        case cannotSpool = "cannot-spool"
        case changedWhileReading = "changed-while-reading"
        case interrupted

        // What the file is.
        case notCSV = "not-csv"
        case utf16WithoutMark = "utf-16-without-mark"
        case invalidEncoding = "invalid-encoding"
        case unclosedQuote = "unclosed-quote"
        case recordTooLong = "record-too-long"

        // How it is laid out.
        case noHeader = "no-header"
        case duplicateHeader = "duplicate-header"
        case duplicateColumn = "duplicate-column"
        case missingColumn = "missing-column"
        case columnGone = "column-gone"
        case severalLayouts = "several-layouts"
        case secondTable = "second-table"
        case unknownRuleColumn = "unknown-rule-column"
        case dateOrder = "date-order"
        case readOtherwise = "read-otherwise"

        // It was read, and set aside because of its rows.
        case tooManyInvalid = "max-invalid"

        // What was said of how to read it: wrong usage, found before any file of appointments is opened.
        case invalidOption = "invalid-option"
        case rosterUnreadable = "roster-unreadable"
        case rosterEmpty = "roster-empty"
        case rosterUnclearColumns = "roster-unclear-columns"
        case rosterInvalidID = "roster-invalid-id"
        case rosterNoName = "roster-no-name"
        case rosterAmbiguousName = "roster-ambiguous-name"

        /// Whether it speaks of an option, a roster or a list of words, not of a file of appointments.
        package var isUsage: Bool {
            switch self {
            case .invalidOption, .rosterUnreadable, .rosterEmpty, .rosterUnclearColumns, .rosterInvalidID,
                .rosterNoName, .rosterAmbiguousName:
                true
            case .noSuchFile, .noPermission, .notAFile, .cannotRead, .cannotSpool, .changedWhileReading,
                .interrupted, .notCSV, .utf16WithoutMark, .invalidEncoding, .unclosedQuote, .recordTooLong,
                .noHeader, .duplicateHeader, .duplicateColumn, .missingColumn, .columnGone, .severalLayouts,
                .secondTable, .unknownRuleColumn, .dateOrder, .readOtherwise, .tooManyInvalid:
                false
            }
        }

        /// Whether the same file may be read the next time without anybody's doing.
        package var mayPass: Bool {
            switch self {
            case .noSuchFile, .noPermission, .notAFile, .cannotRead, .cannotSpool, .changedWhileReading,
                .interrupted:
                true
            case .notCSV, .utf16WithoutMark, .invalidEncoding, .unclosedQuote, .recordTooLong, .noHeader,
                .duplicateHeader, .duplicateColumn, .missingColumn, .columnGone, .severalLayouts,
                .secondTable, .unknownRuleColumn,
                .dateOrder, .readOtherwise, .tooManyInvalid, .invalidOption, .rosterUnreadable, .rosterEmpty,
                .rosterUnclearColumns, .rosterInvalidID, .rosterNoName, .rosterAmbiguousName:
                false
            }
        }
    }

    /// What kind of reason it is.
    package var code: Code
    /// The line that it speaks of, from 1, if it speaks of one.
    package var line: Int?
    /// The reason: one sentence without its full stop, not escaped.
    package var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    package var fix: String

    /// An error.
    package init(code: Code, line: Int? = nil, message: String, fix: String) {
        self.code = code
        self.line = line
        self.message = message
        self.fix = fix
    }
}
