import AppointmentImport
import AppointmentRows

/// The questions of `stimport map`: an empty answer takes the proposal, and nothing is written before all is shown.
struct MapDialogue {
    private let console: Console
    private let question: Question

    init(_ console: Console) {
        self.console = console
        question = Question(console)
    }

    /// Asks, shows what came of it, and has it written.
    ///
    /// - Parameter write: writes the layout and says where.
    func hold(_ mapping: inout LayoutMapping, _ write: (Layout) throws -> String) throws -> ExitStatus {
        show(try mapping.understanding(), mapping)
        try askForColumns(&mapping)
        try askForWords(&mapping)
        if mapping.replaced == nil, !mapping.isNamed { try askForName(&mapping) }
        let survey = try mapping.words()
        tell("")
        tell("the layout \(mapping.layout.name):")
        for line in LayoutText.json(mapping.layout).split(separator: "\n") { tell("    \(line)") }
        tell(
            "with it, of this file's rows \(survey.counts[.valid] ?? 0) are valid, \(survey.counts[.invalid] ?? 0) invalid, \(survey.counts[.skipped] ?? 0) skipped"
        )
        for finding in survey.problems {
            tell("    line \(finding.line): \(finding.message) (\(finding.fix))")
        }
        if let problem = survey.problem { tell("    \(problem.message) (\(problem.fix))") }
        if let replaced = mapping.replaced { tell("it takes the place of the \(replaced.title)") }
        guard question.isYes("write it to the settings?") else { throw Self.nothingWritten }
        let path = try write(mapping.layout)
        tell("written to \(path); files with this header are read so from now on")
        return .success
    }

    private func askForName(_ mapping: inout LayoutMapping) throws {
        while true {
            let answer = try ask("what is the layout to be called? [\(mapping.layout.name)]")
            if answer.isEmpty { return }
            guard let objection = mapping.objection(to: answer) else { return mapping.rename(answer) }
            tell(objection)
        }
    }

    private static let nothingWritten = UsageError(
        "nothing was written", fix: "start stimport map again, and answer y at the end")

    private func ask(_ text: String) throws -> String {
        guard let answer = question.typed(text) else { throw Self.nothingWritten }
        return answer
    }

    private func tell(_ text: String) { console.text(TerminalText.escaped(text), to: .diagnostics) }

    /// `"Beginn": 1/4/2027 9:00, 1/5/2027 10:00`
    static func described(_ column: FileSurvey.Column) -> String {
        let examples = column.examples.map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
        return "\"\(column.name)\": " + (examples.isEmpty ? "(empty)" : examples.joined(separator: ", "))
    }

    private func show(_ understanding: FileSurvey.Understanding, _ mapping: LayoutMapping) {
        tell("understood so far (--map COLUMN=NAME says otherwise):")
        for column in InputColumn.allCases {
            guard let name = understanding.name(of: column),
                let shown = mapping.survey.columns.first(where: { $0.name == name })
            else { continue }
            tell("    \(column.name) is \(Self.described(shown))")
        }
    }

    // MARK: Columns

    private func askForColumns(_ mapping: inout LayoutMapping) throws {
        for column in try mapping.understanding().missing {
            // What stands in for it may have been said meanwhile: a window has an end too.
            guard try mapping.understanding().missing.contains(column) else { continue }
            try choose(column, &mapping, isNeeded: true)
            if column == .start, try isClockOnly(mapping) { try choose(.date, &mapping, isNeeded: true) }
        }
        if try mapping.understanding().name(of: .techID) == nil, mapping.layout.columns[.techID] == nil {
            try choose(.techID, &mapping, isNeeded: false)
        }
    }

    private func isClockOnly(_ mapping: LayoutMapping) throws -> Bool {
        let understanding = try mapping.understanding()
        guard understanding.name(of: .date) == nil, let name = understanding.name(of: .start),
            let column = mapping.survey.columns.first(where: { $0.name == name })
        else { return false }
        return column.share(.clock) > 0.5
    }

