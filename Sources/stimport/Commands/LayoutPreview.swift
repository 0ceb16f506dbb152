import AppointmentRows
import AppointmentImport
import CSVReading

/// `check --preview`: how a file is understood.
struct LayoutPreview: Sendable {
    private let console: Console
    private let stream: Console.Stream

    init(_ console: Console, _ settings: Settings) {
        self.console = console
        stream = settings.format == .text ? .output : .diagnostics
    }

    func take(_ event: RunEvent) {
        guard case .understood(let file, let layout) = event else { return }
        line("\(file):")
        line(
            "  encoding: \(layout.encoding.name)"
                + (layout.hasByteOrderMark ? ", with a byte order mark" : ""))
        line("  delimiter: \(Self.name(ofDelimiter: layout.dialect.delimiter))")
        if !layout.hasHeader { line("  no header row: the columns are named by --columns") }
        for (index, column) in layout.columns.enumerated() {
            let meaning: String
            if let field = column.meaning {
                meaning = field.name
            } else if column.isIdentity {
                meaning = "your own appointment number"
            } else if column.isFromRejects {
                meaning = "ignored: from an earlier rejects file"
            } else {
                meaning = "ignored"
            }
            let header = column.header.isEmpty ? "(without a name)" : "\"\(column.header)\""
            line("  column \(index + 1), \(header): \(meaning)")
        }
        for remark in layout.remarks { line("  \(remark)") }
    }

    private func line(_ text: String) {
        console.text(TerminalText.escaped(text), to: stream)
    }

    private static func name(ofDelimiter byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case UInt8(ascii: "\t"): "tab"
        case UInt8(ascii: "|"): "pipe"
        default: String(UnicodeScalar(byte))
        }
    }
}
