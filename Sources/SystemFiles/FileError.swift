/// What could not be done with which file, and why.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried: `can't write`.
    public let attempt: String
    /// The file or folder.
    public let path: String
    /// Why it failed.
    public let reason: SystemError

    /// A failure of the operating system.
    public init(_ attempt: String, _ path: String, _ reason: SystemError) {
        self.attempt = attempt
        self.path = path
        self.reason = reason
    }

    /// One sentence without its full stop: `can't write a.csv: No space left on device`. Not escaped.
    public var message: String { "\(attempt) \(path): \(reason)" }

    /// The message.
    public var description: String { message }
}
