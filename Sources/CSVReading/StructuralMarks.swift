/// Where the bytes that mean something to CSV stand in a text: delimiters, quotes and line breaks, in its order. Found
/// sixteen at a time and without a branch, they let ``CSVMachine`` go from one to the next.
struct StructuralMarks {
    /// So many bytes behind a text must be readable: it is looked at in blocks.
    static let slack = 64
    /// So many marks of a block are put down without asking whether there are as many.
    private static let usual = 8

    private let places: UnsafeMutablePointer<UInt32>
    private let capacity: Int
    /// The length of the text in bytes: the last mark stands there, and is none.
    private(set) var end = 0
    /// The first mark that was not passed yet.
    private var next: UnsafeMutablePointer<UInt32>

    /// - Parameter capacity: the length of the longest text in bytes.
    init(capacity: Int) {
        precondition(capacity < Int(UInt32.max), "a chunk is small")
        self.capacity = capacity
        // Asked for as many as there can be, and taken as far as there are some.
        places = .allocate(capacity: capacity + Self.slack)
        places.pointee = 0
        next = places
    }

    func deallocate() { places.deallocate() }

    /// Marks a text, in place of the one before. ``slack`` bytes behind it are read, whatever they are.
    mutating func mark(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
        precondition(text.count <= capacity, "there is room for the marks of a whole chunk")
        end = text.count
        next = places
        var place = places
        let delimiters = SIMD16<UInt8>(repeating: delimiter)
        let quotes = SIMD16<UInt8>(repeating: .quote)
        let lineFeeds = SIMD16<UInt8>(repeating: .lineFeed)
        let carriageReturns = SIMD16<UInt8>(repeating: .carriageReturn)
        var start = 0
        while start < end, let bytes = UnsafeRawPointer(text.baseAddress) {
            var marks: UInt64 = 0
            for part in 0..<4 {
                let sixteen = bytes.loadUnaligned(
                    fromByteOffset: start &+ part << 4, as: SIMD16<UInt8>.self)
                let isMark =
                    (sixteen .== delimiters) .| (sixteen .== quotes) .| (sixteen .== lineFeeds)
                    .| (sixteen .== carriageReturns)
                marks |= Self.bits(isMark) << UInt64(part << 4)
            }
            // What stands behind the text is none of it.
            if end &- start < 64 { marks &= (1 << UInt64(end &- start)) &- 1 }
            place = Self.put(marks, at: start, place)
            start &+= 64
        }
        place.pointee = UInt32(end)
    }

    /// Puts down the places of a block's marks; returns where the next block's go.
    @inline(__always)
    private static func put(
        _ marks: UInt64, at start: Int, _ place: UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<UInt32> {
        let count = marks.nonzeroBitCount
        var marks = marks
        for index in 0..<usual {
            place[index] = UInt32(truncatingIfNeeded: start &+ marks.trailingZeroBitCount)
            marks &= marks &- 1
        }
        var index = usual
        while index < count {
            place[index] = UInt32(truncatingIfNeeded: start &+ marks.trailingZeroBitCount)
            marks &= marks &- 1
            index &+= 1
        }
        return place + count
    }

    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
        let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        return topBits(of: UInt64(littleEndian: halves[0]))
            | topBits(of: UInt64(littleEndian: halves[1])) << 8
    }

    /// The top bits of eight bytes, side by side: the factor moves each to a place of its own in the highest byte.
    @inline(__always)
    private static func topBits(of bytes: UInt64) -> UInt64 {
        ((bytes & 0x8080_8080_8080_8080) &* 0x0002_0408_1020_4081) >> 56
    }

    // MARK: From mark to mark

    /// Passes the marks before a place; returns the others, of which the last is ``end``.
    @inline(__always)
    mutating func pass(to place: Int) -> UnsafeMutablePointer<UInt32> {
        while Int(next.pointee) < place { next += 1 }
        return next
    }

    /// Passes all marks before one.
    @inline(__always)
    mutating func pass(to mark: UnsafeMutablePointer<UInt32>) { next = mark }
}
