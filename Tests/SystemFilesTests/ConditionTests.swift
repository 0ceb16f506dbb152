import Synchronization
import SystemFiles
import Testing

@Suite("Waiting for a change")
struct ConditionTests {
    @Test("Who waits is woken by a change, and has the lock again")
    func woken() throws {
        let condition = Condition()
        let isReady = Mutex(false)
        let isSeen = Mutex(false)
        condition.lock()
        try WorkerThread.start("waker") {
            // Taken only once the other waits.
            condition.lock()
            isReady.withLock { $0 = true }
            condition.broadcast()
            condition.unlock()
        }
        while !isReady.withLock({ $0 }) { condition.wait() }
        isSeen.withLock { $0 = true }
        condition.unlock()
        #expect(isSeen.withLock { $0 })
    }

    @Test("A wait ends when its time has passed", arguments: [-1, 0, 0.001, 0.02])
    func late(seconds: Double) {
        let condition = Condition()
        condition.lock()
        // It may be woken for no reason.
        while condition.wait(atMost: seconds) {}
        condition.unlock()
    }
}
