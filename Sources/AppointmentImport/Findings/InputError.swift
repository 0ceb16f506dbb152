/// Why an input can't be read as appointments: nothing of it is posted.
public struct InputError: Error, Sendable, Hashable {
    /// A name that stays the same from version to version, as `missing-column`.
    public var code: String
    /// The line that it speaks of, from 1, if it speaks of one.
    public var line: Int?
    /// The reason: one sentence without its full stop, not escaped.
    public var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    public var fix: String

    /// An error.
    public init(code: String, line: Int? = nil, message: String, fix: String) {
        self.code = code
        self.line = line
        self.message = message
        self.fix = fix
    }
}
