import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into the wish to stop; a second one ends the
/// process at once, and what was being posted is in doubt then. SIGUSR1 asks how far the run is.
final class SignalWatch: Sendable {
    /// The wish that the run stops.
    let stop = StopSignal()
    /// The wish that the process ends, once the run is over: nothing is left that waiting could save.
    let end = StopSignal()

    private struct State {
        /// What the process ends with where a signal comes after the run; nil while it goes on.
        var status: ExitStatus?
        var secondSignal: (@Sendable () -> Void)?
        var progress: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let other: StopSignal?

    /// - Parameter other: told of every signal too.
    init(telling other: StopSignal? = nil) {
        self.other = other
        SignalRouter.follow(
            SignalRouter.Handlers(
                stop: { self.take($0) },
                progress: {
                    guard let tell = self.state.withLock({ $0.progress }) else { return false }
                    tell()
                    return true
                }))
        // One that came before this watch had its turn.
        if let number = other?.requested { stop.request(number) }
    }

    /// Says what a second signal and SIGUSR1 do. Both are called while signals wait: they must not block.
    func follow(progress: @escaping @Sendable () -> Void, secondSignal: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.progress = progress
            state.secondSignal = secondSignal
        }
    }

    /// The run is over and settled: a signal can change no more than how long its output is waited for.
    func runEnded(with status: ExitStatus) {
        state.withLock { $0.status = status }
    }

    /// Waits for the first signal.
    func untilStopped() async {
        await withCheckedContinuation { continuation in stop.onRequest { continuation.resume() } }
    }

    private func take(_ number: Int32) {
        let number = number == SIGHUP ? SIGTERM : number
        // Last: whoever hears of it there must find it known here.
        defer { other?.request(number) }
        let (status, secondSignal) = state.withLock { ($0.status, $0.secondSignal) }
        if let status {
            if end.isRequested { _exit(status.rawValue) }
            end.request(number)
        } else if stop.isRequested {
            secondSignal?()
            _exit(128 + number)
        } else {
            stop.request(number)
        }
    }
}