    private func choose(_ column: InputColumn, _ mapping: inout LayoutMapping, isNeeded: Bool) throws {
        let (candidates, isLikely) = try mapping.candidates(for: column)
        guard !candidates.isEmpty else {
            guard isNeeded else { return }
            throw CommandFailure(
                .unreadableInput, "no column is left that could be \(column.name)",
                fix: "export the file with a column that says it")
        }
        tell("")
        tell("which column is \(column.name)\(Self.purpose(column))?")
        for (index, candidate) in candidates.enumerated() {
            tell("    \(index + 1)  \(Self.described(candidate))")
        }
        let proposal = isLikely ? "1" : isNeeded ? nil : "none"
        while true {
            var answer = try ask(
                "\(column.name), a number or a name\(isNeeded ? "" : ", none if the file has none")\(proposal.map { " [\($0)]" } ?? ""):"
            )
            if answer.isEmpty, let proposal { answer = proposal }
            if !isNeeded, answer.lowercased() == "none" {
                return
            }
            let chosen =
                Int(answer).flatMap { (1...candidates.count).contains($0) ? candidates[$0 - 1] : nil }
                ?? candidates.first { $0.name.lowercased() == answer.lowercased() }
            if let chosen {
                mapping.set(try meaning(of: chosen, for: column, mapping), chosen.name)
                return
            }
            tell("there is no such column in the list")
        }
    }

    private static func purpose(_ column: InputColumn) -> String {
        switch column {
        case .customerID: " (the customer: by SecurityTrax ID, phone or account number)"
        case .start: " (when the visit begins)"
        case .end: " (when it ends, or how long it takes)"
        case .date: " (the day of the visit)"
        case .serviceType: " (what the visit is for)"
        case .techID: " (who comes)"
        default: ""
        }
    }

    /// What a chosen column says, where there is a choice.
    private func meaning(of chosen: FileSurvey.Column, for column: InputColumn, _ mapping: LayoutMapping)
        throws
        -> InputColumn
    {
        let choices: [(InputColumn, String)]
        switch column {
        case .customerID:
            choices = [
                (.customerID, "the SecurityTrax ID"), (.customerPhone, "a phone"),
                (.accountNumber, "an account number"),
            ]
        case .end: choices = [(.end, "the time of the end"), (.duration, "how long it takes")]
        default: return mapping.likelyMeaning(of: chosen, for: column)
        }
        let likely = mapping.likelyMeaning(of: chosen, for: column)
        let proposal = 1 + (choices.firstIndex { $0.0 == likely } ?? 0)
        let list = choices.enumerated().map { "\($0 + 1) \($1.1)" }.joined(separator: ", ")
        while true {
            let answer = try ask("is \"\(chosen.name)\" \(list)? [\(proposal)]")
            let number = answer.isEmpty ? proposal : Int(answer) ?? 0
            if (1...choices.count).contains(number) { return choices[number - 1].0 }
        }
    }

    // MARK: Words

    private func askForWords(_ mapping: inout LayoutMapping) throws {
        let words = try mapping.words().words
        guard !words.isEmpty else { return }
        tell("")
        tell(
            "\(counted(words.count, "word")) of the file to be understood; ? leaves one open, and its rows invalid"
        )
        for word in words { try askFor(word, &mapping) }
    }

    private func askFor(_ word: WordSurvey.Word, _ mapping: inout LayoutMapping) throws {
        let guess = WordGuess.guess(word)
        let choices: String
        switch word.column {
        case .serviceType: choices = "(i)nstall, (s)ervice, (r)ip-out, s(k)ip"
        case .techID: choices = "TechID, none, s(k)ip"
        default: choices = "(i)mport, s(k)ip"
        }
        while true {
            let answer = try ask(
                "\(word.columnName) \"\(word.theirs)\", \(counted(word.count, "row")): \(choices)\(guess.map { " [\($0)]" } ?? "")"
            )
            if answer == "?" { return }
            guard let ours = Self.meaning(answer.isEmpty ? guess ?? "" : answer, of: word) else { continue }
            do throws(InputError) {
                try mapping.say(word, ours)
                return
            } catch {
                tell("\(error.message): \(error.fix)")
            }
        }
    }

    /// What an answer stands for, letters for words; nil where it is none.
    private static func meaning(_ answer: String, of word: WordSurvey.Word) -> String? {
        let answer = answer.lowercased()
        if ["k", "skip"].contains(answer) { return "skip" }
        guard word.column != nil else { return ["i", "import"].contains(answer) ? "import" : nil }
        if word.column == .serviceType {
            return ["i": "Install", "s": "Service", "r": "Rip-out"][answer] ?? (answer.isEmpty ? nil : answer)
        }
        return answer.isEmpty ? nil : answer
    }
}
