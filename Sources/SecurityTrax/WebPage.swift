/// A web page that came in the API's place: a login, a maintenance page, a captive portal.
struct WebPage {
    /// What it is titled, with its tags: its title, else its first heading. May be empty.
    private let markup: String

    /// No page is looked at any further.
    private static let searchedBytes = 65_536
    private static let titleBytes = 1_000

    /// What a page, or a piece of one, begins with.
    private static let elements: Set<String> = [
        "html", "head", "body", "title", "meta", "link", "script", "style", "base", "header", "main",
        "section", "article", "div", "p", "span", "center", "font", "table", "form", "iframe", "a", "img",
        "b", "strong", "i", "em", "br", "hr", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    ]

    /// The page in a body, nil where it holds none, or anything of the API's.
    init?(_ body: [UInt8]) {
        var bytes = Array(body.prefix(Self.searchedBytes))
        // UTF-16, near enough for a title in ASCII.
        if bytes.contains(0) { bytes.removeAll { $0 == 0 } }
        let page = String(decoding: bytes, as: UTF8.self)
        // Folded byte by byte, so that positions stay the same.
        let folded = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard Self.elements.contains(Self.firstElement(in: folded)) else { return nil }
        let html = Markup(bytes: folded)
        if html.find("<responses") != nil || html.find("<response ") != nil { return nil }
        let original = page.utf8.count == bytes.count ? Array(page.utf8) : bytes
        let found =
            html.content(of: "title").map { original[$0] } ?? html.content(of: "h1").map { original[$0] }
        markup = found.map { String(decoding: $0.prefix(Self.titleBytes), as: UTF8.self) } ?? ""
    }

    /// What it is titled, without tags, its entities resolved as far as titles need it. May be empty.
    ///
    /// - Parameter scrub: takes secrets out, before anything of them could be taken for a tag.
    func title(scrubbedBy scrub: (String) -> String) -> String { Self.text(scrub(markup)) }

    /// The name of the first element, past a byte order mark, text, comments and declarations.
    private static func firstElement(in bytes: [UInt8]) -> String {
        let markup = Markup(bytes: bytes)
        var at = 0
        while let tag = markup.find("<", from: at) {
            let next = tag + 1 < bytes.count ? bytes[tag + 1] : 0
            if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
                if markup.starts("<!doctype html", at: tag) { return "html" }
                let isComment = markup.starts("<!--", at: tag)
                guard let end = markup.find(isComment ? "-->" : ">", from: tag + 2) else { return "" }
                at = end + 1
                continue
            }
            let name = bytes[(tag + 1)...].prefix { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            return String(decoding: name, as: UTF8.self)
        }
        return ""
    }

    /// Text without tags, its entities resolved as far as titles need it.
    private static func text(_ markup: String) -> String {
        var output = ""
        var rest = markup[...]
        while let mark = rest.firstIndex(where: { $0 == "&" || $0 == "<" }) {
            output += rest[..<mark]
            rest = rest[mark...]
            if rest.first == "<" {
                guard let end = rest.firstIndex(of: ">") else { return output }
                rest = rest[rest.index(after: end)...]
            } else if let end = rest.prefix(12).firstIndex(of: ";"),
                let character = character(rest[rest.index(after: mark)..<end])
            {
                output.append(character)
                rest = rest[rest.index(after: end)...]
            } else {
                output.append("&")
                rest = rest.dropFirst()
            }
        }
        return output + rest
    }

    private static let entities: [Substring: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©", "reg": "®",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "hellip": "…",
        "raquo": "»", "laquo": "«", "middot": "·", "bull": "•",
    ]

    private static func character(_ entity: Substring) -> Character? {
        guard entity.hasPrefix("#") else { return entities[entity] }
        let isHex = entity.dropFirst().first == "x" || entity.dropFirst().first == "X"
        let code = UInt32(entity.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        return code.flatMap(Unicode.Scalar.init).map(Character.init)
    }

    /// Bytes in lower case that are searched.
    private struct Markup {
        let bytes: [UInt8]

        func starts(_ text: String, at index: Int) -> Bool {
            index + text.utf8.count <= bytes.count
                && bytes[index..<(index + text.utf8.count)].elementsEqual(text.utf8)
        }

        func find(_ text: String, from start: Int = 0) -> Int? {
            guard let first = text.utf8.first, start < bytes.count else { return nil }
            return bytes[start...].indices.first { bytes[$0] == first && starts(text, at: $0) }
        }

        /// Where an element's content stands; up to the end where it is not closed.
        func content(of name: String) -> Range<Int>? {
            var from = 0
            while let tag = find("<" + name, from: from) {
                from = tag + 1 + name.utf8.count
                guard from < bytes.count, let open = find(">", from: from) else { return nil }
                if bytes[from] != UInt8(ascii: ">"), bytes[from] > 0x20 { continue }
                return (open + 1)..<(find("</" + name, from: open + 1) ?? bytes.count)
            }
            return nil
        }
    }
}
