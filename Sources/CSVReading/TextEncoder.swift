/// Turns UTF-8 into bytes of a ``TextEncoding``.
enum TextEncoder {
    /// The first character of `text`, which is valid UTF-8, that `encoding` lacks.
    static func firstScalar(
        of text: UnsafeBufferPointer<UInt8>, notIn encoding: TextEncoding
    ) -> Unicode.Scalar? {
        switch encoding {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        case .windows1252:
            String(decoding: text, as: UTF8.self).unicodeScalars.first {
                Windows1252.byte(of: $0.value) == nil
            }
        case .iso88591:
            String(decoding: text, as: UTF8.self).unicodeScalars.first { $0.value > 0xFF }
        case .named(let name):
            IconvConverter.encode(text, in: name) != nil
                ? nil
                : String(decoding: text, as: UTF8.self).unicodeScalars.first { scalar in
                    Array(String(scalar).utf8).withUnsafeBufferPointer {
                        IconvConverter.encode($0, in: name) == nil
                    }
                }
        }
    }

    /// Appends `text`, which is valid UTF-8 and has no character that `encoding` lacks, to `output`.
    static func append(
        _ text: UnsafeBufferPointer<UInt8>, in encoding: TextEncoding, to output: inout [UInt8]
    ) {
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
        case .named(let name):
            output.append(contentsOf: IconvConverter.encode(text, in: name) ?? [])
        }
    }
}
