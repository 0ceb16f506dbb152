/// What is left of a name when it is compared: no white space, `_`, `-` or byte order mark, no `:` or `*`
/// at its end (marks of required columns), lower case.
func nameKey(_ name: String) -> String {
    plainNameKey(name) ?? wideNameKey(name)
}

/// The same by Unicode's rules, for any name.
func wideNameKey(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars {
        switch scalar {
        case "_", "-", "\u{2010}", "\u{2011}", "\u{FEFF}", "\u{200B}": continue
        default: if !scalar.properties.isWhitespace { scalars.append(scalar) }
        }
    }
    while let last = scalars.last, last == ":" || last == "*" || last == "?" { scalars.removeLast() }
    return String(scalars)
}

/// The same for a name of ASCII alone, by its bytes; nil for any other. Every run asks for the keys of some hundred
/// names that columns may have: looking up what Unicode says of each letter took a tenth of a short run.
private func plainNameKey(_ name: String) -> String? {
    var name = name
    return name.withUTF8 { bytes -> String? in
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { key in
            var count = 0
            for byte in bytes {
                switch byte {
                // What Unicode counts as white space, as far as it is ASCII.
                case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "), 0x09...0x0D: continue
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): key[count] = byte | 0x20
                default: key[count] = byte
                }
                count += 1
            }
            while count > 0, isMark(key[count - 1]) { count -= 1 }
            return count
        }
    }
}

private func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
}
