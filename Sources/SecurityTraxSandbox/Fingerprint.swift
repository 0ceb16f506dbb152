/// A 64-bit hash of an appointment's five identifying values, so that a million of
/// them are remembered in some 16–32 MB. Two of a million agree by chance once in 10^7 runs.
struct Fingerprint {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds one value, told apart from its neighbours by its length.
    mutating func add(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        state = Self.mix(state ^ UInt64(bytes.count))
    }

    /// The hash.
    var value: UInt64 { Self.mix(state) }

    /// Spreads every bit over all others (the finalizer of SplitMix64).
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
