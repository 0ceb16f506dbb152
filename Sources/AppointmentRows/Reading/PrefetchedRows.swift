import Foundation
import Synchronization

/// Reads and checks a file's rows on a thread of its own, a few chunks ahead of
/// whoever stages them: parsing and writing to the ledger then share the work of
/// two cores. Memory stays bounded by the number of chunks.
package final class PrefetchedRows: RowSource {
    /// Chunks that are filled and not yet taken, at the most.
    private static let depth = 4

    private let exchange: Exchange
    /// How the file is understood.
    package let layout: FileLayout

    /// Opens the rows of `input` on the reading thread.
    package init(_ input: OpenedInput, _ options: ReadingOptions) throws(InputError) {
        let exchange = Exchange()
        self.exchange = exchange
        let thread = Thread { exchange.fill(from: input, options) }
        thread.name = "stimport-reader"
        thread.stackSize = 1 << 20
        thread.start()
        layout = try exchange.layout()
    }

    deinit {
        exchange.cancel()
    }

    package func next(_ chunk: inout CheckedRows) throws(InputError) -> Bool {
        try exchange.take(&chunk)
    }

    package func name(of column: InputColumn) -> String {
        layout.name(of: column)
    }

    /// What both threads share.
    private final class Exchange: Sendable {
        private struct State {
            var layout: Result<FileLayout, InputError>?
            var filled: [CheckedRows] = []
            var empty: [CheckedRows] = []
            var end: Result<Void, InputError>?
            var isCancelled = false
        }

        private let state = Mutex(State())
        /// Signalled whenever the reading thread has put something down.
        private let given = DispatchSemaphore(value: 0)
        /// Counts the chunks that may still be filled.
        private let room = DispatchSemaphore(value: 0)

        init() {
            // Counted up rather than made with that value: a semaphore that is let go of below
            // the value it was made with ends the process, and a reading given up leaves it there.
            for _ in 0..<PrefetchedRows.depth { room.signal() }
        }

        /// The reading thread's whole work.
        func fill(from input: OpenedInput, _ options: ReadingOptions) {
            do throws(InputError) {
                let reader = try input.rows(options)
                state.withLock { $0.layout = .success(reader.layout) }
                given.signal()
                while true {
                    room.wait()
                    var chunk = state.withLock { $0.empty.popLast() } ?? CheckedRows()
                    if state.withLock({ $0.isCancelled }) { return }
                    guard try reader.next(&chunk) else { break }
                    state.withLock { $0.filled.append(chunk) }
                    given.signal()
                }
                state.withLock { $0.end = .success(()) }
            } catch {
                state.withLock { state in
                    if state.layout == nil { state.layout = .failure(error) }
                    state.end = .failure(error)
                }
            }
            given.signal()
        }

        func layout() throws(InputError) -> FileLayout {
            given.wait()
            guard let layout = state.withLock({ $0.layout }) else {
                preconditionFailure("the first thing put down is the layout, or the failure")
            }
            return try layout.get()
        }

        /// Swaps an emptied chunk for the next filled one; false at the end.
        func take(_ chunk: inout CheckedRows) throws(InputError) -> Bool {
            given.wait()
            let (next, end) = state.withLock { state -> (CheckedRows?, Result<Void, InputError>?) in
                if state.filled.isEmpty { return (nil, state.end) }
                return (state.filled.removeFirst(), nil)
            }
            guard let next else {
                // Asked again after the end, it is the end again.
                given.signal()
                try end?.get()
                chunk.removeAll()
                return false
            }
            let old = chunk
            chunk = next
            state.withLock { $0.empty.append(old) }
            room.signal()
            return true
        }

        func cancel() {
            state.withLock { $0.isCancelled = true }
            room.signal()
        }
    }
}
