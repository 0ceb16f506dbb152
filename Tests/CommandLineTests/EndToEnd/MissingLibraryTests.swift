import TestSupport
import SecurityTraxSandbox
import Testing

@Suite("Without libcurl")
struct MissingLibraryTests {
    #if os(Linux)
        @Test("Nothing is claimed where there is no libcurl, the cause is named, and all else works")
        func missing() throws {
            let fixture = try SandboxFixture([])
            try fixture.write(rows: 3)
            // The system's comes behind these, which are none.
            for name in ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4"] {
                try fixture.folder.write("nowhere/\(name)", "")
            }
            let environment = ["LD_LIBRARY_PATH": fixture.folder.path("nowhere")]
            for options in [[], ["--no-handshake"]] {
                let run = try fixture.run(["a.csv"] + options, environment: environment)
                #expect(run.status == 5)
                #expect(run.totals == "pending 3")
                #expect(run.summary.batches == 0)
                #expect(run.summary.posts == 0)
                #expect(run.process.stderr.contains("libcurl can't do what this program relies on"))
                #expect(run.summary.stopped?.fix.contains("install libcurl") == true)
            }
            #expect(fixture.server.handshakes == 0)
            #expect(try fixture.stimport.run(["status"], environment: environment).status == 0)

            #expect(try fixture.run("a.csv").totals == "created 3")
            // Nothing is to be posted: nothing needs it.
            let again = try fixture.run(["a.csv"], environment: environment)
            #expect(again.status == 0)
            #expect(again.totals == "already_created 3")
        }
    #endif
}
