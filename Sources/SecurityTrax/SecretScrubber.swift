import SystemFiles

/// Takes a secret out of a service's words before anybody keeps them: a refusal may quote the password, in whatever
/// spelling its layers gave it. The heartbeat service's address is kept out of messages in the same way.
///
/// Escapes are read before comparing, in every way that they can be (``EscapedText``); the spellings that
/// hide every letter (base64, hexadecimal) are compared as they are, and both are decoded too, since the
/// password may stand anywhere in them (`SecretScrubber+Encodings.swift`).
package struct SecretScrubber: Sendable {
    /// A spelling of the password.
    private struct Form: Hashable {
        /// Its characters, as ``EscapedText/folded(_:)`` has them.
        var scalars: [UInt32]
        /// Whether it says nothing of the password to the eye.
        var isEncoded: Bool
        /// Whether it counts only where it stands as a word of its own.
        var isWord = false
    }

    /// The spellings in which the password is looked for.
    private let forms: [Form]
    /// Those in ASCII, in bytes: all that a text in ASCII without escapes can hold.
    private let plainForms: [[UInt8]]
    /// Passwords shorter than this are replaced only where they stand as a word
    /// of their own: masking every `a` would tell more than it hides.
    static let shortest = 4
    /// What the password looks like in base64 that hides more than it.
    private let base64Cores: [[UInt8]]
    /// The length of the shortest of them; nil where there is none.
    private let shortestCore: Int?
    private let secretLength: Int
    /// The length of the longest of what is looked for.
    private let longestLength: Int
    /// The hexadecimal digits of the password's bytes, in lower case.
    let hexDigits: [[UInt8]]
    /// The length of the shortest of them; nil where there is none.
    let fewestHexDigits: Int?
    /// Nil where the password is too short for it.
    private let cleanTextProof: CleanTextProof?

    /// What takes out the password of these credentials. Making one takes longer than an answer needs it.
    package init(_ credentials: Credentials) {
        self.init(
            secret: credentials.password, username: credentials.username,
            names: [credentials.username, credentials.partnerID])
    }

    /// Whether a user name or a partner ID is taken out too: only one that is hardly a word or a number of something else.
    /// A message without each `service` or `17` in it would say nothing.
    static func isSecret(name: String) -> Bool {
        name.utf8.count >= shortestName && name.unicodeScalars.contains { !$0.properties.isAlphabetic }
            && !name.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    private static let shortestName = 8

    /// - Parameters:
    ///   - password: what is taken out: the password, or another secret.
    ///   - username: who may stand before it in base64.
    ///   - names: what is taken out besides where it stands as a word of its own, unless it may be any other.
    init(secret password: String, username: String = "", names: [String] = []) {
        let names = names.filter(Self.isSecret)
        secretLength = password.utf8.count
        longestLength = ([password] + names).map(\.utf8.count).max() ?? 0
        // No set: to Swift a letter with its accent and the two one after the other are equal texts.
        var plain = [
            password, BoundedText.trimmed(password), Self.collapsed(password), password.uppercased(),
            password.lowercased(),
        ]
        if !password.utf8.allSatisfy({ $0 < 0x80 }) {
            plain += [password.canonicallyComposed, password.canonicallyDecomposed]
            plain += Self.misread(password)
        }
        plain.removeAll(where: \.isEmpty)

        var secrets = [Array(password.utf8)]
        if let latin = Self.latin1(password), latin != secrets[0] { secrets.append(latin) }
        secrets.removeAll { $0.isEmpty }
        var encoded: Set<String> = []
        for secret in secrets {
            encoded.insert(secret.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
            for bytes in [secret, Array(username.utf8) + [UInt8(ascii: ":")] + secret] {
                let text = Data(bytes).base64EncodedString()
                let bare = String(text.prefix { $0 != "=" })
                encoded.formUnion([text, bare])
                encoded.formUnion(
                    [text, bare].map { text in
                        String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
                    })
            }
        }
        hexDigits = secrets.filter { $0.count >= Self.shortest }.map { secret in
            secret.flatMap { byte in
                Array(String(byte >> 4, radix: 16).utf8) + Array(String(byte & 15, radix: 16).utf8)
            }
        }
        base64Cores = secrets.filter { $0.count >= Self.shortest }.flatMap(Self.base64Cores)
        shortestCore = base64Cores.map { $0.count }.min()
        fewestHexDigits = hexDigits.map { $0.count }.min()
        func form(_ text: String, _ isEncoded: Bool) -> Form {
            Form(scalars: text.unicodeScalars.map { EscapedText.folded($0.value) }, isEncoded: isEncoded)
        }
        let words = names.map { Form(scalars: form($0, false).scalars, isEncoded: false, isWord: true) }
        forms = Array(Set(plain.map { form($0, false) } + encoded.map { form($0, true) } + words))
        plainForms = forms.compactMap { form in
            form.scalars.allSatisfy { $0 < 0x80 } ? form.scalars.map { UInt8(truncatingIfNeeded: $0) } : nil
        }
        cleanTextProof = CleanTextProof(
            words: plainForms, base64: base64Cores,
            shortest: (forms.map(\.scalars.count) + base64Cores.map(\.count) + hexDigits.map(\.count)).min()
                ?? 0,
            fewestHexDigits: fewestHexDigits)
    }

    /// What becomes of a password that somebody read in another encoding, or could not write.
    private static func misread(_ password: String) -> Set<String> {
        var found: Set<String> = []
        var latin = String.UnicodeScalarView()
        var western = String.UnicodeScalarView()
        let table = SingleByteEncoding.table(of: "windows-1252") ?? []
        for byte in password.utf8 {
            latin.append(Unicode.Scalar(byte))
            let value = table.indices.contains(Int(byte)) ? table[Int(byte)] : -1
            western.append(UInt32(exactly: value).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
        }
        found.formUnion([String(latin), String(western)])
        // Only where enough of it is left to be sure.
        guard password.utf8.count(where: { $0 < 0x80 }) >= shortest else { return found }
        for mark in ["?", "\u{FFFD}"] {
            for isByte in [false, true] {
                found.insert(
                    password.unicodeScalars.map { scalar in
                        scalar.isASCII
                            ? String(Character(scalar))
                            : String(
                                repeating: mark, count: isByte ? String(Character(scalar)).utf8.count : 1)
                    }.joined())
            }
        }
        return found
    }

    private static func latin1(_ text: String) -> [UInt8]? {
        let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return bytes.count == text.unicodeScalars.count ? bytes : nil
    }

    /// Whether the text certainly holds no spelling of the password, found out without reading escapes:
    /// nearly every text that an answer brings.
    private func isClean(_ text: String) -> Bool {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x80..., 0x22, 0x25, 0x26, 0x27, 0x2B, 0x3D, 0x5C: return false
            case 0x41...0x5A: bytes.append(byte | 0x20)
            default: bytes.append(byte)
            }
        }
        return plainForms.allSatisfy { bytes.position(of: $0) == nil }
    }

    /// A service's text as it may be kept: on one line, without control
    /// characters and without the password.
    ///
    /// - Parameter limit: at most so many characters are kept, an ellipsis included.
    func clean(_ text: String, limit: Int) -> String {
        isCertainlyClean(text, limit: limit) ? text : scrubbed(text, limit: limit)
    }

    /// Whether ``clean(_:limit:)`` leaves a text as it is, as far as that can be told at once.
    func isCertainlyClean(_ text: String, limit: Int) -> Bool {
        text.utf8.count <= limit && cleanTextProof?.holds(for: text) ?? false
    }

    /// What ``clean(_:limit:)`` makes of any text.
    func scrubbed(_ text: String, limit: Int) -> String {
        var text = text
        if text.hasSuffix("…") {
            // The reader cut it, maybe in the middle of the password. Its longest spellings have some bytes for each of its own.
            text =
                String(decoding: text.utf8.dropLast(3).dropLast(longestLength * 12 + 16), as: UTF8.self) + "…"
        }
        // Again, because what was taken out may have stood between the parts of another. The same text gives the same.
        let once = Self.collapsed(scrub(text))
        text = once.utf8.elementsEqual(text.utf8) ? once : Self.collapsed(scrub(once))
        return text.count <= limit ? text : String(text.prefix(limit - 1)) + "…"
    }

    private func scrub(_ text: String) -> String {
        scrubNested(scrubHex(scrubBase64(scrubForms(text)))) { scrubHex(scrubBase64(scrubForms($0))) }
    }

    private func scrubForms(_ text: String) -> String {
        if forms.isEmpty || isClean(text) { return text }
        let escaped = EscapedText(text)
        // Better nothing than something that was not understood.
        if escaped.isExhausted { return Credentials.mask }
        let scalars = escaped.scalars
        var output = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            var end: Int?
            for form in forms {
                if let match = escaped.longestMatch(of: form.scalars, from: index), match > end ?? index,
                    counts(form, index..<match, in: scalars)
                {
                    end = match
                }
            }
            if let end {
                output.append(contentsOf: Credentials.mask.unicodeScalars)
                index = end
            } else {
                output.append(scalars[index])
                index += 1
            }
        }
        return String(output)
    }

    /// Whether a match may be the password: a short one only where it is a word of its own, or escaped.
    private func counts(_ form: Form, _ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
        let isShort = secretLength < Self.shortest && (form.isEncoded || range.count < Self.shortest)
        guard form.isWord || isShort else { return true }
        func isPart(_ index: Int) -> Bool {
            guard scalars.indices.contains(index) else { return false }
            return scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
        }
        return !isPart(range.lowerBound - 1) && !isPart(range.upperBound)
    }

    // MARK: Base64

    /// The letters that the secret has in base64 wherever it stands: behind none, one or two bytes of a
    /// group. Those that it shares with its neighbours are left out.
    private static func base64Cores(of secret: [UInt8]) -> [[UInt8]] {
        (0..<3).map { before in
            let text = Data([UInt8](repeating: 0, count: before) + secret).base64EncodedString()
            let first = (before * 8 + 5) / 6
            let last = (before + secret.count) * 8 / 6
            return Array(Array(text.utf8)[first..<last])
        }
    }

    /// Masks every run of base64 that holds the password, wherever it stands in it.
    private func scrubBase64(_ text: String) -> String {
        guard let shortestCore, text.utf8.count >= shortestCore else { return text }
        // Both alphabets alike.
        let bytes = text.utf8.map { Self.base64Letter($0) ?? $0 }
        func isPart(_ byte: UInt8) -> Bool { Self.base64Letter(byte) != nil }
        var hidden: [Range<Int>] = []
        for core in base64Cores {
            var from = 0
            while let start = bytes.position(of: core, from: from) {
                var range = start..<(start + core.count)
                while range.lowerBound > 0, isPart(bytes[range.lowerBound - 1]) {
                    range = (range.lowerBound - 1)..<range.upperBound
                }
                while range.upperBound < bytes.count,
                    isPart(bytes[range.upperBound]) || bytes[range.upperBound] == UInt8(ascii: "=")
                {
                    range = range.lowerBound..<(range.upperBound + 1)
                }
                hidden.append(range)
                from = range.upperBound
            }
        }
        return Self.masking(hidden, in: text)
    }

    /// A text with these stretches of its bytes masked.
    static func masking(_ hidden: [Range<Int>], in text: String) -> String {
        if hidden.isEmpty { return text }
        let original = Array(text.utf8)
        var output: [UInt8] = []
        var copied = 0
        for range in hidden.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > copied {
            output += original[copied..<max(copied, range.lowerBound)] + Array(Credentials.mask.utf8)
            copied = range.upperBound
        }
        return String(decoding: output + original[copied...], as: UTF8.self)
    }

    // MARK: White space

    private static func hasDoubleSpace(_ text: String) -> Bool {
        var before: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x20, before == 0x20 { return true }
            before = byte
        }
        return false
    }

    /// Text with every run of white space and control characters made one space.
    private static func collapsed(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20, !hasDoubleSpace(text) { return text }
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
}
