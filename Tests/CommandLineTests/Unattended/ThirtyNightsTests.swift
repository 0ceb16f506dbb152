import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Thirty nights")
struct ThirtyNightsTests {
    @Test(
        "Overlapping exports, a service that is down for three nights: every appointment is created exactly once"
    )
    func thirtyNights() throws {
        let server = try SandboxServer()
        let stimport = try Stimport(for: server)
        let folder = stimport.folder
        // Ten visits are new each night, and each export has those of the last five nights too.
        let lines = SampleRows.csv(count: 300).split(separator: "\n").map(String.init)
        try folder.write("in/keep", "")
        try folder.write(
            "s.json",
            "{ inbox: \"\(folder.path("in"))\", metrics: \"\(folder.path("m.prom"))\", batchSize: 20, retries: 0, notifyCommand: \"echo >> \(folder.path("calls"))\" }"
        )
        var exits: [Int32?] = []
        for night in 1...30 {
            let rows = lines[max(1, night * 10 - 49)...(night * 10)]
            // Every other night under the same name.
            let name = night % 2 == 0 ? "in/export.csv" : "in/export-of-\(night).csv"
            if night == 11 { server.setFaults(try FaultPlan("429")) }
            if night == 14 { server.setFaults([]) }
            // What could not be posted is still there.
            if folder.exists(name) { continue }
            try folder.write(name, ([lines[0]] + rows).joined(separator: "\n") + "\n")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path(name))
            let outcome = try stimport.run(
                "--config", "s.json", "--quiet", "--log", "x.log", "--log-format", "json")
            if outcome.status == 0 { #expect(outcome.stdout + outcome.stderr == "") }
            exits.append(outcome.status)
            if night % 7 == 0 {
                #expect(try stimport.run("prune", "--older-than", "0s", "--quiet").status == 0)
            }
        }
        #expect(exits.filter { $0 == 5 }.count == 3)
        #expect(exits.filter { $0 == 0 }.count == exits.count - 3)
        #expect(server.createdCount == 300)
        #expect(server.duplicates == 0)
        // For each of the three, and when all was well again.
        #expect(try folder.read("calls").count == 4)
        #expect(try folder.read("m.prom").contains("stimport_ledger_pending 0\n"))
        #expect(try stimport.run("status", "--check", "1h", "--quiet").status == 0)
        #expect(try folder.list().filter { $0.hasPrefix("in/") && !$0.hasPrefix("in/done/") } == ["in/keep"])
    }
}
