/// Why an input can't be read as appointments: nothing of it is posted.
package struct InputError: Error, Sendable, Hashable {
    /// A name that stays the same from version to version, as `missing-column`.
    package var code: String
    /// The line that it speaks of, from 1, if it speaks of one.
    package var line: Int?
    /// The reason: one sentence without its full stop, not escaped.
    package var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    package var fix: String

    /// An error.
    package init(code: String, line: Int? = nil, message: String, fix: String) {
        self.code = code
        self.line = line
        self.message = message
        self.fix = fix
    }
}
