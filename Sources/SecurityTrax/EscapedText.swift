/// A text and every way to read the escapes in it: as XML and HTML, JSON, URLs, PHP's `addslashes`, C and CSS,
/// quoted-printable and the like write them, in each other too (`&amp;lt;` and `%5C%27`).
///
/// Each position has edges: a character, and where the text goes on behind it. The plain edge is the
/// character that stands there; an escape adds another.
struct EscapedText {
    private struct Edge: Hashable {
        var scalar: UInt32
        var end: Int
    }

    /// The text's own characters.
    let scalars: [Unicode.Scalar]
    private var edges: [[Edge]]
    /// How many steps are left before a text is too tangled to be read.
    private var stepsLeft = 2_000_000
    /// Escapes within escapes are followed so deep.
    private static let levels = 3

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        edges = scalars.enumerated().map { [Edge(scalar: $1.value, end: $0 + 1)] }
        for _ in 0..<Self.levels where addEscapes() == 0 { break }
    }

    /// Whether the text is so tangled that not every reading of it was followed.
    var isExhausted: Bool { stepsLeft <= 0 }

    /// The end of the longest stretch from there on that can be read as these characters, letter case aside.
    ///
    /// - Parameter folded: the characters, each as ``folded(_:)`` has it.
    func longestMatch(of folded: [UInt32], from start: Int) -> Int? {
        var ends: Set<Int> = [start]
        for wanted in folded {
            var next: Set<Int> = []
            for end in ends where end < edges.count {
                for edge in edges[end] where Self.folded(edge.scalar) == wanted { next.insert(edge.end) }
            }
            if next.isEmpty { return nil }
            ends = next
        }
        return ends.max()
    }

    /// A character in lower case, where that is one character too.
    static func folded(_ value: UInt32) -> UInt32 {
        // The full-width forms of ASCII.
        if (0xFF01...0xFF5E).contains(value) { return folded(value - 0xFEE0) }
        if value < 0x80 { return (0x41...0x5A).contains(value) ? value | 0x20 : value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first?.value ?? value : value
    }

    // MARK: Escapes

    /// Adds what the edges so far can be read as; returns how many edges that are.
    private mutating func addEscapes() -> Int {
        let known = edges
        var added = 0
        for start in known.indices {
            for edge in known[start] {
                var found: [Edge] = []
                switch edge.scalar {
                case 0x26: found = reference(at: edge.end, known)
                case 0x5C: found = backslash(at: edge.end, known) + bytes(at: start, known)
                case 0x25: found = percent(at: edge.end, known) + bytes(at: start, known)
                case 0x3D: found = bytes(at: start, known) + afterSoftBreak(at: edge.end, known)
                case 0x2B: found = [Edge(scalar: 0x20, end: edge.end)]
                // A quote within quotes, doubled.
                case 0x22, 0x27:
                    found = step(edge.end, known).filter { $0.scalar == edge.scalar }
                default: break
                }
                for new in found where !edges[start].contains(new) {
                    edges[start].append(new)
                    added += 1
                }
            }
        }
        return added
    }

    private mutating func step(_ position: Int, _ known: [[Edge]]) -> [Edge] {
        stepsLeft -= 1
        return position < known.count && stepsLeft > 0 ? known[position] : []
    }

    /// Where the text goes on behind that character.
    private mutating func ends(of value: UInt32, at position: Int, _ known: [[Edge]]) -> [Int] {
        step(position, known).filter { $0.scalar == value }.map(\.end)
    }

    /// `&name;`, `&#38;` and `&#x26;`, the semicolon of a number left out at times.
    private mutating func reference(at position: Int, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for end in ends(of: 0x23, at: position, known) {
            found += number(at: end, radix: 10, known)
            for letter in step(end, known) where letter.scalar == 0x78 || letter.scalar == 0x58 {
                found += number(at: letter.end, radix: 16, known)
            }
        }
        return found + name(at: position, "", known)
    }

    private mutating func number(at position: Int, radix: UInt32, _ known: [[Edge]]) -> [Edge] {
        var value: UInt32 = 0
        var end = position
        while value <= 0x10FFFF {
            guard
                let digit = step(end, known).first(where: {
                    Self.digit($0.scalar).map { $0 < radix } ?? false
                }),
                let amount = Self.digit(digit.scalar)
            else { break }
            value = value * radix + amount
            end = digit.end
        }
        guard end > position else { return [] }
        let plain = Edge(scalar: value, end: end)
        return [plain] + ends(of: 0x3B, at: end, known).map { Edge(scalar: value, end: $0) }
    }

    private mutating func name(at position: Int, _ begun: String, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for edge in step(position, known) {
            if edge.scalar == 0x3B, let scalar = HTMLEntity.scalar(named: begun) {
                found.append(Edge(scalar: scalar, end: edge.end))
            } else if begun.utf8.count < HTMLEntity.longestName, edge.scalar < 0x80,
                let letter = Unicode.Scalar(edge.scalar),
                letter.properties.isAlphabetic
                    || Self.digit(edge.scalar) != nil
            {
                found += name(at: edge.end, begun + String(Character(letter)), known)
            }
        }
        return found
    }

    /// `\/`, `\n`, `\'`, `\u00e9` and the like; bytes are read elsewhere.
    private mutating func backslash(at position: Int, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for edge in step(position, known) {
            switch edge.scalar {
            case 0x2F, 0x22, 0x27, 0x5C: found.append(edge)
            case 0x6E: found.append(Edge(scalar: 0x0A, end: edge.end))
            case 0x72: found.append(Edge(scalar: 0x0D, end: edge.end))
            case 0x74: found.append(Edge(scalar: 0x09, end: edge.end))
            case 0x62: found.append(Edge(scalar: 0x08, end: edge.end))
            case 0x66: found.append(Edge(scalar: 0x0C, end: edge.end))
            case 0x75:
                for brace in ends(of: 0x7B, at: edge.end, known) {
                    for digits in hexRun(upTo: 6, at: brace, known) {
                        found += ends(of: 0x7D, at: digits.end, known).map {
                            Edge(scalar: digits.scalar, end: $0)
                        }
                    }
                }
                for unit in hex(4, at: edge.end, known) {
                    guard (0xD800..<0xDC00).contains(unit.scalar) else {
                        found.append(unit)
                        continue
                    }
                    for slash in ends(of: 0x5C, at: unit.end, known) {
                        for letter in ends(of: 0x75, at: slash, known) {
                            for low in hex(4, at: letter, known) where (0xDC00..<0xE000).contains(low.scalar)
                            {
                                let scalar = 0x10000 + (unit.scalar - 0xD800) << 10 + (low.scalar - 0xDC00)
                                found.append(Edge(scalar: scalar, end: low.end))
                            }
                        }
                    }
                }
            default: break
            }
        }
        // `\0000e9` and `\e9 `, as CSS has them.
        for digits in hexRun(upTo: 6, at: position, known) {
            if digits.length == 6 { found.append(Edge(scalar: digits.scalar, end: digits.end)) }
            found += ends(of: 0x20, at: digits.end, known).map { Edge(scalar: digits.scalar, end: $0) }
        }
        return found
    }

    /// A line that quoted-printable broke: the character that follows the break.
    private mutating func afterSoftBreak(at position: Int, _ known: [[Edge]]) -> [Edge] {
        let feeds = ends(of: 0x0D, at: position, known).flatMap { ends(of: 0x0A, at: $0, known) }
        return (feeds + ends(of: 0x0A, at: position, known)).flatMap { step($0, known) }
    }

    /// `%u00e9`; bytes are read elsewhere.
    private mutating func percent(at position: Int, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for end in ends(of: 0x75, at: position, known) { found += hex(4, at: end, known) }
        return found
    }

    /// A character whose bytes are written as `%C3%A9`, `=C3=A9`, `\xc3\xa9` or `\303\251`, in UTF-8 or ISO-8859-1.
    private mutating func bytes(at position: Int, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for first in byte(at: position, known) {
            // In ISO-8859-1, or ASCII.
            found.append(first)
            let length = first.scalar >= 0xF0 ? 4 : first.scalar >= 0xE0 ? 3 : first.scalar >= 0xC2 ? 2 : 1
            guard length > 1 else { continue }
            var open = [Edge(scalar: first.scalar & (0xFF >> UInt32(length + 1)), end: first.end)]
            for _ in 1..<length {
                var next: [Edge] = []
                for edge in open {
                    for more in byte(at: edge.end, known) where more.scalar & 0xC0 == 0x80 {
                        next.append(Edge(scalar: edge.scalar << 6 | more.scalar & 0x3F, end: more.end))
                    }
                }
                open = next
            }
            found += open
        }
        return found
    }

    private mutating func byte(at position: Int, _ known: [[Edge]]) -> [Edge] {
        var found: [Edge] = []
        for edge in step(position, known) {
            if edge.scalar == 0x25 || edge.scalar == 0x3D {
                found += hex(2, at: edge.end, known)
            } else if edge.scalar == 0x5C {
                for end in ends(of: 0x78, at: edge.end, known) { found += hex(2, at: end, known) }
                found += digits(3, radix: 8, at: edge.end, known).filter { $0.scalar < 0x100 }
            }
        }
        return found
    }

    private mutating func hex(_ count: Int, at position: Int, _ known: [[Edge]]) -> [Edge] {
        digits(count, radix: 16, at: position, known)
    }

    /// The numbers of one to so many digits that begin there.
    private mutating func hexRun(upTo count: Int, at position: Int, _ known: [[Edge]]) -> [(
        scalar: UInt32, end: Int, length: Int
    )] {
        var found: [(scalar: UInt32, end: Int, length: Int)] = []
        for length in 1...count {
            let next = hex(length, at: position, known)
            if next.isEmpty { break }
            found += next.map { ($0.scalar, $0.end, length) }
        }
        return found
    }

    private mutating func digits(_ count: Int, radix: UInt32, at position: Int, _ known: [[Edge]])
        -> [Edge]
    {
        var open = [Edge(scalar: 0, end: position)]
        for _ in 0..<count {
            var next: [Edge] = []
            for edge in open {
                for digit in step(edge.end, known) {
                    guard let amount = Self.digit(digit.scalar), amount < radix else { continue }
                    next.append(Edge(scalar: edge.scalar * radix + amount, end: digit.end))
                }
            }
            open = next
        }
        return open
    }

    private static func digit(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x30...0x39: scalar - 0x30
        case 0x41...0x46: scalar - 0x41 + 10
        case 0x61...0x66: scalar - 0x61 + 10
        default: nil
        }
    }
}
