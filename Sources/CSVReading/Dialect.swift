/// How a CSV file is laid out: what separates its fields and records.
public struct Dialect: Sendable, Hashable {
    /// The ASCII character between two fields. See ``canDelimit(_:)``.
    public var delimiter: UInt8
    /// What a writer ends records with; in a file that was read, its first ending.
    public var lineEnding: LineEnding
    /// Whether every field is quoted, also where nothing in it needs quotes.
    public var quotesEverything: Bool
    /// Whether the first line is `sep=;`, by which Excel is told the delimiter.
    public var separatorLine: Bool

    /// The delimiters that a reader considers where it has to find out, the likeliest first.
    public static let sniffedDelimiters: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), .tab, UInt8(ascii: "|"),
    ]

    /// RFC 4180: commas, CRLF, quotes where they are needed.
    public static let standard = Dialect()

    /// As ``standard``, but with line feeds: what the tools of a shell expect, and spreadsheets read as well.
    public static let lines = Dialect(lineEnding: .lf)

    /// A dialect; what isn't given is as in ``standard``.
    /// - Precondition: ``canDelimit(_:)`` holds for `delimiter`.
    public init(
        delimiter: UInt8 = UInt8(ascii: ","), lineEnding: LineEnding = .crlf,
        quotesEverything: Bool = false, separatorLine: Bool = false
    ) {
        precondition(Self.canDelimit(delimiter), "a delimiter is ASCII and neither a quote nor a line break")
        self.delimiter = delimiter
        self.lineEnding = lineEnding
        self.quotesEverything = quotesEverything
        self.separatorLine = separatorLine
    }

    /// Whether fields can be separated by `byte`: any ASCII character but a quote and line breaks.
    public static func canDelimit(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != .quote && byte != .lineFeed && byte != .carriageReturn
    }
}
