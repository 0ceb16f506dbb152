/// Reading and writing all that is to be read or written.
public enum Descriptor {
    /// Writes all of the bytes: goes on after partial writes and interruptions, and waits where the descriptor does
    /// not block.
    ///
    /// - Throws: `SystemError`; `EPIPE` where a pipe's reader has gone (SIGPIPE must be ignored for it).
    public static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        // Through a result: withUnsafeBytes has no typed errors here.
        let failure = bytes.withUnsafeBytes { write($0, to: descriptor) }
        if let failure { throw failure }
    }

    /// The same for bytes in memory that the caller owns; what failed, or nil.
    public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            if written >= 0 {
                rest = rest.dropFirst(written)
                continue
            }
            let failure = SystemError.last
            guard isPassing(failure, descriptor, POLLOUT) else { return failure }
        }
        return nil
    }

    /// Reads to the end.
    ///
    /// - Parameter limit: how many bytes are read at most.
    /// - Throws: `SystemError`.
    public static func readAll(_ descriptor: Int32, limit: Int = .max) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let chunk = try read(min(16_384, limit - bytes.count), from: descriptor)
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }

    /// Reads what is there, but no more than so many bytes; nothing at the end.
    ///
    /// - Throws: `SystemError`.
    public static func read(_ limit: Int, from descriptor: Int32) throws(SystemError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        while true {
            let count = buffer.withUnsafeMutableBytes { readOnce(into: $0, from: descriptor) }
            if count >= 0 { return Array(buffer[..<count]) }
            let failure = SystemError.last
            guard isPassing(failure, descriptor, POLLIN) else { throw failure }
        }
    }

    /// Reads a file from a place of it, wherever others have read to, until the buffer is full or the file ends.
    ///
    /// - Returns: how many bytes there were; nil where the file can't be read so.
    public static func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32
    ) -> Int? {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
                off_t(offset + filled))
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Writes all of the bytes to a place of a file, wherever others have written to.
    ///
    /// - Returns: what failed, or nil.
    public static func write(
        _ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32
    ) -> SystemError? {
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written,
                off_t(offset + written))
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .last }
            if count == 0 { return SystemError(EIO) }
            written += count
        }
        return nil
    }

    /// Whether to try again after a failure: at once after an interruption, as soon as the descriptor is ready where it
    /// does not block.
    private static func isPassing(_ failure: SystemError, _ descriptor: Int32, _ events: Int32) -> Bool {
        if failure.code == EINTR { return true }
        guard failure.code == EAGAIN || failure.code == EWOULDBLOCK else { return false }
        var ready = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        _ = poll(&ready, 1, -1)
        return true
    }

    private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        SystemFiles.write(descriptor, buffer.baseAddress, buffer.count)
    }

    /// One call of the system's `read`, whatever comes of it: how many bytes there were, 0 at the end, -1 where `errno`
    /// says why there were none.
    public static func readOnce(into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
        SystemFiles.read(descriptor, buffer.baseAddress, buffer.count)
    }
}
