import CSVReading
import SecurityTrax

/// Which rows of one file are no visit to book, by what their columns say: a visit that is cancelled or over, and
/// what `--skip` and `--only` leave out.
struct SkipRules {
    /// What the values of one column say.
    private struct Rule {
        let position: Int
        /// Whose rule it is; nil where the column says by its name that it is the visit's status.
        var option: String?
        let meaning: (String) -> StatusWords.Meaning
        /// How its column says it; nil where somebody gave the rule.
        var kind: StatusWords.Kind?
        /// The name of its column; empty where somebody gave the rule.
        var name = ""
        /// Values that somebody asked for, by their keys: they are not unclear.
        var wanted: Set<String> = []
        /// What the values seen so far say: such columns have few.
        var known: [String: Said] = [:]
        /// What becomes of empty fields; nil where they say that nothing is said.
        var blanks: BlankStatuses?

        /// A rule of the words in a column that is named after the visit's status.
        init(position: Int, kind: StatusWords.Kind, name: String) {
            self.position = position
            self.kind = kind
            self.name = name
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
            let meaning = text.isEmpty ? .visit : said(by: text).meaning
            defer { if blanks?.areOwn == true { blanks = nil } }
            return blanks?.note(text, meaning, line: line)
        }

        mutating func said(by value: String) -> Said {
            if let known = known[value] { return known }
            var said = Said(meaning: meaning(value))
            switch said.meaning {
            case .visit:
                said.isLive = kind.map { StatusWords.isLive(value, $0) } ?? false
                said.isPlanned = kind.map { StatusWords.isPlanned(value, $0) } ?? false
            case .over, .calledOff:
                said.isTrace = kind.map { StatusWords.isTrace(value, $0) } ?? false
                said.isYes = kind.map { StatusWords.isBareCancellation(value, $0, column: name) } ?? false
            case .unclear: if wanted.contains(ColumnRule.key(value)) { said.meaning = .visit }
            }
            if known.count < 1_000 { known[value] = said }
            return said
        }
    }

    /// What a value says.
    private struct Said {
        var meaning: StatusWords.Meaning
        /// Whether it says of its own that the visit is on.
        var isLive = false
        /// Whether it is what a cancellation left behind: who, when and why.
        var isTrace = false
        /// Whether it says in so many words that the visit is on.
        var isPlanned = false
        /// Whether it is a yes in a column for cancellations.
        var isYes = false
    }

    /// Why nothing of the file may be kept.
    private(set) var problem: InputError?
    private var rules: [Rule] = []
    /// Rules for which a row must say more than plain ones do (`PlainRows`).
    private var rareRules: [Rule] = []
    /// The column of what the visit is for, and what its words stand for.
    private let service: Int
    private let values: ValueMap

    /// Whether there is none that a plain row could meet.
    var isEmpty: Bool { rules.isEmpty }

    /// Finds the rules' columns in a header.
    ///
    /// - Parameter sample: the first records below the header.
    /// - Throws: `unknown-rule-column` where the file has no column of that name, `duplicate-column`.
    init(plan: ColumnPlan, options: ReadingOptions, line: Int, sample: [CSVRecord]) throws(InputError) {
        service = plan[.serviceType]
        values = options.values
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
        for column in ValueMap.columns where values.maps(column) && plan[column] >= 0 {
            rules.append(
                Rule(position: plan[column], option: "the mapping of values", namesStatus: false) {
                    options.values.meaning(of: $0, in: column) == .skip
                })
        }
    }

    /// Adds what the columns say by their names.
    private mutating func addDefaults(_ plan: ColumnPlan, _ options: ReadingOptions, line: Int) {
        for (position, name) in plan.header.enumerated() where position != plan.identity {
            let isOurs = plan.positions.contains(position)
            if StatusColumns.isTitle(name) {
                let rule = Rule(position: position, kind: .title, name: name)
                if position == plan[.serviceType] { rareRules.append(rule) } else { rules.append(rule) }
            } else if !isOurs, let kind = StatusWords.kind(ofColumn: name) {
                rules.append(Rule(position: position, kind: kind, name: name))
            } else if position == plan[.notes] {
                rareRules.append(Rule(position: position, kind: .remark, name: name))
            } else if !isOurs, ColumnName.match(name)?.column == .notes {
                rules.append(Rule(position: position, kind: .remark, name: name))
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
        var (live, planned): (Int?, Int?)
        var flag: (position: Int, meaning: StatusWords.Meaning)?
        var trace: (position: Int, meaning: StatusWords.Meaning)?
        for index in rules.indices {
            let position = rules[index].position
            let said = rules[index].said(by: check.text(at: position))
            switch said.meaning {
            case .visit:
                if said.isLive { live = live ?? position }
                if said.isPlanned { planned = planned ?? position }
            case .unclear: unclear = unclear ?? position
            case let meaning where said.isYes: flag = flag ?? (position, meaning)
            case let meaning where said.isTrace: trace = trace ?? (position, meaning)
            case let meaning:
                return report(at: position, option: rules[index].option, meaning, &check)
            }
        }
        if let flag, planned == nil { return report(at: flag.position, option: nil, flag.meaning, &check) }
        for index in rareRules.indices {
            let position = rareRules[index].position
            switch rareRules[index].said(by: check.text(at: position)).meaning {
            case .visit: continue
            case .unclear:
                if !mayBeReason(check.text(at: position), check) { unclear = unclear ?? position }
            case let meaning: return report(at: position, option: nil, meaning, &check)
            }
        }
        if let flag, let planned {
            reportContradiction(at: flag.position, by: planned, &check)
            return false
        }
        if let trace, unclear == nil {
            if let live {
                reportContradiction(at: trace.position, by: live, &check)
                return false
            }
            if trace.meaning == .calledOff, isRipOut(check) {
                check.report(at: trace.position) { .unclearTrace($0) }
                return false
            }
            return report(at: trace.position, option: nil, trace.meaning, &check)
        }
        if let unclear {
            check.report(at: unclear) { .unclearStatus($0) }
        } else if let blank {
            check.report(at: blank.position) { .blankStatus($0, above: blank.above) }
        }
        return false
    }

    private func reportContradiction(at position: Int, by other: Int, _ check: inout RowCheck) {
        let other = (check.plan.name(at: other), check.text(at: other))
        check.report(at: position) { .contradictedTrace($0, by: other) }
    }

    private func report(
        at position: Int, option: String?, _ meaning: StatusWords.Meaning, _ check: inout RowCheck
    ) -> Bool {
        if let option {
            check.report(at: position) { .skippedByRule($0, option: option) }
        } else {
            check.report(at: position) { .skippedStatus($0) }
        }
        check.row.isCalledOff = meaning == .calledOff
        return true
    }

    /// Whether a row's visit takes out what an account had that was cancelled: what its columns say of a cancellation
    /// may be the account's.
    private func isRipOut(_ check: RowCheck) -> Bool {
        var written = check.text(at: service)
        if values.maps(.serviceType), let ours = values.ours(for: written, in: .serviceType) {
            written = ours
        }
        return written.withUTF8 { ServiceType(written: $0) } == .ripOut
            || StatusWords.isRemoval(written)
    }

    /// Whether notes that say that the customer cancelled may be the reason for the visit.
    private func mayBeReason(_ notes: String, _ check: RowCheck) -> Bool {
        isRipOut(check) && StatusWords.saysCancelled(notes)
    }
}
