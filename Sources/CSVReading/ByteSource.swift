import SystemFiles

/// Where a reader's bytes come from, with the start of it kept for a second look.
struct ByteSource {
    private enum Origin {
        case descriptor(Int32)
        case bytes([UInt8])
    }

    private let origin: Origin
    /// How many bytes of `.bytes` were read.
    private var position = 0
    /// The bytes that ``fillHead(_:)`` read.
    private(set) var head: [UInt8] = []
    /// Whether the end came while the head was read.
    private(set) var headIsWhole = false
    private var headPosition = 0

    init(descriptor: Int32) { origin = .descriptor(descriptor) }
    init(bytes: [UInt8]) { origin = .bytes(bytes) }

    /// Reads up to `count` bytes ahead into ``head``; ``read(into:)`` gives them again.
    mutating func fillHead(_ count: Int) throws(CSVError) {
        var buffer = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count, !headIsWhole {
            let result = buffer.withUnsafeMutableBytes { buffer in
                readOrigin(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }
            let size = try result.get()
            filled += size
            headIsWhole = size == 0
        }
        buffer.removeLast(count - filled)
        head = buffer
        headPosition = 0
    }

    /// Reads some bytes, at most what `buffer` holds; 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        if headPosition < head.count {
            let size = min(buffer.count, head.count - headPosition)
            head.withUnsafeBytes { head in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: head[headPosition..<headPosition + size]))
            }
            headPosition += size
            if headPosition == head.count { head = [] }
            return size
        }
        return try readOrigin(into: buffer).get()
    }

    /// Goes back to the first byte. The head is gone.
    mutating func rewind() throws(CSVError) {
        head = []
        headIsWhole = false
        position = 0
        if case .descriptor(let descriptor) = origin, lseek(descriptor, 0, SEEK_SET) != 0 {
            throw .cannotRead(errno: errno)
        }
    }

    private mutating func readOrigin(into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, CSVError> {
        switch origin {
        case .bytes(let bytes):
            let size = min(buffer.count, bytes.count - position)
            bytes.withUnsafeBytes { bytes in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + size]))
            }
            position += size
            return .success(size)
        case .descriptor(let descriptor):
            while true {
                let size = SystemFiles.read(descriptor, buffer.baseAddress, buffer.count)
                if size >= 0 { return .success(size) }
                if errno != EINTR { return .failure(.cannotRead(errno: errno)) }
            }
        }
    }
}
