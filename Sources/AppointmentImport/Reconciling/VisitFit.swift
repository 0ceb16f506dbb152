package import AppointmentLedger
package import AppointmentRows
import SecurityTrax

/// Whether an entry of a report may be a visit of the ledger, for the same customer.
package enum VisitFit: Sendable, Hashable {
    /// All that the report says agrees.
    case same
    /// It is at another time, or something else differs: what, in words.
    case different([String])
    /// It can't be told: the report's times are the viewer's, and the customer's time zone is not known.
    case incomparable

    /// Compares a visit with an entry.
    ///
    /// - Parameters:
    ///   - customerZone: the customers' time zone, for visits that were imported without one.
    ///   - namedTechnicians: the TechIDs whose names are known: a name that is none of theirs is somebody else's.
    package init(
        _ visit: LedgerVisit, _ entry: ReportedVisit, customerZone: ZoneRule? = nil,
        namedTechnicians: Set<Int64> = []
    ) {
        guard visit.appointment.customerID == entry.customerID else {
            self = .different(["customer \(entry.customerID)"])
            return
        }
        var differences: [String] = []
        guard let shift = Self.shift(visit, entry, customerZone) else {
            self = .incomparable
            return
        }
        if shift != 0 {
            differences.append(
                "\(LedgerTime.elapsed(Double(abs(shift)) * 60)) \(shift > 0 ? "later" : "earlier")")
        }
        if let length = entry.length, length != visit.length { differences.append("\(length) minutes long") }
        switch entry.service {
        case .value(let service) where service != visit.appointment.serviceType:
            differences.append(service.name)
        case .words(let words): differences.append("“\(words)”, which is none of our services (--values)")
        case .unsaid, .nobody, .value: break
        }
        if let technician = visit.appointment.techID {
            switch entry.technician {
            case .value(let other) where other != technician: differences.append("technician \(other)")
            case .nobody: differences.append("no technician")
            case .words(let name) where namedTechnicians.contains(technician): differences.append(name)
            case .unsaid, .value, .words: break
            }
        }
        self = differences.isEmpty ? .same : .different(differences)
    }

    /// How much later the entry is, in minutes; nil where that can't be told.
    static func shift(_ visit: LedgerVisit, _ entry: ReportedVisit, _ customerZone: ZoneRule?) -> Int? {
        guard let instants = entry.start.instants else {
            return Int(entry.start.shown.minutes) - Int(visit.appointment.start.minutes)
        }
        let starts =
            visit.start.map { [$0] }
            ?? customerZone?.moments(ofLocal: Int(visit.appointment.start.minutes)) ?? []
        let shifts = instants.flatMap { instant in starts.map { instant - $0 } }
        return shifts.min { abs($0) < abs($1) }
    }
}
