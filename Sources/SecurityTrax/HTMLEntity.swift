/// The named references that XML knows, and those that PHP's `htmlentities` writes for ISO-8859-1.
enum HTMLEntity {
    /// The longest of the names.
    static let longestName = 8

    /// The character of that name, letter case apart from that of its first letter: `Eacute` is É.
    static func scalar(named name: String) -> UInt32? {
        switch name.lowercased() {
        case "amp": return 0x26
        case "lt": return 0x3C
        case "gt": return 0x3E
        case "quot": return 0x22
        case "apos": return 0x27
        case "euro": return 0x20AC
        default: return latin1[name]
        }
    }

    /// U+00A0 to U+00FF.
    private static let latin1: [String: UInt32] = {
        let names =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 "
            + "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc "
            + "Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde "
            + "Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave "
            + "aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth "
            + "ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
        var table: [String: UInt32] = [:]
        for (offset, name) in names.split(separator: " ").enumerated() {
            table[String(name)] = 0xA0 + UInt32(offset)
        }
        return table
    }()
}
