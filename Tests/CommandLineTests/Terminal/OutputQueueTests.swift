import Foundation
import Testing

@testable import stimport

@Suite("Output on its way to a pipe") struct OutputQueueTests {
    /// Both ends of a pipe that has no room.
    private static func fullPipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let bytes = [UInt8](repeating: UInt8(ascii: "."), count: 4_096)
        for size in [bytes.count, 1] { while write(ends[1], bytes, size) > 0 {} }
        _ = fcntl(ends[1], F_SETFL, 0)
        return (ends[0], ends[1])
    }

    @Test("leaves before the program ends, where its reader reads a little late", arguments: [true, false])
    func lateReader(isEndless: Bool) throws {
        let ends = try Self.fullPipe()
        defer { for end in [ends.read, ends.write] { close(end) } }
        let queue = try #require(OutputQueue(patience: isEndless ? .endless : .short))
        queue.add(Array("the result".utf8), to: ends.write)
        Thread.detachNewThread {
            usleep(200_000)
            var buffer = [UInt8](repeating: 0, count: 1 << 17)
            _ = read(ends.read, &buffer, buffer.count)
        }
        #expect(queue.flush(within: nil))
    }

    @Test("is given up where nobody may wait, and where nobody reads", arguments: [true, false])
    func noReader(isShort: Bool) throws {
        let ends = try Self.fullPipe()
        let queue = try #require(OutputQueue(patience: isShort ? .short : .none))
        queue.add(Array("the result".utf8), to: ends.write)
        #expect(!queue.flush(within: nil))
        // So that the queue's thread ends.
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        _ = read(ends.read, &buffer, buffer.count)
        #expect(queue.flush(within: 10))
        for end in [ends.read, ends.write] { close(end) }
    }
}
