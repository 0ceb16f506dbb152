import CSVReading
import SecurityTrax

// Columns that dates name, and that hold clock times too.
extension ColumnPlan {
    /// `Start Date` and `End Date` hold clock times too in files that have no other columns for them.
    mutating func takeDatesForTimes(_ map: [InputColumn: String]) {
        guard self[.start] < 0, self[.window] < 0, self[.date] >= 0, map[.start] == nil, map[.date] == nil
        else { return }
        self[.start] = self[.date]
        self[.date] = -1
        takesDateForStart = true
        guard self[.end] < 0, self[.endDate] >= 0, map[.end] == nil, map[.endDate] == nil else { return }
        self[.end] = self[.endDate]
        self[.endDate] = -1
    }

    /// What is said where the column of dates that is taken for the start has no clock times.
    ///
    /// - Parameter sample: The first records below the header.
    func missingStart(in sample: [CSVRecord], order: DateOrder, line: Int) -> InputError? {
        let position = self[.start]
        guard takesDateForStart, position >= 0 else { return nil }
        let hasClock = sample.contains { record in
            guard position < record.count else { return false }
            return record.withField(position) { bytes in
                let text = trim(bytes)
                guard !text.isEmpty else { return false }
                switch TimeText.readInColumn(text, order: order, years: nil) {
                case .time(let time): return time.hasClock
                case .problem(.unreadable):
                    return TimeWindow(String(decoding: text, as: UTF8.self), order: order, years: nil) != nil
                // What is wrong with it is said of its row.
                case .problem: return true
                }
            }
        }
        if hasClock { return nil }
        let unused = header.indices.filter { !header[$0].isEmpty && !isUsed($0) }.map { header[$0] }
        return .missingColumns([.start], header: header, unused: unused, isGiven: false, line: line)
    }
}
