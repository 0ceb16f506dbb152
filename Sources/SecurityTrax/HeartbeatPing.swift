import Dispatch
import Synchronization
import SystemFiles

/// One word to a heartbeat service, sent once on a thread of its own: it holds nobody up, follows no redirect, and
/// reads no more of the answer than it must. It shares nothing with ``HTTPClient``: what becomes of it proves nothing
/// about a post.
package final class HeartbeatPing: Sendable {
    /// What became of it.
    package enum Outcome: Sendable, Hashable {
        /// The service took it.
        case delivered
        /// It did not, as far as is known: the reason, which names no address.
        case failed(String)
    }

    /// The longest that a ping may take, its answer included.
    package static let limit = Duration.seconds(10)
    /// The most that is read of an answer, head and body each, in bytes.
    static let answerLimit = 64 << 10

    /// Which of the words it is.
    package let signal: HeartbeatAddress.Signal
    private let deadline: ContinuousClock.Instant
    private let limit: Duration
    private let result = Mutex<Outcome?>(nil)

    /// Sends it, and returns at once.
    ///
    /// - Parameters:
    ///   - body: a small JSON document without personal data.
    ///   - limit: the longest that it may take.
    package init(
        _ signal: HeartbeatAddress.Signal, to address: HeartbeatAddress, body: [UInt8],
        limit: Duration = limit
    ) {
        self.signal = signal
        self.limit = limit
        deadline = .now + limit
        do throws(SystemError) {
            try WorkerThread.start("stimport-ping") { [self] in
                let transfer = HeartbeatTransfer(signal, to: address, body: body, limit: limit)
                let outcome = transfer.perform()
                // Before the handle is freed, which may have to wait for a name to be looked up.
                result.withLock { $0 = outcome }
                transfer.release()
            }
        } catch {
            result.withLock { $0 = .failed("the system gives no thread to send on: \(error.reason)") }
        }
    }

    /// Waits for what becomes of it, until its time is up or nobody wants to wait any more. libcurl keeps to the limit
    /// by itself, but for names that are still being looked up.
    package func outcome(isUnwanted: () -> Bool = { false }) async -> Outcome {
        while true {
            if let outcome = result.withLock({ $0 }) { return outcome }
            if isUnwanted() { return .failed("it was not waited for, because the process was told to end") }
            if ContinuousClock.now >= deadline { return .failed(HeartbeatTransfer.lateness(limit)) }
            // A cancelled task still waits: the limit is short.
            await withCheckedContinuation { continuation in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(10)) {
                    continuation.resume()
                }
            }
        }
    }
}
