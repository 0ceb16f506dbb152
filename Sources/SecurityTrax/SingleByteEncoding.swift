import SystemFiles

/// Encodings in which every character is one byte, other than those that the XML parser knows itself.
enum SingleByteEncoding {
    /// What each of the 256 bytes stands for, -1 where it stands for nothing; nil for an encoding that is
    /// not known, or in which a character may have more bytes.
    static func table(of name: String) -> [Int32]? {
        switch name.lowercased() {
        case "windows-1252", "cp1252", "x-cp1252":
            var table = (0..<256).map { Int32($0) }
            table.replaceSubrange(0x80..<0xA0, with: windows1252)
            return table
        case "latin1", "latin-1", "l1", "iso8859-1", "iso_8859-1": return (0..<256).map { Int32($0) }
        default: return tableOfSystem(name)
        }
    }

    /// 0x80 to 0x9F, where windows-1252 differs from ISO-8859-1.
    private static let windows1252: [Int32] = [
        0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017D, -1,
        -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E, 0x0178,
    ]

    /// Asks the system's iconv for every byte by itself.
    private static func tableOfSystem(_ name: String) -> [Int32]? {
        #if canImport(Glibc)
            // Not `//TRANSLIT` and the like.
            let isPlain = name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
            guard isPlain, let converter = iconv_open("UTF-32LE", name), Int(bitPattern: converter) != -1
            else { return nil }
            defer { iconv_close(converter) }
            return tableOfBytes { byte in
                var input = CChar(bitPattern: byte)
                var scalar: UInt32 = 0
                return withUnsafeMutablePointer(to: &input) { input in
                    withUnsafeMutableBytes(of: &scalar) { output in
                        iconv(converter, nil, nil, nil, nil)
                        var from: UnsafeMutablePointer<CChar>? = input
                        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                        var fromCount = 1
                        var toCount = 4
                        if iconv(converter, &from, &fromCount, &to, &toCount) == -1 {
                            return errno == EILSEQ ? -1 : nil
                        }
                        // Nothing yet: the character may go on with the next byte.
                        guard toCount == 0 else { return nil }
                        return Int32(bitPattern: UInt32(littleEndian: output.load(as: UInt32.self)))
                    }
                }
            }
        #else
            return nil
        #endif
    }

    private static func tableOfBytes(_ scalar: (UInt8) -> Int32?) -> [Int32]? {
        var table: [Int32] = []
        for byte in UInt8.min...UInt8.max {
            guard let scalar = scalar(byte), scalar <= 0xFFFF else { return nil }
            table.append(scalar)
        }
        return table
    }
}
