/// The bytes of a field between what stands around it and can't be seen: ASCII white space, the no-break spaces that
/// spreadsheets and web pages leave behind, byte order marks, marks of the writing direction; and between the `="` and
/// `"` that keep a spreadsheet from reading a number. Other control characters stay, to be found.
@inline(__always)
func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let text = trimSpaces(bytes)
    guard text.count > 3, text[0] == UInt8(ascii: "=") else { return text }
    return withoutTextFormula(text)
}

/// `104882` of `="104882"`; any other text as it is.
private func withoutTextFormula(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let quote = UInt8(ascii: "\"")
    let inner = UnsafeBufferPointer(rebasing: text[2..<(text.count - 1)])
    guard text[1] == quote, text[text.count - 1] == quote, !inner.contains(quote) else { return text }
    return trimSpaces(inner)
}

@inline(__always)
private func trimSpaces(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end {
        let byte = bytes[start]
        if byte == 0x20 || (byte >= 9 && byte <= 13 && byte != 11 && byte != 12) {
            start += 1
        } else {
            guard byte >= 0xC2 else { break }
            let length = spaceLength(bytes, at: start, before: end)
            guard length > 0 else { break }
            start += length
        }
    }
    while end > start {
        let byte = bytes[end - 1]
        if byte == 0x20 || (byte >= 9 && byte <= 13 && byte != 11 && byte != 12) {
            end -= 1
        } else {
            guard byte >= 0x80 else { break }
            if end - start >= 2, spaceLength(bytes, at: end - 2, before: end) == 2 {
                end -= 2
            } else if end - start >= 3, spaceLength(bytes, at: end - 3, before: end) == 3 {
                end -= 3
            } else {
                break
            }
        }
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
}

/// How many bytes the white space or invisible mark beyond ASCII at `index` has, 0 where there is none: U+00A0,
/// U+2000–U+200F, U+2028–U+202F, U+205F, U+2060, U+2066–U+2069, U+3000, U+FEFF.
func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, before end: Int) -> Int {
    let left = end - index
    if left >= 2, bytes[index] == 0xC2 { return bytes[index + 1] == 0xA0 ? 2 : 0 }
    guard left >= 3 else { return 0 }
    let isSpace =
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xA0),
            (0xE2, 0x81, 0xA6...0xA9), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
            true
        default: false
        }
    return isSpace ? 3 : 0
}
