import AppointmentRows
import SecurityTrax

extension CheckedRow {
    /// The row's seven columns as they would stand on the wire.
    func wireTexts(in chunk: CheckedRows) -> [String] {
        AppointmentField.allCases.map { appointment(in: chunk)[$0] }
    }

    /// The row as an appointment.
    func appointment(in chunk: CheckedRows) -> Appointment {
        Appointment(
            customerID: customerID, techID: techID == 0 ? nil : techID, start: start, end: end,
            serviceType: serviceType, texts: texts.map(chunk.string))
    }
}
