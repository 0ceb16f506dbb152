import Foundation
import Testing

@testable import stimport

extension MessageCatalogue {
    private static let wrongLines = [
        "stauts", "RESUME", "a.csv --batch-size", "a.csv --ledger --quiet", "a.csv --ledger=",
        "a.csv --quiet=yes", "a.csv --batch-size 0", "a.csv --batch-siz 5", "a.csv --batch 5",
        "a.csv --nonsense",
        "a.csv --timeout soon", "a.csv --rate inf", "a.csv --stop-after 90", "a.csv --horizon 2years",
        "a.csv --horizon 900y", "a.csv --format jsno", "a.csv --format html", "a.csv --site a --site b",
        "a.csv --slot-scheduling --no-slot-scheduling", "a.csv --quiet --verbose",
        "a.csv --show-xml", "a.csv b.csv --rejects r.csv", "a.csv - -", "a.csv --inbox in",
        "check", "check a.csv --batch-size 3", "a.csv --older-than 90d", "status now", "status --check",
        "resolve", "resolve list.csv --created", "resolve --created x", "completions csh",
        "ledger bakcup x", "ledger backup", "ledger adopt x", "a.csv --map StartTime",
        "a.csv --map Notes=B --map notes=C",
        "a.csv --map StratTime=B", "a.csv --columns A,B --no-header", "a.csv --encoding macintsh",
        "a.csv --date-order md", "a.csv --time-zone Mountian", "a.csv --skip Draft",
        "a.csv --hours 20:00-07:00",
        "a.csv --post-between never", "a.csv --max-invalid 101%", "a.csv --delimiter ab",
        "a.csv --password secret",
        "a.csv --password-file x", "a.csv --username me", "a.csv --partner-id 3", "report --since soon",
        "report --state maybe", "map",
    ]

    mutating func addCommandLines() throws {
        title("Command lines", "What is said of a wrong one. Nothing was posted (exit 2).")
        for wrong in Self.wrongLines {
            heading(("$ stimport " + wrong).trimmingCharacters(in: .whitespaces))
            do throws(UsageError) {
                _ = try CommandLineParser.parse(
                    wrong.split(separator: " ").map(String.init), fileExists: { _ in false })
                Issue.record("stimport \(wrong) is not wrong")
            } catch {
                for problem in [error] + error.more { self.error(problem.message, fix: problem.fix) }
            }
        }
    }
}
