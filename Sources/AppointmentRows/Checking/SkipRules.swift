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
        /// What the values seen so far say: such columns have few.
        var known: [String: StatusWords.Meaning] = [:]

        /// A rule of the words in a column that is named after the visit's status.
        init(position: Int, kind: StatusWords.Kind) {
            self.position = position
            meaning = { StatusWords.meaning(of: $0, kind) }
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

        mutating func meaning(of value: String) -> StatusWords.Meaning {
            if let known = known[value] { return known }
            let meaning = meaning(value)
            if known.count < 1_000 { known[value] = meaning }
            return meaning
        }
    }

    private var rules: [Rule] = []

    /// Whether there is none.
    var isEmpty: Bool { rules.isEmpty }

    /// Finds the rules' columns in a header.
    ///
    /// - Throws: `unknown-rule-column` where the file has no column of that name, `duplicate-column`.
    init(plan: ColumnPlan, options: ReadingOptions, line: Int) throws(InputError) {
        if options.hasDefaultSkips {
            for (position, name) in plan.header.enumerated()
            where !plan.positions.contains(position) && position != plan.identity {
                if let kind = StatusWords.kind(ofColumn: name) {
                    rules.append(Rule(position: position, kind: kind))
                }
            }
        }
        for (option, given) in [("--skip", options.skips), ("--only", options.only)] {
            // The same column named twice is one rule with the values of both.
            var values: [Int: Set<String>] = [:]
            var order: [Int] = []
            for rule in given {
                let position = try plan.position(ofRule: rule.column, option: option, line: line)
                if values[position] == nil { order.append(position) }
                values[position, default: []].formUnion(rule.values.map(ColumnRule.key))
            }
            for position in order {
                let named = values[position] ?? []
                let isOnly = option == "--only"
                let isStatus = StatusWords.kind(ofColumn: plan.header[position]) != nil
                rules.append(
                    Rule(position: position, option: option, namesStatus: isStatus && !isOnly) {
                        named.contains(ColumnRule.key($0)) != isOnly
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

    /// Reports why the record in hand is no visit to book.
    ///
    /// - Returns: false where nothing says so.
    mutating func skip(_ check: inout RowCheck) -> Bool {
        for index in rules.indices {
            let position = rules[index].position
            let meaning = rules[index].meaning(
                of: position < check.record.count ? check.record.string(position) : "")
            guard meaning != .visit else { continue }
            if let option = rules[index].option {
                check.report(at: position) { .skippedByRule($0, option: option) }
            } else {
                check.report(at: position) { .skippedStatus($0) }
            }
            check.row.isCalledOff = meaning == .calledOff
            return true
        }
        return false
    }
}
