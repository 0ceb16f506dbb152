import Synchronization

/// The files of an inbox that somebody is still writing: the run is without them.
package final class LeftForNext: Sendable {
    private let names = Mutex([String]())

    /// None yet.
    package init() {}

    /// Takes note of them.
    package func set(_ names: [String]) { self.names.withLock { $0 = names } }

    /// Why the run's files are not all there is; nil where they are.
    var reason: String? {
        names.withLock { $0.first.map { "\($0) is still being written" } }
    }
}
