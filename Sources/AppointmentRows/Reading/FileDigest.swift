import SystemFiles

/// What a file's bytes are known by again: 128 bits over all of them and their number.
///
/// It tells files apart that differ by chance. Nobody gains by making two look the same: the second would be taken for
/// one that was imported already, and that is only said.
struct FileDigest: Sendable, Hashable {
    private var left: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var right: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private var count = 0

    /// As 32 hexadecimal digits.
    var text: String {
        StableHash.hexadecimal(left ^ UInt64(count)) + StableHash.hexadecimal(right &+ UInt64(count))
    }

    /// Adds the next bytes of the file: as many as a multiple of eight, but for its last ones.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        var offset = 0
        while offset + 8 <= bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
            offset += 8
        }
        guard offset < bytes.count else { return }
        var last: UInt64 = 0
        for (place, byte) in bytes[offset...].enumerated() { last |= UInt64(byte) << UInt64(8 * place) }
        mix(last)
    }

    private mutating func mix(_ word: UInt64) {
        left = (left ^ word) &* 0x9FB2_1C65_1E98_DF25
        left ^= left >> 32
        right = (right &+ word) &* 0xD6E8_FEB8_6659_FD93
        right = right << 29 | right >> 35
    }
}

extension InputFile {
    /// What the file's bytes are known by again, read once more; nil where they can't be read.
    package func digest() -> String? {
        var digest = FileDigest()
        var offset = 0
        let size = 1 << 18
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while true {
                // Filled whole, so that only the file's end is no multiple of eight.
                guard let filled = Descriptor.read(into: buffer, at: offset, from: descriptor) else {
                    return nil
                }
                digest.add(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
                offset += filled
                if filled < size { return digest.text }
            }
        }
    }
}
