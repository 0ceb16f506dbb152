/// A lock, and waiting for what others change under it: POSIX threads' mutex and condition variable.
///
/// `@unchecked Sendable`: both are made for use by many threads, and stay where they are.
public final class Condition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let variable = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// Nobody holds the lock.
    public init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(variable, nil)
    }

    deinit {
        pthread_cond_destroy(variable)
        pthread_mutex_destroy(mutex)
        variable.deallocate()
        mutex.deallocate()
    }

    /// Waits for the lock and takes it.
    public func lock() { pthread_mutex_lock(mutex) }

    /// Gives the lock back.
    public func unlock() { pthread_mutex_unlock(mutex) }

    /// Wakes all who wait.
    public func broadcast() { pthread_cond_broadcast(variable) }

    /// Gives the lock back until somebody wakes those who wait, or for no reason. Only with the lock taken.
    public func wait() { pthread_cond_wait(variable, mutex) }

    /// The same, but so long at most.
    ///
    /// - Parameter seconds: at most 31,536,000, a year; nothing below 0.
    /// - Returns: false where the time has passed.
    public func wait(atMost seconds: Double) -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let end = Double(now.tv_nsec) / 1e9 + min(max(seconds, 0), 31_536_000)
        let whole = end.rounded(.down)
        var deadline = timespec(tv_sec: now.tv_sec + Int(whole), tv_nsec: Int((end - whole) * 1e9))
        return pthread_cond_timedwait(variable, mutex, &deadline) != ETIMEDOUT
    }
}
