/// The time zones that a file's rows name, looked up once each.
struct ZoneCache {
    /// How many different texts are remembered; a column of garbage must not fill the memory.
    private static let limit = 1024
    /// How long a text can be and still be a zone, in bytes.
    private static let longest = 64
    /// For how many unknown texts a close name is looked for: it takes a while.
    private static let suggestionLimit = 200

    private var rules: [String: ZoneRule?] = [:]
    private var fixes: [String: String] = [:]
    private var lastText: [UInt8] = []
    private var lastRule: ZoneRule?

    /// The zone of a trimmed, non-empty text, or nil where nobody knows it.
    mutating func rule(_ bytes: UnsafeBufferPointer<UInt8>) -> ZoneRule? {
        guard bytes.count <= Self.longest else { return nil }
        // Mostly the row before has the same.
        if bytes.count == lastText.count, bytes.elementsEqual(lastText) { return lastRule }
        let text = String(decoding: bytes, as: UTF8.self)
        let rule: ZoneRule?
        if let known = rules[text] {
            rule = known
        } else {
            rule = ZoneRule(named: text)
            if rules.count >= Self.limit { rules.removeAll() }
            rules[text] = .some(rule)
        }
        lastText = Array(bytes)
        lastRule = rule
        return rule
    }

    /// What would fix an unknown zone.
    mutating func fix(_ text: String) -> String {
        guard text.utf8.count <= Self.longest else { return ZoneRule.form }
        if let fix = fixes[text] { return fix }
        guard fixes.count < Self.suggestionLimit else { return ZoneRule.form }
        let fix = ZoneRule.fix(for: text)
        fixes[text] = fix
        return fix
    }
}
