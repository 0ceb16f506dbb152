import AppointmentRows
import SecurityTrax

/// The appointments of a run that keeps none, up to a bound: a check needs no database to compare its rows.
///
/// Every one of them is new and pending. What does not fit (beyond the bound, or with a value beyond what an entry
/// holds) is left to the ledger, and both are asked.
final class RowsInMemory {
    /// One appointment, in 28 bytes.
    private struct Entry {
        var customer: UInt32
        var start: Int32
        var line: UInt32
        /// Hashes of the texts.
        var texts: AppointmentTexts<UInt32>
        /// The next entry of the same slot; -1 at the end.
        var next: Int32
        /// Its place in `technicians`.
        var technician: UInt16
        /// Minutes from start to end, shifted left by two, and the service type.
        var lengthAndService: UInt16

        var end: Int32 { start + Int32(lengthAndService >> 2) }
        var service: Int { Int(lengthAndService & 3) }
    }

    /// Entries are never moved: the room for all of them is asked for at once, and taken as it is used.
    private var entries = ContiguousArray<Entry>()
    /// The files, and the first entry of each.
    private var files: [(file: Int, first: Int)] = []
    /// The technicians of all entries, and the place of each.
    private var technicians: [Int64] = []
    private var technicianPlaces: [Int64: UInt16] = [:]
    /// The first entry of each slot; -1 for none.
    private var slots = [Int32](repeating: -1, count: 1 << 10)
    private let limit: Int
    /// Other processes' hashes are others.
    private let seed = UInt64.random(in: .min ... .max)
    private let ledger: LedgerIndex
    private let run: Int
    private let times: TimeCells
    /// What `prepare` read: the compiler may not leave it out.
    private var touched: Int32 = 0
    /// Whether the ledger has some of the run's appointments.
    private var isLedgerUsed = false

    /// - Parameters:
    ///   - limit: how many appointments are held here at the most.
    ///   - ledger: where the others are.
    init(limit: Int, ledger: LedgerIndex, run: Int, reach: Int) {
        self.limit = min(limit, Int(Int32.max))
        self.ledger = ledger
        self.run = run
        times = TimeCells(reach: reach)
        entries.reserveCapacity(self.limit)
    }

    // MARK: What is known

    /// All that bears on what becomes of a row.
    func known(of row: CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        var known = isLedgerUsed ? try ledger.known(of: row, texts: texts) : KnownOfRow()
        guard let customer = UInt32(exactly: row.customerID) else { return known }
        forEachOverlapping(customer, row.serviceType, row.start.minutes, row.end.minutes) { position, entry in
            add(entry, position, row, texts, to: &known)
            return true
        }
        known.sortOthers()
        return known
    }

    /// Steps through what is held of a customer's service and overlaps a window, for as long as `body` says to go on.
    @inline(__always)
    private func forEachOverlapping(
        _ customer: UInt32, _ service: ServiceType, _ start: Int32, _ end: Int32,
        _ body: (_ position: Int, Entry) -> Bool
    ) {
        let key = Self.key(customer, service)
        for cell in times.cells(overlapping: Int(start), Int(end)) {
            var next = slots[slot(key, cell)]
            while next >= 0 {
                let entry = entries[Int(next)]
                // Two cells may share a slot.
                if entry.customer == customer, entry.service == service.rawValue, entry.start < end,
                    entry.end > start, times.cell(of: Int(entry.start)) == cell, !body(Int(next), entry)
                {
                    return
                }
                next = entry.next
            }
        }
    }

    private func add(
        _ entry: Entry, _ position: Int, _ row: CheckedRow, _ texts: RowTexts, to known: inout KnownOfRow
    ) {
        let found = KnownAppointment(
            // No ID of the ledger.
            id: -1 - position, customerID: Int64(entry.customer), techID: technicians[Int(entry.technician)],
            start: LocalTime(minutes: entry.start),
            end: LocalTime(minutes: entry.end), state: .pending, acceptedRun: run,
            row: RowPlace(file: file(of: position), line: Int(entry.line)), isOfThisRun: true)
        guard found.start == row.start, found.end == row.end, found.techID == row.techID else {
            known.others.append(found)
            return
        }
        known.own = found
        known.differing.formUnion(TextDifference(between: entry.texts, hashes(of: texts)))
    }

