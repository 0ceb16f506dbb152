import CSVReading

/// Which rows of one file are no visit to book, by what their columns say: a visit that is cancelled or over, and
/// what `--skip` and `--only` leave out.
struct SkipRules {
    /// What the values of one column say.
    private struct Rule {
        let position: Int
        /// Whose rule it is; nil where the column says by its name that it is the visit's status.
        var option: String?
        let meaning: (String) -> StatusWords.Meaning
        /// Values that somebody asked for, by their keys: they are not unclear.
        var wanted: Set<String> = []
        /// What the values seen so far say: such columns have few.
        var known: [String: StatusWords.Meaning] = [:]
        /// What becomes of empty fields; nil where they say that nothing is said.
        var blanks: BlankStatuses?

        /// A rule of the words in a column that is named after the visit's status.
        init(position: Int, kind: StatusWords.Kind) {
            self.position = position
            meaning = { StatusWords.meaning(of: $0, kind) }
            if [.words, .others, .cancellation].contains(kind) { blanks = BlankStatuses() }
        }

        /// A rule that somebody gave.
        ///
        /// - Parameter namesStatus: Whether it names values of a visit's status. Those call the visit off, unless they
        ///   say that it is over; any other rule leaves rows out for reasons of its own.
        init(position: Int, option: String, namesStatus: Bool, isSkipped: @escaping (String) -> Bool) {
            self.position = position
            self.option = option
            meaning = { value in
                guard isSkipped(value) else { return .visit }
                let said = StatusWords.meaning(of: value, .words)
                return namesStatus && said != .over ? .calledOff : .over
            }
        }

        /// Looks at a row's field. Returns the status above an empty one that may hold for it too.
        @discardableResult mutating func noteBlank(_ text: String, line: Int) -> String? {
            let meaning = text.isEmpty ? .visit : meaning(of: text)
            defer { if blanks?.areOwn == true { blanks = nil } }
            return blanks?.note(text, meaning, line: line)
        }

        mutating func meaning(of value: String) -> StatusWords.Meaning {
            if let known = known[value] { return known }
            var meaning = meaning(value)
            if meaning == .unclear, wanted.contains(ColumnRule.key(value)) { meaning = .visit }
            if known.count < 1_000 { known[value] = meaning }
            return meaning
        }
    }

    /// Why nothing of the file may be kept.
    private(set) var problem: InputError?
    private var rules: [Rule] = []
    /// Rules for which a row must say more than plain ones do (`PlainRows`).
    private var rareRules: [Rule] = []

    /// Whether there is none that a plain row could meet.
    var isEmpty: Bool { rules.isEmpty }

    /// Finds the rules' columns in a header.
    ///
    /// - Parameter sample: the first records below the header.
    /// - Throws: `unknown-rule-column` where the file has no column of that name, `duplicate-column`.
    init(plan: ColumnPlan, options: ReadingOptions, line: Int, sample: [CSVRecord]) throws(InputError) {
        if options.hasDefaultSkips { addDefaults(plan, options, line: line) }
        learnBlanks(sample, plan, options)
        for (option, given) in [("--skip", options.skips), ("--only", options.only)] {
            // The same column named twice is one rule with the values of both.
            var values: [Int: Set<String>] = [:]
            var order: [Int] = []
            for rule in given {
                let position = try plan.position(ofRule: rule.column, option: option, line: line)
                if values[position] == nil { order.append(position) }
                values[position, default: []].formUnion(
                    rule.values.map { ColumnRule.key($0, plan.purpose(ofRuleAt: position)) })
            }
            for position in order {
                let named = values[position] ?? []
                let isOnly = option == "--only"
                let isStatus = StatusWords.kind(ofColumn: plan.header[position]) != nil
                let purpose = plan.purpose(ofRuleAt: position)
                rules.append(
                    Rule(position: position, option: option, namesStatus: isStatus && !isOnly) {
                        named.contains(ColumnRule.key($0, purpose)) != isOnly
                    })
            }
        }
        let values = options.values
        for column in ValueMap.columns where values.maps(column) && plan[column] >= 0 {
            rules.append(
                Rule(position: plan[column], option: "the mapping of values", namesStatus: false) {
                    values.meaning(of: $0, in: column) == .skip
                })
        }
    }

