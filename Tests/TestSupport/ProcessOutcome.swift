/// How a process ended, and what it wrote.
public struct ProcessOutcome: Sendable {
    /// The exit status, or nil where a signal ended it.
    public var status: Int32?
    /// The signal that ended it, or nil.
    public var signal: Int32?
    /// Standard output.
    public var output: [UInt8]
    /// Standard error.
    public var errors: [UInt8]

    /// Standard output as text.
    public var stdout: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    public var stderr: String { String(decoding: errors, as: UTF8.self) }
}
