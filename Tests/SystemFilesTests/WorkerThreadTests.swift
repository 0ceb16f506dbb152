import Foundation
import Testing

@testable import SystemFiles

@Suite("Threads and memory of the program's own")
struct WorkerThreadTests {
    @Test(
        "A thread does its work and lets go of it",
        arguments: ["a", "a name that is longer than the system takes"])
    func work(name: String) async throws {
        final class Held: Sendable {}
        weak var held: Held?
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let object = Held()
            held = object
            #expect(throws: Never.self) {
                try WorkerThread.start(name) { withExtendedLifetime(object) { continuation.resume() } }
            }
        }
        while held != nil { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("A stack that can't be had is an error, and what the thread was to hold is let go of")
    func noStack() {
        final class Held: Sendable {}
        weak var held: Held?
        do {
            let object = Held()
            held = object
            #expect(throws: SystemError.self) {
                try WorkerThread.start("none", stackSize: 1 << 46) { withExtendedLifetime(object) {} }
            }
        }
        #expect(held == nil)
    }

    @Test("Some threads can be had, and not more than the system has")
    func available() {
        #expect(WorkerThread.areAvailable(0))
        #expect(WorkerThread.areAvailable(16))
    }

    @Test("Some memory is left, and not more than there are addresses")
    func memory() {
        #expect(MemoryLimit.leaves(1 << 20))
        #expect(!MemoryLimit.leaves(1 << 60))
    }
}
