import AppointmentRows
import SecurityTrax
import SystemFiles

/// The appointments of a run that keeps none, up to a bound: a check needs no database to compare its rows.
///
/// Every one of them is new and pending. In memory there is a table that finds them, of 4 to 5 bytes for each; what is
/// known of them is in a temporary file, which is read where the table says that a row may not be new. What does not fit
/// (beyond the bound, or with a value beyond what an entry holds) is left to the ledger, and both are asked.
struct RowsInMemory: ~Copyable {
    /// One appointment, in 24 bytes.
    private struct Entry: BitwiseCopyable {
        var customer: UInt32
        var start: Int32
        var line: UInt32
        /// Hashes of the texts.
        var texts: AppointmentTexts<UInt32>
        /// Its place in `technicians`.
        var technician: UInt16
        /// Minutes from start to end, shifted left by two, and the service type.
        var lengthAndService: UInt16

        var end: Int32 { start + Int32(lengthAndService >> 2) }
        var service: Int { Int(lengthAndService & 3) }
    }

    private var entries = SpilledArray<Entry>()
    private var table = PlaceTable(capacity: 1 << 10)
    /// The files, and the first entry of each.
    private var files: [(file: Int, first: Int)] = []
    /// The technicians of all entries, and the place of each.
    private var technicians: [Int64] = []
    private var technicianPlaces: [Int64: UInt16] = [:]
    /// The places that were asked for last, by the lower bits of the technicians' numbers.
    private var recentTechnicians = [UInt16](repeating: 0, count: recentPlaces)
    private static var recentPlaces: Int { 256 }
    private let limit: Int
    /// Other processes' hashes are others.
    private let seed = UInt64.random(in: .min ... .max)
    private let ledger: LedgerIndex
    private let run: Int
    private let times: TimeCells
    /// What was read of the table in advance: the compiler may not leave that out.
    private var touched: UInt32 = 0
    /// Whether the ledger has some of the run's appointments.
    private var isLedgerUsed = false

    /// - Parameters:
    ///   - limit: how many appointments are held here at the most.
    ///   - ledger: where the others are.
    init(limit: Int, ledger: LedgerIndex, run: Int, reach: Int) {
        self.limit = min(limit, PlaceTable.limit)
        self.ledger = ledger
        self.run = run
        times = TimeCells(reach: reach)
    }

    // MARK: What is known

    /// All that bears on what becomes of a row.
    mutating func known(of row: borrowing CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        var known = isLedgerUsed ? try ledger.known(of: copy row, texts: texts) : KnownOfRow()
        guard let customer = UInt32(exactly: row.customerID) else { return known }
        for (position, entry) in try overlapping(row, customer) {
            add(entry, position, row, texts, to: &known)
        }
        known.sortOthers()
        return known
    }

    /// What is held of a row's customer and service type and overlaps its window.
    private mutating func overlapping(
        _ row: borrowing CheckedRow, _ customer: UInt32
    ) throws(LedgerError) -> [(position: Int, entry: Entry)] {
        var positions: [Int] = []
        _ = forEachPlace(of: row, customer) {
            positions.append($0)
            return true
        }
        var found: [(position: Int, entry: Entry)] = []
        for position in positions {
            let entry = try entry(at: position)
            // The table names others, too.
            if entry.customer == customer, entry.service == row.serviceType.rawValue,
                entry.start < row.end.minutes, entry.end > row.start.minutes
            {
                found.append((position, entry))
            }
        }
        return found
    }

    private mutating func entry(at position: Int) throws(LedgerError) -> Entry {
        do throws(SystemError) {
            return try entries.value(at: position)
        } catch {
            throw Self.unreadable(error)
        }
    }

    private static func unreadable(_ failure: SystemError) -> LedgerError {
        LedgerError(
            .failed,
            "what was set aside in \(ProcessFolders.temporary) to compare the rows can't be read again: \(failure.reason)",
            fix: "look into that disk, or name another folder with the environment variable TMPDIR")
    }

