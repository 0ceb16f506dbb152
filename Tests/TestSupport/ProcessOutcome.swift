/// How a process ended, and what it wrote.
package struct ProcessOutcome: Sendable {
    /// The exit status, or nil where a signal ended it.
    package var status: Int32?
    /// The signal that ended it, or nil.
    package var signal: Int32?
    /// Standard output.
    package var output: [UInt8]
    /// Standard error.
    package var errors: [UInt8]

    /// Standard output as text.
    package var stdout: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    package var stderr: String { String(decoding: errors, as: UTF8.self) }
}
