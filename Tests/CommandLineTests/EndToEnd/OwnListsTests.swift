import Foundation
import TestSupport
import Testing

@Suite("What is no report of SecurityTrax")
struct OwnListsTests {
    /// What somebody may take for one.
    struct List: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// What writes it to standard output; nil for a file that is there.
        var command: [String]?
        var file = "list.csv"
        let words: String
    }

    private static let lists = [
        List(
            testDescription: "the review list", command: ["review", "--csv", "-"], words: "resolve list.csv"),
        List(
            testDescription: "a report", command: ["report", "--all", "--format", "csv"],
            words: "a list that stimport wrote"),
        List(
            testDescription: "a report of one run for a spreadsheet",
            command: ["report", "--run", "1", "--format", "csv", "--excel"],
            words: "a list that stimport wrote"),
        List(
            testDescription: "what find found", command: ["find", "9001", "--format", "csv"],
            words: "a list that stimport wrote"),
        List(
            testDescription: "a comparison", command: ["reconcile", "theirs.csv", "--format", "csv"],
            words: "resolve list.csv"),
        List(testDescription: "the imported file", file: "a.csv", words: "\"a.csv\" that run 1 imported"),
        List(
            testDescription: "a copy of it under another name", command: nil, file: "copy.csv",
            words: "\"a.csv\" that run 1 imported"),
        List(testDescription: "a rejects file", file: "a.rejects.csv", words: "a list that stimport wrote"),
    ]

    @Test("What stimport wrote or imported proves nothing of what is in doubt", arguments: lists)
    func refused(list: List) throws {
        let fixture = try SandboxFixture(["close:after@1"])
        let rows = SampleRows.csv(count: 3)
        let wrong = "9090,,\(SampleRows.day(9)) 9:00,\(SampleRows.day(9)) 8:00,1,,\n"
        try fixture.folder.write("a.csv", rows + wrong)
        try fixture.folder.write("copy.csv", rows + wrong)
        try fixture.folder.write("theirs.csv", rows)
        #expect(try fixture.stimport.run("a.csv").status == 6)
        if let command = list.command {
            let written = try fixture.stimport.run(command)
            try fixture.folder.write(list.file, written.stdout)
        }
        for arguments in [[], ["--yes"], ["--format", "json"]] {
            let outcome = try fixture.stimport.run(["reconcile", list.file] + arguments)
            #expect(outcome.status == 3, "\(outcome.stdout)\(outcome.stderr)")
            #expect(outcome.stderr.contains(list.words), "\(outcome.stderr)")
        }
        #expect(try SandboxFixture.totals(fixture.report("--all")).contains("in_doubt 3"))
    }

    @Test(
        "A report of SecurityTrax is compared, whatever its columns are called",
        arguments: [
            "SecurityTraxUniqueID,StartTime,EndTime,ServiceType", "ID,Customer ID,Start,End,Type",
            "Customer ID,Start,End,Type,State,Code,Reason", "File,Customer ID,Start,End,Type,Batch",
        ])
    func theirs(header: String) throws {
        let fixture = try SandboxFixture(["close:after@1"])
        try fixture.folder.write("a.csv", SampleRows.csv(count: 1))
        #expect(try fixture.stimport.run("a.csv").status == 6)
        let sent = try fixture.report("--all")
        let names = header.split(separator: ",").map(String.init)
        let fields = names.map { name in
            switch name {
            case "SecurityTraxUniqueID", "Customer ID": sent[0, "SecurityTraxUniqueID"]
            case "StartTime", "Start": sent[0, "StartTime"]
            case "EndTime", "End": sent[0, "EndTime"]
            case "ServiceType", "Type": sent[0, "ServiceType"]
            default: "7"
            }
        }
        try fixture.folder.write("theirs.csv", header + "\n" + fields.joined(separator: ",") + "\n")
        let outcome = try fixture.stimport.run("reconcile", "theirs.csv")
        #expect(
            outcome.status == 6 && outcome.stdout.contains("resolve --created 1"),
            "\(outcome.stdout)\(outcome.stderr)")
    }

    @Test("A file that was only tried, or of which nothing was kept, may be a report")
    func rehearsed() throws {
        let fixture = try SandboxFixture(["close:after@1"])
        try fixture.folder.write("a.csv", SampleRows.csv(count: 1))
        try fixture.folder.write("theirs.csv", SampleRows.csv(count: 1) + "\n")
        #expect(try fixture.stimport.run("a.csv").status == 6)
        _ = try fixture.stimport.run("theirs.csv", "--dry-run")
        #expect(try fixture.stimport.run("reconcile", "theirs.csv").status == 6)
    }
}