    private func add(
        _ entry: Entry, _ position: Int, _ row: borrowing CheckedRow, _ texts: RowTexts,
        to known: inout KnownOfRow
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
    private mutating func place(ofTechnician id: Int64) -> UInt16? {
        let slot = Int(truncatingIfNeeded: id) & (Self.recentPlaces - 1)
        let recent = Int(recentTechnicians[slot])
        if recent < technicians.count, technicians[recent] == id { return recentTechnicians[slot] }
        var place = technicianPlaces[id]
        if place == nil, let next = UInt16(exactly: technicians.count) {
            technicians.append(id)
            technicianPlaces[id] = next
            place = next
        }
        if let place { recentTechnicians[slot] = place }
        return place
    }

    private func file(of position: Int) -> Int {
        guard let file = files.last(where: { $0.first <= position }) else {
            preconditionFailure("an entry belongs to a file")
        }
        return file.file
    }

    /// Adds the new appointments of rows that nothing is known of, as nearly all are: neither are they held, nor anything
    /// that they would be compared with. It ends at the first row of which more is to be said.
    ///
    /// - Parameters:
    ///   - first: the row to begin with.
    ///   - isPlain: whether there is nothing else about the row at an index.
    ///   - added: told of the index of each row that was added.
    /// - Returns: the first row that was not added.
    /// - Throws: `LedgerError`.
    @inline(__always)
    mutating func addUnknown(
        _ rows: UnsafeBufferPointer<CheckedRow>, from first: Int, text: UnsafeBufferPointer<UInt8>, file: Int,
        where isPlain: (Int) -> Bool, added: (Int) -> Void
    ) throws(LedgerError) -> Int {
        if first == 0 { touched = touch(rows) }
        var index = first
        while index < rows.count, isPlain(index), try addUnknown(rows[index], text: text, file: file) {
            added(index)
            index += 1
        }
        return index
    }

    private mutating func addUnknown(
        _ row: borrowing CheckedRow, text: UnsafeBufferPointer<UInt8>, file: Int
    ) throws(LedgerError) -> Bool {
        guard !isLedgerUsed, let customer = UInt32(exactly: row.customerID) else { return false }
        if !forEachPlace(of: row, customer, { _ in false }), try !overlapping(row, customer).isEmpty {
            return false
        }
        return try add(row, RowTexts(row, in: text), file: file)
    }

    /// Fetches where rows are looked for: one after the other, each of them would be waited for.
    ///
    /// - Returns: what was read there, which means nothing.
    private func touch(_ rows: UnsafeBufferPointer<CheckedRow>) -> UInt32 {
        var touched: UInt32 = 0
        for index in rows.indices {
            let customer = UInt32(truncatingIfNeeded: rows[index].customerID)
            let cell = times.cell(of: Int(rows[index].start.minutes))
            touched ^= table.first(
                of: Self.hash(customer, rows[index].serviceType.rawValue, cell >> PlaceTable.laneBits))
        }
        return touched
    }

    // MARK: Adding and forgetting

    /// Makes room for so many more rows, as far as it is known how many come.
    mutating func expect(_ rows: Int) throws(LedgerError) {
        let places = min(entries.count + rows, limit)
        if places > table.capacity { try rebuild(capacity: places) }
    }

    /// How many appointments are held: a mark to go back to.
    var count: Int { entries.count }

    /// Adds a new appointment.
    ///
    /// - Returns: false where it does not fit, and belongs in the ledger.
    /// - Throws: `LedgerError`.
    mutating func add(_ row: borrowing CheckedRow, _ texts: RowTexts, file: Int) throws(LedgerError) -> Bool {
        guard entries.count < limit, let customer = UInt32(exactly: row.customerID),
            let technician = place(ofTechnician: row.techID), row.serviceType.rawValue < 4,
            let length = UInt16(exactly: row.end.minutes - row.start.minutes), length < 1 << 14,
            let line = UInt32(exactly: row.line)
        else {
            isLedgerUsed = true
            return false
        }
        if table.count >= table.capacity { try rebuild(capacity: min(2 * table.capacity, limit)) }
        if files.last?.file != file { files.append((file, entries.count)) }
        let entry = Entry(
            customer: customer, start: row.start.minutes, line: line, texts: hashes(of: texts),
            technician: technician, lengthAndService: length << 2 | UInt16(row.serviceType.rawValue))
        put(entry, at: entries.count)
        entries.append(entry)
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
    mutating func forget(since mark: Int) throws(LedgerError) {
        if mark == entries.count { return }
        entries.truncate(to: mark)
        while let last = files.last, last.first >= mark { files.removeLast() }
        try rebuild(capacity: table.capacity)
    }

    // MARK: The table

    private mutating func rebuild(capacity: Int) throws(LedgerError) {
        // The old one is given back first.
        table = PlaceTable(capacity: 0)
        table = PlaceTable(capacity: capacity)
        for position in 0..<entries.count { put(try entry(at: position), at: position) }
    }

    private mutating func put(_ entry: Entry, at position: Int) {
        let cell = times.cell(of: Int(entry.start))
        table.add(
            position, hash: Self.hash(entry.customer, entry.service, cell >> PlaceTable.laneBits),
            lane: cell & (PlaceTable.lanes - 1))
    }

    /// Hands on the places of what may be of a row's customer and service type and overlap its window, for as long as
    /// `body` says to go on.
    ///
    /// - Returns: whether all were handed on.
    @inline(__always)
    private func forEachPlace(
        of row: borrowing CheckedRow, _ customer: UInt32, _ body: (Int) -> Bool
    ) -> Bool {
        let cells = times.cells(overlapping: Int(row.start.minutes), Int(row.end.minutes))
        // Cells that follow each other are the lanes of one hash.
        for group in cells.lowerBound >> PlaceTable.laneBits...cells.upperBound >> PlaceTable.laneBits {
            let first = group << PlaceTable.laneBits
            let lanes = max(cells.lowerBound - first, 0)...min(cells.upperBound - first, PlaceTable.lanes - 1)
            let hash = Self.hash(customer, row.serviceType.rawValue, group)
            if !table.forEach(hash: hash, lanes: lanes, body) { return false }
        }
        return true
    }

    @inline(__always)
    private static func hash(_ customer: UInt32, _ service: Int, _ group: Int) -> UInt64 {
        // Multiplied twice and folded: each bit counts for all above it, and the upper half for the lower one.
        let key = UInt64(customer) << 2 ^ UInt64(truncatingIfNeeded: service)
        let once = (key ^ UInt64(truncatingIfNeeded: group) << 40) &* 0x9E37_79B9_7F4A_7C15
        let twice = (once ^ once >> 32) &* 0xD6E8_FEB8_6659_FD93
        return twice ^ twice >> 32
    }
}
