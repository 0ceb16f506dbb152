/// What is known of a run and of the nights before it, to tell whether it is held.
struct HoldFacts: Sendable, Hashable {
    /// The rows of one layout in one earlier run.
    struct Night: Sendable, Hashable {
        var run: Int
        /// 1 for Sunday to 7 for Saturday, where the machine is.
        var weekday: Int
        var rows: Int
    }

    /// The files of one layout.
    struct LayoutRows: Sendable, Hashable {
        /// The fingerprint of their header.
        var layout: String
        /// What is said of them: the first one's name.
        var file: String
        var rows: Int
        /// Earlier runs, the newest first.
        var nights: [Night] = []
    }

    /// Tonight's weekday, as `Night.weekday`.
    var weekday: Int
    var layouts: [LayoutRows] = []
    /// How many appointments would be posted.
    var new = 0
    /// How many customers the files name, and how many of them the ledger had not seen.
    var customers = 0
    var newCustomers = 0
    /// Whether the ledger knows customers of earlier runs at all.
    var hasHistory = false
    /// What was remarked of the files.
    var remarks: [FileRemark] = []
}

extension HoldFacts {
    /// How many nights the median is of.
    static let nights = 14
    /// With fewer nights nothing is normal yet.
    static let fewestNights = 3

    /// Why the run is held: each condition that is met, with its figures. Empty where none is, and where there is
    /// nothing to post.
    func reasons(_ conditions: [HoldCondition]) -> [String] {
        guard new > 0 else { return [] }
        return conditions.flatMap(reasons)
    }

    /// Why files with fewer rows than usual are no witnesses of what is gone, whether or not anything is to be posted.
    func cutShort(_ conditions: [HoldCondition]) -> [String] {
        conditions.flatMap { condition -> [String] in
            if case .rowsBelow = condition { return reasons(condition) }
            return []
        }
    }

    private func reasons(_ condition: HoldCondition) -> [String] {
        switch condition {
        case .rowsAbove(let times):
            return layouts.compactMap { unusual($0, times, isAbove: true) }
        case .rowsBelow(let times):
            return layouts.compactMap { unusual($0, times, isAbove: false) }
        case .newCustomersAbove(let percent):
            guard hasHistory, Double(newCustomers) * 100 > Double(customers) * percent else { return [] }
            let share = HoldCondition.written(
                (Double(newCustomers) * 1000 / Double(customers)).rounded() / 10)
            return [
                "\(newCustomers) of \(customers) customers are new (\(share)%), limit \(HoldCondition.written(percent))%"
            ]
        case .newAbove(let count):
            let what = new == 1 ? "appointment is" : "appointments are"
            return new > count ? ["\(new) \(what) new, limit \(count)"] : []
        case .sameFile: return remarks.filter { $0.code == .sameFile }.map(\.message)
        case .olderExport: return remarks.filter { $0.code == .olderExport }.map(\.message)
        }
    }

    /// `412 rows; the last 14 Tuesdays: median 118, limit 3x (354)`
    private func unusual(_ layout: LayoutRows, _ times: Double, isAbove: Bool) -> String? {
        let same = layout.nights.filter { $0.weekday == weekday }
        let isSameDay = same.count >= Self.fewestNights
        let nights = (isSameDay ? same : layout.nights).prefix(Self.nights)
        guard nights.count >= Self.fewestNights else { return nil }
        let median = Self.median(nights.map(\.rows))
        let limit = median * times
        guard isAbove ? Double(layout.rows) > limit : Double(layout.rows) < limit else { return nil }
        let kind = isSameDay ? Self.days[weekday - 1] : "runs"
        let shown = isAbove ? "\(HoldCondition.written(times))x" : "\(HoldCondition.written(times * 100))%"
        return
            "\(layout.file): \(layout.rows) rows; the last \(nights.count) \(kind): median \(HoldCondition.written(median)), limit \(shown) (\(HoldCondition.written(limit)))"
    }

    static func median(_ counts: [Int]) -> Double {
        let sorted = counts.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
    }

    private static let days = [
        "Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
    ]
}
