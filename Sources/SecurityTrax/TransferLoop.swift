import CCurl
import Synchronization
import SystemFiles

/// Runs transfers on one thread with one multi handle, off Swift's cooperative threads.
///
/// `@unchecked Sendable`: the multi handle is used by the loop's thread alone,
/// but for `curl_multi_wakeup`, which libcurl allows from any thread and which is
/// called under the inbox's lock and never after the handle's end. All other
/// state is in the inbox.
final class TransferLoop: @unchecked Sendable {
    private struct Inbox {
        var waiting: [Transfer] = []
        var isCancelled = false
        var isStopped = false
        var hasEnded = false
    }

    private let inbox = Mutex(Inbox())
    private let multi: UnsafeMutableRawPointer

    init?() {
        guard let multi = stimport_curl_multi_init() else { return nil }
        self.multi = multi
    }

    /// Starts the thread, which keeps the loop alive until `stop`. Where there is none, the loop has ended.
    ///
    /// - Throws: `SystemError`.
    func start() throws(SystemError) {
        do throws(SystemError) {
            try WorkerThread.start("stimport-http") { self.run() }
        } catch {
            end()
            throw error
        }
    }

    func enqueue(_ transfer: Transfer) {
        let isRefused = inbox.withLock { inbox in
            if inbox.isCancelled || inbox.isStopped { return true }
            inbox.waiting.append(transfer)
            stimport_curl_multi_wakeup(multi)
            return false
        }
        if isRefused { transfer.finishCancelled() }
    }

    func cancelAll() {
        inbox.withLock { inbox in
            inbox.isCancelled = true
            if !inbox.hasEnded { stimport_curl_multi_wakeup(multi) }
        }
    }

    func stop() {
        inbox.withLock { inbox in
            inbox.isStopped = true
            if !inbox.hasEnded { stimport_curl_multi_wakeup(multi) }
        }
    }

    // MARK: On the loop's thread

    private func run() {
        var active: [UnsafeMutableRawPointer: Transfer] = [:]
        while true {
            let (arrived, isCancelled, isStopped) = inbox.withLock { inbox in
                defer { inbox.waiting = [] }
                return (inbox.waiting, inbox.isCancelled, inbox.isStopped)
            }
            for transfer in arrived {
                if isCancelled || isStopped {
                    transfer.finishCancelled()
                } else {
                    begin(transfer, &active)
                }
            }
            var running: Int32 = 0
            let code = stimport_curl_multi_perform(multi, &running)
            collect(&active)
            if code != CURLM_OK { abandon(&active, .other, "libcurl, multi \(code.rawValue)") }
            if isCancelled || isStopped { abandon(&active, .cancelled, "") }
            if isStopped { break }
            // Woken by a transfer's socket, by the inbox, or by libcurl's own timers.
            stimport_curl_multi_wait(multi, 60_000)
        }
        end()
    }

    private func end() {
        inbox.withLock { $0.hasEnded = true }
        stimport_curl_multi_cleanup(multi)
    }

    private func begin(_ transfer: Transfer, _ active: inout [UnsafeMutableRawPointer: Transfer]) {
        if let failure = transfer.prepare() {
            transfer.finish(.neverSent(TransportFailure(.other, message: failure)))
            return
        }
        guard let handle = transfer.handle, stimport_curl_multi_add_handle(multi, handle) == CURLM_OK else {
            transfer.finish(.neverSent(TransportFailure(.other, message: "libcurl took no transfer")))
            transfer.release()
            return
        }
        active[handle] = transfer
    }

    /// Reports the transfers that have ended.
    private func collect(_ active: inout [UnsafeMutableRawPointer: Transfer]) {
        var result = CURLE_OK
        while let handle = stimport_curl_next_finished(multi, &result) {
            guard let transfer = active.removeValue(forKey: handle) else { continue }
            transfer.finish(transfer.observation(of: result))
            stimport_curl_multi_remove_handle(multi, handle)
            transfer.release()
        }
    }

    /// Ends every transfer. All are reported before any is taken apart, which may
    /// have to wait for a name lookup.
    private func abandon(
        _ active: inout [UnsafeMutableRawPointer: Transfer], _ kind: TransportFailure.Kind, _ message: String
    ) {
        for transfer in active.values { transfer.finish(transfer.incomplete(kind, message)) }
        for (handle, transfer) in active {
            stimport_curl_multi_remove_handle(multi, handle)
            transfer.release()
        }
        active = [:]
    }
}
