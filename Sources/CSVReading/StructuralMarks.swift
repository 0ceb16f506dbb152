import CMarks

/// Where the bytes that mean something to CSV stand in a text: delimiters, quotes and line breaks, in its order. Found
/// 64 at a time and without a branch, they let ``CSVMachine`` go from one to the next.
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
        var start = 0
        while start < end, let bytes = text.baseAddress {
            var marks = shim_marks(bytes + start, delimiter, .quote, .lineFeed, .carriageReturn)
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
