import Foundation

/// Takes the password out of a service's words before anybody keeps them: a
/// refusal may quote it.
struct SecretScrubber {
    /// The forms in which the password is looked for, the longest first.
    private let forms: [String]
    /// Passwords shorter than this are replaced only where they stand as a word
    /// of their own: masking every `a` would tell more than it hides.
    private static let shortest = 4
    private let secretLength: Int
    /// The forms in lower case, where all of them are ASCII.
    private let plainForms: [[UInt8]]?

    init(_ credentials: Credentials) {
        let password = credentials.password
        secretLength = password.utf8.count
        var escaped: [UInt8] = []
        XMLText.appendEscaped(password, to: &escaped)
        let forms: Set<String> = [
            password, BoundedText.trimmed(password), Self.collapsed(password),
            String(decoding: escaped, as: UTF8.self), Self.htmlEscaped(password, apostrophe: "&#39;"),
            Self.htmlEscaped(password, apostrophe: "&#039;"),
            Self.htmlEscaped(password, apostrophe: "&apos;"),
            password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
            password.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "",
            Data(password.utf8).base64EncodedString(),
        ]
        self.forms = forms.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
        let isPlain = self.forms.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        plainForms = isPlain ? self.forms.map { Self.lowercased($0.utf8) } : nil
    }

    /// Whether the text certainly holds no form of the password, found out without building a string:
    /// nearly every text that an answer brings.
    private func isClean(_ text: String) -> Bool {
        guard let plainForms, text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let bytes = Self.lowercased(text.utf8)
        return plainForms.allSatisfy { form in
            guard let first = form.first, form.count <= bytes.count else { return true }
            for start in 0...(bytes.count - form.count) where bytes[start] == first {
                if bytes[start..<(start + form.count)].elementsEqual(form) { return false }
            }
            return true
        }
    }

    private static func lowercased(_ text: String.UTF8View) -> [UInt8] {
        text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    /// A service's text as it may be kept: on one line, without control
    /// characters and without the password.
    ///
    /// - Parameter limit: at most so many characters are kept, an ellipsis included.
    func clean(_ text: String, limit: Int) -> String {
        var text = text
        if text.hasSuffix("…") {
            // The reader cut it, maybe in the middle of the password.
            text = String(decoding: text.utf8.dropLast(3).dropLast(secretLength), as: UTF8.self) + "…"
        }
        text = Self.collapsed(scrub(Self.collapsed(scrub(text))))
        return text.count <= limit ? text : String(text.prefix(limit - 1)) + "…"
    }

    private func scrub(_ text: String) -> String {
        if isClean(text) { return text }
        var text = text
        // Folding case can change a letter's width, though never beyond this.
        for form in forms where form.utf8.count <= text.utf8.count * 3 {
            if form.utf8.count >= Self.shortest {
                text = text.replacingOccurrences(
                    of: form, with: Credentials.mask, options: [.caseInsensitive, .literal])
            } else {
                text = Self.replaceWord(form, in: text)
            }
        }
        return text
    }

    private static func replaceWord(_ word: String, in text: String) -> String {
        var output = ""
        var rest = text[...]
        while let range = rest.range(of: word, options: .literal) {
            func isPart(_ character: Character?) -> Bool {
                character.map { $0.isLetter || $0.isNumber } ?? false
            }
            let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : nil
            let after = range.upperBound < text.endIndex ? text[range.upperBound] : nil
            output += rest[..<range.lowerBound]
            output += isPart(before) || isPart(after) ? word : Credentials.mask
            rest = rest[range.upperBound...]
        }
        return output + rest
    }

    /// Text with every run of white space and control characters made one space.
    private static func collapsed(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20, !text.contains("  ") { return text }
        var output = String.UnicodeScalarView()
        var gap = false
        for scalar in text.unicodeScalars {
            let isGap: Bool
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: isGap = true
            default: isGap = scalar.properties.isWhitespace
            }
            if isGap {
                gap = true
            } else {
                if gap, !output.isEmpty { output.append(" ") }
                gap = false
                output.append(scalar)
            }
        }
        return String(output)
    }

    private static func htmlEscaped(_ text: String, apostrophe: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
            .replacingOccurrences(of: "\"", with: "&quot;")
            .replacingOccurrences(of: "'", with: apostrophe)
    }
}
