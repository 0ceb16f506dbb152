/// A value of an option that can't be understood: wrong usage, found before any file is opened. Said of the value,
/// without naming where it stood.
package struct OptionError: Error, Sendable, Hashable {
    /// The reason: one sentence without its full stop, not escaped.
    package var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    package var fix: String

    /// An error.
    package init(message: String, fix: String) {
        self.message = message
        self.fix = fix
    }
}
