import SystemFiles

extension UnsafeBufferPointer<UInt8> {
    /// Whether a byte is among these: many are looked at in one step.
    @inline(__always)
    func holds(_ byte: UInt8) -> Bool {
        baseAddress.map { memchr($0, Int32(byte), count) != nil } ?? false
    }
}
