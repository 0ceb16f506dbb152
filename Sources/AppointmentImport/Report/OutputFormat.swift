/// `--format`: the forms in which a result is printed. A new one is a case here and its writer.
package enum OutputFormat: String, Sendable, CaseIterable {
    case text, json, csv, html

    /// What writes a report in this form.
    package var reportWriter: any ReportWriter.Type {
        switch self {
        case .text: TextReport.self
        case .json: JSONReport.self
        case .csv: CSVReport.self
        case .html: HTMLReport.self
        }
    }
}

/// Writes a report in one form.
package protocol ReportWriter: Sendable {
    /// A writer of this report.
    init(_ content: ReportContent, _ output: ReportOutput)

    /// Writes all of it.
    ///
    /// - Throws: `ImportError` where the form can't hold it; what reading the ledger throws.
    func write() async throws
}

/// Where a report goes.
package struct ReportOutput: Sendable {
    /// How a text for people may look there.
    package var style: TextStyle
    /// Takes text that is escaped already.
    package var text: @Sendable (String) -> Void
    /// Takes a file's bytes, which hold the words of files and servers as they are.
    package var data: @Sendable ([UInt8]) -> Void
    /// Whether a file is for a spreadsheet: with a byte order mark.
    package var isForSpreadsheet: Bool

    /// An output.
    package init(
        style: TextStyle, isForSpreadsheet: Bool = false, text: @escaping @Sendable (String) -> Void,
        data: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.style = style
        self.isForSpreadsheet = isForSpreadsheet
        self.text = text
        self.data = data
    }

    /// Writes a line that is escaped already.
    func line(_ line: String = "") { text(line + "\n") }

    /// Writes a line for people that is escaped already: broken between its words where the style has a width.
    func words(_ line: String) {
        for line in style.lines(of: line) { self.line(line) }
    }
}
