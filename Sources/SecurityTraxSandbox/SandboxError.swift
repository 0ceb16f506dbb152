/// Why a sandbox could not start, or could not understand what it was told to do.
package enum SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The port could not be listened on.
    case cannotListen(port: Int, reason: String)
    /// The log file could not be opened for appending.
    case cannotOpenLog(path: String, reason: String)
    /// The table of customers could not be read.
    case invalidCustomers(path: String, reason: String)
    /// The system gives no thread to serve on.
    case noThread(reason: String)
    /// A fault's text was not understood; `suggestions` are the known names nearest to it.
    case invalidFault(text: String, reason: String, suggestions: [String])

    /// One line for a person.
    package var description: String {
        switch self {
        case .cannotListen(let port, let reason):
            return "the sandbox cannot listen on 127.0.0.1:\(port): \(reason)"
        case .cannotOpenLog(let path, let reason):
            return "the sandbox cannot append to its log \(path): \(reason)"
        case .invalidCustomers(let path, let reason):
            return "not a table of customers: \(path): \(reason)"
        case .noThread(let reason):
            return "the sandbox gets no thread to serve on: \(reason)"
        case .invalidFault(let text, let reason, let suggestions):
            let hint = suggestions.isEmpty ? "" : " (did you mean \(suggestions.joined(separator: ", "))?)"
            return "not a fault: \(text): \(reason)\(hint)"
        }
    }
}
