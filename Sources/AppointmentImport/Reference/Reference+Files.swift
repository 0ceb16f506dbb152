import AppointmentRows

extension Reference {
    /// Nil for what is wrong usage: nobody meets its code.
    static func text(of code: InputError.Code) -> Text? {
        switch code {
        case .invalidOption, .rosterUnreadable, .rosterEmpty, .rosterUnclearColumns, .rosterInvalidID,
            .rosterNoName, .rosterAmbiguousName:
            nil
        case .noSuchFile:
            (
                "There is no such file.", "A name was mistyped, or another program took the file away.",
                "Check the name."
            )
        case .noPermission:
            (
                "The user that runs stimport may not read the file.",
                "Timers often run as another user than the one who tries.",
                "Give that user the right to read it."
            )
        case .notAFile:
            ("It is a folder or a device.", "Only files, pipes and standard input have rows.", "Name a file.")
        case .cannotRead:
            (
                "The system can't read the file; the message has its reason.",
                "A disk, a network or a card failed.", "Copy the file to a disk that works and import that."
            )
        case .cannotSpool:
            (
                "Standard input can't be kept in a temporary file.",
                "It is read twice, so it has to be kept.", "Make room in $TMPDIR, or name a file."
            )
        case .changedWhileReading:
            (
                "The file changed while it was read.",
                "Half of an old and half of a new file would be imported.",
                "Import it again once nobody writes to it."
            )
        case .interrupted:
            (
                "The run was stopped while the file was read; nothing of it is kept.", "You stopped it.",
                "Start it again."
            )
        case .notCSV:
            (
                "The file is something else, by its first bytes.",
                "A workbook, an archive or a web page that is named .csv can't be read as text.",
                "Export it as CSV."
            )
        case .utf16WithoutMark:
            (
                "It is UTF-16 and doesn't say so.", "Without a byte order mark the order is a guess.",
                "Name it with --encoding, or save the file as UTF-8."
            )
        case .invalidEncoding:
            (
                "Some bytes mean nothing in the file's encoding.",
                "A name or a note would be garbled.",
                "Save the file as UTF-8, or name its encoding with --encoding."
            )
        case .unclosedQuote:
            (
                "A quote is still open at the end of the file.",
                "Everything after it would be one note, and its rows would be lost.",
                "Close the quote in the line that the message names."
            )
        case .recordTooLong:
            (
                "A row has more bytes than any real one.",
                "A quote that is never closed looks so, or it is no CSV.",
                "Look at the line that the message names."
            )
        case .noHeader:
            (
                "No row has the columns' names.", "Which column is which is never guessed from the values.",
                "Add a header, or name the columns with --columns."
            )
        case .duplicateHeader:
            (
                "A second header stands in the file, in another order.",
                "The rows after it would be read under the wrong names.",
                "Split the file, or bring it into one order."
            )
        case .duplicateColumn:
            (
                "Two columns could both be the same one of ours, and differ.",
                "Taking one of them silently books wrong dates or customers.", "Say which one with --map."
            )
        case .missingColumn:
            (
                "A column that is needed is not there.", "Without it no row could be valid.",
                "Name it with --map, or add it."
            )
        case .columnGone:
            (
                "A column that earlier files of its layout had, and that something was read from, is not there.",
                "Without the technicians' column every visit would be booked for nobody; without the status, cancelled ones would be booked.",
                "Export the file with the column, map it anew with stimport map, or say --layout none if it is another kind of file."
            )
        case .severalLayouts:
            (
                "A file has all columns of two layouts or more, and columns that none of them has.",
                "Each would read it in its own way, and book other visits.",
                "Say which one holds with --layout NAME, or map the file with stimport map."
            )
        case .secondTable:
            (
                "Beside the rows, behind a column without a name, stands another table.",
                "A list of technicians beside the visits would give the first ones to them.",
                "Remove what stands beside the rows, or name the column between."
            )
        case .unknownRuleColumn:
            (
                "--skip or --only names a column that the file doesn't have.",
                "A rule that never applies would book what it is to keep out.", "Correct the name."
            )
        case .dateOrder:
            (
                "The file's dates prove that the day comes first, or that its lines don't agree.",
                "5/1 would be booked in May instead of January.", "Say which with --date-order."
            )
        case .readOtherwise:
            (
                "A rejects file is read without what was said of the file that its rows come from.",
                "Another order of day and month, or another column for the start, would book other visits.",
                "Give the options that the message names once more."
            )
        case .tooManyInvalid:
            (
                "More of its rows are invalid than --max-invalid allows; nothing of it is imported.",
                "So many mistakes are one mistake: a moved column, another export.",
                "Look at the first findings, correct the file, and import it again."
            )
        }
    }
}
