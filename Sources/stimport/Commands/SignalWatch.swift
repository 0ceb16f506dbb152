import AppointmentImport
import Dispatch
import Foundation

/// Turns SIGINT, SIGTERM and SIGHUP into the wish to stop; a second one ends the
/// process at once, and what was being posted is in doubt then.
final class SignalWatch {
    let stop = StopSignal()
    /// Kept: a source that is let go of watches no more.
    private let sources: [any DispatchSourceSignal]

    init() {
        let stop = stop
        sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
            // What was ignored at the start (nohup) stays ignored.
            var action = sigaction()
            sigaction(number, nil, &action)
            #if canImport(Darwin)
                let isIgnored = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
            #else
                let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
            #endif
            if isIgnored, number == SIGHUP { return nil }
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let told = number == SIGHUP ? SIGTERM : number
                if stop.isRequested { _exit(128 + told) }
                stop.request(told)
            }
            source.resume()
            return source
        }
    }

    /// Waits for the first signal.
    func untilStopped() async {
        await withCheckedContinuation { continuation in stop.onRequest { continuation.resume() } }
    }
}
