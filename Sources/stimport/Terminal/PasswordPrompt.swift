import AppointmentImport
import AppointmentRows
import Synchronization
import SystemFiles

/// Asking for the password on the terminal, without echo. Signals come through `SignalRouter`: whichever ends or stops
/// the process, the echo comes back first.
enum PasswordPrompt {
    /// Whether a person is there to ask: standard error is a terminal. Standard
    /// input may be the appointments; the question goes to the terminal itself.
    static var isPossible: Bool { isatty(STDERR_FILENO) == 1 }

    /// A question that waits for its answer.
    private struct Session {
        let terminal: Int32
        /// How the terminal was.
        let shown: termios?
        /// The writing end of the pipe that wakes the asking thread.
        let wake: Int32
        /// The signal that ended it.
        var cancelledBy: Int32?
        /// Whether the question has to be put (again).
        var isDue = true

        /// Hides or shows what is typed, and forgets what was typed so far: a half password must neither be
        /// completed by other input nor land in the shell.
        func setEcho(_ isOn: Bool) {
            guard let shown, PasswordPrompt.isForeground(terminal) else { return }
            var attributes = shown
            if !isOn { attributes.c_lflag &= ~tcflag_t(ECHO) }
            // At once: TCSAFLUSH would wait for a terminal that is held by Ctrl-S.
            tcsetattr(terminal, TCSANOW, &attributes)
            tcflush(terminal, TCIFLUSH)
        }

        /// Wakes the asking thread.
        func notify() {
            var byte: UInt8 = 0
            _ = write(wake, &byte, 1)
        }
    }

    private static let session = Mutex<Session?>(nil)

    // MARK: Signals

    /// Shows what is typed again, because the process is about to be stopped.
    static func showEcho() {
        session.withLock { $0?.setEcho(true) }
    }

    /// The process goes on: the question is put again.
    static func askAgain() {
        session.withLock { session in
            session?.isDue = true
            session?.notify()
        }
    }

    /// Ends the question: nothing that is typed from now on is taken for the password.
    static func cancel(by number: Int32) {
        session.withLock { session in
            session?.setEcho(true)
            session?.cancelledBy = number
            session?.notify()
        }
    }

    // MARK: Asking

    /// Asks, and reads one line.
    ///
    /// - Parameter limit: how many bytes are taken at the most.
    /// - Returns: what was typed, without the line break.
    /// - Throws: `UsageError`; `CommandFailure` where a signal ended the wait.
    static func ask(_ question: String, limit: Int, stop: StopSignal) throws -> [UInt8] {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        var ends: [Int32] = [-1, -1]
        guard terminal >= 0, pipe(&ends) == 0 else {
            if terminal >= 0 { close(terminal) }
            throw UsageError(
                "there is no terminal to ask for the password on",
                fix: "set STIMPORT_PASSWORD_FILE or STIMPORT_PASSWORD_COMMAND")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        var shown = termios()
        let isTerminal = tcgetattr(terminal, &shown) == 0
        session.withLock {
            $0 = Session(terminal: terminal, shown: isTerminal ? shown : nil, wake: ends[1])
        }
        let answer = stop.requested.map { .cancelled(by: $0) } ?? readLine(terminal, ends[0], question, limit)
        session.withLock { session in
            session?.setEcho(true)
            session = nil
        }
        // Where the line ends, without waiting: nobody has to see it.
        _ = systemWrite(terminal, "\n")
        for descriptor in ends + [terminal] { close(descriptor) }
        switch answer {
        case .line(let bytes): return bytes
        case .ended: throw UsageError("no password was given", fix: "type it, or set STIMPORT_PASSWORD_FILE")
        case .cancelled(let number):
            throw CommandFailure(stoppedBy: number, while: "the password was asked for")
        }
    }

    private enum Answer {
        case line([UInt8])
        /// The terminal has gone, or Ctrl-D was typed.
        case ended
        case cancelled(by: Int32)
    }

    private static func readLine(_ terminal: Int32, _ wake: Int32, _ question: String, _ limit: Int)
        -> Answer
    {
        var line: [UInt8] = []
        var unsaid = ""
        while true {
            let isForeground = isForeground(terminal)
            let number = session.withLock { session -> Int32? in
                guard var current = session, current.cancelledBy == nil else { return session?.cancelledBy }
                if current.isDue, isForeground {
                    current.setEcho(false)
                    current.isDue = false
                    session = current
                    line = []
                    unsaid = question
                }
                return nil
            }
            if let number { return .cancelled(by: number) }
            if !unsaid.isEmpty { unsaid = String(unsaid.dropFirst(systemWrite(terminal, unsaid))) }

            var waiting = [
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal, events: Int16(unsaid.isEmpty ? POLLIN : POLLIN | POLLOUT), revents: 0),
            ]
            guard poll(&waiting, isForeground ? 2 : 1, isForeground ? -1 : 100) > 0 else { continue }
            if waiting[0].revents != 0 {
                var buffer = [UInt8](repeating: 0, count: 64)
                _ = buffer.withUnsafeMutableBytes { Descriptor.readOnce(into: $0, from: wake) }
                continue
            }
            guard waiting[1].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { continue }
            var byte: UInt8 = 0
            let count = withUnsafeMutableBytes(of: &byte) { Descriptor.readOnce(into: $0, from: terminal) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            if count <= 0 { return line.isEmpty ? .ended : .line(line) }
            if byte == 10 || byte == 13 {
                // What is typed after Ctrl-C or Ctrl-\ is no password, however late those are handled.
                if let number = endingSignal(wake) { return .cancelled(by: number) }
                return .line(line)
            }
            line.append(byte)
            if line.count > limit { return .line(line) }
        }
    }

    /// The signal that ended the question before the line that has just been read; nil where none did.
    private static func endingSignal(_ wake: Int32) -> Int32? {
        // One that the main thread has taken and not yet handled is seen within this time.
        var patience: Int32 = 100
        while true {
            var waiting = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
            _ = poll(&waiting, 1, patience)
            if let number = session.withLock({ $0?.cancelledBy }) { return number }
            guard SignalRouter.hasPendingEnd else { return nil }
            patience = 1_000
        }
    }

    /// Whether the terminal is ours. A process in the background neither changes it nor reads from it: it is the shell's.
    private static func isForeground(_ terminal: Int32) -> Bool {
        let group = tcgetpgrp(terminal)
        return group < 0 || group == getpgrp()
    }

    /// Writes what fits.
    ///
    /// - Returns: how many of the text's characters that was; the text is ASCII but for names.
    private static func systemWrite(_ descriptor: Int32, _ text: String) -> Int {
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written > 0 else { return written < 0 && errno == EAGAIN ? 0 : text.count }
        return String(decoding: bytes[..<written], as: UTF8.self).count
    }
}
