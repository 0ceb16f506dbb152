/// How much a message matters. The raw values are journald's priorities.
enum DiagnosticLevel: Int, Sendable {
    case error = 3
    case warning = 4
    case info = 6
    case debug = 7

    var name: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .info: "info"
        case .debug: "debug"
        }
    }
}

/// What keeps a run's diagnostics, and shows them in a form of its own.
protocol DiagnosticsLog: Sendable {
    /// Takes a warning or an error that the console was about to print.
    ///
    /// - Returns: false where the console shall print it itself.
    func takes(_ level: DiagnosticLevel, _ message: String, fix: String?) -> Bool
}
