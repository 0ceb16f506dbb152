import AppointmentRows
import SecurityTrax

/// The rows of a run that it has not claimed yet, in the order of the claims, and the choice of the next batch.
///
/// Some are read ahead of the claim, so that what the next batch takes is at hand when the last one's answer comes. They
/// stay pending as long as they are here: only a claim of this run changes them, and it looks at their states again.
struct FreshRows: Sendable {
    /// A row that may be claimed.
    struct Row: Sendable, Hashable {
        /// Its appointment.
        var id: Int
        /// When its time has passed, in minutes since 1970 UTC.
        var expires: Int64
        var appointment: Appointment
    }

    /// What the next batch is to be.
    struct Choice: Sendable, Hashable {
        /// Its appointments.
        var ids: [Int] = []
        /// What goes on the wire, in the same order.
        var appointments: [Appointment] = []
        /// What is refused instead, since its time passed while it waited.
        var expired: [Int] = []
        /// How many of those at hand were looked at, and which of them stay.
        fileprivate var looked = 0
        fileprivate var left: [Row] = []
    }

    /// Appointments up to here were read, or are not this run's.
    private var position = 0
    /// Read, and not claimed.
    private var waiting: [Row] = []
    private var isAtEnd = false
    /// What was chosen last, and not claimed yet.
    private var chosen: (limit: Int, now: Int64?, choice: Choice)?

    /// A batch never has two rows that an echo would call by the same name: the second one waits for another batch. So
    /// many rows that don't go into it are looked at for a batch; then it is posted though it is not full.
    private static let passedLimit = 1000

    /// A run's rows, none of them read.
    init() {}

    /// These rows, and no others.
    init(_ rows: [Row]) {
        waiting = rows
        isAtEnd = true
    }

    /// Chooses the next batch: at most so many rows, and neither a row nor one whose time has passed only where none is
    /// left.
    ///
    /// - Parameters:
    ///   - now: minutes since 1970 UTC, for rows whose time has passed; nil lets them through.
    ///   - read: the rows behind an appointment, at most so many of them.
    mutating func choose(
        _ limit: Int, now: Int64?, _ read: (_ after: Int, _ limit: Int) throws -> [Row]
    ) rethrows -> Choice {
        if let chosen, chosen.limit == limit, chosen.now == now { return chosen.choice }
        var choice = Choice()
        var names = Set<EchoName>()
        while choice.ids.count < limit, choice.left.count + choice.expired.count < Self.passedLimit {
            if choice.looked == waiting.count, try !readMore(limit - choice.ids.count, read) { break }
            let row = waiting[choice.looked]
            choice.looked += 1
            if let now, row.expires < now {
                choice.expired.append(row.id)
            } else if names.insert(EchoName(row.appointment)).inserted {
                choice.ids.append(row.id)
                choice.appointments.append(row.appointment)
            } else {
                choice.left.append(row)
            }
        }
        chosen = (limit, now, choice)
        return choice
    }

    /// What was chosen last is no longer fresh.
    mutating func remove(_ choice: Choice) {
        waiting = choice.left + waiting[choice.looked...]
        chosen = nil
    }

    private mutating func readMore(_ count: Int, _ read: (Int, Int) throws -> [Row]) rethrows -> Bool {
        if isAtEnd { return false }
        let rows = try read(position, count)
        isAtEnd = rows.count < count
        guard let last = rows.last else { return false }
        position = last.id
        waiting.append(contentsOf: rows)
        return true
    }
}

/// What an echo names a row by, within its batch.
private struct EchoName: Hashable {
    let customer: Int64
    let start: LocalTime
    let end: LocalTime

    init(_ appointment: Appointment) {
        customer = appointment.customerID
        start = appointment.start
        end = appointment.end
    }
}
