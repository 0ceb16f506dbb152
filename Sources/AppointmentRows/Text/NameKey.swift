/// What is left of a name when it is compared: no white space, `_`, `-` or byte order mark, no `:` or `*`
/// at its end (marks of required columns), lower case.
func nameKey(_ name: String) -> String {
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
