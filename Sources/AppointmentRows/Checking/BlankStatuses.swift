/// What an empty status stands for: nothing, or the one above it, as where cells were merged that said it once for several
/// rows.
///
/// Where cells were merged, a word never stands below itself, and the first row has one. A file that has it otherwise
/// leaves fields empty on their own, and so does one that has no words but those of calling off.
struct BlankStatuses {
    /// An empty field below a word of calling off.
    struct Passed {
        let line: Int
        let above: String
    }

    /// The last word, and whether it calls its visit off.
    private var last: (key: String, text: String, isOff: Bool)?
    /// Whether the file leaves fields empty on their own.
    private(set) var areOwn = false
    /// Whether a word was seen that calls no visit off.
    private(set) var isMixed = false
    /// The first empty field below such a word that was taken to say nothing, since no other word had been seen.
    private(set) var passed: Passed?

    /// Looks at a row's field.
    ///
    /// - Returns: the word above an empty field that may hold for it too, and calls its visit off.
    mutating func note(_ text: String, _ meaning: StatusWords.Meaning, line: Int) -> String? {
        if areOwn { return nil }
        guard !text.isEmpty else {
            guard let last else {
                areOwn = true
                passed = nil
                return nil
            }
            guard last.isOff else { return nil }
            if isMixed { return last.text }
            passed = passed ?? Passed(line: line, above: last.text)
            return nil
        }
        let key = nameKey(text)
        if key == last?.key {
            areOwn = true
            passed = nil
            return nil
        }
        last = (key, text, meaning != .visit)
        if meaning == .visit { isMixed = true }
        return nil
    }

    /// Begins with the first row again, with what is known of the file.
    mutating func restart() {
        last = nil
        passed = nil
    }

    /// Says that what comes is a group of its own.
    mutating func endGroup() { last = nil }
}
