import TestSupport
import Testing

@Suite("When the last night's work was done")
struct LastCompleteRunTests {
    /// Commands one after the other, and whether the night counts as done after them.
    struct Course: CustomTestStringConvertible {
        let what: String
        let commands: [[String]]
        let isDone: Bool
        var faults: [String] = []
        var testDescription: String { what }
    }

    static let courses: [Course] = [
        Course(what: "an import", commands: [["a.csv"]], isDone: true),
        Course(what: "an import with a rejected row", commands: [["mixed.csv"]], isDone: true),
        Course(what: "a file without rows", commands: [["empty.csv"]], isDone: true),
        Course(what: "a file whose rows are all skipped", commands: [["skipped.csv"]], isDone: true),
        Course(what: "an import of nothing but invalid rows", commands: [["invalid.csv"]], isDone: false),
        Course(
            what: "one of invalid rows beside skipped ones", commands: [["invalid.csv", "skipped.csv"]],
            isDone: false),
        Course(
            what: "one of invalid rows and one of good ones", commands: [["invalid.csv", "a.csv"]],
            isDone: true),
        Course(
            what: "one of invalid rows after one that was complete", commands: [["a.csv"], ["invalid.csv"]],
            isDone: true),
        Course(
            what: "invalid rows beside what an earlier run created",
            commands: [["a.csv", "--stop-after", "0s"], ["mixed.csv"], ["resume"]], isDone: true),
        Course(what: "a file that can't be read", commands: [["bad.csv"]], isDone: false),
        Course(
            what: "a file that can't be read, and a resume that finds nothing",
            commands: [["bad.csv"], ["resume"]], isDone: false),
        Course(what: "a dry run", commands: [["--dry-run", "a.csv"]], isDone: false),
        Course(
            what: "a stopped import that a resume completes",
            commands: [["a.csv", "--stop-after", "0s"], ["resume"]], isDone: true),
        Course(
            what: "a stopped import that two resumes complete",
            commands: [["a.csv", "--stop-after", "0s"], ["resume", "--stop-after", "0s"], ["resume"]],
            isDone: true),
        Course(
            what: "a resume of older rows, after a night whose file can't be read",
            commands: [["a.csv", "--stop-after", "0s"], ["bad.csv"], ["resume"]], isDone: false),
        Course(
            what: "a resume where one of two files could not be read",
            commands: [["a.csv", "bad.csv", "--stop-after", "0s"], ["resume"]], isDone: false),
        Course(
            what: "an import that posts nothing because of its rows, and a resume",
            commands: [["invalid.csv", "--all-or-nothing"], ["resume"]], isDone: false),
        Course(
            what: "a file that was set aside for its rows",
            commands: [["invalid.csv", "--max-invalid", "0"]],
            isDone: false),
        Course(
            what: "one of two files set aside", commands: [["invalid.csv", "a.csv", "--max-invalid", "0"]],
            isDone: true),
    ]

    @Test("status --check counts what did the night's work, and nothing else", arguments: courses)
    func course(_ course: Course) throws {
        let fixture = try SandboxFixture(course.faults)
        try fixture.write(rows: 2)
        try fixture.folder.write("bad.csv", "a,b\n1,2\n")
        try fixture.folder.write(
            "invalid.csv",
            "\(SampleRows.header)\n9101,,\(SampleRows.day(9)) 8:00,\(SampleRows.day(9)) 9:00,Nothing,,\n")
        try fixture.folder.write(
            "mixed.csv",
            SampleRows.csv(count: 2)
                + "9101,,\(SampleRows.day(9)) 8:00,\(SampleRows.day(9)) 9:00,Nothing,,\n")
        try fixture.folder.write("empty.csv", SampleRows.header + "\n")
        try fixture.folder.write(
            "skipped.csv",
            "SecurityTraxUniqueID,StartTime,EndTime,ServiceType,Status\n"
                + "9102,\(SampleRows.day(9)) 8:00,\(SampleRows.day(9)) 9:00,1,Cancelled\n")
        for command in course.commands { _ = try fixture.stimport.run(command) }
        let check = try fixture.stimport.run("status", "--check", "26h")
        #expect(check.status == (course.isDone ? 0 : 5), "\(check.stdout)\(check.stderr)")
        #expect(check.stdout.hasPrefix(course.isDone ? "OK: " : "STALE: "), "\(check.stdout)")
    }
}
