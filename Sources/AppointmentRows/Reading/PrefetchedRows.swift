import Dispatch
import Synchronization
import SystemFiles

/// Reads and checks a file's rows on a thread of its own, a few chunks ahead of
/// whoever stages them: parsing and writing to the ledger then share the work of
/// two cores. Memory stays bounded by the number of chunks. Where the system gives
/// no thread, rows are read when they are asked for.
package final class PrefetchedRows: RowSource {
    /// Chunks that are filled and not yet taken, at the most.
    private static let depth = 4

    private enum Reading {
        case ahead(Exchange)
        case whenAsked(AppointmentReader)
    }

    private let reading: Reading
    /// How the file is understood.
    package let layout: FileLayout

    /// Opens the rows of `input`.
    package init(_ input: OpenedInput, _ options: ReadingOptions) throws(InputError) {
        let exchange = Exchange()
        do throws(SystemError) {
            try WorkerThread.start("stimport-reader") { exchange.fill(from: input, options) }
        } catch {
            let reader = try input.rows(options)
            reading = .whenAsked(reader)
            layout = reader.layout
            return
        }
        reading = .ahead(exchange)
        layout = try exchange.layout()
    }

    deinit {
        if case .ahead(let exchange) = reading { exchange.cancel() }
    }

    package func next(_ chunk: inout CheckedRows) throws(InputError) -> Bool {
        switch reading {
        case .ahead(let exchange): try exchange.take(&chunk)
        case .whenAsked(let reader): try reader.next(&chunk)
        }
    }

    package func name(of column: InputColumn) -> String {
        layout.name(of: column)
    }

    package var facts: FileFacts {
        switch reading {
        case .ahead(let exchange): exchange.facts
        case .whenAsked(let reader): reader.facts
        }
    }

    /// What both threads share.
    private final class Exchange: Sendable {
        private struct State {
            var layout: Result<FileLayout, InputError>?
            var filled: [CheckedRows] = []
            var empty: [CheckedRows] = []
            var end: Result<Void, InputError>?
            var facts = FileFacts()
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
                state.withLock { state in
                    state.facts = reader.facts
                    state.end = .success(())
                }
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

        var facts: FileFacts { state.withLock { $0.facts } }

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
