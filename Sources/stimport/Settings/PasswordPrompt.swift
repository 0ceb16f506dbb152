import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asking for the password on the terminal, without echo.
enum PasswordPrompt {
    /// Whether a person is there to ask: standard error is a terminal. Standard
    /// input may be the appointments; the question goes to the terminal itself.
    static var isPossible: Bool { isatty(STDERR_FILENO) == 1 }

    /// The signal that came while the echo was off, or 0.
    private static let received = Atomic<Int32>(0)
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

    /// Asks, and reads one line. The echo comes back also where a signal ends the wait.
    static func ask(_ question: String) throws(UsageError) -> String {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else {
            throw UsageError(
                "there is no terminal to ask for the password on",
                fix: "set STIMPORT_PASSWORD_FILE or STIMPORT_PASSWORD_COMMAND")
        }
        defer { close(terminal) }
        var result = readLine(terminal, question)
        // Stopped and continued: ask again.
        while case .failure(SIGTSTP) = result {
            raiseHere(SIGTSTP)
            result = readLine(terminal, question)
        }
        switch result {
        case .line(let bytes): return try CredentialSources.text(bytes, .prompt)
        case .ended: throw UsageError("no password was given", fix: "type it, or set STIMPORT_PASSWORD_FILE")
        case .failure(let number):
            // As if nobody had caught it.
            raiseHere(number)
            throw UsageError("the question for the password was interrupted")
        }
    }

    /// Lets the signal act on this thread before going on: worker threads have all signals blocked.
    private static func raiseHere(_ number: Int32) {
        var set = sigset_t()
        var former = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, &former)
        raise(number)
        pthread_sigmask(SIG_SETMASK, &former, nil)
    }

    private enum Answer {
        case line([UInt8])
        case ended
        /// The signal's number.
        case failure(Int32)
    }

    private static func readLine(_ terminal: Int32, _ question: String) -> Answer {
        received.store(0, ordering: .relaxed)
        var former: [sigaction] = []
        for number in signals {
            var action = sigaction()
            let handler: @convention(c) (Int32) -> Void = {
                PasswordPrompt.received.store($0, ordering: .relaxed)
            }
            #if canImport(Darwin)
                action.__sigaction_u.__sa_handler = handler
            #else
                action.__sigaction_handler.sa_handler = handler
            #endif
            var old = sigaction()
            sigaction(number, &action, &old)
            former.append(old)
        }
        var shown = termios()
        let isTerminal = tcgetattr(terminal, &shown) == 0
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(terminal, TCSAFLUSH, &hidden) }
        _ = question.utf8CString.withUnsafeBytes {
            FileDescriptorWriter.write(UnsafeRawBufferPointer(rebasing: $0.dropLast()), to: terminal)
        }

        var line: [UInt8] = []
        var byte: UInt8 = 0
        var hasEnded = false
        while received.load(ordering: .relaxed) == 0, line.count <= CredentialSources.limit {
            // The signal may be handled on another thread, where it doesn't interrupt
            // this one: look every now and then.
            var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 100) <= 0 { continue }
            let count = systemRead(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                hasEnded = true
                break
            }
            if byte == 10 || byte == 13 { break }
            line.append(byte)
        }

        if isTerminal { tcsetattr(terminal, TCSAFLUSH, &shown) }
        _ = [UInt8(10)].withUnsafeBytes { FileDescriptorWriter.write($0, to: terminal) }
        for (number, old) in zip(signals, former) {
            var old = old
            sigaction(number, &old, nil)
        }
        let number = received.load(ordering: .relaxed)
        if number != 0 { return .failure(number) }
        return hasEnded && line.isEmpty ? .ended : .line(line)
    }
}