    /// The place of a technician in `technicians`; nil where there are too many.
    private func place(ofTechnician id: Int64) -> UInt16? {
        if let place = technicianPlaces[id] { return place }
        guard let place = UInt16(exactly: technicians.count) else { return nil }
        technicians.append(id)
        technicianPlaces[id] = place
        return place
    }

    private func file(of position: Int) -> Int {
        guard let file = files.last(where: { $0.first <= position }) else {
            preconditionFailure("an entry belongs to a file")
        }
        return file.file
    }

    /// Fetches what the next rows will be compared with: one after the other, each of them would be waited for.
    func prepare(for rows: [CheckedRow]) {
        var heads: [Int32] = []
        heads.reserveCapacity(rows.count)
        for row in rows where row.isValid {
            guard let customer = UInt32(exactly: row.customerID) else { continue }
            let cell = times.cell(of: Int(row.start.minutes))
            heads.append(slots[slot(Self.key(customer, row.serviceType), cell)])
        }
        for head in heads where head >= 0 { touched &+= entries[Int(head)].next }
    }

    /// Adds the new appointment of a row that nothing is known of, as nearly all are: neither is it held, nor anything
    /// that it would be compared with.
    ///
    /// - Returns: false where nothing was done, and all that is known has to be looked at.
    func addUnknown(_ row: borrowing CheckedRow, text: UnsafeBufferPointer<UInt8>, file: Int) -> Bool {
        guard !isLedgerUsed, let customer = UInt32(exactly: row.customerID) else { return false }
        var isUnknown = true
        forEachOverlapping(customer, row.serviceType, row.start.minutes, row.end.minutes) { _, _ in
            isUnknown = false
            return false
        }
        guard isUnknown else { return false }
        return add(copy row, RowTexts(copy row, in: text), file: file)
    }

    // MARK: Adding and forgetting

    /// Makes room for so many more rows, as far as it is known how many come.
    func expect(_ rows: Int) {
        let places = min(entries.count + rows, limit)
        if places > slots.count { grow(to: places) }
    }

    /// How many appointments are held: a mark to go back to.
    var count: Int { entries.count }

    /// Adds a new appointment.
    ///
    /// - Returns: false where it does not fit, and belongs in the ledger.
    func add(_ row: CheckedRow, _ texts: RowTexts, file: Int) -> Bool {
        guard entries.count < limit, let customer = UInt32(exactly: row.customerID),
            let technician = place(ofTechnician: row.techID), row.serviceType.rawValue < 4,
            let length = UInt16(exactly: row.end.minutes - row.start.minutes), length < 1 << 14,
            let line = UInt32(exactly: row.line)
        else {
            isLedgerUsed = true
            return false
        }
        if entries.count == slots.count { grow(to: 2 * slots.count) }
        if files.last?.file != file { files.append((file, entries.count)) }
        let slot = slot(Self.key(customer, row.serviceType), times.cell(of: Int(row.start.minutes)))
        entries.append(
            Entry(
                customer: customer, start: row.start.minutes, line: line, texts: hashes(of: texts),
                next: slots[slot], technician: technician,
                lengthAndService: length << 2 | UInt16(row.serviceType.rawValue)))
        slots[slot] = Int32(entries.count - 1)
        return true
    }

    private func hashes(of texts: RowTexts) -> AppointmentTexts<UInt32> {
        texts.texts.map { hash($0) }
    }

    /// Tells a text from others' by chance: eight bytes at a time, multiplied and folded.
    private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash = seed ^ UInt64(text.count)
        func mix(_ word: UInt64) {
            let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
        }
        let bytes = UnsafeRawBufferPointer(text)
        var offset = 0
        while offset + 8 <= bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        mix(rest)
        return UInt32(truncatingIfNeeded: hash >> 32)
    }

    /// Forgets what was added since a mark: the file can't be read to its end.
    func forget(since mark: Int) {
        while entries.count > mark {
            let entry = entries.removeLast()
            // The last one added is the first of its slot.
            slots[slot(of: entry)] = entry.next
        }
        while let last = files.last, last.first >= mark { files.removeLast() }
    }

    private func grow(to places: Int) {
        var count = slots.count
        while count < places { count *= 2 }
        slots = [Int32](repeating: -1, count: count)
        for position in entries.indices {
            let slot = slot(of: entries[position])
            entries[position].next = slots[slot]
            slots[slot] = Int32(position)
        }
    }

    // MARK: Slots

    private func slot(of entry: Entry) -> Int {
        let service = ServiceType(rawValue: entry.service) ?? .service
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
