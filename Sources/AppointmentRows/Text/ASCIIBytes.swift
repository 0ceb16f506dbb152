/// What a byte of ASCII is. Bytes beyond it are neither.
extension UInt8 {
    /// `0` to `9`.
    @inline(__always)
    var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }

    /// `a` to `z` and `A` to `Z`.
    @inline(__always)
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}
