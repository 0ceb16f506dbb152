import CSVReading
import SecurityTrax

/// Recognizes the names of the columns where they come once more, below the header: files are joined from several
/// exports, and each brought its own.
struct HeaderAgain {
    /// What a record is.
    enum Kind {
        case row
        /// The columns stand where the header has them.
        case sameOrder
        /// The rows that follow would be read into the wrong columns.
        case otherOrder
        /// The same, where the header stands at the end of a row: the file before it had no last line end.
        case otherOrderBehindRow
    }

    /// What the columns of the header mean, by their keys.
    private let meanings: [String: InputColumn]
    /// The keys of the header.
    private let keys: [String]
    private let plan: ColumnPlan

    init(plan: ColumnPlan) {
        self.plan = plan
        keys = plan.header.map(Self.key)
        var meanings: [String: InputColumn] = [:]
        for column in InputColumn.allCases where plan[column] >= 0 { meanings[keys[plan[column]]] = column }
        meanings[""] = nil
        self.meanings = meanings
    }

    /// What a record is.
    func kind(of record: CSVRecord) -> Kind {
        if record.count > keys.count, endsInOtherOrder(record) { return .otherOrderBehindRow }
        // Where a row has its times or its customer, no name stands: nearly every row is done with here.
        if beginsWithDigit(record, plan[.start]) || beginsWithDigit(record, plan[.end])
            || beginsWithDigit(record, plan[.customerID]) || beginsWithDigit(record, plan[.window])
        {
            return .row
        }
        let fields = (0..<record.count).map { Self.key(record.string($0)) }
        let known = fields.map(meaning)
        // No row says "Start" and "End", or either beside "Customer", and a header says at least two of them.
        let named = Set(known.compactMap { $0?.purpose }).intersection([.customerID, .start, .end])
        guard named.count >= 2, known.count(where: { $0 != nil }) >= 3 else {
            return isOnlyNames(fields) ? .otherOrder : .row
        }
        return isSameOrder(fields) ? .sameOrder : .otherOrder
    }

    /// Whether names stand where the header has them.
    private func isSameOrder(_ fields: [String]) -> Bool {
        (0..<max(fields.count, keys.count)).allSatisfy { position in
            let ours = position < keys.count ? keys[position] : ""
            let theirs = position < fields.count ? fields[position] : ""
            return ours == theirs || meaning(of: theirs).map { plan.has($0, at: position) } ?? false
        }
    }

    /// Whether a row goes on with a header in another order: its last field and the first name are one field then.
    private func endsInOtherOrder(_ record: CSVRecord) -> Bool {
        let joint = keys.count - 1
        guard joint >= 0, !trimmedIsEmpty(record, joint + 1) else { return false }
        var fields = (joint..<record.count).map { Self.key(record.string($0)) }
        let known = fields.dropFirst().map(meaning)
        let named = Set(known.compactMap { $0?.purpose }).intersection([.customerID, .start, .end])
        guard named.count >= 2, known.count(where: { $0 != nil }) >= 3 else { return false }
        // What stands before the first name is the row's.
        if let first = keys.first, fields[0].hasSuffix(first) { fields[0] = first }
        return !isSameOrder(fields)
    }

    private func trimmedIsEmpty(_ record: CSVRecord, _ position: Int) -> Bool {
        record.withField(position) { trim($0).isEmpty }
    }

    /// Whether a record can only be the header of another export, in words that nobody knows: it is full, its fields
    /// are different words, and none has a digit, where a row has its customer and its times.
    private func isOnlyNames(_ fields: [String]) -> Bool {
        let needed = [plan[.customerID], plan[.start], plan[.end] >= 0 ? plan[.end] : plan[.serviceType]]
        guard fields.count >= 4, fields.count == keys.count, needed.allSatisfy({ $0 >= 0 }),
            Set(fields).count == fields.count,
            fields.allSatisfy({ field in
                field.count { $0.isLetter } >= 3 && !field.contains(where: \.isNumber)
                    && !NobodyWords.contain(field)
            })
        else { return false }
        var service = fields[plan[.serviceType] >= 0 ? plan[.serviceType] : 0]
        return service.withUTF8 { ServiceType(written: $0) } == nil
    }

    private func meaning(of key: String) -> InputColumn? {
        meanings[key] ?? ColumnName.match(key)?.column
    }

    private func beginsWithDigit(_ record: CSVRecord, _ position: Int) -> Bool {
        guard position >= 0, position < record.count else { return false }
        return record.withField(position) { bytes in
            // Most fields begin at their first byte.
            if let first = bytes.first, first &- 48 < 10 { return true }
            guard let first = trim(bytes).first else { return false }
            return first &- 48 < 10
        }
    }

    /// A name as it is compared, without the quotes that stay where a byte order mark stands before them.
    private static func key(_ name: String) -> String {
        nameKey(name.replacing("\"", with: ""))
    }
}
