import AppointmentRows

// A rejects file that would be read as its rows' file was not.
extension InputError {
    /// Something was said of how a file is read, and nobody says it of the rows of it that were rejected.
    ///
    /// - Parameters:
    ///   - name: the file that the rows came from.
    ///   - run: the run that rejected them.
    ///   - missing: what nobody says now, as `ReadingOptions.said` has it.
    static func readOtherwise(_ name: String, run: Int, missing: [String: String]) -> InputError {
        let words = ReadingOptions.words(missing)
        return InputError(
            code: .readOtherwise,
            message:
                "its rows are of \(Wording.quoted(name)), which run \(run) read with \(words), and now nobody says so",
            fix: "say it again: \(words)")
    }
}
