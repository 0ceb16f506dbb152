import CSVReading

/// Which rows of one file are no visit to book, by what their columns say: a visit that is cancelled or over, and
/// what `--skip` and `--only` leave out.
struct SkipRules {
    private struct Rule {
        let position: Int
        let option: String
        let isSkipped: (String) -> Bool
    }

    /// What a status column's values were found to say: files have few of them.
    private struct Status {
        let position: Int
        let kind: StatusWords.Kind
        var known: [String: StatusWords.Meaning] = [:]
    }

    private var rules: [Rule] = []
    private var statuses: [Status] = []

    /// Finds the rules' columns in a header.
    ///
    /// - Throws: `unknown-rule-column` where the file has no column of that name, `duplicate-column`.
    init(plan: ColumnPlan, options: ReadingOptions, line: Int) throws(InputError) {
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
                rules.append(
                    Rule(position: position, option: option) {
                        named.contains(ColumnRule.key($0)) != isOnly
                    })
            }
        }
        let values = options.values
        for column in ValueMap.columns where values.maps(column) && plan[column] >= 0 {
            rules.append(
                Rule(position: plan[column], option: "the mapping of values") {
                    values.meaning(of: $0, in: column) == .skip
                })
        }
        guard options.hasDefaultSkips else { return }
        for (position, name) in plan.header.enumerated()
        where !plan.positions.contains(position) && position != plan.identity {
            if let kind = StatusWords.kind(ofColumn: name) {
                statuses.append(Status(position: position, kind: kind))
            }
        }
    }

    /// Reports why the record in hand is no visit to book.
    ///
    /// - Returns: false where nothing says so.
    mutating func skip(_ check: inout RowCheck) -> Bool {
        for index in statuses.indices {
            let position = statuses[index].position
            guard position < check.record.count else { continue }
            let value = check.record.string(position)
            let meaning: StatusWords.Meaning
            if let known = statuses[index].known[value] {
                meaning = known
            } else {
                meaning = StatusWords.meaning(of: value, statuses[index].kind)
                if statuses[index].known.count < 1_000 { statuses[index].known[value] = meaning }
            }
            if meaning != .visit {
                check.report(at: position) { .skippedStatus($0) }
                check.row.isCalledOff = meaning == .calledOff
                return true
            }
        }
        for rule in rules {
            let value = rule.position < check.record.count ? check.record.string(rule.position) : ""
            if rule.isSkipped(value) {
                check.report(at: rule.position) { .skippedByRule($0, option: rule.option) }
                // What a rule leaves out is not to be made, unless it was made.
                check.row.isCalledOff = StatusWords.meaning(of: value, .words) != .over
                return true
            }
        }
        return false
    }
}
