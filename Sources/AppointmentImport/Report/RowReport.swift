package import AppointmentLedger
import AppointmentRows
import CSVReading
import SecurityTrax

/// The rows of a run, or all appointments, as CSV: `file,line,state,code,reason`,
/// the seven columns as on the wire, the details that the service returned, and
/// the appointment's ID in the ledger, the row's run, time and site, which number gave its customer, and whom it names.
package struct RowReport {
    private var writer: CSVWriter
    private let details: [String]
    private let isForSpreadsheet: Bool

    /// A report with columns for these details.
    ///
    /// - Parameter isForSpreadsheet: whether it begins with a byte order mark, so that a spreadsheet takes it for UTF-8,
    ///   and no value that was sent may be a formula there.
    package init(details: [String], isForSpreadsheet: Bool = false) throws {
        self.details = details
        self.isForSpreadsheet = isForSpreadsheet
        writer = CSVWriter(dialect: .lines, byteOrderMark: isForSpreadsheet)
        try writer.write(
            ["file", "line", "state", "code", "reason"] + AppointmentField.allCases.map(\.name)
                + details.map(Self.neutralizingFormulas) + [
                    "stimport_id", "run", "time", "site", "customer_found", "customer",
                ])
    }

    /// Adds a row.
    package mutating func add(_ row: ReportRow) throws {
        let values = details.map { name in row.details.first { $0.name == name }?.value ?? "" }
        let place = [row.file, String(row.line), row.state.name, row.code, row.reason]
        try writer.write(
            place.map(Self.neutralizingFormulas) + Self.fields(row.columns, isForSpreadsheet)
                + values.map(Self.neutralizingFormulas)
                + [
                    row.appointment.map { String($0) } ?? "", row.run.map { String($0) } ?? "",
                    row.time.map { LedgerTime.iso($0) } ?? "", row.site.map(Self.neutralizingFormulas) ?? "",
                    row.foundCustomer.map { Self.neutralizingFormulas($0.words) } ?? "",
                    Self.neutralizingFormulas(row.customer),
                ])
    }

    /// The bytes written since the last call.
    package mutating func drain() -> [UInt8] {
        writer.drain()
    }

    /// What was sent, as fields: as it is, but for a spreadsheet, which runs what begins like a formula.
    static func fields(_ columns: [String], _ isForSpreadsheet: Bool) -> [String] {
        isForSpreadsheet ? columns.map(neutralizingFormulas) : columns
    }

    /// The words of files and servers as a field of a CSV report: neither a spreadsheet, which runs what begins like a
    /// formula, nor a terminal that shows the file acts on them.
    package static func neutralizingFormulas(_ text: String) -> String {
        // White space is what CSV is made for.
        let text = ActingCharacter.escaped(text, keeping: "\t\n\r")
        guard let first = text.unicodeScalars.first,
            "=@+\t\r".unicodeScalars.contains(first) || first == "-" && Int(text) == nil
        else { return text }
        return "'" + text
    }
}
