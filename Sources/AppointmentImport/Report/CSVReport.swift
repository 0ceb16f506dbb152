import AppointmentLedger
import SecurityTrax

/// A report's rows as CSV, for spreadsheets and programs.
package struct CSVReport: ReportWriter {
    private let content: ReportContent
    private let output: ReportOutput

    package init(_ content: ReportContent, _ output: ReportOutput) {
        (self.content, self.output) = (content, output)
    }

    /// Two passes: the columns of the details are known only after the first.
    package func write() async throws {
        if content.isWholeRun, let run = content.runs.first, run.pruned != nil, let number = run.run {
            throw ImportError.forgottenRows(ofRun: number)
        }
        var names: [String] = []
        var known = Set<String>()
        try await content.forEachRow { row in
            for detail in row.details where known.insert(detail.name).inserted { names.append(detail.name) }
        }
        var report = try RowReport(details: names, isForSpreadsheet: output.isForSpreadsheet)
        try await content.forEachChunk { rows in
            for row in rows { try report.add(row) }
            output.data(report.drain())
        }
        output.data(report.drain())
    }
}
