/// Turns UTF-8 into bytes of a ``TextEncoding``.
struct TextEncoder {
    let encoding: TextEncoding
    /// What encodes in an encoding that only the C library knows.
    private let converter: IconvConverter?

    init(encoding: TextEncoding) {
        self.encoding = encoding
        if case .named(let name) = encoding {
            converter = IconvConverter(from: "UTF-8", to: name)
        } else {
            converter = nil
        }
    }

    /// The first character of `text`, which is valid UTF-8, that the encoding lacks.
    func firstMissingScalar(of text: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        switch encoding {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        case .windows1252:
            String(decoding: text, as: UTF8.self).unicodeScalars.first {
                Windows1252.byte(of: $0.value) == nil
            }
        case .iso88591:
            String(decoding: text, as: UTF8.self).unicodeScalars.first { $0.value > 0xFF }
        case .named:
            converter?.encode(text) != nil
                ? nil
                : String(decoding: text, as: UTF8.self).unicodeScalars.first { scalar in
                    Array(String(scalar).utf8).withUnsafeBufferPointer { converter?.encode($0) } == nil
                }
        }
    }

    /// Appends `text`, which is valid UTF-8 and has no character that the encoding lacks, to `output`.
    func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        switch encoding {
        case .utf8:
            output.append(contentsOf: text)
        case .utf16LittleEndian:
            for unit in String(decoding: text, as: UTF8.self).utf16 {
                output.append(UInt8(truncatingIfNeeded: unit))
                output.append(UInt8(truncatingIfNeeded: unit >> 8))
            }
        case .utf16BigEndian:
            for unit in String(decoding: text, as: UTF8.self).utf16 {
                output.append(UInt8(truncatingIfNeeded: unit >> 8))
                output.append(UInt8(truncatingIfNeeded: unit))
            }
        case .windows1252:
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                if let byte = Windows1252.byte(of: scalar.value) { output.append(byte) }
            }
        case .iso88591:
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                output.append(UInt8(truncatingIfNeeded: scalar.value))
            }
        case .named:
            output.append(contentsOf: converter?.encode(text) ?? [])
        }
    }
}
