package import AppointmentLedger
import AppointmentRows
import CSVReading
import SecurityTrax

/// The list of what needs a person as a CSV file that is filled in: `id,batch,sent,reason`, the seven columns, `links`
/// (the portal's addresses) and an empty `verdict`. A held run has its number as the ID (`run 12`), something to do by
/// hand its own number in place of the batch (`to-do 7`).
package enum ReviewList {
    /// The columns around the seven.
    static let leading = ["id", "batch", "sent", "reason"]
    static let links = "links"
    static let verdict = "verdict"

    /// The file's content. It is made to be filled in with a spreadsheet: it begins with a byte order mark, and has no
    /// formulas.
    package static func csv(_ items: ReviewItems, time: (Int) -> String) throws -> [UInt8] {
        var writer = CSVWriter(dialect: .lines, byteOrderMark: true)
        try writer.write(leading + AppointmentField.allCases.map(\.name) + [links, verdict])
        func pages(_ endpoint: String, _ customer: Int64) -> String {
            Portal.pages(of: customer, at: endpoint).joined(separator: " ")
        }
        for doubt in items.doubts {
            try writer.write(
                [
                    String(doubt.id), String(doubt.batch), time(doubt.sent),
                    RowReport.neutralizingFormulas(doubt.reason),
                ] + RowReport.fields(doubt.columns, true) + [
                    pages(doubt.endpoint, doubt.appointment.customerID), "",
                ])
        }
        for run in items.held {
            try writer.write(
                ["\(runPrefix)\(run.run)", "", time(run.held), RowReport.neutralizingFormulas(run.reason)]
                    + AppointmentField.allCases.map { _ in "" } + ["", ""])
        }
        for toDo in items.toDos {
            let visit = toDo.visit
            try writer.write(
                [
                    String(visit.id), "\(toDoPrefix)\(toDo.number)", "",
                    RowReport.neutralizingFormulas(
                        "\(ToDoText(toDo).news) (\(ToDoText(toDo).place)): \(ToDoText(toDo).action)"),
                ] + RowReport.fields(AppointmentField.allCases.map { visit.appointment[$0] }, true)
                    + [pages(visit.endpoint, visit.appointment.customerID), ""])
        }
        return writer.drain()
    }

    private static let runPrefix = "run "
    private static let toDoPrefix = "to-do "

    /// Reads a filled-in list back. Other columns than `id`, `batch` and `verdict` may have gone.
    ///
    /// - Returns: the lines that have a verdict.
    /// - Throws: `InputError` where it can't be read, `LedgerError` where any line of it can't be understood:
    ///   then nothing of it counts.
    package static func read(_ name: String) throws -> PersonsWords {
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
            let customer = header.firstIndex(of: key(AppointmentField.customerID.name))
            let reason = header.firstIndex(of: "reason")
            func text(_ column: Int?, _ fields: [String]) -> String {
                column.map { $0 < fields.count ? fields[$0] : "" } ?? ""
            }
            var words = PersonsWords()
            var seen = Set<String>()
            while try reader.next(&record) {
                let fields = record.strings.map { $0.trimmed }
                guard fields.count > max(id, batch, verdict) else {
                    throw LedgerError(
                        .unreadableList, "line \(record.position.line) of the list has too few fields",
                        fix: "mend it, or make a new list")
                }
                if fields[verdict].isEmpty { continue }
                try take(
                    Line(
                        number: record.position.line, id: key(fields[id]), batch: key(fields[batch]),
                        verdict: fields[verdict], customer: Int64(text(customer, fields)),
                        reason: text(reason, fields)), into: &words)
                // A visit in doubt and what is to be done about it are two matters.
                let isToDo = key(fields[batch]).hasPrefix(toDoPrefix)
                guard seen.insert(key(fields[id]) + (isToDo ? " to-do" : "")).inserted else {
                    let subject = Int(fields[id]) == nil ? fields[id] : "appointment \(fields[id])"
                    throw LedgerError(
                        .unreadableList,
                        "line \(record.position.line): \(subject) stands twice in the list",
                        fix: "remove one of the lines")
                }
            }
            return words
        } catch let error as CSVError {
            throw InputError(error, name: name)
        }
    }

    /// A line with a verdict.
    private struct Line {
        let number: Int
        let id: String
        let batch: String
        let verdict: String
        /// What the list has of the visit, or of why the run was held, for another ledger's list to be told by.
        let customer: Int64?
        let reason: String

        /// The verdict, where it is one of these.
        func verdict<Verdict>(_ known: [String: Verdict]) throws -> Verdict {
            let word = ReviewList.key(verdict).replacing(" ", with: "-").replacing("_", with: "-")
            guard let meant = known[word] else {
                let words = known.keys.filter { !$0.hasPrefix("approved") }.sorted()
                throw LedgerError(
                    .unreadableList, "line \(number): \"\(verdict)\" is no verdict; nothing was changed",
                    fix: "write \(words.joined(separator: ", ")), or nothing")
            }
            return meant
        }

        func number(of text: some StringProtocol) throws -> Int {
            guard let number = Int(text) else {
                throw LedgerError(
                    .unreadableList, "line \(self.number): the id or the batch is not a number",
                    fix: "leave those columns as stimport review wrote them")
            }
            return number
        }
    }

    private static func take(_ line: Line, into words: inout PersonsWords) throws {
        if line.id.hasPrefix(runPrefix) {
            try line.verdict(["approve": (), "approved": ()])
            let run = try line.number(of: line.id.dropFirst(runPrefix.count))
            words.approved.append(run)
            if !line.reason.isEmpty { words.holdReasons[run] = line.reason }
            return
        }
        let id = try line.number(of: line.id)
        if let customer = line.customer { words.customers[id] = customer }
        if line.batch.hasPrefix(toDoPrefix) {
            try line.verdict(["done": ()])
            words.done.append((id, try line.number(of: line.batch.dropFirst(toDoPrefix.count))))
        } else {
            let known = Resolution.allCases.map { ($0.rawValue, $0) }
            let meant = try line.verdict(Dictionary(uniqueKeysWithValues: known))
            words.resolutions.append(
                (id, try line.number(of: line.batch), meant))
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
