/// What the first bytes of an input say about it.
struct FileStart {
    let encoding: TextEncoding
    /// The length of the byte order mark, 0 if there is none.
    let markLength: Int
    let dialect: Dialect

    /// Looks at `head`, which is the whole input if `isWhole`.
    init(_ head: [UInt8], isWhole: Bool, options: CSVReader.Options) throws(CSVError) {
        let kind = ContentKind.recognise(head)
        // Nobody writes UTF-32 but who is asked to: it is read where it is named.
        let isUTF32 = kind == .utf32 && options.encoding?.isUTF32 ?? false
        if let kind, !isUTF32 { throw .notCSV(kind) }
        // Its mark begins as that of UTF-16 does.
        let marked =
            isUTF32
            ? nil
            : [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian].first {
                head.starts(with: $0.byteOrderMark)
            }
        if marked == nil, options.encoding == nil, let encoding = Self.unmarkedUTF16(head) {
            throw .utf16WithoutByteOrderMark(encoding)
        }
        encoding = marked ?? options.encoding ?? .utf8
        // A name that says which byte comes first takes the mark for a character.
        markLength =
            isUTF32 ? (options.encoding?.needsMark ?? true ? 0 : 4) : marked?.byteOrderMark.count ?? 0

        let text = Self.decoded(head[markLength...], encoding)
        if encoding != .utf8, let kind = ContentKind.recognise(text) { throw .notCSV(kind) }
        let separator = DialectSniffer.separator(in: text[...])
        let rest = separator == nil ? text[...] : text.drop { $0 != .lineFeed && $0 != .carriageReturn }
        let sniffer = DialectSniffer(text: rest, isWhole: isWhole, headerScore: options.headerScore)
        let delimiter = options.delimiter ?? separator ?? sniffer.delimiter()
        dialect = Dialect(
            delimiter: delimiter, quotesEverything: sniffer.quotesEverything(delimiter),
            separatorLine: separator != nil)
    }

    /// The start of the input as UTF-8, as far as it can be decoded.
    private static func decoded(_ head: ArraySlice<UInt8>, _ encoding: TextEncoding) -> [UInt8] {
        head.withUnsafeBufferPointer { head in
            if encoding == .utf8 {
                return Array(head[..<UTF8Validation.validPrefix(of: head).length])
            }
            return TextDecoder(encoding: encoding).decode(head, isLast: false).text
        }
    }

    /// UTF-16 that doesn't say so, if every second byte of the first few is NUL and the others are not.
    private static func unmarkedUTF16(_ head: [UInt8]) -> TextEncoding? {
        let pairs = min(head.count / 2, 16)
        guard pairs >= 2 else { return nil }
        let even = (0..<pairs).count { head[2 * $0] == 0 }
        let odd = (0..<pairs).count { head[2 * $0 + 1] == 0 }
        if even == 0, odd == pairs { return .utf16LittleEndian }
        if odd == 0, even == pairs { return .utf16BigEndian }
        return nil
    }
}
