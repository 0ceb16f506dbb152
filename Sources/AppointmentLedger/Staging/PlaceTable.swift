/// Places in a list of entries by a hash of each, in 4 bytes an entry: which of them may be what is looked for.
///
/// Each entry has one of eight lanes of its hash, so that what is alike but for a small number is found together. The
/// table says too much rather than too little: some places are those of other entries. Whoever asks looks at each.
struct PlaceTable: ~Copyable {
    /// The highest number of places.
    static let limit = 1 << placeBits - 1

    private static let placeBits: UInt32 = 20
    private static let placeMask: UInt32 = 1 << placeBits - 1
    /// By how many bits a number is shifted that has a lane below it.
    static let laneBits: UInt32 = 3
    private static let laneMask: UInt32 = 1 << laneBits - 1
    /// How many lanes a hash has.
    static let lanes = 1 << laneBits
    /// Where looking begins: at every so manyth slot, a cache line.
    private static let bucketLength = 16

    /// Of each entry its place, counted from 1; above it its lane, and above that bits of its hash. 0 for a free slot. It
    /// stands in the first slot that was free where looking for it begins.
    private let slots: UnsafeMutableBufferPointer<UInt32>
    /// How many places are in it.
    private(set) var count = 0
    /// How many it is made for: the way to a free slot gets long beyond that.
    let capacity: Int

    /// An empty one.
    ///
    /// - Parameter capacity: for how many places it is made, up to ``limit``.
    init(capacity: Int) {
        self.capacity = min(max(capacity, 1), Self.limit)
        // One slot in ten stays free.
        let buckets = self.capacity * 10 / 9 / Self.bucketLength + 1
        slots = .allocate(capacity: buckets * Self.bucketLength)
        slots.initialize(repeating: 0)
    }

    deinit { slots.deallocate() }

    /// Adds a place.
    ///
    /// - Precondition: `count < capacity`, 0 ≤ `place` < ``limit``, and `lane` is below ``lanes``.
    mutating func add(_ place: Int, hash: UInt64, lane: Int) {
        precondition(count < capacity && place < Self.limit, "the table has no room for that")
        var slot = bucket(of: hash)
        while slots[slot] != 0 { slot = next(slot) }
        slots[slot] =
            (Self.mark(hash) << Self.laneBits | UInt32(lane)) << Self.placeBits | UInt32(place + 1)
        count += 1
    }

    /// Hands on the places that were added with a hash in some of its lanes, for as long as `body` says to go on.
    ///
    /// - Returns: whether all were handed on.
    @inline(__always)
    func forEach<Failure: Error>(
        hash: UInt64, lanes: ClosedRange<Int>, _ body: (Int) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let mark = Self.mark(hash)
        var slot = bucket(of: hash)
        while true {
            let found = slots[slot]
            if found == 0 { return true }
            if found >> (Self.placeBits + Self.laneBits) == mark,
                lanes.contains(Int(found >> Self.placeBits & Self.laneMask)),
                try !body(Int(found & Self.placeMask) - 1)
            {
                return false
            }
            slot = next(slot)
        }
    }

    /// What stands where looking for a hash begins, for whoever wants that fetched.
    @inline(__always)
    func first(of hash: UInt64) -> UInt32 { slots[bucket(of: hash)] }

    /// By the upper half of the hash.
    @inline(__always)
    private func bucket(of hash: UInt64) -> Int {
        Int(((hash >> 32) &* UInt64(slots.count / Self.bucketLength)) >> 32) &* Self.bucketLength
    }

    /// By the lower half.
    @inline(__always)
    private static func mark(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash) >> (placeBits + laneBits)
    }

    @inline(__always)
    private func next(_ slot: Int) -> Int { slot &+ 1 == slots.count ? 0 : slot &+ 1 }
}
