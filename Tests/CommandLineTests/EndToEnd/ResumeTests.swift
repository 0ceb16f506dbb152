import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("resume and other sites")
struct ResumeTests {
    /// What was staged for a site without being posted.
    private func stage(_ fixture: SandboxFixture, _ name: String, rows: Int, first: Int, site: String?) throws
    {
        try fixture.write(name, rows: rows, firstCustomer: first)
        var stimport = fixture.stimport
        if let site {
            stimport.environment["STIMPORT_ENDPOINT"] = nil
            stimport.environment["STIMPORT_SITE"] = site
        }
        #expect(try stimport.run(name, "--stop-after", "0s").status == 5)
    }

    @Test("It announces and posts what is pending at its own site, and says what is pending elsewhere")
    func elsewhere() throws {
        let fixture = try SandboxFixture()
        try stage(fixture, "a.csv", rows: 2, first: 9_001, site: nil)
        try stage(fixture, "b.csv", rows: 3, first: 9_101, site: "beta")
        let resume = try fixture.stimport.run("resume")
        #expect(resume.status == 0)
        #expect(fixture.server.createdCount == 2)
        let lines = resume.stderr.split(separator: "\n").joined(separator: ";").split(separator: ";")
        let announced = lines.filter { $0.contains("resume: ") && $0.contains("pending since") }
        #expect(announced.count == 1)
        #expect(announced.first?.contains("2 pending since run 1") == true)
        let left = lines.filter { $0.contains("left alone") }
        #expect(left.count == 1)
        #expect(left.first?.contains("3 pending since run 2") == true)
        #expect(left.first?.contains("site beta") == true)
        #expect(left.first?.contains("stimport resume --site beta") == true)
    }

    @Test("With nothing of its own it posts nothing and claims nothing")
    func nothingHere() throws {
        let fixture = try SandboxFixture()
        try stage(fixture, "b.csv", rows: 3, first: 9_101, site: "beta")
        try stage(fixture, "c.csv", rows: 1, first: 9_201, site: "gamma")
        let resume = try fixture.stimport.run("resume")
        #expect(resume.status == 0)
        #expect(fixture.server.createdCount == 0)
        #expect(resume.stderr.contains("nothing is pending here"))
        #expect(!resume.stderr.contains("everything was posted"))
        #expect(resume.stderr.contains("site beta"))
        #expect(resume.stderr.contains("site gamma"))
        let run = try fixture.run("resume", "--log-format", "json")
        #expect(run.summary.totals.rows == 0)
        #expect(run.process.stderr.contains("\"pending\":0,\"pending_elsewhere\":4"))
        #expect(try fixture.stimport.run("status", "--check", "1h").status == 5)
    }
}
