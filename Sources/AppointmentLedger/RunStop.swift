import AppointmentRows

/// Why a run stopped itself before everything was posted.
package struct RunStop: Sendable, Hashable {
    /// Stable: people script against it.
    package var code: String
    /// The reason, with its figures: one sentence without its full stop, not escaped.
    package var message: String
    /// What would help: one sentence without its full stop, not escaped.
    package var fix: String

    /// A reason.
    package init(code: String, message: String, fix: String) {
        self.code = code
        self.message = message
        self.fix = fix
    }
}
