import SecurityTrax

/// A positive whole number within `Int64`; 0 where the text is something else. Leading zeros are fine.
@inline(__always)
func positiveNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    var value: Int64 = 0
    for byte in bytes {
        let digit = byte &- 48
        guard digit < 10 else { return 0 }
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, isTooLargeToo) = product.addingReportingOverflow(Int64(digit))
        if isTooLarge || isTooLargeToo { return 0 }
        value = sum
    }
    return value
}

/// A positive whole number as software writes it that knows only fractions: `104882`, `104882.0`, `104882.00`; 0 where
/// the text is something else. Three zeros may be thousands (`104.000`), so they are nobody's decimals.
@inline(__always)
func positiveWholeNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    let value = positiveNumber(bytes)
    if value > 0 { return value }
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")), dot > 0, (2...3).contains(bytes.count - dot),
        bytes[(dot + 1)...].allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return 0 }
    return positiveNumber(UnsafeBufferPointer(rebasing: bytes[..<dot]))
}

extension ServiceType {
    /// A service type by its number or its name, in any case, with or without spaces, `-` and `_`.
    @inline(__always)
    init?(written bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count == 1 {
            self.init(rawValue: Int(bytes[0]) - 48)
            return
        }
        // Up to eight letters, one a byte.
        var letters: UInt64 = 0
        var count = 0
        for byte in bytes {
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ") {
                continue
            }
            count += 1
            guard count <= 8 else { return nil }
            // Letters in lower case; digits have that bit set already.
            letters = letters << 8 | UInt64(byte | 0x20)
        }
        switch letters {
        case Self.installLetters: self = .install
        case Self.serviceLetters: self = .service
        case Self.ripOutLetters: self = .ripOut
        default:
            // `01`, `1.0`
            let number = positiveWholeNumber(bytes)
            guard number > 0, number <= 3 else { return nil }
            self.init(rawValue: Int(number))
        }
    }

    private static let installLetters = letters("install")
    private static let serviceLetters = letters("service")
    private static let ripOutLetters = letters("ripout")

    private static func letters(_ word: StaticString) -> UInt64 {
        word.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    }
}
