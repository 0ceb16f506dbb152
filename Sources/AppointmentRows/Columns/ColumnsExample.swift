import SecurityTrax

/// What the columns of a file without a header are, as far as one of its rows shows it: an example of `--columns` for
/// a person to complete.
struct ColumnsExample {
    /// A name for each field, in the file's order: one of ours where the row leaves no doubt, else `FIELD1`, which is no
    /// name of ours, so that an example that is typed as it stands reads nothing into the wrong column.
    let names: [String]

    /// The places of the fields that a person has to name, from 0.
    let open: [Int]

    /// What a field looks like.
    private enum Kind: Equatable {
        case moment, day, clock, number, service, anything
    }

    init(_ fields: [String]) {
        let kinds = fields.map(Self.kind)
        var known: [Int: InputColumn] = [:]
        func places(_ kind: Kind) -> [Int] { kinds.indices.filter { kinds[$0] == kind } }
        let (moments, days, clocks) = (places(.moment), places(.day), places(.clock))
        let times = moments.isEmpty ? clocks : moments
        let areAllTimesKnown = moments.isEmpty ? days.count == 1 : days.isEmpty && clocks.isEmpty
        if times.count == 2, areAllTimesKnown, Self.isBefore(fields[times[0]], fields[times[1]]) {
            known[times[0]] = .start
            known[times[1]] = .end
            if let day = days.first { known[day] = .date }
        }
        if let place = places(.service).first, places(.service).count == 1 { known[place] = .serviceType }
        // One number alone is the customer's only where nothing else could be.
        if let place = places(.number).first, known.count == fields.count - 1 { known[place] = .customerID }
        names = fields.indices.map { known[$0]?.name ?? "FIELD\($0 + 1)" }
        open = fields.indices.filter { known[$0] == nil }
    }

    private static func kind(of field: String) -> Kind {
        var text = Wording.trimmed(field)
        return text.withUTF8 { bytes in
            // A number of ten digits is a phone's perhaps.
            if positiveNumber(bytes) > 0 { return bytes.count < 10 ? .number : .anything }
            if ServiceType(written: bytes) != nil { return .service }
            switch TimeText.read(bytes, order: .monthFirst) {
            case .time(let time): return time.hasClock ? time.hasDate ? .moment : .clock : .day
            case .problem: return .anything
            }
        }
    }

    /// Whether one time is surely before another.
    private static func isBefore(_ first: String, _ second: String) -> Bool {
        guard let first = parts(of: first), let second = parts(of: second) else { return false }
        return first.lexicographicallyPrecedes(second)
    }

    private static func parts(of field: String) -> [Int]? {
        var text = Wording.trimmed(field)
        return text.withUTF8 { bytes in
            guard case .time(let time) = TimeText.read(bytes, order: .monthFirst) else { return nil }
            return [time.year, time.month, time.day, time.minuteOfDay]
        }
    }
}
