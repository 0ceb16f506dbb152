/// What ends a record. A reader accepts any mixture of them; a writer uses one.
public enum LineEnding: String, Sendable, Hashable, CaseIterable {
    /// Carriage return and line feed: RFC 4180, Windows.
    case crlf
    /// Line feed: Unix.
    case lf
    /// Carriage return: "CSV (Macintosh)" in Excel.
    case cr

    /// The bytes in UTF-8 and every other encoding that extends ASCII.
    public var bytes: [UInt8] {
        switch self {
        case .crlf: [.carriageReturn, .lineFeed]
        case .lf: [.lineFeed]
        case .cr: [.carriageReturn]
        }
    }
}

extension UInt8 {
    @usableFromInline static let tab: UInt8 = 0x09
    @usableFromInline static let lineFeed: UInt8 = 0x0A
    @usableFromInline static let carriageReturn: UInt8 = 0x0D
    @usableFromInline static let space: UInt8 = 0x20
    @usableFromInline static let quote: UInt8 = 0x22
    @usableFromInline static let backslash: UInt8 = 0x5C

    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    @usableFromInline var isWhiteSpace: Bool { self == .space || (0x09...0x0D).contains(self) }
}
