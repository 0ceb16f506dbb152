import AppointmentImport
import SystemFiles

/// Output that holds up no run.
extension Console {
    /// Lets writes to pipes, sockets and terminals wait in queues from now on.
    func queueOutput(_ patience: OutputQueue.Patience) {
        let streams = [Stream.output, .diagnostics].filter { stream in
            OutputQueue.isNeeded(for: descriptor(of: stream))
        }
        guard queues.isEmpty else {
            for queue in queues { queue.setPatience(patience) }
            return
        }
        guard !streams.isEmpty else { return }
        // Where both lead to the same place, their order is kept.
        let shared = streams.count == 2 && isSamePlace ? OutputQueue(patience: patience) : nil
        for stream in streams {
            if let queue = shared ?? OutputQueue(patience: patience) { setQueue(queue, of: stream) }
        }
    }

    /// The run is over: its result may wait for a reader as long as it takes, or a moment where somebody wants the
    /// process to end; messages wait a moment.
    func waitForReaders(_ patience: OutputQueue.Patience) {
        queue(.diagnostics)?.setPatience(.short)
        queue(.output)?.setPatience(patience)
    }

    /// Waits for no reader any more.
    func stopWaiting() {
        for queue in queues { queue.setPatience(.none) }
    }

    /// Waits until a stream's reader has taken everything.
    ///
    /// - Parameter time: in seconds; nil where it may take as long as it takes.
    /// - Returns: whether it has.
    @discardableResult
    func flush(_ stream: Stream, within time: TimeInterval?) -> Bool {
        queue(stream)?.flush(within: time) ?? true
    }

    /// Says how many messages were lost because nobody read them, once.
    func tellLost() {
        let lost = queues.reduce(0) { $0 + $1.takeLost() }
        guard lost > 0 else { return }
        warning(
            "\(counted(lost, "message")) could not be shown: the reader of the output did not read",
            fix: "the ledger has what became of every row: stimport report, stimport status")
    }

    /// The status to end with where the result was `status`: a result that nobody got is not a success.
    func status(telling status: ExitStatus) -> ExitStatus {
        status == .success && outputFailure != nil ? .unfinished : status
    }

    /// Waits for what is still to be written, at the end of the process.
    func finish() {
        tellLost()
        flush(.diagnostics, within: 2)
    }

    /// Whether both streams lead to the same terminal, pipe or socket.
    var isSamePlace: Bool {
        guard let output = FileIdentity.status(ofDescriptor: descriptor(of: .output)) else { return false }
        return output.identity == FileIdentity.status(ofDescriptor: descriptor(of: .diagnostics))?.identity
    }
}
