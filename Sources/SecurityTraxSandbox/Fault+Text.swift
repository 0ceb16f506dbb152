extension Fault: CustomStringConvertible {
    /// Reads a fault's text; the grammar stands at the type.
    ///
    /// - Throws: `SandboxError.invalidFault`, with the nearest known names.
    public init(_ text: String) throws(SandboxError) {
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
        if FaultKind(rawValue: words[0]) == nil, let times = words[0].lastIndex(of: "x"), words.count == 1,
            Int(words[0][words[0].index(after: times)...]) != nil
        {
            selectors.insert(String(words[0][times...]), at: 0)
            words[0] = String(words[0][..<times])
        }

        if let status = Int(words[0]) {
            guard (100...599).contains(status) else { throw wrong("a status is 100...599") }
            self.init(.status, status: status)
        } else if let kind = FaultKind(rawValue: words[0]), kind != .status {
            self.init(kind)
        } else {
            throw wrong("there is no such kind", near: words[0], among: Fault.names)
        }

        if words.count == 2 {
            for option in words[1].split(separator: ",", omittingEmptySubsequences: false) {
                if let reason = setOption(String(option)) {
                    let name = option.split(separator: "=").first.map(String.init) ?? ""
                    throw wrong(
                        reason, near: name, among: ["before", "after"] + kind.options.map(\.rawValue))
                }
            }
        }
        for word in selectors {
            if let reason = setSelector(word) {
                throw wrong(
                    reason, near: word,
                    among: ["every=", "share=", "seed=", "customer=", "reused", "handshake", "x"])
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
        guard let option = FaultOption(rawValue: pair[0]), kind.options.contains(option) else {
            return "\(name) has no option \(pair[0])"
        }
        if option.isFlag {
            guard pair.count == 1 else { return "\(pair[0]) takes no value" }
            if option == .withDocument { withDocument = true } else { withCreates = true }
            return nil
        }
        guard pair.count == 2, let value = Percent.decode(pair[1]) else { return "\(pair[0]) needs a value" }
        switch option {
        case .retryAfter, .location, .authenticate:
            guard !value.unicodeScalars.contains(where: { $0.value < 32 }) else {
                return "\(pair[0]) is a header: no line breaks"
            }
            switch option {
            case .retryAfter: retryAfter = value
            case .location: location = value
            default: authenticate = value
            }
        case .body: body = value
        case .seconds:
            guard let number = Double(value), (0...86_400).contains(number) else {
                return "seconds is 0...86400"
            }
            seconds = number
        case .rows:
            let numbers = value.split(separator: "/").map { Int($0) ?? -1 }
            let isCount = kind == .partial || kind == .tooFew || kind == .tooMany
            guard !numbers.isEmpty, numbers.allSatisfy({ $0 >= (isCount ? 0 : 1) }),
                !isCount || numbers.count == 1
            else { return isCount ? "rows is a count" : "rows is numbers from 1, with / between them" }
            rows = numbers
        case .bytes:
            guard let number = Int(value), (1...(1 << 40)).contains(number) else {
                return "bytes is 1 or more"
            }
            bytes = number
        case .port:
            guard let number = Int(value), (1...65_535).contains(number) else { return "port is 1...65535" }
            port = number
        case .title: title = value
        case .withCreates, .withDocument: break
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
        } else if text == "handshake" {
            selector.handshakes = true
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
        status.map { String($0) } ?? kind.rawValue
    }

    /// The text that `init(_:)` reads back into an equal fault.
    public var description: String {
        var options: [String] = []
        if let creates { options.append(creates ? "after" : "before") }
        func add(_ option: FaultOption, _ value: String?) {
            if let value { options.append("\(option.rawValue)=\(Percent.encode(value))") }
        }
        add(.retryAfter, retryAfter)
        add(.location, location)
        add(.authenticate, authenticate)
        add(.body, body)
        add(.seconds, seconds.map { String($0) })
        add(.rows, rows.map { $0.map { String($0) }.joined(separator: "/") })
        add(.bytes, bytes.map { String($0) })
        add(.port, port.map { String($0) })
        add(.title, title)
        if withCreates { options.append(FaultOption.withCreates.rawValue) }
        if withDocument { options.append(FaultOption.withDocument.rawValue) }
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
        if selector.handshakes { text += "@handshake" }
        if let times = selector.times { text += "@x\(times)" }
        return text
    }

    /// Every name that a text may start with, besides a status.
    static let names = FaultKind.allCases.filter { $0 != .status }.map(\.rawValue)
}
