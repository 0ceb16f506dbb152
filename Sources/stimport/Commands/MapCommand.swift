import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SystemFiles

/// `stimport map FILE`: what a program's columns and words mean, said once.
enum MapCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let name = context.invocation.operands[0]
        if settings.noHeader {
            throw UsageError(
                "a layout is known by the header, and --no-header says that there is none",
                fix: "name the columns with --columns at each import")
        }
        let path = try settings.settingsPath
        let options = try settings.readingOptions(makesLayout: true)
        do {
            let file = try InputFile(name)
            var mapping = try LayoutMapping(
                file, options, layouts: settings.file?.layouts(profile: settings.profile) ?? [],
                name: settings.layout, day: LedgerTime.day(options.now.milliseconds),
                person: CurrentUser.name)
            guard Question.canBeAsked else { return try proposal(&mapping, context.console) }
            return try MapDialogue(context.console).hold(&mapping) { layout in
                try SettingsEdit.write(layout, profile: settings.profile, to: path)
                return path
            }
        } catch let error as InputError {
            let line = error.line.map { " line \($0):" } ?? ""
            throw CommandFailure(.unreadableInput, "\(name):\(line) \(error.message)", fix: error.fix)
        }
    }

    /// Prints the settings that would do, for a person to complete and to add; what is open or only likely is said.
    private static func proposal(_ mapping: inout LayoutMapping, _ console: Console) throws -> ExitStatus {
        var needs: [String] = []
        var guessesColumn = false
        for column in try mapping.understanding().missing {
            let (candidates, isLikely) = try mapping.candidates(for: column)
            let all = candidates.prefix(5).map { MapDialogue.described($0) }.joined(separator: "; ")
            if isLikely, let first = candidates.first {
                mapping.set(mapping.likelyMeaning(of: first, for: column), first.name)
                guessesColumn = true
                needs.append("\(column.name) is a guess: \(MapDialogue.described(first))")
            } else {
                needs.append("\(column.name) is in none of the columns that are understood; it may be \(all)")
            }
        }
        let missing = try mapping.understanding().missing
        var isOpen = false
        var remarks: [String: String] = [:]
        if missing.isEmpty {
            for word in try mapping.words().words {
                isOpen = true
                let rows = counted(word.count, "row")
                guard let column = word.column else {
                    needs.append(
                        "the \(word.columnName) \(ValueParser.quoted(word.theirs)) (\(rows)) is imported: is such a visit to be made?"
                    )
                    continue
                }
                if let guess = WordGuess.guess(word) {
                    try mapping.say(word, guess)
                    remarks["\(column.rawValue) \(word.theirs)"] = "a guess, \(rows)"
                    needs.append(
                        "\(column.name) \(ValueParser.quoted(word.theirs)) (\(rows)) as \(guess) is a guess")
                } else {
                    needs.append(
                        "\(column.name) \(ValueParser.quoted(word.theirs)) (\(rows)) is to be given "
                            + (column == .techID
                                ? "a TechID, none or skip" : "Install, Service, Rip-out or skip"))
                }
            }
        }
        for need in needs { console.text(TerminalText.escaped("to be said: \(need)"), to: .diagnostics) }
        let text = LayoutText.json(mapping.layout, indent: 2) { remarks["\($0.rawValue) \($1)"] }
        console.write(
            "{\n    \"layouts\": {\n        \(LayoutText.quoted(mapping.layout.name)): \(text)\n    }\n}\n")
        if !needs.isEmpty {
            console.text(
                "nothing was written: on a terminal, stimport map asks for what is open", to: .diagnostics)
        }
        if !missing.isEmpty || guessesColumn { return .unreadableInput }
        return isOpen ? .rowsRejected : .success
    }
}
