import Foundation
import SecurityTraxSandbox
import TestSupport

extension MessageCatalogue {
    private static let header = "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,Notes\n"
    /// Four rows that are right.
    private static let good =
        header
        + (1...4).map { "900\($0),,1/5/2098 \($0 + 7):00,1/5/2098 \($0 + 8):00,Service,\n" }.joined()
    /// Three rows: one is right, one names no customer, one is of long ago.
    private static let mixed =
        header + """
            9001,23,1/5/2098 8:00,1/5/2098 9:00,Service,
            Smith,23,1/5/2098 8:00,1/5/2098 9:00,Instal,
            9003,23,1/5/2020 8:00,1/5/2020 9:00,Service,

            """
    private static let far = ["--horizon", "90y", "--retries", "0"]

    /// What a night looks like to whoever reads it the next morning: whole runs of the program.
    mutating func addSituations() throws {
        title(
            "Whole runs",
            "What stands in the terminal after a run that did not go well; standard error is marked with |.")

        try situation("Nothing is set yet", [], files: ["monday.csv": Self.good], server: nil) {
            ["monday.csv"]
        }
        try situation("The file is not there", []) { ["moday.csv"] }
        try situation("Some rows are wrong", [], files: ["monday.csv": Self.mixed]) { ["monday.csv"] }
        try situation("Too many rows are wrong", [], files: ["monday.csv": Self.mixed]) {
            ["monday.csv", "--max-invalid", "5%"]
        }
        try situation(
            "The password is refused, the same again, and then a night that nobody watches", [],
            files: ["monday.csv": Self.good], environment: ["STIMPORT_PASSWORD": "wrong"], runs: 3
        ) { ["monday.csv"] }
        try situation(
            "The address is wrong (404)", ["404"], files: ["monday.csv": Self.good]
        ) { ["monday.csv"] }
        try situation("A login page answers", ["login-page"], files: ["monday.csv": Self.good]) {
            ["monday.csv"]
        }
        try situation("It is down (503)", ["503"], files: ["monday.csv": Self.good]) { ["monday.csv"] }
        try situation(
            "Nobody listens there", [], files: ["monday.csv": Self.good],
            environment: ["STIMPORT_ENDPOINT": "http://127.0.0.1:1/SITE/informationposter.php"]
        ) { ["monday.csv"] }
        try situation(
            "The connection is lost during the second batch", ["close:after@2"],
            files: ["monday.csv": Self.good], then: [["status"], ["status", "--check", "26h"], ["resume"]]
        ) { ["monday.csv", "--batch-size", "2"] }
        try situation(
            "A row is refused", ["refused:rows=2@1"], files: ["monday.csv": Self.good]
        ) { ["monday.csv"] }
        try situation("The first rows of the first real run", [], files: ["monday.csv": Self.good]) {
            ["monday.csv", "--first", "2"]
        }
        try situation(
            "An inbox with more than CSV in it", [],
            files: ["in/monday.xlsx": "x", "in/friday.rejects.csv": Self.mixed, "in/x.part": "x"]
        ) { ["--inbox", "in"] }
        try situation(
            "A ledger that must be there is missing", [], files: ["monday.csv": Self.good]
        ) { ["monday.csv", "--require-ledger"] }
        try situation(
            "Not a ledger", [], files: ["monday.csv": Self.good, "notes.txt": "hello, this is no database"]
        ) { ["monday.csv", "--ledger", "notes.txt"] }
        try situation("A settings file with a slip in it", [], files: ["s.json": "{ \"batchsize\": 5 }"]) {
            ["--config", "s.json", "config"]
        }
        try situation(
            "doctor, with a wrong password", [], environment: ["STIMPORT_PASSWORD": "wrong"]
        ) { ["doctor"] }
    }

    /// Runs the program in a fresh folder, against a server with these faults.
    private mutating func situation(
        _ name: String, _ faults: [String], files: [String: String] = [:],
        environment: [String: String] = [:], server isThere: Bool? = true, runs: Int = 1,
        then: [[String]] = [], _ arguments: () -> [String]
    ) throws {
        let fixture = try SandboxFixture(faults)
        var stimport = fixture.stimport
        if isThere == nil {
            stimport = try Stimport(folder: fixture.folder)
        }
        for (name, text) in files {
            let path = fixture.folder.path(name)
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try fixture.folder.write(name, text)
        }
        heading("# \(name)")
        let first = arguments()
        let isImport = first.contains { $0.hasSuffix(".csv") || $0 == "--inbox" }
        for words in Array(repeating: first, count: runs) + then {
            line("")
            line("$ stimport " + words.joined(separator: " "))
            let extra = isImport && words == first ? Self.far : words == ["resume"] ? ["--retries", "0"] : []
            let outcome = try stimport.run(words + extra, environment: environment)
            let port = fixture.server.endpoint.split(separator: "/")[1]
            func shown(_ text: String, _ mark: String) {
                for part in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                    line(mark + Self.steady(String(part), folder: fixture.folder.path, server: String(port)))
                }
            }
            shown(outcome.stderr, "| ")
            shown(outcome.stdout, "")
            line("(exit \(outcome.status ?? -1))")
        }
    }

    /// A line without what differs from one machine and one run to another.
    private static func steady(_ line: String, folder: String, server: String) -> String {
        let resolved = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        return neutral(line)
            .replacing(resolved, with: "FOLDER").replacing(folder, with: "FOLDER")
            .replacing(server, with: "127.0.0.1:8080")
            .replacing(
                /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/, with: "2026-11-24T02:00:11-07:00"
            )
            .replacing(/, [\d,]+ rows? a second/, with: "")
            .replacing(/(\d+ min )?\d+(\.\d+)? (ms|s|min)\b/, with: "25 ms")
            .replacing(/process \d+/, with: "process 4711")
            .replacing(/zones: .*|known; this machine's is .*/, with: "time zones …")
    }
}
