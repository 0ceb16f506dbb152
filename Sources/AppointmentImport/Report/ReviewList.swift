package import AppointmentLedger
import AppointmentRows
import CSVReading
import SecurityTrax

/// The list of what is in doubt as a CSV file that a person fills in:
/// `id,batch,sent,reason`, the seven columns, `links` (the portal's addresses) and an empty `verdict`.
package enum ReviewList {
    /// The columns around the seven.
    static let leading = ["id", "batch", "sent", "reason"]
    static let links = "links"
    static let verdict = "verdict"

    /// The file's content.
    ///
    /// - Parameter hasByteOrderMark: whether it begins with one, so that a spreadsheet takes it for UTF-8.
    package static func csv(
        _ appointments: [DoubtfulAppointment], hasByteOrderMark: Bool = false, time: (Int) -> String
    ) throws -> [UInt8] {
        var writer = CSVWriter(dialect: .lines, byteOrderMark: hasByteOrderMark)
        try writer.write(leading + AppointmentField.allCases.map(\.name) + [links, verdict])
        for appointment in appointments {
            let known = [
                String(appointment.id), String(appointment.batch), time(appointment.sent),
                RowReport.neutralizingFormulas(appointment.reason),
            ]
            let pages = Portal(identity: appointment.endpoint)?.pages(of: appointment.appointment.customerID)
            try writer.write(known + appointment.columns + [pages?.joined(separator: " ") ?? "", ""])
        }
        return writer.drain()
    }

    /// Reads a filled-in list back. Other columns than `id`, `batch` and `verdict` may have gone.
    ///
    /// - Returns: the lines that have a verdict.
    /// - Throws: `InputError` where it can't be read, `LedgerError` where any line of it can't be understood:
    ///   then nothing of it counts.
    package static func read(_ name: String) throws -> [(id: Int, batch: Int?, resolution: Resolution)] {
        let file = try InputFile(name)
        do {
            let reader = try CSVReader(
                descriptor: file.descriptor,
                options: CSVReader.Options(headerScore: { record in
                    record.strings.count { ["id", "batch", Self.verdict].contains(key($0)) }
                }))
            var record = CSVRecord()
            guard try reader.next(&record) else {
                throw LedgerError(
                    .unreadableList, "\(name) is empty", fix: "make a list with stimport review --csv FILE")
            }
            let header = record.strings.map(key)
            func column(_ name: String) throws -> Int {
                guard let index = header.firstIndex(of: name) else {
                    throw LedgerError(
                        .unreadableList, "the list has no column \(name)",
                        fix: "make a new one with stimport review --csv FILE")
                }
                return index
            }
            let (id, batch, verdict) = (try column("id"), try column("batch"), try column(Self.verdict))
            var verdicts: [(id: Int, batch: Int?, resolution: Resolution)] = []
            var seen = Set<Int>()
            while try reader.next(&record) {
                let fields = record.strings.map { $0.trimmed }
                guard fields.count > max(id, batch, verdict) else {
                    throw LedgerError(
                        .unreadableList, "line \(record.position.line) of the list has too few fields",
                        fix: "mend it, or make a new list")
                }
                let word = key(fields[verdict])
                if word.isEmpty { continue }
                guard
                    let meant = Resolution(rawValue: word.replacing(" ", with: "-").replacing("_", with: "-"))
                else {
                    throw LedgerError(
                        .unreadableList, "line \(record.position.line): \"\(fields[verdict])\" is no verdict",
                        fix: "write created, not-created, or nothing")
                }
                guard let number = Int(fields[id]), let batchNumber = Int(fields[batch]) else {
                    throw LedgerError(
                        .unreadableList, "line \(record.position.line): the id or the batch is not a number",
                        fix: "leave those columns as stimport review wrote them")
                }
                guard seen.insert(number).inserted else {
                    throw LedgerError(
                        .unreadableList,
                        "line \(record.position.line): appointment \(number) stands twice in the list",
                        fix: "remove one of the lines")
                }
                verdicts.append((number, batchNumber, meant))
            }
            return verdicts
        } catch let error as CSVError {
            throw InputError(error, name: name)
        }
    }

    private static func key(_ text: String) -> String {
        text.trimmed.lowercased()
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
