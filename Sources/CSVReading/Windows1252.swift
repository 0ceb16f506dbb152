/// Windows-1252 between 0x80 and 0x9F, where it differs from ISO 8859-1.
/// Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
package enum Windows1252 {
    /// The scalar of a byte, nil for the five that are undefined.
    static func scalar(of byte: UInt8) -> UInt32? {
        guard byte >= 0x80, byte < 0xA0 else { return UInt32(byte) }
        let value = upper[Int(byte) - 0x80]
        return value == 0 ? nil : value
    }

    /// The byte of a scalar, nil where there is none.
    package static func byte(of scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0..<0x80, 0xA0..<0x100: UInt8(scalar)
        case 0x80..<0xA0: nil
        default: upper.firstIndex(of: scalar).map { UInt8($0 + 0x80) }
        }
    }

    private static let upper: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
}
