import CSVReading

/// Whether a file names its technicians once for several rows, as where cells were merged: the rows below the first one have
/// none then, and look like visits of nobody.
///
/// Where cells were merged, the first row has a name, no name stands below itself or comes again on the same day, and there
/// are as many empty fields as names. A file that has it otherwise has visits of nobody.
struct MergedTechnicians {
    /// A technician's field that is not empty.
    struct Named {
        let line: Int
        let text: String
    }

    /// Whether an empty field may stand for the one above it.
    private(set) var isPossible: Bool
    private var above: Named?
    /// The days of the rows that each name was seen in last.
    private var days: [String: Int] = [:]
    private var hasBlank = false

    /// - Parameter sample: the first records below the header.
    init(plan: ColumnPlan, options: ReadingOptions, sample: [CSVRecord]) {
        isPossible = true
        let (technician, start) = (plan[.techID], [plan[.start], plan[.window]].filter { $0 >= 0 })
        // What is asked for by name is meant, and a part of the rows shows nothing.
        guard technician >= 0, options.columnMap[.techID] == nil, !options.wantsLookUpsOnly else {
            isPossible = false
            return
        }
        var (names, blanks) = (0, 0)
        for record in sample {
            guard start.contains(where: { $0 < record.count && !Wording.trimmed(record.string($0)).isEmpty })
            else {
                endGroup()
                continue
            }
            let text = technician < record.count ? Wording.trimmed(record.string(technician)) : ""
            if text.isEmpty { blanks += 1 } else { names += 1 }
            if text.isEmpty, names == 0 { isPossible = false }
            note(text, day: Self.day(of: record, start, options), line: record.position.line)
        }
        // One row without a technician is no group.
        isPossible = isPossible && blanks >= max(2, names)
        endGroup()
    }

    private static func day(of record: CSVRecord, _ fields: [Int], _ options: ReadingOptions) -> Int {
        for field in fields where field < record.count {
            var text = Wording.trimmed(record.string(field))
            guard case .time(let time) = text.withUTF8({ TimeText.read($0, order: options.dateOrder) }) else {
                continue
            }
            return (time.year * 12 + time.month) * 31 + time.day
        }
        return 0
    }

    /// Looks at a row's field.
    ///
    /// - Parameter day: Any number that tells the row's day from others.
    /// - Returns: what stands above an empty one, and may hold for it too.
    @discardableResult mutating func note(_ text: String, day: Int, line: Int) -> Named? {
        guard isPossible else { return nil }
        if text.isEmpty {
            hasBlank = true
            return above
        }
        let key = nameKey(text)
        // Nobody is named where the file names nobody so.
        if NobodyWords.contain(text) || days[key] == day
            || !hasBlank && above.map({ nameKey($0.text) == key }) == true
        {
            isPossible = false
        }
        days[key] = day
        above = Named(line: line, text: text)
        hasBlank = false
        return nil
    }

    /// Says that what comes is a group of its own.
    mutating func endGroup() {
        above = nil
        days.removeAll(keepingCapacity: true)
        hasBlank = false
    }
}
