/// The encodings that a file can be read from and written in.
public enum TextEncoding: Sendable, Hashable, CaseIterable {
    /// UTF-8, checked strictly.
    case utf8
    /// UTF-16, the less significant byte first: Excel's "Unicode text".
    case utf16LittleEndian
    /// UTF-16, the more significant byte first.
    case utf16BigEndian
    /// Windows' Western code page. Its five undefined bytes are errors.
    case windows1252
    /// ISO 8859-1: every byte is the character of that number.
    case iso88591

    /// The encoding of a name as people write it, in any case: `utf-8`, `cp1252`, `latin1` ….
    public init?(name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
        case "utf8", "utf8sig", "utf8bom": self = .utf8
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "windows1252", "cp1252", "win1252", "ansi", "1252": self = .windows1252
        case "iso88591", "latin1", "88591", "isolatin1", "l1": self = .iso88591
        default: return nil
        }
    }

    /// The name to show, which ``init(name:)`` reads back.
    public var name: String {
        switch self {
        case .utf8: "utf-8"
        case .utf16LittleEndian: "utf-16le"
        case .utf16BigEndian: "utf-16be"
        case .windows1252: "windows-1252"
        case .iso88591: "iso-8859-1"
        }
    }

    /// The byte order mark as it stands at the start of a file; empty where there is no such thing.
    public var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .windows1252, .iso88591: []
        }
    }
}

/// Windows-1252 between 0x80 and 0x9F, where it differs from ISO 8859-1.
/// Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
enum Windows1252 {
    /// The scalar of a byte, nil for the five that are undefined.
    static func scalar(of byte: UInt8) -> UInt32? {
        guard byte >= 0x80, byte < 0xA0 else { return UInt32(byte) }
        let value = upper[Int(byte) - 0x80]
        return value == 0 ? nil : value
    }

    /// The byte of a scalar, nil where there is none.
    static func byte(of scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0..<0x80, 0xA0..<0x100: UInt8(scalar)
        case 0x80..<0xA0: nil
        default: upper.firstIndex(of: scalar).map { UInt8($0 + 0x80) }
        }
    }

    /// Whether `byte` means nothing in Windows-1252.
    static func isUndefined(_ byte: UInt8) -> Bool {
        byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D
    }

    private static let upper: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
}
