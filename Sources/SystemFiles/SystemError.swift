/// Why a call of the operating system failed.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The `errno`.
    public let code: Int32

    /// An error by its `errno`.
    public init(_ code: Int32) {
        self.code = code
    }

    /// Why the last call failed: to be taken at once, since the next call, closing a file too, changes it.
    public static var last: SystemError { SystemError(errno) }

    /// The system's words for it: `No such file or directory`.
    public var reason: String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// The reason.
    public var description: String { reason }
}
