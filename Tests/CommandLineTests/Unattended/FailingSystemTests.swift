import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// A library that the program is started with, in which single calls of the system fail.
private enum FailingCalls {
    static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <pthread.h>
        #include <stdlib.h>
        static int fails(const char *name) {
            const char *code = getenv(name);
            if (code) errno = atoi(code);
            return code ? -1 : 0;
        }
        int flock(int descriptor, int operation) { return fails("FAIL_FLOCK"); }
        int fsync(int descriptor) { return fails("FAIL_FSYNC"); }
        typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
        /* FAIL_THREADS: the error for all threads; FAIL_OWN_THREADS: for those that have a stack of their size and work
           on it: the ones that are only tried at the start have less. */
        int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*body)(void *), void *context) {
            size_t size = 0;
            if (attr) pthread_attr_getstacksize(attr, &size);
            const char *code = getenv("FAIL_THREADS");
            if (!code && size >= 256 << 10 && size <= 1 << 20) code = getenv("FAIL_OWN_THREADS");
            return code ? atoi(code) : ((create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attr, body, context);
        }
        """

    /// Nil where it can't be built.
    static let folder: TemporaryFolder? = {
        #if os(Linux)
            guard let folder = try? TemporaryFolder(), (try? folder.write("calls.c", source)) != nil else {
                return nil
            }
            let compiler = try? RunningProcess(
                "/usr/bin/env", arguments: ["cc", "-shared", "-fPIC", "-o", "calls.so", "calls.c"],
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], folder: folder.path)
            return compiler?.wait().status == 0 ? folder : nil
        #else
            return nil
        #endif
    }()

    static func environment(_ name: String, _ code: Int32) -> [String: String] {
        ["LD_PRELOAD": folder?.path("calls.so") ?? "", name: "\(code)"]
    }
}

@Suite("A system that fails")
struct FailingSystemTests {
    @Test(
        "A lock that fails for another reason than being held is 8, with that reason",
        .enabled(if: FailingCalls.folder != nil, "there is no C compiler here"),
        arguments: [(ENOLCK, "No locks available"), (EIO, "Input/output error"), (ENOSYS, "not implemented")])
    func lock(code: Int32, words: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        for command in [["a.csv"], ["a.csv", "--wait-for-lock", "600s"], ["a.csv", "--dry-run"]] {
            let outcome = try fixture.stimport.run(
                command, environment: FailingCalls.environment("FAIL_FLOCK", code))
            #expect(outcome.status == 8, "\(command) \(outcome.stderr)")
            #expect(outcome.stderr.contains(words), "\(outcome.stderr)")
        }
        #expect(fixture.server.posts == 0)
    }

    @Test(
        "A file that can't be made durable says why, and is not there",
        .enabled(if: FailingCalls.folder != nil, "there is no C compiler here"))
    func durable() throws {
        let fixture = try SandboxFixture()
        let failing = FailingCalls.environment("FAIL_FSYNC", EIO)
        let starter = try fixture.stimport.run(
            ["config", "--init", "--config", "s.json"], environment: failing)
        #expect(starter.status == 2)
        #expect(starter.stderr.contains("Input/output error"), "\(starter.stderr)")
        #expect(!fixture.folder.exists("s.json"))
        try fixture.write(rows: 1)
        #expect(try fixture.stimport.run("a.csv").status == 0)
        for command in [["review", "--csv", "r.csv"], ["ledger", "backup", "c.sqlite3"]] {
            let outcome = try fixture.stimport.run(command, environment: failing)
            #expect(outcome.status == 2, "\(command)")
            #expect(outcome.stderr.contains("Input/output error"), "\(outcome.stderr)")
            #expect(!outcome.stderr.contains("Success"))
        }
        #expect(!fixture.folder.exists("r.csv") && !fixture.folder.exists("c.sqlite3"))
    }

    @Test("Few descriptors end with a message, whatever the number", arguments: 4...24)
    func descriptors(count: Int) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let process = try fixture.stimport.start(shell: "ulimit -n \(count); exec \"$0\" a.csv")
        let outcome = process.wait()
        #expect(outcome.status == 2, "\(outcome.signal ?? 0) \(outcome.stderr)")
        #expect(outcome.stderr.contains("ulimit -n"), "\(outcome.stderr)")
        #expect(fixture.server.posts == 0)
    }

    #if os(Linux)
        @Test("Little memory ends with a message or a result, however little it is")
        func memory() throws {
            let fixture = try SandboxFixture()
            try fixture.write(rows: 2)
            for command in ["check a.csv", "a.csv --sandbox"] {
                var ends: [String] = []
                for limit in stride(from: 40_000, through: 300_000, by: 5_000) {
                    let outcome = try fixture.stimport.start(
                        shell: "ulimit -v \(limit); exec \"$0\" \(command)"
                    ).wait()
                    switch outcome.status {
                    // The system can't load the libraries, or Swift's own set-up ends the process.
                    case 127, nil: ends.append("not begun")
                    case 2 where outcome.stderr.contains("memory left"): ends.append("told")
                    case 0: ends.append("done")
                    default: Issue.record("\(command) \(limit): \(outcome.status ?? -1) \(outcome.stderr)")
                    }
                }
                // More memory never makes it worse.
                let begun = ends.drop { $0 == "not begun" }
                #expect(begun.drop { $0 == "told" }.allSatisfy { $0 == "done" }, "\(ends)")
                #expect(begun.contains("told") && begun.contains("done"), "\(ends)")
            }
        }
    #endif

    @Test(
        "Where no thread can be had at all, that is said before anything is read",
        .enabled(if: FailingCalls.folder != nil, "there is no C compiler here"),
        arguments: [["check", "a.csv"], ["a.csv"], ["a.csv", "--sandbox"], ["status"]])
    func threads(command: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let outcome = try fixture.stimport.run(
            command, environment: FailingCalls.environment("FAIL_THREADS", EAGAIN))
        #expect(outcome.status == 2, "\(outcome.stderr)")
        #expect(outcome.stderr.contains("ulimit -u"), "\(outcome.stderr)")
        #expect(try fixture.folder.list() == ["a.csv"])
        #expect(fixture.server.connections == 0)
    }

    @Test(
        "Without threads of its own it reads in turn, and sends nothing",
        .enabled(if: FailingCalls.folder != nil, "there is no C compiler here"))
    func ownThreads() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2_000)
        let failing = FailingCalls.environment("FAIL_OWN_THREADS", EAGAIN)
        let check = try fixture.run("check", "a.csv", environment: failing)
        #expect(check.status == 0)
        #expect(check.summary.totals.rows == 2_000)
        let unread = try fixture.stimport.run(["check", "none.csv"], environment: failing)
        #expect(unread.status == 3)
        for command in [["a.csv"], ["a.csv", "--sandbox"], ["resume"], ["sandbox"]] {
            let outcome = try fixture.stimport.run(command, environment: failing)
            #expect(outcome.status == 2, "\(command) \(outcome.stderr)")
            #expect(
                outcome.stderr.contains("thread") && outcome.stderr.contains("ulimit"), "\(outcome.stderr)")
        }
        #expect(fixture.server.connections == 0)
        #expect(!fixture.folder.exists("state"))
    }

    @Test("A limit that may be raised is raised")
    func raised() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let process = try fixture.stimport.start(shell: "ulimit -S -n 12; exec \"$0\" a.csv")
        #expect(process.wait().status == 0)
    }
}

@Suite(
    "A ledger on a read-only disk",
    .enabled(if: LedgerNamesTests.mayMount, "nothing can be mounted here"))
struct ReadOnlyDiskTests {
    @Test("It can be looked at, with everything that its log has", arguments: [true, false], [true, false])
    func looking(isClean: Bool, keepsIndex: Bool) throws {
        let fixture = try SandboxFixture(isClean ? [] : ["hold:after@2"])
        try fixture.folder.write("disk %?#/x", "")
        try fixture.write(rows: 3)
        let ledger = ["--ledger", "disk %?#/l.sqlite3"]
        let process = try fixture.stimport.start(["a.csv", "--batch-size", "1"] + ledger)
        if !isClean {
            #expect(fixture.server.waitForHeld(1))
            process.signal(SIGKILL)
            fixture.server.release()
        }
        process.wait()
        if !keepsIndex {
            try? FileManager.default.removeItem(atPath: fixture.folder.path("disk %?#/l.sqlite3-shm"))
        }
        let before = try fixture.folder.list()
        for (command, words) in [
            ("report --all --format csv", isClean ? "created" : "in_doubt"),
            ("status", isClean ? "Nothing is pending" : "1 in doubt"),
            ("review", isClean ? "Nothing is in doubt" : "batch 2 of run 1"),
        ] {
            let script =
                "mount --bind 'disk %?#' 'disk %?#' && mount -o remount,ro,bind 'disk %?#' && exec \"$0\" \(command) --ledger 'disk %?#/l.sqlite3'"
            let looking = try RunningProcess(
                "/usr/bin/env", arguments: ["unshare", "-m", "sh", "-c", script, Stimport.binary],
                environment: fixture.stimport.environment, folder: fixture.folder.path
            ).wait()
            #expect(looking.status == 0, "\(command) \(looking.stderr)")
            #expect(looking.stdout.contains(words), "\(command) \(looking.stdout)")
        }
        #expect(try fixture.folder.list() == before)
    }
}
