package import AppointmentRows
import SecurityTrax

/// What reading a whole file gave.
package struct Reading {
    package var rows: [Row] = []
    package var findings: [Finding] = []
    package var layout: FileLayout?
    /// What is said of columns that are new to the layout.
    package var newColumns: String?

    /// A row with its texts.
    package struct Row {
        package var row: CheckedRow
        package var detail: String
        package var notes: String
        package var senderNumber: String
        package var findings: [Finding]
        package var lookUp: CustomerLookUp?
    }

    /// The findings as `code column`.
    package var summary: [String] { findings.map { "\($0.code.rawValue) \($0.column ?? "-")" } }
    /// The same without the warnings.
    package var errors: [String] {
        findings.filter { $0.severity == .error }.map { "\($0.code.rawValue) \($0.column ?? "-")" }
    }
    package var codes: [String] { findings.map(\.code.rawValue) }

    package init(_ bytes: [UInt8], _ options: ReadingOptions = .test) throws {
        let temporary = try TemporaryInput(bytes)
        let reader = try AppointmentReader(file: InputFile(temporary.path), options: options)
        layout = reader.layout
        newColumns = reader.facts.newColumns
        var chunk = CheckedRows()
        while try reader.next(&chunk) {
            findings += chunk.findings
            rows += chunk.rows.map {
                Row(
                    row: $0, detail: chunk.string($0.texts.serviceDetailType),
                    notes: chunk.string($0.texts.notes),
                    senderNumber: chunk.string($0.senderNumber), findings: Array(chunk.findings[$0.findings]),
                    lookUp: $0.lookUp.map { chunk.lookUps[$0] })
            }
        }
    }

    package init(_ text: String, _ options: ReadingOptions = .test) throws {
        try self.init(Array(text.utf8), options)
    }

    /// Why a file can't be read; nil where it can.
    package static func failure(_ text: String, _ options: ReadingOptions = .test) -> InputError? {
        do {
            _ = try Reading(text, options)
            return nil
        } catch {
            return error as? InputError
        }
    }

    /// One row below the usual header.
    package init(row: String, _ options: ReadingOptions = .test) throws {
        try self.init(Self.header + "\n" + row + "\n", options)
    }

    package static let header =
        "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes"
    package static let goodRow = "9710,5,1/23/2014 7:30,1/23/2014 9:30,Install,Panel,Ring twice"
}
