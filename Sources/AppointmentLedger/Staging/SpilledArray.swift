import SystemFiles

/// Values in the order in which they were added, the newest in memory and the others in a temporary file without a name.
/// Where nothing can be written there, all stay in memory.
struct SpilledArray<Element: BitwiseCopyable>: ~Copyable {
    /// How many are written at a time.
    private let length: Int
    private let folder: String?
    /// How many are in the file: the first ones.
    private var spilled = 0
    private var recent = ContiguousArray<Element>()
    /// -1 before anything was written.
    private var descriptor: Int32 = -1
    private var isWritable = true

    /// What was read last: pieces of the file, each at its own place.
    private let pieces: UnsafeMutableBufferPointer<Element>
    /// Which piece stands at each place; -1 for none.
    private var pieceNumbers = [Int](repeating: -1, count: pieceCount)
    private let pieceLength: Int
    private static var pieceCount: Int { 32 }

    /// None.
    ///
    /// - Parameters:
    ///   - bytes: how much of them is kept in memory before it is written, a page at least.
    ///   - folder: where the file is; nil for `ProcessFolders.temporary`.
    init(inMemory bytes: Int = 1 << 16, folder: String? = nil) {
        self.folder = folder
        pieceLength = max(1, 4096 / MemoryLayout<Element>.stride)
        length = max(1, bytes / MemoryLayout<Element>.stride / pieceLength) * pieceLength
        pieces = .allocate(capacity: Self.pieceCount * pieceLength)
    }

    deinit {
        pieces.deallocate()
        if descriptor >= 0 { close(descriptor) }
    }

    /// How many there are.
    var count: Int { spilled + recent.count }

    /// Adds a value at the end.
    mutating func append(_ value: Element) {
        recent.append(value)
        if recent.count >= length, isWritable { spill() }
    }

    /// The value at a place.
    ///
    /// - Precondition: 0 ≤ `place` < `count`.
    /// - Throws: `SystemError` where it can't be read from the file.
    mutating func value(at place: Int) throws(SystemError) -> Element {
        if place >= spilled { return recent[place - spilled] }
        let number = place / pieceLength
        let start = number % Self.pieceCount * pieceLength
        if pieceNumbers[number % Self.pieceCount] != number { try read(number, to: start) }
        return pieces[start + place % pieceLength]
    }

    /// Forgets the values from a place on.
    ///
    /// - Precondition: 0 ≤ `count` ≤ the number of values.
    mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count, "there is nothing to forget there")
        if count >= spilled {
            recent.removeSubrange((count - spilled)...)
        } else {
            recent.removeAll(keepingCapacity: true)
            spilled = count
            pieceNumbers = [Int](repeating: -1, count: Self.pieceCount)
        }
    }

    /// Writes what is in memory; where that fails, it stays there.
    private mutating func spill() {
        isWritable = write()
        guard isWritable else { return }
        // The last piece may have been read when it was not full yet.
        pieceNumbers[spilled / pieceLength % Self.pieceCount] = -1
        spilled += recent.count
        recent.removeAll(keepingCapacity: true)
    }

    private mutating func write() -> Bool {
        if descriptor < 0 {
            guard let opened = try? SpooledFile.open(in: folder) else { return false }
            descriptor = opened
        }
        let (descriptor, start) = (descriptor, spilled * MemoryLayout<Element>.stride)
        return recent.withUnsafeBytes { Descriptor.write($0, at: start, to: descriptor) } == nil
    }

    private mutating func read(_ number: Int, to start: Int) throws(SystemError) {
        pieceNumbers[number % Self.pieceCount] = -1
        let stride = MemoryLayout<Element>.stride
        let first = number * pieceLength
        let bytes = UnsafeMutableRawBufferPointer(
            start: pieces.baseAddress?.advanced(by: start), count: min(pieceLength, spilled - first) * stride)
        guard let count = Descriptor.read(into: bytes, at: first * stride, from: descriptor) else {
            throw .last
        }
        // Somebody cut the file.
        if count < bytes.count { throw SystemError(EIO) }
        pieceNumbers[number % Self.pieceCount] = number
    }
}