    /// Adds what the columns say by their names.
    private mutating func addDefaults(_ plan: ColumnPlan, _ options: ReadingOptions, line: Int) {
        let kinds = plan.header.map { StatusWords.kind(ofColumn: $0) }
        // Who called it off may be kept of a visit that is on again: a status says more.
        let hasStatus = kinds.indices.contains { position in
            guard !plan.positions.contains(position) else { return false }
            return [.words, .cancellation, .flag].contains(kinds[position])
        }
        for (position, name) in plan.header.enumerated() where position != plan.identity {
            let isOurs = plan.positions.contains(position)
            if StatusColumns.isTitle(name) {
                let rule = Rule(position: position, kind: .title)
                if position == plan[.serviceType] { rareRules.append(rule) } else { rules.append(rule) }
            } else if !isOurs, let kind = kinds[position], kind != .trace || !hasStatus {
                rules.append(Rule(position: position, kind: kind))
            } else if position == plan[.notes] {
                rareRules.append(Rule(position: position, kind: .remark))
            } else if !isOurs, ColumnName.match(name)?.column == .notes {
                rules.append(Rule(position: position, kind: .remark))
            }
        }
        // Whoever asks for a value by name knows what it means.
        for rule in options.only {
            guard let position = try? plan.position(ofRule: rule.column, option: "--only", line: line),
                let index = rules.firstIndex(where: { $0.position == position })
            else { continue }
            rules[index].wanted.formUnion(rule.values.map { ColumnRule.key($0) })
        }
    }

    /// Learns from the first records how a file uses empty fields in its statuses.
    private mutating func learnBlanks(_ sample: [CSVRecord], _ plan: ColumnPlan, _ options: ReadingOptions) {
        for index in rules.indices where rules[index].blanks != nil {
            let position = rules[index].position
            // Whoever names the empty ones knows what they mean, and a part of the rows shows nothing.
            if options.wantsLookUpsOnly || rules[index].wanted.contains("") {
                rules[index].blanks = nil
                continue
            }
            let start = [plan[.start], plan[.window]].filter { $0 >= 0 }
            for record in sample
            where start.contains(where: { $0 < record.count && !Wording.trimmed(record.string($0)).isEmpty })
            {
                let text = position < record.count ? Wording.trimmed(record.string(position)) : ""
                rules[index].noteBlank(text, line: record.position.line)
            }
            rules[index].blanks?.restart()
        }
    }

    /// Says that a heading or the header once more stands between the rows.
    mutating func noteGap() {
        for index in rules.indices where rules[index].blanks != nil { rules[index].blanks?.endGroup() }
    }

    /// Reports why the record in hand is no visit to book, or that this can't be told.
    ///
    /// - Returns: whether it is none.
    mutating func skip(_ check: inout RowCheck) -> Bool {
        var unclear: Int?
        var blank: (position: Int, above: String)?
        for index in rules.indices where rules[index].blanks != nil {
            let position = rules[index].position
            if let above = rules[index].noteBlank(check.text(at: position), line: check.line) {
                blank = blank ?? (position, above)
            }
            if let passed = rules[index].blanks?.passed, problem == nil, rules[index].blanks?.isMixed == true
            {
                problem = .blankStatus(
                    check.plan.name(at: position), line: passed.line, above: passed.above)
            }
        }
        for index in rules.indices {
            switch rules[index].meaning(of: check.text(at: rules[index].position)) {
            case .visit: continue
            case .unclear: unclear = unclear ?? rules[index].position
            case let meaning: return report(rules[index], meaning, &check)
            }
        }
        for index in rareRules.indices {
            switch rareRules[index].meaning(of: check.text(at: rareRules[index].position)) {
            case .visit: continue
            case .unclear: unclear = unclear ?? rareRules[index].position
            case let meaning: return report(rareRules[index], meaning, &check)
            }
        }
        if let unclear {
            check.report(at: unclear) { .unclearStatus($0) }
        } else if let blank {
            check.report(at: blank.position) { .blankStatus($0, above: blank.above) }
        }
        return false
    }

    private func report(_ rule: Rule, _ meaning: StatusWords.Meaning, _ check: inout RowCheck) -> Bool {
        if let option = rule.option {
            check.report(at: rule.position) { .skippedByRule($0, option: option) }
        } else {
            check.report(at: rule.position) { .skippedStatus($0) }
        }
        check.row.isCalledOff = meaning == .calledOff
        return true
    }
}
