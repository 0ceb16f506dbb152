import SystemFiles
import Synchronization

/// The process's signals, one after the other on the main thread, which does nothing else. A signal is neither lost
/// nor handled in the middle of something, and no other thread can keep it waiting.
///
/// What is called here must not block.
enum SignalRouter {
    /// What a command does about signals.
    struct Handlers: Sendable {
        /// SIGINT, SIGTERM or SIGHUP came. Without one, the signal ends the process as usual.
        var stop: (@Sendable (Int32) -> Void)?
        /// SIGUSR1 came: somebody wants to know how far it is. It returns whether it has said so.
        var progress: (@Sendable () -> Bool)?
    }

    private static let handlers = Mutex(Handlers())
    /// Answers SIGUSR1 where nothing else does.
    private static let sign = Mutex<(@Sendable () -> Void)?>(nil)

    /// Lets a command that has no progress to tell give a sign of life.
    static func answer(with new: @escaping @Sendable () -> Void) {
        sign.withLock { $0 = new }
    }

    /// Follows these handlers from now on.
    static func follow(_ new: Handlers) {
        handlers.withLock { $0 = new }
    }

    /// Holds the signals back for `wait`. To be called before another thread exists, since threads inherit it.
    static func block() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGUSR1] {
            // What nohup ignores stays ignored.
            if number == SIGHUP, isIgnored(number) { continue }
            sigaddset(&set, number)
        }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return set
    }

    /// Handles signals until the process ends.
    static func wait(for signals: sigset_t) -> Never {
        var signals = signals
        while true {
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0 else { continue }
            let handlers = handlers.withLock { $0 }
            switch number {
            case SIGUSR1:
                if !(handlers.progress?() ?? false) { sign.withLock { $0 }?() }
            case SIGTSTP:
                PasswordPrompt.showEcho()
                actAsUsual(SIGTSTP)
                // Asked once: a second time would throw away what is typed in between.
                takePending(SIGCONT)
                PasswordPrompt.askAgain()
            case SIGCONT: PasswordPrompt.askAgain()
            case SIGINT, SIGTERM, SIGHUP:
                PasswordPrompt.cancel(by: number)
                if let stop = handlers.stop { stop(number) } else { actAsUsual(number) }
            default:
                PasswordPrompt.cancel(by: number)
                actAsUsual(number)
            }
        }
    }

    /// Whether a signal that ends a question has come, and nobody has taken it yet.
    static var hasPendingEnd: Bool {
        var set = sigset_t()
        sigemptyset(&set)
        sigpending(&set)
        return [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains { sigismember(&set, $0) == 1 }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
            return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
        #else
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
        #endif
    }

    /// Takes a signal that has come already; does nothing where it has not.
    private static func takePending(_ number: Int32) {
        var pending = sigset_t()
        sigemptyset(&pending)
        sigpending(&pending)
        guard sigismember(&pending, number) == 1 else { return }
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        var taken: Int32 = 0
        sigwait(&set, &taken)
    }

    /// Lets the signal act as if nobody had caught it.
    private static func actAsUsual(_ number: Int32) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }
}
