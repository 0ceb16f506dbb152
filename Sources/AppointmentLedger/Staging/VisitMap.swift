import SecurityTrax

/// In which piece of time a window begins: what overlaps a row begins in a few of them.
struct TimeCells: Sendable {
    /// How far before a row's start another window may begin and still overlap, in minutes: the length of a cell.
    let reach: Int

    /// The cell of a moment.
    func cell(of minutes: Int) -> Int {
        // Rounded down, before 1970 too.
        minutes >= 0 ? minutes / reach : -((reach - 1 - minutes) / reach)
    }

    /// The cells in which windows begin that may overlap one.
    func cells(overlapping start: Int, _ end: Int) -> ClosedRange<Int> {
        cell(of: start - reach)...cell(of: end)
    }
}

/// Numbers of appointments by customer, service and time, in 8 bytes each: which of them may stand for a visit.
///
/// It says too much rather than too little: whoever asks looks at each appointment that it names.
struct VisitMap {
    /// What it grows to, in appointments: 16 MiB.
    static let limit = 3 << 19

    private struct Entry {
        var hash: UInt32 = 0
        /// 0 for a free place.
        var id: UInt32 = 0
    }

    private var entries: [Entry]
    private(set) var count = 0
    private let times: TimeCells
    private let limit: Int

    /// - Parameters:
    ///   - limit: how many appointments it holds at the most.
    ///   - expected: how many come, as far as it is known: while it grows, it has its places twice.
    init(_ times: TimeCells, limit: Int = VisitMap.limit, expecting expected: Int = 0) {
        self.times = times
        self.limit = limit
        var places = 1 << 10
        while Self.appointments(in: places) < min(limit, expected) { places *= 2 }
        entries = [Entry](repeating: Entry(), count: places)
    }

    /// Three quarters full at the most: the way to a free place gets long beyond that.
    private static func appointments(in places: Int) -> Int { places / 4 * 3 }

    /// Adds an appointment.
    ///
    /// - Returns: false where it does not fit.
    mutating func add(id: Int, customer: Int64, service: Int, start: Int) -> Bool {
        guard count < limit, let id = UInt32(exactly: id), id > 0 else { return false }
        if count >= Self.appointments(in: entries.count) { rebuild(places: entries.count * 2) { _ in true } }
        put(Entry(hash: Self.hash(customer, service, times.cell(of: start)), id: id))
        count += 1
        return true
    }

    /// Hands on the number of each appointment that may overlap a window of a customer's service, and perhaps others.
    func forEach(
        customer: Int64, service: Int, overlapping start: Int, _ end: Int, _ body: (Int) throws -> Void
    ) rethrows {
        for cell in times.cells(overlapping: start, end) {
            let hash = Self.hash(customer, service, cell)
            var place = place(of: hash)
            while entries[place].id != 0 {
                if entries[place].hash == hash { try body(Int(entries[place].id)) }
                place = next(place)
            }
        }
    }

    /// Forgets the appointments above a number.
    mutating func forget(above id: Int) {
        rebuild(places: entries.count) { $0.id <= id }
    }

    private mutating func rebuild(places: Int, keeping: (Entry) -> Bool) {
        let old = entries
        entries = [Entry](repeating: Entry(), count: places)
        count = 0
        for entry in old where entry.id != 0 && keeping(entry) {
            put(entry)
            count += 1
        }
    }

    private mutating func put(_ entry: Entry) {
        var place = place(of: entry.hash)
        while entries[place].id != 0 { place = next(place) }
        entries[place] = entry
    }

    private func place(of hash: UInt32) -> Int { Int(hash) & (entries.count - 1) }

    private func next(_ place: Int) -> Int { (place + 1) & (entries.count - 1) }

    private static func hash(_ customer: Int64, _ service: Int, _ cell: Int) -> UInt32 {
        // Two rounds of multiplying and folding: every bit counts for the low ones, which choose the place.
        var mixed = UInt64(bitPattern: customer) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= UInt64(bitPattern: Int64(cell)) << 3 ^ UInt64(bitPattern: Int64(service))
        mixed ^= mixed >> 32
        mixed = mixed &* 0xD6E8_FEB8_6659_FD93
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}
