import SystemFiles
package import CSVReading

// Every sentence about inputs that can't be read.
extension InputError {
    /// The file can't be opened or read; `errno` says why.
    static func cannotOpen(_ name: String, errno number: Int32) -> InputError {
        switch number {
        case ENOENT, ENOTDIR:
            InputError(
                code: .noSuchFile, message: "there is no file \(Wording.quoted(name))",
                fix: "check the file's name and folder")
        case EACCES, EPERM:
            InputError(
                code: .noPermission, message: "\(Wording.quoted(name)) may not be read by this user",
                fix: "allow this user to read the file")
        default: .cannotRead(name, errno: number)
        }
    }

    static func cannotRead(_ name: String, errno number: Int32) -> InputError {
        InputError(
            code: .cannotRead, message: "\(title(name)) can't be read: \(SystemError(number).reason)",
            fix: "check that the disk or the network folder is there, and run it again")
    }

    static func isFolder(_ name: String) -> InputError {
        InputError(
            code: .notAFile, message: "\(title(name)) is a folder",
            fix: "name the CSV file in it")
    }

    static func notAFile(_ name: String) -> InputError {
        InputError(
            code: .notAFile, message: "\(title(name)) is neither a file nor a pipe",
            fix: "name a CSV file, or - for standard input")
    }

    static func cannotSpool(_ name: String, folder: String, errno number: Int32) -> InputError {
        InputError(
            code: .cannotSpool,
            message: "\(title(name)) can't be kept in a temporary file in \(Wording.quoted(folder)): "
                + SystemError(number).reason,
            fix: "make room there, or set TMPDIR to another folder")
    }

    static func changedWhileReading(_ name: String) -> InputError {
        InputError(
            code: .changedWhileReading, message: "\(title(name)) was changed while it was read",
            fix: "wait until the export is complete, and run it again")
    }

    package static let interrupted = InputError(
        code: .interrupted, message: "the run was stopped while it was being read; nothing of it was kept",
        fix: "start the same command again")

    static let empty = InputError(
        code: .noHeader, message: "the file is empty: it has no header row",
        fix: "export it again, with the names of the columns in its first line")

    /// Two columns could both be one of ours, and a row shows that it matters which one is.
    static func rivalColumns(_ column: InputColumn, names: [String], values: [String], line: Int)
        -> InputError
    {
        let isSame = Set(names.map { nameKey($0) }).count == 1
        let differ =
            "in line \(line) one has \(Wording.quoted(values[0])), the other \(Wording.quoted(values[1]))"
        let commands = names.map { "--map \(column.name)=\(Wording.argument($0))" }
        return InputError(
            code: .duplicateColumn, line: line,
            message: isSame
                ? "the column \(Wording.quoted(names[0])) is there twice, and \(differ)"
                : "\(Wording.list(names)) can both be \(column.name), and \(differ)",
            fix: isSame
                ? "remove or rename the one that is not meant"
                : "say which one is meant: \(commands.joined(separator: " or "))")
    }

    /// The names of the columns once more, for columns that stand elsewhere.
    ///
    /// - Parameter first: the line of the header; nil where `--columns` gives the names.
    /// - Parameter isJoined: Whether it stands at the end of a row, where the file before it had no last line end.
    static func otherHeader(line: Int, first: Int?, isJoined: Bool = false) -> InputError {
        if isJoined {
            return InputError(
                code: .duplicateHeader, line: line,
                message:
                    "line \(line) ends in a header that names the columns in another order: what follows it would be read into the wrong columns",
                fix: "break line \(line) before that header, split the file there, and import both parts")
        }
        let split = "split the file before line \(line), and import both parts"
        guard let first else {
            return InputError(
                code: .duplicateHeader, line: line,
                message:
                    "line \(line) is a header that names the columns in another order than --columns, and --no-header says that there is none",
                fix: "leave out --no-header and --columns"
                    + (line == 1 ? "" : ", or, where rows stand above that line, \(split)"))
        }
        return InputError(
            code: .duplicateHeader, line: line,
            message: "line \(line) is a duplicate header that names the columns in another order than "
                + "the one in line \(first): what follows it would be read into the wrong columns",
            fix: split)
    }

