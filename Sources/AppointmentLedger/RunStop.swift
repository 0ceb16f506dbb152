/// Why a run stopped itself before everything was posted.
package struct RunStop: Sendable, Hashable {
    /// The reasons. The raw values are stable: people script against them.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case allOrNothing = "all-or-nothing"
        case tooManyInvalid = "max-invalid"
        case credentialsRefused = "credentials-refused"
        case wrongService = "wrong-service"
        case unreachable
        case everythingRefused = "everything-refused"
        case tooMuchDoubt = "too-much-doubt"
        case timeRanOut = "time-ran-out"
        case firstRows = "first-rows"
        case outsideWindow = "outside-window"
        case expectedFile = "expected-file"
        case interrupted
        case held
    }

    /// What kind of reason it is.
    package var code: Code
    /// The reason, with its figures: one sentence without its full stop, not escaped.
    package var message: String
    /// What would help: one sentence without its full stop, not escaped.
    package var fix: String

    /// A reason.
    package init(code: Code, message: String, fix: String) {
        self.code = code
        self.message = message
        self.fix = fix
    }
}
