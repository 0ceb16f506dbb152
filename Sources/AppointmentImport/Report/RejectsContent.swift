import SystemFiles
import AppointmentLedger
import AppointmentRows
import CSVReading
import SecurityTrax

/// What stands in a rejects file, written to a temporary file as it comes.
final class RejectsContent {
    private var writer: CSVWriter
    private let makeWriter: (Dialect) -> CSVWriter
    /// Until it is written.
    private var header: [String]?
    private let records: OriginalRecords?
    private let input: InputFile?
    /// Which of the file's columns are copied: all but those that an earlier rejects file added.
    private let copied: [Int]
    /// Whether those stand behind all others.
    private let addedIsLast: Bool
    /// How many columns the file has; a longer record keeps all it has.
    private let width: Int
    /// The columns that are added.
    private let added: [RejectsColumn]
    private var fields: [String] = []
    private let output: AtomicFile

    /// The original records of `input`, in its dialect and encoding, to stand in `folder`.
    init(
        copying input: OpenedInput, _ options: ReadingOptions, in folder: String,
        adding added: [RejectsColumn]
    ) throws {
        self.added = added
        let reader = try input.rows(options)
        let layout = reader.layout
        let copied = layout.columns.indices.filter { !layout.columns[$0].isFromRejects }
        self.copied = copied
        width = layout.columns.count
        addedIsLast = copied.last.map { $0 < copied.count } ?? false
        records = try reader.originals()
        self.input = input.opened
        let byteOrderMark = layout.hasByteOrderMark
        makeWriter = { CSVWriter(dialect: $0, encoding: layout.encoding, byteOrderMark: byteOrderMark) }
        writer = makeWriter(layout.dialect)
        output = try AtomicFile(in: folder, permissionsOf: input.opened?.descriptor)
        let names = reader.header
        header = copied.map { names[$0] } + added.map(\.rawValue)
    }

    /// The seven columns from the ledger, to stand in `folder`.
    package init(in folder: String, adding added: [RejectsColumn]) throws {
        self.added = added
        width = 0
        addedIsLast = false
        records = nil
        input = nil
        copied = []
        makeWriter = { _ in CSVWriter(dialect: .lines) }
        writer = CSVWriter(dialect: .lines)
        output = try AtomicFile(in: folder)
        header = AppointmentField.allCases.map(\.name) + added.map(\.rawValue)
    }

    /// Adds one row; called in the order of the lines.
    func add(_ row: RejectedRow) throws {
        var columns = row.columns
        if let records {
            guard try records.find(line: row.line, fields: &fields) else {
                throw InputError(
                    code: .changedWhileReading, line: row.line, message: "the file has changed", fix: "")
            }
            columns = copied.map { $0 < fields.count ? fields[$0] : "" }
            if fields.count > width {
                // What an earlier round added stands behind the fields too many.
                let surplus =
                    addedIsLast ? copied.count..<copied.count + fields.count - width : width..<fields.count
                columns += fields[surplus]
            }
        }
        try writeHeader()
        let added = added.map { column in
            switch column {
            case .line: String(row.origin.line)
            case .file: row.origin.file
            case .run: row.origin.run > 0 ? String(row.origin.run) : ""
            case .code: row.code
            case .reason: RowCode.words(forRefused: row.code, row.reason)
            case .fix: row.fix
            case .customer: row.foundCustomer?.words ?? ""
            case .shape: row.isShapeless ? RowShape.text(of: columns) : ""
            }
        }
        do throws(CSVError) {
            try writer.write(columns + added)
        } catch {
            guard case .unencodable = error else { throw error }
            try writer.write(columns + added.map(Self.ascii))
        }
        if writer.buffer.count > 1 << 18 { try output.write(writer.drain()) }
    }

    /// Writes what is left.
    ///
    /// - Returns: the file, not yet in its place.
    /// - Throws: `InputError` where the file is not as it was: what was copied may be other rows.
    func finish() throws -> AtomicFile {
        try input?.checkUnchanged()
        try writeHeader()
        try output.write(writer.drain())
        return output
    }

    private func writeHeader() throws {
        guard let header else { return }
        // How lines end is known for certain only now: a carriage return may be half of an end.
        if let records { writer = makeWriter(records.dialect) }
        try writer.write(header)
        self.header = nil
    }

    /// Our own words in an encoding that lacks a character of theirs.
    private static func ascii(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }
}
