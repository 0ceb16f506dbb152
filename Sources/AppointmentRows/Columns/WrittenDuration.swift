/// How long a visit takes, as the fields of its row say it together.
struct WrittenDuration {
    /// What a column says; empty where there is none.
    struct Field {
        var text = ""
        /// What a number in it counts, by the column's name.
        var unit = VisitDuration.Unit.unsaid
    }

    /// A column that may have any unit, and the one beside it that names it.
    var duration = Field()
    var unit = ""
    /// The hours, and the minutes beyond them, or both of them the whole.
    var hours = Field()
    var minutes = Field()

    /// Why it can't be said.
    enum Problem: Error {
        /// One field can't be read.
        case unreadable(InputColumn, VisitDuration.Reading)
        /// The unit is none that is known.
        case unknownUnit
        /// The unit's column says another one than the duration itself.
        case otherUnit(InputColumn)
        /// The hours and the minutes are neither the same time nor parts of one.
        case hoursAndMinutes
    }

    /// Whether no field says anything.
    var isEmpty: Bool { duration.text.isEmpty && hours.text.isEmpty && minutes.text.isEmpty }

    /// The minutes, and the column that says them.
    func read() -> Result<(minutes: Int, column: InputColumn), Problem> {
        Result { () throws(Problem) in
            if !duration.text.isEmpty { return (try read(duration, .duration), .duration) }
            if hours.text.isEmpty { return (try read(minutes, .durationMinutes), .durationMinutes) }
            if minutes.text.isEmpty { return (try read(hours, .durationHours), .durationHours) }
            let (whole, rest) = (try read(hours, .durationHours), try read(minutes, .durationMinutes))
            // 1.5 hours and 90 minutes are the same time said twice.
            if whole == rest { return (whole, .durationMinutes) }
            guard whole == 0 || rest == 0 || rest < 60 && whole % 60 == 0 else { throw .hoursAndMinutes }
            return (whole + rest, .durationMinutes)
        }
    }

    private func read(_ field: Field, _ column: InputColumn) throws(Problem) -> Int {
        var named = field.unit
        // Where hours and minutes have columns of their own, a third one tells nothing of them.
        if !unit.isEmpty, column == .duration || hours.text.isEmpty || minutes.text.isEmpty {
            guard let beside = VisitDuration.Unit(written: unit) else { throw .unknownUnit }
            guard named == .unsaid || named == beside,
                VisitDuration.ownUnit(of: field.text).map({ $0 == beside }) ?? true
            else { throw .otherUnit(column) }
            named = beside
        }
        let reading = VisitDuration.read(field.text, unit: named)
        guard case .minutes(let minutes) = reading else { throw .unreadable(column, reading) }
        return minutes
    }
}

extension WrittenDuration {
    /// What numbers in the columns of one file count.
    struct Units {
        var duration: VisitDuration.Unit
        var hours: VisitDuration.Unit
        var minutes: VisitDuration.Unit

        init(_ plan: ColumnPlan) {
            func unit(_ column: InputColumn) -> VisitDuration.Unit {
                VisitDuration.Unit(of: column, named: plan.name(column))
            }
            (duration, hours, minutes) = (unit(.duration), unit(.durationHours), unit(.durationMinutes))
        }
    }

    /// What a row says.
    ///
    /// - Parameter text: What it says in a column; empty where it has none.
    init(_ units: Units, _ text: (InputColumn) -> String) {
        duration = Field(text: text(.duration), unit: units.duration)
        unit = text(.durationUnit)
        hours = Field(text: text(.durationHours), unit: units.hours)
        minutes = Field(text: text(.durationMinutes), unit: units.minutes)
    }
}

extension VisitDuration.Unit {
    /// What a number in a column counts.
    init(of column: InputColumn, named name: String) {
        let key = nameKey(name)
        let saysSeconds = ["m:ss", "min:sec", "minutes:seconds", "mins:secs"].contains { key.contains($0) }
        switch column {
        case _ where saysSeconds && !key.contains("h:"): self = .minutesAndSeconds
        case .durationMinutes: self = .minutes
        case .durationHours: self = .hours
        default:
            // `Scheduled Hours`, where that is said to be the duration.
            let units = Set(NameWords.split(name).compactMap { VisitDuration.Unit(written: $0) })
            self = units.count == 1 ? units.first ?? .unsaid : .unsaid
        }
    }

    /// A unit as it is written beside a number; nil where it is none of those that visits are counted in.
    init?(written text: String) {
        switch String(text.lowercased().filter(\.isLetter)) {
        case "m", "min", "mins", "minute", "minutes": self = .minutes
        case "h", "hr", "hrs", "hour", "hours": self = .hours
        default: return nil
        }
    }
}
