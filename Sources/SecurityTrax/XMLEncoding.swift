import Foundation

/// Brings a document to UTF-8, whatever it is written in.
enum XMLEncoding {
    /// The document in UTF-8, up to the first byte that can't be read, and
    /// whether there was one; nil where the encoding is not known.
    static func utf8(_ bytes: [UInt8]) -> (content: ArraySlice<UInt8>, isCut: Bool)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return usable(bytes[3...]) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isBigEndian: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isBigEndian: false) }
        if bytes.starts(with: [0x00, 0x3C]) { return utf16(bytes[...], isBigEndian: true) }
        if bytes.starts(with: [0x3C, 0x00]) { return utf16(bytes[...], isBigEndian: false) }
        switch declared(bytes) {
        case nil, "utf-8", "utf8", "us-ascii", "ascii": return usable(bytes[...])
        case "iso-8859-1", "latin1":
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(Unicode.Scalar(byte)) }
            return usable(Array(String(text).utf8)[...])
        case "windows-1252", "cp1252":
            guard let text = String(data: Data(bytes), encoding: .windowsCP1252) else { return nil }
            return usable(Array(text.utf8)[...])
        default: return nil
        }
    }

    /// The encoding that the declaration names, in lower case.
    private static func declared(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "<?xml".utf8) else { return nil }
        let declaration = bytes.prefix(256)
        guard let end = declaration.firstRange(of: Array("?>".utf8)),
            let name = declaration[..<end.lowerBound].firstRange(of: Array("encoding".utf8))
        else { return nil }
        let value = declaration[name.upperBound..<end.lowerBound].drop {
            $0 <= 0x20 || $0 == UInt8(ascii: "=")
        }
        guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return ""
        }
        return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self).lowercased()
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> (ArraySlice<UInt8>, Bool) {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let first = UInt16(bytes[index])
            let second = UInt16(bytes[index + 1])
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        let (content, isCut) = usable(Array(String(decoding: units, as: UTF16.self).utf8)[...])
        return (content, isCut || bytes.count % 2 == 1)
    }

    /// The part before the first byte that is not UTF-8 or that XML forbids.
    private static func usable(_ bytes: ArraySlice<UInt8>) -> (content: ArraySlice<UInt8>, isCut: Bool) {
        var end = bytes.startIndex
        if String(validating: bytes, as: UTF8.self) != nil {
            end = bytes.endIndex
        } else {
            var parser = Unicode.UTF8.ForwardParser()
            var iterator = bytes.makeIterator()
            while case .valid(let scalar) = parser.parseScalar(from: &iterator) { end += scalar.count }
        }
        bytes[..<end].withUnsafeBufferPointer { buffer in
            if let forbidden = XMLText.firstForbidden(in: buffer) {
                end = bytes.startIndex + forbidden.offset
            }
        }
        return (bytes[..<end], end < bytes.endIndex)
    }
}
