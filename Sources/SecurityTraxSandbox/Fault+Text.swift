extension Fault: CustomStringConvertible {
    /// Reads a fault's text; the grammar stands at the type.
    ///
    /// - Throws: `SandboxError.invalidFault`, with the nearest known names.
    package init(_ text: String) throws(SandboxError) {
        func wrong(_ reason: String, near word: String? = nil, among names: [String] = []) -> SandboxError {
            .invalidFault(
                text: text, reason: reason,
                suggestions: word.map { Suggestions.nearest(to: $0, among: names) } ?? [])
        }

        // Selectors start at white space or "@"; what stands before the first is kind and options.
        let parts = text.split(whereSeparator: { $0 == "@" || $0.isWhitespace }).map(String.init)
        guard let first = parts.first, !text.hasPrefix("@") else { throw wrong("it is empty") }
        var words = first.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        var selectors = Array(parts.dropFirst())
        if FaultKind.named(words[0]) == nil, let times = words[0].lastIndex(of: "x"), words.count == 1,
            Int(words[0][words[0].index(after: times)...]) != nil
        {
            selectors.insert(String(words[0][times...]), at: 0)
            words[0] = String(words[0][..<times])
        }

        if let status = Int(words[0]) {
            guard (100...599).contains(status) else { throw wrong("a status is 100...599") }
            self.init(FaultKind.status, status: status)
        } else if let kind = FaultKind.named(words[0]), kind != .status {
            self.init(kind)
        } else {
            throw wrong("there is no such kind", near: words[0], among: Fault.names)
        }

        if words.count == 2 {
            for option in words[1].split(separator: ",", omittingEmptySubsequences: false) {
                if let reason = setOption(String(option)) {
                    let name = option.split(separator: "=").first.map(String.init) ?? ""
                    throw wrong(
                        reason, near: name, among: ["before", "after"] + kind.options.map(\.word))
                }
            }
        }
        for word in selectors {
            if let reason = setSelector(word) {
                throw wrong(
                    reason, near: word,
                    among: ["every=", "share=", "seed=", "customer=", "reused", "handshake", "query", "x"])
            }
        }
    }

    /// Takes one option; returns what is wrong with it, or nil.
    private mutating func setOption(_ text: String) -> String? {
        if text == "before" || text == "after" {
            guard kind.takesPlace else { return "\(name) takes neither before nor after" }
            creates = text == "after"
            return nil
        }
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = kind.options.first(where: { $0.word == pair[0] }) else {
            return "\(name) has no option \(pair[0])"
        }
        switch FaultValue.read(pair.count == 2 ? pair[1] : nil, of: option) {
        case .success(let value): values[option] = value
        case .failure(let defect): return defect.words
        }
        return nil
    }

    /// Takes one selector; returns what is wrong with it, or nil.
    private mutating func setSelector(_ text: String) -> String? {
        func value(_ name: String) -> String? {
            text.hasPrefix(name + "=") ? String(text.dropFirst(name.count + 1)) : nil
        }
        if text == "reused" {
            selector.reused = true
        } else if let target = PostKind(rawValue: text), target != .creates {
            guard selector.target ?? target == target else { return "a post is a handshake or a query" }
            selector.target = target
        } else if let text = value("every") {
            guard let number = Int(text), number > 0 else { return "every is 1 or more" }
            selector.every = number
        } else if let text = value("share") {
            guard let number = Double(text), (0...1).contains(number) else { return "share is 0...1" }
            selector.share = number
        } else if let text = value("seed") {
            guard let number = UInt64(text) else { return "seed is a whole number" }
            selector.seed = number
        } else if let text = value("customer") {
            guard let id = Percent.decode(text), !id.isEmpty else { return "customer needs an ID" }
            selector.customer = id
        } else if text.hasPrefix("x") {
            guard let number = Int(text.dropFirst()), number > 0 else { return "x is followed by 1 or more" }
            selector.times = number
        } else {
            var range = text
            if let mark = text.firstIndex(of: "x") {
                guard let number = Int(text[text.index(after: mark)...]), number > 0 else {
                    return "x is followed by 1 or more"
                }
                selector.times = number
                range = String(text[..<mark])
            }
            let ends = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = Int(ends[0]), first > 0 else { return "there is no such selector" }
            let last = ends.count == 1 ? first : ends[1].isEmpty ? Int.max : Int(ends[1]) ?? 0
            guard last >= first else { return "a range ends no sooner than it starts" }
            selector.posts = first...last
        }
        return nil
    }

    /// The kind as its text starts.
    var name: String {
        status.map { String($0) } ?? kind.name
    }

    /// The text that `init(_:)` reads back into an equal fault.
    package var description: String {
        var options: [String] = []
        if let creates { options.append(creates ? "after" : "before") }
        for option in FaultOption.allCases {
            guard let value = values[option] else { continue }
            options.append(option.word + (value.text.map { "=" + $0 } ?? ""))
        }
        var text = name + (options.isEmpty ? "" : ":" + options.joined(separator: ","))
        if let posts = selector.posts {
            text += "@\(posts.lowerBound)"
            if posts.upperBound == Int.max {
                text += "-"
            } else if posts.count > 1 {
                text += "-\(posts.upperBound)"
            }
        }
        if let every = selector.every { text += "@every=\(every)" }
        if let share = selector.share { text += "@share=\(share)" }
        if selector.seed != 1 { text += "@seed=\(selector.seed)" }
        if let customer = selector.customer { text += "@customer=\(Percent.encode(customer))" }
        if selector.reused { text += "@reused" }
        if let target = selector.target { text += "@\(target.rawValue)" }
        if let times = selector.times { text += "@x\(times)" }
        return text
    }

    /// Every name that a text may start with, besides a status.
    static let names = FaultKind.all.filter { $0 != .status }.map(\.name)
}

extension Fault {
    /// The table that `stimport sandbox --help` prints.
    package static var help: String {
        let entries = FaultKind.all.map { kind -> (name: String, help: String, options: String) in
            let place: String
            if case .either(let after) = kind.when {
                place = after ? "after: " : "before: "
            } else {
                place = ""
            }
            return (kind.name, place + kind.help, kind.options.map(\.help).joined(separator: " "))
        }
        let nameWidth = (entries.map(\.name.count).max() ?? 0) + 2
        // The longest ones push their options to the right.
        let helpWidth = min(44, (entries.map(\.help.count).max() ?? 0) + 2)
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(2, width - text.count))
        }
        func line(_ name: String, _ help: String, _ options: String) -> String {
            let start = "  " + padded(name, nameWidth)
            return options.isEmpty ? start + help : start + padded(help, helpWidth) + options
        }
        return """
            A fault is KIND[:OPTION,…][SELECTOR…]. Options `before` and `after` say whether it
            strikes before the appointments are created or after.

            \(line("KIND", "without an option", "options"))
            \(entries.map { line($0.name, $0.help, $0.options) }.joined(separator: "\n"))

              SELECTOR            @3  @2-5  @2-  @every=7  @share=0.1  @seed=2  @customer=9004  @reused
                                  @handshake  @query  x3
                                  All that are given must hold; xN is N times at most. Posts are numbered by
                                  those that hold appointments. A handshake or a post of queries is hit by
                                  @handshake or @query, and by what strikes before and names no number, share
                                  or customer. %XX stands for a byte in values; write % , @ and spaces so.

            Examples: 503:retry-after=2@3   close:after x3   400@customer=9004   stall:after@share=0.1
                      login-page   302:after@2   408:after@1   503@handshake x2   several@query@1

            """
    }
}
