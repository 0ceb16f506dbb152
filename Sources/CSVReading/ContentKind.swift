/// Files that people take for CSV, recognised by how they begin.
public enum ContentKind: Sendable, Hashable, CaseIterable {
    /// An Office Open XML workbook.
    case xlsx
    /// An OpenDocument spreadsheet.
    case openDocument
    /// Any other ZIP archive.
    case zip
    /// An Excel workbook before 2007, or another OLE file.
    case ole
    /// A PDF document.
    case pdf
    /// A PNG picture.
    case png
    /// A JPEG picture.
    case jpeg
    /// A GIF picture.
    case gif
    /// A gzip file.
    case gzip
    /// A bzip2, xz, Zstandard or 7-Zip file.
    case compressed
    /// A web page, often the login page of the service that should have sent the export.
    case html
    /// An XML document.
    case xml
    /// A JSON document.
    case json
    /// A SQLite database.
    case sqlite
    /// A Rich Text document.
    case rtf
    /// Text in UTF-32.
    case utf32

    /// What it is, with its article: "an .xlsx workbook".
    public var description: String {
        switch self {
        case .xlsx: "an .xlsx workbook"
        case .openDocument: "an OpenDocument spreadsheet"
        case .zip: "a ZIP archive, as .xlsx workbooks are too"
        case .ole: "an old .xls workbook"
        case .pdf: "a PDF document"
        case .png: "a PNG picture"
        case .jpeg: "a JPEG picture"
        case .gif: "a GIF picture"
        case .gzip: "a gzip file"
        case .compressed: "a compressed archive"
        case .html: "an HTML page"
        case .xml: "an XML document"
        case .json: "a JSON document"
        case .sqlite: "a SQLite database"
        case .rtf: "a Rich Text document"
        case .utf32: "text in UTF-32"
        }
    }

    /// What to do with it, in one sentence without a full stop.
    public var fix: String {
        switch self {
        case .xlsx, .openDocument, .ole: "open it in the spreadsheet program and save it as CSV UTF-8"
        case .zip:
            "save a workbook as CSV UTF-8 in the spreadsheet program, or unpack an archive and give the CSV file inside"
        case .gzip, .compressed: "unpack it and give the CSV file inside"
        case .html: "export the file again: a page, perhaps a login page, was saved instead of the data"
        case .utf32: "save the file as CSV UTF-8"
        case .rtf: "save it as plain text"
        case .pdf, .png, .jpeg, .gif, .xml, .json, .sqlite: "export the data as CSV"
        }
    }

    /// What `head`, the first bytes of a file (some 64 KiB are plenty), is recognised as; nil if it may
    /// well be CSV.
    public static func recognise(_ head: some Collection<UInt8>) -> ContentKind? {
        let head = Array(head.prefix(65_536))
        if isUTF32(head) { return .utf32 }
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            if contains("application/vnd.oasis.opendocument", in: head.prefix(256)) { return .openDocument }
            return contains("xl/", in: head[...]) || contains("[Content_Types].xml", in: head[...])
                ? .xlsx : .zip
        }
        for (signature, kind) in signatures where head.starts(with: signature) { return kind }
        return recogniseText(head)
    }

    /// UTF-32 with its byte order mark. The bytes of the mark might also be UTF-16 that holds a NUL: the
    /// first characters after it have to be possible ones.
    private static func isUTF32(_ head: [UInt8]) -> Bool {
        let isBigEndian = head.starts(with: [0, 0, 0xFE, 0xFF])
        guard isBigEndian || head.starts(with: [0xFF, 0xFE, 0, 0]), head.count >= 8 else { return false }
        return stride(from: 4, to: min(head.count - 3, 32), by: 4).allSatisfy { i in
            let bytes = head[i..<i + 4]
            let unit = (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
            // Above plane 2 there is hardly any text.
            return unit > 0 && unit < 0x30000 && Unicode.Scalar(unit) != nil
        }
    }

    private static let signatures: [([UInt8], ContentKind)] = [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .ole),
        (Array("%PDF-".utf8), .pdf),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        ([0xFF, 0xD8, 0xFF], .jpeg),
        (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif),
        ([0x1F, 0x8B], .gzip),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed),
        ([0x28, 0xB5, 0x2F, 0xFD], .compressed),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .compressed),
        (Array("BZh91AY&SY".utf8), .compressed),
        (Array("SQLite format 3\0".utf8), .sqlite),
        (Array("{\\rtf".utf8), .rtf),
    ]

    private static func recogniseText(_ head: [UInt8]) -> ContentKind? {
        var text = head[...]
        if text.starts(with: TextEncoding.utf8.byteOrderMark) { text = text.dropFirst(3) }
        text = text.drop(while: \.isWhiteSpace)
        guard let first = text.first else { return nil }
        let second = text.dropFirst().drop(while: \.isWhiteSpace).first
        switch first {
        case UInt8(ascii: "<"):
            let start = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
            if start.hasPrefix("<?xml") {
                // XHTML is a page all the same.
                return contains("<html", in: text.prefix(1024)) ? .html : .xml
            }
            let tags = ["!doctype html", "html", "head>", "body", "meta ", "script", "style", "table", "!--"]
            return tags.contains { start.hasPrefix("<" + $0) } ? .html : nil
        case UInt8(ascii: "{"):
            return second == .quote || second == UInt8(ascii: "}") ? .json : nil
        case UInt8(ascii: "["):
            guard let second else { return nil }
            return "{[\"]".utf8.contains(second) ? .json : nil
        default: return nil
        }
    }

    private static func contains(_ needle: String, in bytes: ArraySlice<UInt8>) -> Bool {
        let needle = Array(needle.utf8)
        guard let first = needle.first else { return true }
        var rest = bytes
        while let index = rest.firstIndex(of: first) {
            rest = rest[index...]
            if rest.starts(with: needle) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
