import AppointmentImport
import AppointmentRows
import SystemFiles

/// From arguments to an `Invocation`. Options stand anywhere; `--` ends them, and
/// what follows it is never a command. Without a command word the command is
/// `import`. Flags can't be abbreviated, since an abbreviation would change its
/// meaning when a flag is added.
///
/// A flag that takes one value may be repeated only with the same value: of two
/// values one would have to be guessed.
struct CommandLineParser {
    var invocation = Invocation()
    private var rest: ArraySlice<String>

    /// - Parameters:
    ///   - arguments: without the program's own name.
    ///   - fileExists: tells a file from a mistyped command.
    ///   - canAsk: whether there is somebody to ask for what is left out.
    static func parse(
        _ arguments: [String],
        fileExists: (String) -> Bool = { FileIdentity.status(of: $0) != nil }, canAsk: Bool = false
    ) throws(UsageError) -> Invocation {
        let options = arguments.prefix { $0 != "--" }
        var parser = CommandLineParser(rest: arguments[...])
        // Who asks for help gets it, whatever else is wrong.
        if options.contains("--help") || options.contains("-h") {
            let command = options.first {
                CommandName(rawValue: $0) != nil && $0 != CommandName.help.rawValue
            }
            parser.invocation.command = .help
            parser.invocation.operands = command.map { [$0] } ?? []
            return parser.invocation
        }
        try parser.readWords(fileExists)
        try parser.check(canAsk: canAsk)
        parser.keepSingleValues()
        if parser.invocation.isOn(FlagTable.shared.version) {
            parser.invocation.command = .version
            parser.invocation.operands = []
        }
        return parser.invocation
    }

    private mutating func readWords(_ fileExists: (String) -> Bool) throws(UsageError) {
        var hasCommandWord = false
        while let word = rest.popFirst() {
            if word == "--" {
                invocation.operands += rest
                rest = []
            } else if word.hasPrefix("--") {
                try readLong(word.dropFirst(2))
            } else if word.hasPrefix("-"), word.count > 1 {
                try readShort(word)
            } else if !hasCommandWord {
                hasCommandWord = true
                try readFirst(word, fileExists)
            } else {
                invocation.operands.append(word)
            }
        }
    }

    /// The first word is a command, or the first file of an import.
    private mutating func readFirst(_ word: String, _ fileExists: (String) -> Bool) throws(UsageError) {
        if let name = CommandName(rawValue: word) {
            invocation.command = name
            return
        }
        guard word.isEmpty || FileWord.isPath(word) || fileExists(word) else {
            throw UsageError(
                "no such command or file: \(ValueParser.quoted(word))",
                fix: CommandSynonyms.nearest(to: word).map {
                    "did you mean stimport \($0)? stimport help lists the commands"
                }
                    ?? "the commands are \(CommandName.allCases.map(\.rawValue).joined(separator: ", ")); a file without an ending is given as ./NAME"
            )
        }
        invocation.operands.append(word)
    }

    private mutating func readLong(_ word: Substring) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let value = parts.count > 1 ? String(parts[1]) : nil
        if let flag = FlagTable.byName[name] {
            try read(flag, as: flag.long, value)
        } else if let flag = FlagTable.flags.first(where: { $0.negation == name }) {
            guard value == nil else { throw UsageError.valueForToggle("--" + name) }
            try give(flag, "false", as: "--" + name)
        } else {
            throw UsageError.unknownFlag(name)
        }
    }

    private mutating func readShort(_ word: String) throws(UsageError) {
        guard word.count == 2, let letter = word.last, let flag = FlagTable.byShort[letter] else {
            let shorts = FlagTable.flags.filter { $0.short != nil }
            let list = shorts.map { "-\($0.short ?? " ") (\($0.long))" }.joined(separator: ", ")
            let name = String(word.prefix { $0 != "=" }.drop { $0 == "-" })
            let long =
                name.count > 1 ? Suggestion.closestWord(to: name, among: FlagTable.flags.map(\.name)) : nil
            throw UsageError(
                "unknown option \(word.prefix { $0 != "=" })",
                fix: long.map { "did you mean --\($0)?" }
                    ?? "the short options are \(list), each on its own; a file of that name is given as ./\(word.prefix { $0 != "=" })"
            )
        }
        try read(flag, as: word, nil)
    }

    private mutating func read(_ flag: Flag, as typed: String, _ attached: String?) throws(UsageError) {
        if flag.isToggle {
            guard attached == nil else { throw UsageError.valueForToggle(typed) }
            return try give(flag, "true", as: typed)
        }
        if case .identifiers = flag.kind {
            var texts = attached.map { [$0] } ?? []
            while attached == nil, let next = rest.first, IDRanges.isLikely(next) {
                texts.append(next)
                rest.removeFirst()
            }
            invocation.flags[flag.name, default: []] += texts
            _ = try flag.value(of: invocation.flags[flag.name] ?? [], at: typed)
            return
        }
        if let attached { return try give(flag, attached, as: typed) }
        let isNumber = rest.first?.dropFirst().first?.isNumber ?? false
        guard let next = rest.first, !next.hasPrefix("-") || next == "-" || isNumber else {
            let example = "\(typed)=\(flag.valueName ?? "VALUE")"
            throw UsageError(
                "\(typed) needs a value",
                fix: "give \(flag.usage(for: nil))"
                    + (rest.isEmpty ? "" : "; a value that begins with a dash is given as \(example)"))
        }
        rest.removeFirst()
        try give(flag, next, as: typed)
    }

    /// Takes one text for a flag.
    private mutating func give(_ flag: Flag, _ text: String, as typed: String) throws(UsageError) {
        var texts = invocation.flags[flag.name] ?? []
        // Which command it is may be said later: what only some take several times is judged then.
        let isKept = flag.isRepeatable || !flag.severalIn.isEmpty
        if !isKept, let earlier = texts.last, earlier != text {
            if flag.isToggle {
                throw UsageError("\(flag.long) is given together with \(typed)", fix: "give one of them")
            }
            guard !flag.isSecret else {
                throw UsageError("\(flag.long) is given twice, with two values", fix: "give it once")
            }
            throw UsageError.givenTwice(flag, earlier, text, fix: "give it once")
        }
        texts = isKept ? texts + [text] : [text]
        // Which forms there are says the command, too.
        if flag.wordsByCommand.isEmpty {
            _ = try flag.value(of: flag.isRepeatable ? texts : [text], at: typed)
        }
        invocation.flags[flag.name] = texts
    }
}
