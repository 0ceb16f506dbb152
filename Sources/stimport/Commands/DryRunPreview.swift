import AppointmentImport
import SecurityTrax
import Synchronization

/// Shows appointments as they would be posted: the batches of a dry run, or the
/// first few of a check. With JSON on standard output they go to the other stream.
final class DryRunPreview: Sendable {
    private let console: Console
    private let showsXML: Bool
    private let stream: Console.Stream
    private let isQuiet: Bool
    /// How many appointments are shown in all; nil for every batch.
    private let limit: Int?
    private let number = Mutex((batch: 0, shown: 0))

    init(_ console: Console, _ settings: Settings, limit: Int? = nil) {
        self.console = console
        self.limit = limit
        showsXML = settings.showXML
        stream = settings.format == .text ? .output : .diagnostics
        isQuiet = settings.quiet
    }

    func show(_ appointments: [Appointment]) {
        let (batch, before) = number.withLock { number in
            defer { number.shown += appointments.count }
            number.batch += 1
            return (number.batch, number.shown)
        }
        if let limit {
            if before == 0 { console.text("the first appointments, as they would be posted:", to: stream) }
            appointments.prefix(max(0, limit - before)).forEach(showLine)
            return
        }
        if showsXML {
            let document = RequestDocument.masked(appointments: appointments)
            console.line("<!-- batch \(batch) -->", to: stream)
            console.writeData(document.bytes, to: stream)
            console.line(to: stream)
            return
        }
        if isQuiet { return }
        console.text("batch \(batch): \(counted(appointments.count, "appointment"))", to: stream)
        appointments.forEach(showLine)
    }

    private func showLine(_ appointment: Appointment) {
        let id = appointment.customerID
        var parts = [id > 0 ? "customer \(id)" : "a customer to be looked up"]
        parts.append("\(appointment.start.wire) to \(appointment.end.wire)")
        parts.append(appointment.serviceType.name)
        if let tech = appointment.techID { parts.append("technician \(tech)") }
        parts += AppointmentField.workTexts.map { appointment.texts[$0] }.filter { !$0.isEmpty }
        if limit != nil, !appointment.notes.isEmpty { parts.append("notes \"\(appointment.notes)\"") }
        console.text("  " + TerminalText.escaped(parts.joined(separator: ", ")), to: stream)
    }
}
