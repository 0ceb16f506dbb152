package import AppointmentLedger
import SecurityTrax

/// What is to be done by hand about one visit, in words; not escaped.
package struct ToDoText {
    private let toDo: ToDo

    /// The words for a to-do.
    package init(_ toDo: ToDo) {
        self.toDo = toDo
    }

    /// `17: customer 103317, Mon 01/11/2027 9:00 to 10:00, Service, technician 23: cancelled: "Status" says "Cancelled"
    /// (line 4 of jobs.csv)`
    package var line: String {
        "\(toDo.visit.id): \(VisitText(toDo.visit.appointment).line)\(standing): \(news) (\(place))"
    }

    /// ` (now Thu 01/14/2027 15:00 to 16:30, by hand)`; empty where the visit stands as it was created.
    private var standing: String {
        guard let place = toDo.broughtTo, place != toDo.visit.appointment else { return "" }
        return " (\(Self.changes(from: toDo.visit.appointment, to: place)), by hand)"
    }

    /// What the file says now: `moved to Tue 01/12/2027 9:00 to 10:00, technician 5`.
    package var news: String {
        switch toDo.code {
        case .cancelled: "cancelled: \(toDo.said)"
        case .gone: "gone: the export does not have it any more"
        case .moved: "moved: \(changes)"
        }
    }

    /// Where it says so: `line 4 of jobs.csv`.
    package var place: String {
        toDo.line > 0 ? "line \(toDo.line) of \(toDo.file)" : toDo.file
    }

    /// What was, or is, to be done, in the history of its visit.
    package var history: String {
        guard let done = toDo.done else {
            return "to do since \(LedgerTime.local(toDo.opened)): \(action) (\(place))"
        }
        return "\(LedgerTime.local(done)): \(toDo.doneBy) did by hand: \(news) (\(place))"
    }

    /// What a person has to do in SecurityTrax.
    package var action: String {
        let state =
            toDo.visit.state == .inDoubt
            ? "look whether SecurityTrax has it (it is in doubt), and if it has, " : ""
        switch toDo.code {
        case .cancelled: return "\(state)cancel it in SecurityTrax\(standing)"
        case .gone:
            return
                "\(state)ask whether it is still wanted, and if it is not, cancel it in SecurityTrax\(standing)"
        case .moved where isAsCreated:
            return "\(state)the file has it as it was created, and somebody changed it by hand since: "
                + "bring it back in SecurityTrax"
        case .moved: return "\(state)change it in SecurityTrax\(standing): \(changes)"
        }
    }

    private var isAsCreated: Bool { toDo.wanted == toDo.visit.appointment }

    private var changes: String {
        guard let wanted = toDo.wanted else { return "" }
        if isAsCreated { return "back to \(VisitText(wanted).window), as it was created" }
        return Self.changes(from: toDo.broughtTo ?? toDo.visit.appointment, to: wanted)
    }

    private static func changes(from visit: Appointment, to wanted: Appointment) -> String {
        var parts: [String] = []
        if wanted.start != visit.start || wanted.end != visit.end {
            parts.append("now \(VisitText(wanted).window)")
        }
        if wanted.techID != visit.techID {
            parts.append(wanted.techID.map { "technician \($0)" } ?? "no technician")
        }
        if wanted.serviceType != visit.serviceType { parts.append(wanted.serviceType.name) }
        if wanted.customerID != visit.customerID { parts.append("customer \(wanted.customerID)") }
        return parts.joined(separator: ", ")
    }
}

extension ToDo {
    /// The entry in a summary or a list.
    package var json: JSONOutput { .object(members) }

    /// The entry of one that a person has done.
    var doneJSON: JSONOutput {
        .object(
            members + [
                ("done", done.map { .text(LedgerTime.iso($0)) } ?? .null), ("done_by", .text(doneBy)),
            ])
    }

    private var members: [(String, JSONOutput)] {
        let pages = Portal.pages(of: visit.appointment.customerID, at: visit.endpoint)
        return [
            ("id", .integer(visit.id)), ("to_do", .integer(number)), ("code", .text(code.rawValue)),
            ("message", .text(ToDoText(self).news)), ("fix", .text(ToDoText(self).action)),
            ("state", .text(visit.state.name)), ("was", .object(visit.appointment.json)),
            ("now", wanted.map { .object($0.json) } ?? .null), ("file", .text(file)),
            ("line", line > 0 ? .integer(line) : .null), ("run", .integer(run)),
            ("opened", .text(LedgerTime.iso(opened))),
            ("quiet_until", quietUntil.map { .text(LedgerTime.iso($0)) } ?? .null),
            ("endpoint", .text(visit.endpoint)), ("links", .array(pages.map { .text($0) })),
        ]
    }
}

extension ToDoChanges {
    /// The entry in a summary.
    var json: JSONOutput {
        .object([
            ("new", .integer(new)), ("open", .integer(open)), ("closed", .integer(closed)),
            ("items", .array(firstNew.map(\.json))),
        ])
    }

    /// `To do by hand: 2 new, 5 open, 1 closed`; nil where there is nothing to say.
    package var sentence: String? {
        guard open > 0 || closed > 0 else { return nil }
        let parts = [
            new > 0 ? "\(grouped(new)) new" : nil, "\(grouped(open)) open",
            closed > 0 ? "\(grouped(closed)) closed by this run's files" : nil,
        ]
        return "to do by hand: " + parts.compactMap { $0 }.joined(separator: ", ")
    }
}