    /// Dates that can't have the month first, which is assumed where nobody says otherwise.
    static func dayFirst(_ examples: [DateOrderProof.Example], count: Int, provable: Int) -> InputError {
        let lines = examples.map { String($0.line) }.joined(separator: " and ")
        let isOne = examples.count == 1
        return InputError(
            code: .dateOrder, line: examples.first?.line,
            message: "the dates in line\(isOne ? "" : "s") \(lines) can only have the day first ("
                + examples.map { Wording.quoted($0.text) }.joined(separator: ", ") + ")"
                + (count == provable
                    ? ", and no date in the file can only have the month first"
                    : ", as \(count) of the \(provable) dates that can be read in one order only"),
            fix:
                "say which comes first: --date-order dmy if it is the day, --date-order mdy if it is the month"
        )
    }

    /// The name of a column says which number of its dates comes first, and they would be read the other way round.
    ///
    /// - Parameter isGiven: Whether somebody has said how they are read.
    static func otherDateOrder(_ name: String, says order: DateOrder, isGiven: Bool, line: Int) -> InputError
    {
        let (first, word) = order == .dayFirst ? ("day", "dmy") : ("month", "mdy")
        return InputError(
            code: .dateOrder, line: line,
            message: "\(Wording.quoted(name)) says that the \(first) comes first"
                + (isGiven
                    ? ", and --date-order says otherwise"
                    : ", and without --date-order the month is taken to come first"),
            fix: isGiven
                ? "say --date-order \(word), or rename the column where its name is wrong"
                : "say --date-order \(word)")
    }

    /// A heading names the technician, and a row below it names none: it would be booked with nobody.
    ///
    /// - Parameter row: The row's line; nil where no row of the file names one.
    static func technicianHeading(_ heading: TechnicianHeading, row: Int?) -> InputError {
        InputError(
            code: .missingColumn, line: heading.line,
            message:
                "line \(heading.line), \(Wording.quoted(heading.text)), names the technician of the rows below it, and "
                + (row.map { "line \($0) has none" } ?? "no row has one"),
            fix: "put the technician into a column of its own, TechID, in each row")
    }

    /// A heading says that the rows below it are no visits, and they don't say so themselves.
    static func statusHeading(_ heading: StatusHeading, row: Int) -> InputError {
        InputError(
            code: .missingColumn, line: heading.line,
            message:
                "line \(heading.line), \(Wording.quoted(heading.text)), seems to call off the rows below it, and line \(row) does not say itself whether it is to be booked",
            fix:
                "take out the rows that are called off, or give each row its own in a column Status; to book them whatever the line says: --no-default-skips"
        )
    }

    /// Empty statuses below one that calls its visit off may be the same one, and such rows would be booked.
    static func blankStatus(_ column: String, line: Int, above: String) -> InputError {
        InputError(
            code: .missingColumn, line: line,
            message:
                "\(Wording.quoted(column)) is empty in line \(line), below \(Wording.quoted(above)), and whether that holds for the rows below it too can't be told",
            fix:
                "write into each row whether its visit is to be made (Scheduled, Cancelled); to book such rows: --no-default-skips"
        )
    }

    /// Rows above the header would be lost.
    static func rowsAboveHeader(line: Int, header: Int) -> InputError {
        InputError(
            code: .noHeader, line: line,
            message:
                "line \(line) holds an appointment, and the names of the columns follow only in line \(header)",
            fix: "move the line with the names to the top of the file")
    }

    /// What the CSV reader says, in its own words.
    package init(_ error: CSVError, name: String) {
        let code: Code
        switch error {
        case .cannotRead(let number):
            self = .cannotRead(name, errno: number)
            return
        case .notCSV: code = .notCSV
        case .utf16WithoutByteOrderMark: code = .utf16WithoutMark
        case .invalidText: code = .invalidEncoding
        case .unclosedQuote: code = .unclosedQuote
        case .recordTooLong: code = .recordTooLong
        case .unencodable: preconditionFailure("what is read needs no encoding of ours")
        }
        self.init(code: code, line: error.line, message: error.message, fix: error.fix)
    }

    /// What a message calls an input.
    private static func title(_ name: String) -> String {
        name == "-" ? "standard input" : Wording.quoted(name)
    }
}
