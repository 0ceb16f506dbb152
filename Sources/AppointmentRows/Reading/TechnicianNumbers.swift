import CSVReading

/// Compares the numbers of a column that may say who goes with those of the technician's: `Assigned To` beside
/// `Technician`. What it has may be any user's numbers, so only the whole file shows whether they are technicians'.
struct TechnicianNumbers {
    /// The first row in which the two say different things.
    struct Difference {
        var line: Int
        var technician: String
        var other: String
    }

    /// Where the other column stands, from 0.
    let position: Int
    private let technician: Int
    private let options: ReadingOptions
    private let known: Set<Int64>?
    /// How many of its values are none, and how many are numbers that a technician may have.
    private var filled = 0
    private var plausible = 0
    private var first: Difference?
    /// The number that stands beside each technician's, and how often there were two that differ.
    private var beside: [Int64: Int64] = [:]
    private var pairs = 0
    /// Whether each technician has one number in it, and always the same one.
    private var isOneEach = true

    init(position: Int, _ plan: ColumnPlan, _ options: ReadingOptions) {
        self.position = position
        technician = plan[.techID]
        self.options = options
        known = options.knownTechIDs
    }

    /// The columns to compare: those that would be the technician's if they stood alone, and whose numbers nobody has
    /// said to be technicians'.
    static func watches(_ plan: ColumnPlan, _ options: ReadingOptions) -> [TechnicianNumbers] {
        guard plan[.techID] >= 0 else { return [] }
        return plan.mentionedTechnicians.filter { mention in
            guard !mention.holdsNumbers, mention.replacement == nil,
                !plan.rivals.contains(where: { $0.position == mention.position })
            else { return false }
            let name = plan.header[mention.position]
            if !mention.isByNameOnly { return ColumnName.match(name)?.column == .techID }
            guard let weak = TechnicianColumnName.weakStem(name), weak.mayHoldNumbers else { return false }
            return options.knownTechIDs != nil || !things.contains(weak.stem)
        }.map { TechnicianNumbers(position: $0.position, plan, options) }
    }

    /// What is called so may be a van or a room, or somebody who sells.
    private static let things: Set<String> = [
        "resource", "resources", "provider", "providers", "agent", "agents",
    ]

    /// Compares the fields of a record.
    mutating func note(_ record: CSVRecord) {
        guard technician < record.count else { return }
        guard position < record.count, let other = number(record, position) else {
            // The same person's other number would stand there too.
            if isOneEach, let id = number(record, technician), id > 0 { isOneEach = false }
            return
        }
        filled += 1
        guard let id = id(other, record, position), id <= Self.largest, known?.contains(id) ?? true else {
            return
        }
        plausible += 1
        guard let going = number(record, technician) else { return differ(record) }
        guard let chosen = self.id(going, record, technician) else {
            // A name is compared with names, and whoever is nobody is no technician.
            if NobodyWords.contain(Wording.trimmed(record.string(technician))) { differ(record) }
            return
        }
        if chosen == id {
            isOneEach = false
            return
        }
        pairs += 1
        if beside.updateValue(id, forKey: chosen).map({ $0 != id }) ?? false || beside.count > 10_000 {
            isOneEach = false
        }
        keep(record)
    }

    /// Notes a row that has a technician in the other column alone.
    private mutating func differ(_ record: CSVRecord) {
        isOneEach = false
        keep(record)
    }

    private mutating func keep(_ record: CSVRecord) {
        guard first == nil else { return }
        first = Difference(
            line: record.position.line, technician: Wording.trimmed(record.string(technician)),
            other: Wording.trimmed(record.string(position)))
    }

    /// Where the two differ, once all records were compared; nil where that says nothing.
    var difference: Difference? {
        // Job numbers from 1 on have a few that look like a technician's.
        guard let first, plausible * 2 >= filled else { return nil }
        return isOtherNumbering ? nil : first
    }

    /// Whether the other column has the same people's numbers in another list: an employee's, a crew's. Each technician then
    /// always has the same one, and none of them is a technician's.
    private var isOtherNumbering: Bool {
        isOneEach && beside.count > 1 && pairs > beside.count
            && beside.values.allSatisfy { beside[$0] == nil }
    }

    /// The number of a field, 0 where it is none, nil where the field is empty.
    private func number(_ record: CSVRecord, _ field: Int) -> Int64? {
        record.withField(field) { bytes in
            let text = trim(bytes)
            return text.isEmpty ? nil : positiveWholeNumber(text)
        }
    }

    /// Whose number a field has; nil for none's, and for a name.
    private func id(_ number: Int64, _ record: CSVRecord, _ field: Int) -> Int64? {
        guard number > 0 else { return nil }
        guard options.values.maps(.techID) || options.roster?.hasNumberNames == true else { return number }
        guard case .technician(let id) = options.technician(Wording.trimmed(record.string(field))) else {
            return nil
        }
        return id
    }

    /// Numbers above it are of customers and orders.
    private static let largest: Int64 = 99_999
}
