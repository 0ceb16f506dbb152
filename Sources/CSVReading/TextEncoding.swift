/// The encodings that a file can be read from and written in.
public enum TextEncoding: Sendable, Hashable {
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
    /// Any other one, by the name that the C library's iconv has for it; see ``init(name:)``.
    case named(String)

    /// The encodings that need no help from the C library.
    public static let builtIn: [TextEncoding] = [
        .utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252, .iso88591,
    ]

    /// What old Macs wrote.
    public static let macintosh = TextEncoding.named("macintosh")

    /// The encoding of a name as people write it, in any case (`utf-8`, `cp1252`, `latin1` …), or as iconv knows
    /// it; nil where nobody does.
    public init?(name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
        case "utf8", "utf8sig", "utf8bom": self = .utf8
        case "utf16le", "utf16", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "windows1252", "cp1252", "win1252", "ansi", "1252": self = .windows1252
        case "iso88591", "latin1", "88591", "isolatin1", "l1": self = .iso88591
        case "macintosh", "mac", "macroman", "xmacroman", "macosroman": self = .macintosh
        default:
            let name = name.lowercased()
            guard IconvConverter.knows(name) else { return nil }
            self = .named(name)
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
        case .named(let name): name
        }
    }

    /// Whether ASCII characters can be written for sure.
    var hasASCII: Bool {
        if case .named = self { false } else { true }
    }

    /// Whether it is UTF-32, whichever byte comes first.
    var isUTF32: Bool {
        if case .named(let name) = self { name.hasPrefix("utf-32") || name.hasPrefix("utf32") } else { false }
    }

    /// Whether the byte order mark says which byte comes first, because the name does not.
    var needsMark: Bool { self == .named("utf-32") || self == .named("utf32") }

    /// The byte order mark as it stands at the start of a file; empty where there is no such thing.
    public var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .windows1252, .iso88591, .named: []
        }
    }
}
