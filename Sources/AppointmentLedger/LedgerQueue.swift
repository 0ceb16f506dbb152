import Dispatch
import Synchronization

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
        // Handed over behind a lock: the Thread Sanitizer does not see that whoever was resumed comes after the work.
        let place = ResultPlace<Result>()
        // Resumed once, in plain sight: what checks that has the runtime look up the types, at each start.
        await withUnsafeContinuation { continuation in
            queue.async {
                place.put(Swift.Result { try work() })
                continuation.resume()
            }
        }
        return try place.take()
    }

    /// Where the result of a piece of work is put, and taken from once.
    private final class ResultPlace<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)

        func put(_ new: Result<Value, any Error>) {
            result.withLock { $0 = new }
        }

        func take() throws -> Value {
            guard let result = result.withLock({ $0 }) else {
                preconditionFailure("the work was done before its caller was resumed")
            }
            return try result.get()
        }
    }
}
