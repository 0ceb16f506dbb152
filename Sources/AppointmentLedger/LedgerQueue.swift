import Dispatch

/// The queue that a ledger's work is done on, one piece after the other, apart from the threads that all other tasks
/// share. (`DispatchSerialQueue`, which is such an executor, is missing on Linux.)
package final class LedgerQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "stimport.ledger")

    /// A queue with nothing to do.
    package init() {}

    /// Puts a piece of the actor's work at the end.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Does work that may block, while the caller waits without keeping a thread.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        // Resumed once, in plain sight: what checks that has the runtime look up the types, at each start.
        try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}
