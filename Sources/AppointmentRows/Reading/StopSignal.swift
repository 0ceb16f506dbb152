import Synchronization

/// The user's wish to stop a run: asked for once, seen everywhere.
package final class StopSignal: Sendable {
    private struct State {
        var signal: Int32?
        var handlers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Nobody has asked yet.
    package init() {}

    /// The signal that asked (SIGINT, SIGTERM), or nil.
    package var requested: Int32? {
        state.withLock { $0.signal }
    }

    /// Whether somebody asked.
    package var isRequested: Bool { requested != nil }

    /// Asks for the run to stop. Only the first request counts.
    package func request(_ signal: Int32) {
        let handlers = state.withLock { state -> [@Sendable () -> Void] in
            guard state.signal == nil else { return [] }
            state.signal = signal
            defer { state.handlers = [] }
            return state.handlers
        }
        for handler in handlers { handler() }
    }

    /// Runs `handler` once when somebody asks, or at once where somebody has.
    package func onRequest(_ handler: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state -> Bool in
            if state.signal != nil { return true }
            state.handlers.append(handler)
            return false
        }
        if isLate { handler() }
    }
}

/// The user stopped the run before it had claimed anything: everything is undone.
package struct RunStopped: Error, Sendable {
    /// The only value.
    package init() {}
}
