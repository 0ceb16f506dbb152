import AppointmentImport

/// What may stand together on a command line.
extension CommandLineParser {
    /// Checks that the flags belong to the command and to each other, and that the
    /// operands are what the command takes.
    ///
    /// - Parameter canAsk: whether there is somebody to ask for what is left out.
    func check(canAsk: Bool) throws(UsageError) {
        let command = Command.named(invocation.command)
        for flag in FlagTable.flags where invocation.has(flag) {
            guard flag.commands.contains(command.name) else {
                let takers = Command.all.filter { flag.commands.contains($0.name) && $0.name != .config }
                let words = takers.isEmpty ? [CommandName.config.rawValue] : takers.map(\.name.rawValue)
                throw UsageError(
                    "\(flag.long) doesn't belong to stimport \(command.name.rawValue)",
                    fix: "it is an option of \(words.joined(separator: ", "))")
            }
            if !flag.severalIn.isEmpty, !flag.isRepeatable(in: command.name),
                let texts = invocation.flags[flag.name], let first = texts.first,
                let second = texts.first(where: { $0 != first })
            {
                let takers = Command.all.filter { flag.severalIn.contains($0.name) }.map(\.name.rawValue)
                throw UsageError.givenTwice(
                    flag, first, second,
                    fix: "give it once: only \(takers.joined(separator: " and ")) take it several times")
            }
            let words = flag.words(for: command.name)
            if let text = invocation.flags[flag.name]?.last, !words.isEmpty, !words.contains(text) {
                let isOther = flag.words(for: nil).contains(text)
                throw UsageError(
                    isOther
                        ? "\(flag.long): stimport \(command.name.rawValue) has no form \(ValueParser.quoted(text))"
                        : "\(flag.long): \(ValueParser.quoted(text)) is not one of its words",
                    fix: ValueParser.wordsFix(text, words))
            }
            if let other = flag.excludes.compactMap({ FlagTable.byName[$0] }).first(where: invocation.has),
                !flag.isToggle || invocation.flags[flag.name]?.last == "true",
                !other.isToggle || invocation.flags[other.name]?.last == "true"
            {
                throw UsageError(
                    "\(flag.long) and \(other.long) contradict each other", fix: "give one of them")
            }
            if let needed = flag.needs, invocation.flags[needed]?.last != "true" {
                throw UsageError("\(flag.long) means nothing without --\(needed)", fix: "add --\(needed)")
            }
        }
        if let text = invocation.flags[FlagTable.shared.state.flag.name]?.last {
            let states = StateList(parsing: text)
            if command.name == .find {
                _ = try states.appointmentStates()
            } else {
                _ = try states.rowStates()
            }
        }
        if !invocation.isOn(FlagTable.shared.version) { try checkOperands(command, canAsk) }
    }

    /// Keeps one text of what was given several times to a command that takes one: they are the same.
    mutating func keepSingleValues() {
        for flag in FlagTable.flags
        where !flag.severalIn.isEmpty && !flag.isRepeatable(in: invocation.command) {
            if let text = invocation.flags[flag.name]?.last { invocation.flags[flag.name] = [text] }
        }
    }

    private func checkOperands(_ command: Command, _ canAsk: Bool) throws(UsageError) {
        let operands = invocation.operands
        let shared = FlagTable.shared
        let usage = "usage: \(command.usage)"
        if operands.contains("") { throw UsageError("a file's name is empty", fix: usage) }
        if operands.count > command.operands.range.upperBound {
            let extra = operands[command.operands.range.upperBound]
            throw UsageError(
                "stimport \(command.name.rawValue) doesn't take \(ValueParser.quoted(extra))", fix: usage)
        }
        if operands.count < command.operands.range.lowerBound {
            throw UsageError("stimport \(command.name.rawValue) needs \(command.operands.usage)", fix: usage)
        }
        if let first = operands.first, !command.operands.words.isEmpty, !command.operands.allowsOthers,
            !command.operands.words.contains(first)
        {
            throw UsageError(
                "stimport \(command.name.rawValue) doesn't know \(ValueParser.quoted(first))",
                fix: ValueParser.wordsFix(first, command.operands.words))
        }
        switch command.name {
        case .import:
            let hasInbox = invocation.has(shared.inbox.flag)
            // Whether there must be operands, the settings file's inbox says.
            if hasInbox, !operands.isEmpty {
                throw UsageError("--inbox and files contradict each other", fix: "give one of them")
            }
            if invocation.isOn(shared.allProfiles), !operands.isEmpty {
                throw UsageError(
                    "--all-profiles imports the inbox of each profile, and files are given",
                    fix: "give the files with one --profile NAME: each dealer's visits are its own")
            }
            try checkFiles(operands)
        case .check:
            try checkFiles(operands)
        case .ledger:
            if operands[0] == "backup", operands.count != 2 {
                throw UsageError("stimport ledger backup needs the copy's FILE", fix: usage)
            }
            if operands[0] == "adopt", operands.count != 1 {
                throw UsageError(
                    "stimport ledger adopt doesn't take \(ValueParser.quoted(operands[1]))",
                    fix: "name the ledger with --ledger")
            }
        case .resolve:
            let verdicts = [
                shared.created.flag, shared.notCreated.flag, shared.done.flag, shared.approve.flag,
            ].filter(invocation.has)
            if invocation.has(shared.run.flag), !invocation.has(shared.approve.flag) {
                throw UsageError(
                    "--run alone says nothing of the run",
                    fix: "add --approve --note TEXT, or see stimport withdraw")
            }
            if invocation.has(shared.quietUntil.flag) {
                guard verdicts.isEmpty, !invocation.has(shared.batch.flag), !operands.isEmpty else {
                    throw UsageError(
                        "--quiet-until wants the IDs of appointments and nothing else",
                        fix: "stimport resolve --quiet-until DAY ID…")
                }
                return
            }
            if operands.count > 1 {
                if operands.allSatisfy(IDRanges.isLikely) { throw UsageError.withoutVerdict(operands) }
                throw UsageError(
                    "stimport resolve doesn't take \(ValueParser.quoted(operands[1]))", fix: usage)
            }
            let isDialogue = canAsk && !invocation.has(shared.batch.flag)
            if operands.isEmpty, verdicts.isEmpty, !isDialogue {
                throw UsageError(
                    "stimport resolve needs a verdict",
                    fix:
                        "give --created ID…, --not-created ID…, or the filled-in list of stimport review --csv; on a terminal, stimport resolve alone asks"
                )
            }
            if !operands.isEmpty, !verdicts.isEmpty || invocation.has(shared.batch.flag) {
                throw UsageError(
                    "a list and verdicts on the command line contradict each other",
                    fix: "give one of them; appointments are named by number, such as 31 or 31-35")
            }
        default: break
        }
    }

    private func checkFiles(_ operands: [String]) throws(UsageError) {
        if operands.count(where: { $0 == "-" }) > 1 {
            throw UsageError("standard input (-) is named twice", fix: "name it once")
        }
        if operands.count > 1, invocation.has(FlagTable.shared.rejects.flag) {
            throw UsageError(
                "--rejects serves one file, and \(operands.count) are given",
                fix: "leave it out: each file gets its own NAME.rejects.csv")
        }
    }
}
