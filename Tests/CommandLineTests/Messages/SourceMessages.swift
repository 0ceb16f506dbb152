import Foundation

/// What the source words at the place where it is thrown or printed.
///
/// The texts of a few kinds of calls are read out of the source, with … in the place of each value, so that no message
/// is left out because it is hard to provoke.
struct SourceMessages {
    /// The calls whose texts are messages.
    static let calls = [
        "UsageError", "CommandFailure", "LedgerError", "InputError", "ImportError",
        "SandboxError", "console.error", "console.warning", "console.line", "console.text", ".failed",
        ".passed", ".skipped",
        "failed",
    ]

    private let source: [Character]

    /// The messages of one file, in its order: the texts of each call.
    static func all(in source: String) -> [[String]] { SourceMessages(source: Array(source)).all }

    private init(source: [Character]) { self.source = source }

    private var all: [[String]] {
        var found: [[String]] = []
        var index = 0
        while index < source.count {
            if let end = comment(at: index) {
                index = end
            } else if source[index] == "\"" {
                index = text(at: index).end
            } else if let start = callStart(at: index) {
                let call = arguments(at: start)
                // Where a call holds another, that one is a message of its own.
                let texts = call.texts.filter { $0.contains(where: \.isLetter) && $0.contains(" ") }
                if !texts.isEmpty { found.append(texts) }
                index = start
            } else {
                index += 1
            }
        }
        return found
    }

    /// Where a comment that begins here ends.
    private func comment(at index: Int) -> Int? {
        guard source[index] == "/", index + 1 < source.count, source[index + 1] == "/" else { return nil }
        return source[index...].firstIndex(of: "\n") ?? source.count
    }

    /// Where the arguments of a call that is named here begin.
    private func callStart(at index: Int) -> Int? {
        let isWord =
            index > 0
            && (source[index - 1].isLetter || source[index - 1].isNumber || source[index - 1] == "_")
        guard !isWord, index == 0 || source[index - 1] != "." else { return nil }
        for call in Self.calls where source[index...].starts(with: call) {
            let end = index + call.count
            guard end < source.count, source[end] == "(" else { continue }
            return end + 1
        }
        return nil
    }

    /// The texts among the arguments that begin here, but for those of calls that are messages themselves.
    private func arguments(at start: Int) -> (texts: [String], end: Int) {
        var texts: [String] = []
        var depth = 1
        var index = start
        while index < source.count, depth > 0 {
            if let end = comment(at: index) {
                index = end
                continue
            }
            switch source[index] {
            case "\"":
                let (text, end) = text(at: index)
                // What a + joins is one text.
                if let last = texts.last, isJoined(before: index) {
                    texts[texts.count - 1] = last + text
                } else {
                    texts.append(text)
                }
                index = end
                continue
            case "(", "{", "[": depth += 1
            case ")", "}", "]": depth -= 1
            default:
                if let inner = callStart(at: index) {
                    index = arguments(at: inner).end
                    continue
                }
            }
            index += 1
        }
        return (texts, index)
    }

    private func isJoined(before index: Int) -> Bool {
        var position = index - 1
        while position >= 0, source[position].isWhitespace { position -= 1 }
        guard position >= 0, source[position] == "+" else { return false }
        position -= 1
        while position >= 0, source[position].isWhitespace { position -= 1 }
        return position >= 0 && source[position] == "\""
    }

    /// The text that begins with the quote here, with … for what is put into it.
    private func text(at start: Int) -> (text: String, end: Int) {
        let isLong = source[start...].starts(with: "\"\"\"")
        let quote = isLong ? 3 : 1
        var text = ""
        var index = start + quote
        while index < source.count {
            if isLong ? source[index...].starts(with: "\"\"\"") : source[index] == "\"" {
                return (text, index + quote)
            }
            guard source[index] == "\\", index + 1 < source.count else {
                text.append(source[index])
                index += 1
                continue
            }
            if source[index + 1] == "(" {
                text += "…"
                index = interpolationEnd(at: index + 2)
            } else {
                text.append(source[index + 1] == "n" ? " " : source[index + 1])
                index += 2
            }
        }
        return (text, index)
    }

    private func interpolationEnd(at start: Int) -> Int {
        var depth = 1
        var index = start
        while index < source.count, depth > 0 {
            if source[index] == "\"" {
                index = text(at: index).end
                continue
            }
            if source[index] == "(" { depth += 1 }
            if source[index] == ")" { depth -= 1 }
            index += 1
        }
        return index
    }
}

extension MessageCatalogue {
    /// Files whose messages stand above with their values.
    private static let shownAbove = [
        "LedgerError.swift", "LedgerError+Refusals.swift", "InputError+Wording.swift",
        "InputError+Columns.swift",
        "InputError+Layouts.swift", "InputError+Options.swift", "InputError+Rosters.swift",
        "InputError+SetAside.swift",
    ]

    mutating func addSources() throws {
        title(
            "Worded where it is thrown or printed",
            "Read out of the source, file by file; … stands for a value. The first text is the message, the next its fix."
        )
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
        for module in [
            "AppointmentRows", "AppointmentLedger", "AppointmentImport", "SecurityTraxSandbox", "stimport",
        ] {
            let folder = sources.appending(path: module)
            let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
            for path in paths where path.hasSuffix(".swift") {
                let name = String(path.split(separator: "/").last ?? "")
                if Self.shownAbove.contains(name) { continue }
                let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
                let messages = SourceMessages.all(in: source)
                if messages.isEmpty { continue }
                heading("\(module), \(name.dropLast(6))")
                for texts in messages {
                    line("- " + texts[0])
                    for text in texts.dropFirst() { line("    " + text) }
                }
            }
        }
    }
}
