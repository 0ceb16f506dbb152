import CSVReading

/// How many fields a row reaches over: those of the columns with names, what is written behind them, and empty fields
/// beyond the header. A row that reaches further than its file's others may have a text that a delimiter cuts in two.
enum RowExtent {
    /// Of one record that has the fields of all columns with names.
    static func of(_ record: CSVRecord, _ plan: ColumnPlan) -> Int {
        if record.count > plan.width { return record.count }
        let behind = (plan.minimumWidth..<max(plan.minimumWidth, record.count)).last { field in
            record.withField(field) { !trim($0).isEmpty }
        }
        return behind.map { $0 + 1 } ?? plan.minimumWidth
    }

    /// What most of the records have, the least of several.
    static func usual(of records: some Sequence<CSVRecord>, _ plan: ColumnPlan) -> Int {
        var counts: [Int: Int] = [:]
        for record in records where record.count >= plan.minimumWidth {
            counts[of(record, plan), default: 0] += 1
        }
        let most = counts.values.max() ?? 0
        return counts.filter { $0.value == most }.keys.min() ?? plan.minimumWidth
    }
}
