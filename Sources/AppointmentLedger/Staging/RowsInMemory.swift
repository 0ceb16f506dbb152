import AppointmentRows
import SecurityTrax

/// The appointments of a run that keeps none, up to a bound: a check needs no database to compare its rows.
///
/// Every one of them is new and pending. What does not fit (beyond the bound, or with a value beyond what an entry
/// holds) is left to the ledger, and both are asked.
final class RowsInMemory {
    /// One appointment, in 36 bytes.
    private struct Entry {
        var customer: UInt32
        var technician: UInt32
        var start: Int32
        /// Minutes from start to end.
        var length: UInt16
        /// Counted from the run's first file.
        var file: UInt16
        var line: UInt32
        /// Hashes of the texts.
        var texts: AppointmentTexts<UInt32>
        /// The next entry of the same slot; -1 at the end.
        var next: Int32
        var service: UInt8
    }

    /// Entries are never moved: the room for all of them is asked for at once, and taken as it is used.
    private var entries = ContiguousArray<Entry>()
    /// The first entry of each slot; -1 for none.
    private var slots = [Int32](repeating: -1, count: 1 << 10)
    private let limit: Int
    private let ledger: LedgerIndex
    private let run: Int
    private let firstFile: Int
    private let times: TimeCells
    /// Whether the ledger has some of the run's appointments.
    private var isLedgerUsed = false

    /// - Parameters:
    ///   - limit: how many appointments are held here at the most.
    ///   - ledger: where the others are.
    init(limit: Int, ledger: LedgerIndex, run: Int, firstFile: Int, reach: Int) {
        self.limit = min(limit, Int(Int32.max))
        self.ledger = ledger
        self.run = run
        self.firstFile = firstFile
        times = TimeCells(reach: reach)
        entries.reserveCapacity(self.limit)
    }

    // MARK: What is known

    /// All that bears on what becomes of a row.
    func known(of row: CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        var known = isLedgerUsed ? try ledger.known(of: row, texts: texts) : KnownOfRow()
        guard let customer = UInt32(exactly: row.customerID) else { return known }
        let key = Self.key(customer, row.serviceType)
        let start = Int(row.start.minutes)
        let end = Int(row.end.minutes)
        for cell in times.cells(overlapping: start, end) {
            var next = slots[slot(key, cell)]
            while next >= 0 {
                let entry = entries[Int(next)]
                let entryStart = Int(entry.start)
                let entryEnd = entryStart + Int(entry.length)
                if entry.customer == customer, entry.service == UInt8(row.serviceType.rawValue),
                    times.cell(of: entryStart) == cell, entryStart < end, entryEnd > start
                {
                    add(entry, Int(next), row, texts, to: &known)
                }
                next = entry.next
            }
        }
        known.sortOthers()
        return known
    }

    private func add(
        _ entry: Entry, _ position: Int, _ row: CheckedRow, _ texts: RowTexts, to known: inout KnownOfRow
    ) {
        let found = KnownAppointment(
            // No ID of the ledger.
            id: -1 - position, customerID: Int64(entry.customer), techID: Int64(entry.technician),
            start: LocalTime(minutes: entry.start),
            end: LocalTime(minutes: entry.start + Int32(entry.length)), state: .pending, acceptedRun: run,
            row: RowPlace(file: firstFile + Int(entry.file), line: Int(entry.line)), isOfThisRun: true)
        guard found.start == row.start, found.end == row.end, found.techID == row.techID else {
            known.others.append(found)
            return
        }
        known.own = found
        known.differing.formUnion(TextDifference(between: entry.texts, Self.hashes(of: texts)))
    }

    // MARK: Adding and forgetting

    /// How many appointments are held: a mark to go back to.
    var count: Int { entries.count }

    /// Adds a new appointment.
    ///
    /// - Returns: false where it does not fit, and belongs in the ledger.
    func add(_ row: CheckedRow, _ texts: RowTexts, file: Int) -> Bool {
        guard entries.count < limit, let customer = UInt32(exactly: row.customerID),
            let technician = UInt32(exactly: row.techID),
            let length = UInt16(exactly: row.end.minutes - row.start.minutes),
            let file = UInt16(exactly: file - firstFile), let line = UInt32(exactly: row.line)
        else {
            isLedgerUsed = true
            return false
        }
        if entries.count == slots.count { grow() }
        let slot = slot(Self.key(customer, row.serviceType), times.cell(of: Int(row.start.minutes)))
        entries.append(
            Entry(
                customer: customer, technician: technician, start: row.start.minutes, length: length,
                file: file, line: line, texts: Self.hashes(of: texts), next: slots[slot],
                service: UInt8(row.serviceType.rawValue)))
        slots[slot] = Int32(entries.count - 1)
        return true
    }

    private static func hashes(of texts: RowTexts) -> AppointmentTexts<UInt32> {
        texts.hashes.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Forgets what was added since a mark: the file can't be read to its end.
    func forget(since mark: Int) {
        while entries.count > mark {
            let entry = entries.removeLast()
            // The last one added is the first of its slot.
            slots[slot(of: entry)] = entry.next
        }
    }

    private func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for position in entries.indices {
            let slot = slot(of: entries[position])
            entries[position].next = slots[slot]
            slots[slot] = Int32(position)
        }
    }

    // MARK: Slots

    private func slot(of entry: Entry) -> Int {
        let service = ServiceType(rawValue: Int(entry.service)) ?? .service
        return slot(Self.key(entry.customer, service), times.cell(of: Int(entry.start)))
    }

    /// Cells of one customer that follow each other have slots that follow each other.
    private func slot(_ key: UInt64, _ cell: Int) -> Int {
        Int(truncatingIfNeeded: key >> 20 &+ UInt64(truncatingIfNeeded: cell)) & (slots.count - 1)
    }

    private static func key(_ customer: UInt32, _ service: ServiceType) -> UInt64 {
        // Multiplicative hashing (Fibonacci): the upper bits are the good ones.
        (UInt64(customer) << 4 ^ UInt64(service.rawValue)) &* 0x9E37_79B9_7F4A_7C15
    }
}
