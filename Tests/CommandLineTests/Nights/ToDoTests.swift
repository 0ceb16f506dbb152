import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("What is to be done by hand")
struct ToDoTests {
    /// What a later export says of two visits that were created, and what comes of it.
    struct News: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let visits: [ExportedVisit]
        var arguments: [String] = []
        let totals: String
        let toDos: [String]
        var status: Int32 = 1

        init(
            _ name: String, _ visits: [ExportedVisit], _ arguments: [String] = [], totals: String,
            toDos: [String], status: Int32 = 1
        ) {
            testDescription = name
            (self.visits, self.arguments, self.totals, self.toDos) = (visits, arguments, totals, toDos)
            self.status = status
        }
    }

    static let first = ExportedVisit(number: 1, customer: 9001)
    static let second = ExportedVisit(number: 2, customer: 9002, tech: 6)

    static func changed(_ visit: ExportedVisit, _ change: (inout ExportedVisit) -> Void) -> ExportedVisit {
        var visit = visit
        change(&visit)
        return visit
    }

    static let cases: [News] = [
        News("nothing", [first, second], totals: "already_created 2", toDos: [], status: 0),
        News(
            "another hour", [changed(first) { $0.hour = 11 }, second], totals: "already_created 2",
            toDos: ["9001 moved-since-created"]),
        News(
            "half an hour later, so that both windows overlap",
            [changed(first) { $0.day = 6 }, second], totals: "already_created 2",
            toDos: ["9001 moved-since-created"]),
        News(
            "another technician", [changed(first) { $0.tech = 8 }, second], totals: "already_created 2",
            toDos: ["9001 moved-since-created"]),
        News(
            "another service", [changed(first) { $0.service = 1 }, second], totals: "already_created 2",
            toDos: ["9001 moved-since-created"]),
        News(
            "another customer", [changed(first) { $0.customer = 9009 }, second], totals: "already_created 2",
            toDos: ["9001 moved-since-created"]),
        News(
            "cancelled", [changed(first) { $0.status = "Cancelled" }, second],
            totals: "already_created 1, skipped 1", toDos: ["9001 cancelled-since-created"]),
        News(
            "cancelled and moved in one",
            [
                changed(first) {
                    $0.status = "Canceled by customer"
                    $0.hour = 15
                }, second,
            ], totals: "already_created 1, skipped 1", toDos: ["9001 cancelled-since-created"]),
        News(
            "over, which nobody has to cancel", [changed(first) { $0.status = "Completed" }, second],
            totals: "already_created 1, skipped 1", toDos: [], status: 0),
        News(
            "nobody was at home", [changed(first) { $0.status = "No show" }, second],
            totals: "already_created 1, skipped 1", toDos: [], status: 0),
        News(
            "left out by a rule", [changed(first) { $0.status = "On hold" }, second],
            ["--skip", "Status=On hold"], totals: "already_created 1, skipped 1",
            toDos: ["9001 cancelled-since-created"]),
        News(
            "both changed",
            [changed(first) { $0.status = "Void" }, changed(second) { $0.hour = 14 }],
            totals: "already_created 1, skipped 1",
            toDos: ["9001 cancelled-since-created", "9002 moved-since-created"]),
        News("not in the export", [second], totals: "already_created 1", toDos: [], status: 0),
        News(
            "not in an export of the whole schedule", [second], ["--complete-export"],
            totals: "already_created 1", toDos: ["9001 gone-since-created"]),
        News(
            "an export of the whole schedule with a row that may be of anybody",
            [second, changed(first) { $0.customer = -1 }], ["--complete-export"],
            totals: "already_created 1, invalid 1", toDos: []),
        News(
            "an empty export of the whole schedule", [], ["--complete-export"], totals: "", toDos: [],
            status: 0),
        News(
            "cancelled and entered again as another number at the same time",
            [changed(first) { $0.status = "Cancelled" }, changed(first) { $0.number = 3 }, second],
            totals: "already_created 2, skipped 1", toDos: [], status: 0),
    ]

    @Test(
        "News of a created visit are told once, stay open, and nothing is posted for them", arguments: cases)
    func news(news: News) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        let told = try fixture.night(news.visits, news.arguments)
        #expect(told.totals == news.totals)
        #expect(told.status == news.status)
        #expect(told.toDo.new == news.toDos.count)
        #expect(
            told.toDo.codes.sorted()
                == news.toDos.map { $0.split(separator: " ")[1] }.map(String.init).sorted())
        #expect(try fixture.toDos() == news.toDos)
        let page = try fixture.stimport.run("report", "--format", "html").stdout
        #expect(page.contains("\(news.toDos.count) to do by hand") == !news.toDos.isEmpty)
        // The same the next night is known.
        let again = try fixture.night(news.visits, news.arguments)
        #expect(again.totals == news.totals)
        #expect(again.toDo.new == 0)
        #expect(again.toDo.open == news.toDos.count)
        let later = try fixture.stimport.run("report", "--format", "html").stdout
        #expect(later.contains("\(news.toDos.count) known from earlier runs") == !news.toDos.isEmpty)
        #expect(again.status == (news.totals.contains("invalid") ? 1 : 0))
        #expect(try fixture.toDos() == news.toDos)
        // A file that agrees with what was created closes it.
        let agreeing = try fixture.night([Self.first, Self.second])
        #expect(agreeing.totals == "already_created 2")
        #expect(agreeing.toDo.closed == news.toDos.count)
        #expect(agreeing.toDo.open == 0)
        #expect(agreeing.status == 0)
        #expect(try fixture.toDos() == [])
        #expect(fixture.server.createdCount == 2)
    }

    @Test(
        "That visits are missing is said, where a row of their customer that can't be posted may be of them")
    func notJudged() throws {
        let fixture = try SandboxFixture()
        let third = Self.changed(Self.first) {
            $0.number = 3
            $0.day = 6
        }
        #expect(try fixture.night([Self.first, Self.second, third]).totals == "created 3")
        // Entered again under another number, with another technician: of which visit it is can't be told.
        let again = Self.changed(third) {
            $0.number = 9
            $0.tech = 8
        }
        let night = try fixture.night([Self.second, again], "--complete-export")
        #expect(night.totals == "already_created 1, invalid 1")
        #expect(night.toDo.new == 0)
        #expect(night.summary.files[0].remarks.map(\.code) == ["gone-not-judged"])
        #expect(night.summary.files[0].remarks[0].message.contains("2 visits whose customers have rows"))
        // Where all that the customer has is in the file, there is nothing to be said.
        let known = try fixture.night([Self.first, Self.second, third, again], "--complete-export")
        #expect(known.summary.files[0].remarks.isEmpty)
        #expect(
            try fixture.night([Self.second, third], "--complete-export").toDo.codes == ["gone-since-created"])
    }

    @Test(
        "What waits and is not in an export of the whole schedule is not posted, until an export brings it again"
    )
    func goneBeforePosted() throws {
        let fixture = try SandboxFixture()
        let third = Self.changed(Self.second) {
            $0.number = 3
            $0.customer = 9003
        }
        #expect(
            try fixture.night([Self.first, Self.second, third], "--stop-after", "0s").totals == "pending 3")
        // Neither a rehearsal, nor an export of a part, nor one that may have it in a row that can't be read.
        let unclear = Self.changed(Self.first) {
            $0.number = 9
            $0.customer = -1
        }
        for (visits, arguments) in [
            ([Self.second], ["--complete-export", "--dry-run"]), ([Self.second], ["--stop-after", "0s"]),
            ([Self.second, unclear], ["--complete-export", "--stop-after", "0s"]),
        ] {
            _ = try fixture.night(visits, arguments)
            #expect(try fixture.stimport.run("find", "9001").stdout.contains("pending"), "\(arguments)")
        }
        let told = try fixture.night([Self.second], "--complete-export")
        #expect(told.status == 0 && told.totals == "created 1")
        #expect(told.summary.files[0].remarks.map(\.code) == ["gone-before-posted"])
        #expect(told.summary.files[0].remarks[0].message.contains("2 visits that earlier runs left pending"))
        #expect(try fixture.run("resume").totals == "")
        let found = try fixture.stimport.run("find", "9001").stdout
        #expect(
            found.contains("refused") && found.contains("the whole schedule does not have it"), "\(found)")
        #expect(try fixture.night([Self.second], "--complete-export").summary.files[0].remarks.count == 1)
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 1, already_created 1")
        #expect(fixture.server.createdCount == 2)
    }

    // MARK: A place that was left, and taken by another visit

    static let moved = changed(first) { $0.hour = 11 }
    /// Another visit where the first one was created.
    static let successor = changed(first) { $0.number = 3 }

    @Test("A visit that takes the place of one that is moved is told with it, whatever comes first")
    func placeLeft() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first]).totals == "created 1")
        let told = try fixture.night([Self.moved, Self.successor])
        #expect(told.totals == "already_created 1, invalid 1")
        #expect(told.status == 1)
        #expect(told.toDo.codes == ["moved-since-created"])
        #expect(told.codes == ["already-booked-differently"])
        #expect(
            told.summary.findings[0].message.contains("another number and another place since"),
            "\(told.summary.findings)")
        // It stays so, by the file alone and once it is done by hand.
        for _ in 0..<2 {
            let again = try fixture.night([Self.moved, Self.successor])
            #expect(again.totals == "already_created 1, invalid 1")
            #expect(again.status == 1 && again.toDo.new == 0 && again.toDo.closed == 0)
        }
        #expect(try fixture.toDos() == ["9001 moved-since-created"])
        #expect(try fixture.stimport.run("resolve", "--done", "1", "--note", "moved").status == 0)
        let done = try fixture.night([Self.moved, Self.successor])
        #expect(done.totals == "already_created 1, invalid 1")
        #expect(done.status == 1 && done.toDo.new == 0 && done.toDo.open == 0)
        #expect(fixture.server.createdCount == 1)
    }

    @Test("The same where the successor comes first, in another file, or on another night")
    func placeLeftElsewhere() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first]).totals == "created 1")
        let before = try fixture.night([Self.successor, Self.moved], "--dry-run")
        #expect(before.status == 1, "\(before.process.stdout)")
        try fixture.folder.write("a.csv", NightlyExport.text([Self.moved]))
        try fixture.folder.write("b.csv", NightlyExport.text([Self.successor]))
        let both = try fixture.run(["a.csv", "b.csv", "--identity-column", "Number"])
        #expect(both.status == 1)
        #expect(both.totals == "already_created 1, invalid 1")
        #expect(both.toDo.new == 1)
        // The move came with an earlier night.
        let later = try fixture.night([Self.successor])
        #expect(later.totals == "invalid 1")
        #expect(later.status == 1 && later.toDo.closed == 0)
        #expect(try fixture.toDos() == ["9001 moved-since-created"])
        // Under its own number it is where it was created: that closes it.
        let back = try fixture.night([Self.first])
        #expect(back.status == 0 && back.toDo.closed == 1)
        #expect(fixture.server.createdCount == 1)
    }

    @Test("A file that is set aside moves nothing, for the files behind it too")
    func setAside() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first]).totals == "created 1")
        let wrong = Self.changed(Self.second) { $0.customer = -1 }
        try fixture.folder.write("a.csv", NightlyExport.text([Self.moved, wrong]))
        try fixture.folder.write("b.csv", NightlyExport.text([Self.successor]))
        let run = try fixture.run(["a.csv", "b.csv", "--identity-column", "Number", "--max-invalid", "0"])
        #expect(run.summary.files.last?.counts.description == "already_created 1")
        #expect(run.toDo.new == 0)
        #expect(try fixture.toDos() == [])
    }

    /// A row beside a visit that was moved to 11:00.
    struct Beside: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let row: ExportedVisit
        var hasNumber = true
        var totals = "invalid 1"
    }

    static let beside = [
        Beside(testDescription: "at the same time as another number", row: changed(moved) { $0.number = 99 }),
        Beside(testDescription: "at the same time without a number", row: moved, hasNumber: false),
        Beside(
            testDescription: "with another technician",
            row: changed(moved) {
                $0.number = 99
                $0.tech = 9
            }),
        Beside(
            testDescription: "of another service",
            row: changed(moved) {
                $0.number = 99
                $0.service = 1
            }, totals: "created 1"),
        Beside(
            testDescription: "later that day",
            row: changed(moved) {
                $0.number = 99
                $0.hour = 12
            }, totals: "created 1"),
    ]

    @Test(
        "Nothing is booked where a visit was moved to by hand, or is to be", arguments: beside, [true, false])
    func movedPlace(beside: Beside, isDone: Bool) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first]).totals == "created 1")
        #expect(try fixture.night([Self.moved]).toDo.new == 1)
        if isDone {
            #expect(try fixture.stimport.run("resolve", "--done", "1", "--note", "moved").status == 0)
        }
        try fixture.folder.write("a.csv", NightlyExport.text([beside.row]))
        let run = try fixture.run(beside.hasNumber ? ["a.csv", "--identity-column", "Number"] : ["a.csv"])
        #expect(run.totals == beside.totals)
        #expect(fixture.server.createdCount == (beside.totals == "created 1" ? 2 : 1))
        if beside.totals == "invalid 1" {
            #expect(run.codes == ["already-booked-differently"])
        }
    }

    @Test("Done by hand, it is not told again, and what was changed by hand is compared with from then on")
    func done() throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        let moved = Self.changed(Self.first) { $0.hour = 11 }
        let cancelled = Self.changed(Self.second) { $0.status = "Cancelled" }
        #expect(try fixture.night([moved, cancelled]).toDo.new == 2)
        let word = try fixture.stimport.run("resolve", "--done", "1", "2", "--note", "by phone")
        #expect(word.status == 0)
        #expect(word.stdout.contains("done by hand: 1-2 (customers 9001, 9002)"))
        let same = try fixture.night([moved, cancelled])
        #expect(same.status == 0)
        #expect(same.toDo.open == 0)
        // Back to what was created, which is not what is in SecurityTrax any more.
        let back = try fixture.night([Self.first, Self.second])
        #expect(back.totals == "already_created 2")
        #expect(back.toDo.codes == ["moved-since-created", "moved-since-created"])
        #expect(back.process.stdout.contains("bring it back in SecurityTrax"))
        #expect(try fixture.night([moved, cancelled]).toDo.closed == 2)
        #expect(try fixture.stimport.run("find", "9001").stdout.contains("by phone"))
        #expect(fixture.server.createdCount == 2)
    }

    @Test("A move that is followed by another, or by a cancellation, is one thing to do: the last")
    func followed() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        #expect(try fixture.night([Self.changed(Self.first) { $0.hour = 11 }]).toDo.new == 1)
        let second = try fixture.night([Self.changed(Self.first) { $0.hour = 12 }])
        #expect(second.toDo.new == 1)
        #expect(second.toDo.open == 1)
        #expect(second.toDo.closed == 0)
        let third = try fixture.night([Self.changed(Self.first) { $0.status = "Cancelled" }])
        #expect(third.toDo.codes == ["cancelled-since-created"])
        #expect(try fixture.toDos() == ["9001 cancelled-since-created"])
    }

    @Test(
        "While it is pending, the newest values are posted, and the old ones never", arguments: [false, true])
    func pending(isCancelled: Bool) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first], "--stop-after", "0s").totals == "pending 1")
        let moved = Self.changed(Self.first) { visit in
            if isCancelled { visit.status = "Cancelled" } else { visit.hour = 11 }
        }
        let night = try fixture.night([moved])
        #expect(night.totals == (isCancelled ? "skipped 1" : "created 1"))
        #expect(night.toDo.new == 0)
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.createdCount == (isCancelled ? 0 : 1))
        #expect(fixture.server.created.allSatisfy { $0.start.hasSuffix(" 11:00") })
    }

    @Test("In doubt and moved: once it is known that it was not created, the old values are not posted")
    func doubt() throws {
        let fixture = try SandboxFixture(["close:after@1"])
        #expect(try fixture.night([Self.first]).totals == "in_doubt 1")
        let moved = Self.changed(Self.first) { $0.hour = 11 }
        let night = try fixture.night([moved])
        #expect(night.totals == "in_doubt 1")
        #expect(night.toDo.new == 1)
        #expect(try fixture.stimport.run("resolve", "--not-created", "1", "--now").status == 0)
        #expect(try fixture.toDos() == [])
        #expect(try fixture.run("resume").totals == "")
        // The next file brings the visit as it is now.
        #expect(try fixture.night([moved]).totals == "created 1")
    }

    @Test("A run that ended with 1 says for what: rows, or something to do by hand")
    func words() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first, Self.second])
        let moved = Self.changed(Self.first) { $0.hour = 11 }
        let toDo = try fixture.night([moved, Self.second], ["--log", "to-do.log"])
        #expect(toDo.status == 1)
        let broken = Self.changed(Self.second) { $0.customer = -1 }
        let rejected = try fixture.night([moved, broken], ["--log", "rows.log", "--no-rejects"])
        #expect(rejected.status == 1)
        #expect(try fixture.folder.read("to-do.log").contains("ended with 1 (new to do by hand)"))
        #expect(try fixture.folder.read("rows.log").contains("ended with 1 (rows rejected)"))
        let status = try fixture.stimport.run("status").stdout
        #expect(status.contains("ended with 1 (new to do by hand)"), "\(status)")
        #expect(status.contains("ended with 1 (rows rejected)"), "\(status)")
    }

    @Test(
        "In doubt, and done by hand: once it is known that it was not created, the old values are not posted")
    func doubtDone() throws {
        let fixture = try SandboxFixture(["close:after@1"])
        #expect(try fixture.night([Self.first]).totals == "in_doubt 1")
        let cancelled = Self.changed(Self.first) { $0.status = "Cancelled" }
        #expect(try fixture.night([cancelled]).toDo.new == 1)
        // Looked for, not found, and so nothing to cancel.
        #expect(try fixture.stimport.run("resolve", "--done", "1", "--note", "not there").status == 0)
        #expect(try fixture.stimport.run("resolve", "--not-created", "1", "--now").status == 0)
        #expect(try fixture.run("resume").totals == "")
        #expect(try fixture.night([cancelled]).totals == "skipped 1")
        #expect(try fixture.night([Self.first]).totals == "created 1")
    }

    @Test(
        "The review list takes a word on a doubt and on what is to be done about the same visit",
        arguments: ["created", "not-created"])
    func bothLines(verdict: String) throws {
        let fixture = try SandboxFixture(["close:after@1"])
        _ = try fixture.night([Self.first])
        _ = try fixture.night([Self.changed(Self.first) { $0.status = "Cancelled" }])
        #expect(try fixture.stimport.run("review", "--csv", "list.csv").status == 0)
        let lines = try fixture.folder.read("list.csv").split(separator: "\n")
        #expect(lines.count == 3)
        try fixture.folder.write("list.csv", "\(lines[0])\n\(lines[1])\(verdict)\n\(lines[2])done\n")
        let word = try fixture.stimport.run("resolve", "list.csv", "--now")
        #expect(word.status == 0, "\(word.stderr)")
        #expect(try fixture.toDos() == [])
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.createdCount == 1)
        // The same line twice is still refused.
        try fixture.folder.write("list.csv", "\(lines[0])\n\(lines[2])done\n\(lines[2])done\n")
        #expect(try fixture.stimport.run("resolve", "list.csv").stderr.contains("stands twice in the list"))
    }

    @Test("A withdrawn visit has nothing to do any more")
    func withdrawn() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        _ = try fixture.night([Self.changed(Self.first) { $0.status = "Cancelled" }])
        #expect(try fixture.stimport.run("withdraw", "1", "--note", "cancelled there").status == 0)
        #expect(try fixture.toDos() == [])
        #expect(try fixture.night([Self.first]).codes == ["withdrawn"])
    }

    @Test("A withdrawal that is taken back leaves to do what was to do, and nothing else")
    func withdrawalUndone() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first, Self.second])
        _ = try fixture.night([
            Self.changed(Self.first) { $0.status = "Cancelled" }, Self.changed(Self.second) { $0.hour = 14 },
        ])
        #expect(try fixture.stimport.run("resolve", "--done", "2").status == 0)
        let withdrawn = try fixture.stimport.run("withdraw", "1-2", "--note", "x")
        // Nothing that is written here takes a visit out of SecurityTrax.
        #expect(withdrawn.stdout.contains("created → withdrawn (SecurityTrax still has it)"))
        #expect(withdrawn.stdout.contains("SecurityTrax still has 1-2:"), "\(withdrawn.stdout)")
        #expect(try fixture.toDos() == [])
        let undone = try fixture.stimport.run("withdraw", "--undo", "1-2")
        #expect(!undone.stdout.contains("still has"))
        #expect(try fixture.toDos() == ["9001 cancelled-since-created"])
        // Done, withdrawn and put back again, it stays done.
        #expect(try fixture.stimport.run("resolve", "--done", "1").status == 0)
        #expect(try fixture.stimport.run("withdraw", "1", "--note", "x").status == 0)
        #expect(try fixture.stimport.run("withdraw", "--undo", "1").status == 0)
        #expect(try fixture.toDos() == [])
    }

    @Test("To be booked again, a withdrawn visit has nothing to do")
    func rebooked() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        _ = try fixture.night([Self.changed(Self.first) { $0.hour = 14 }])
        #expect(try fixture.stimport.run("withdraw", "1", "--note", "x").status == 0)
        #expect(try fixture.stimport.run("withdraw", "--undo", "--rebook", "1").status == 0)
        #expect(try fixture.toDos() == [])
    }

    @Test("A withdrawal of what SecurityTrax does not have says nothing of it")
    func neverCreated() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first], "--stop-after", "0s")
        let withdrawn = try fixture.stimport.run("withdraw", "1", "--note", "x")
        #expect(withdrawn.status == 0 && !withdrawn.stdout.contains("still has"), "\(withdrawn.stdout)")
    }

    /// What becomes of a to-do that was kept quiet, and whether it is told then.
    struct Later: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let visit: ExportedVisit
        let isTold: Bool
    }

    private static let later = [
        Later(testDescription: "the same", visit: changed(first) { $0.hour = 11 }, isTold: false),
        Later(testDescription: "another hour", visit: changed(first) { $0.hour = 13 }, isTold: true),
        Later(
            testDescription: "another technician",
            visit: changed(first) { ($0.hour, $0.tech) = (11, 8) }, isTold: true),
        Later(
            testDescription: "cancelled",
            visit: changed(first) { ($0.hour, $0.status) = (11, "Cancelled") }, isTold: true),
    ]

    @Test("Quiet is what was there: what comes later is told", arguments: later)
    func quietBefore(later: Later) throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        _ = try fixture.night([Self.changed(Self.first) { $0.hour = 11 }])
        #expect(try fixture.stimport.run("resolve", "--quiet-until", SampleRows.day(3), "1").status == 0)
        _ = try fixture.night([later.visit])
        let list = try fixture.stimport.run("review").stdout
        #expect(list.contains("customer 9001") == later.isTold, "\(list)")
        #expect(list.contains("1 more kept quiet") != later.isTold, "\(list)")
        // Said again of what is there now, it is quiet again.
        #expect(try fixture.stimport.run("resolve", "--quiet-until", SampleRows.day(3), "1").status == 0)
        #expect(try fixture.stimport.run("review").stdout.contains("1 more kept quiet"))
    }

    @Test("What is to be done is shown before it is taken, and by find from then on")
    func shown() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first, Self.second])
        let moved = Self.changed(Self.first) { ($0.day, $0.hour, $0.customer, $0.tech) = (6, 14, 9005, 77) }
        _ = try fixture.night([moved, Self.changed(Self.second) { $0.status = "Cancelled" }])
        let searches = [
            ["9001"], ["9005"], ["--tech", "77"], ["--date", SampleRows.day(6)], ["9001", "--tech", "77"],
        ]
        for search in searches {
            let found = try fixture.stimport.run(["find"] + search)
            #expect(found.status == 0 && found.stdout.hasPrefix("1: created"), "\(search) \(found.stdout)")
            #expect(found.stdout.contains("to do since "), "\(found.stdout)")
            #expect(found.stdout.contains("technician 77, customer 9005"), "\(found.stdout)")
        }
        #expect(try fixture.stimport.run("find", "9005", "--tech", "5").status == 1)
        let done = try fixture.stimport.run("resolve", "--done", "1", "2")
        #expect(done.stdout.contains("created → done by hand (moved: now "), "\(done.stdout)")
        #expect(done.stdout.contains("created → done by hand (cancelled: "), "\(done.stdout)")
        #expect(done.stdout.contains("    1: moved: now "), "\(done.stdout)")
        for search in searches {
            let found = try fixture.stimport.run(["find"] + search).stdout
            #expect(found.contains("did by hand: moved: now ") && !found.contains("to do since"), "\(found)")
        }
        let json = try fixture.stimport.run("find", "9001", "--format", "json").stdout
        #expect(json.contains("\"to_do\":[],") && json.contains("\"done_by\":"), "\(json)")
        #expect(try fixture.stimport.run("find", "9002").stdout.contains("did by hand: cancelled: "))
    }

    @Test("A rehearsal, a check and a run that stops itself keep no to-do")
    func rehearsal() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        let moved = [Self.changed(Self.first) { $0.hour = 11 }]
        #expect(try fixture.night(moved, ["--dry-run"]).toDo.new == 1)
        #expect(try fixture.toDos() == [])
        let broken = moved + [Self.changed(Self.second) { $0.customer = -1 }]
        #expect(try fixture.night(broken, ["--all-or-nothing"]).toDo.new == 0)
        #expect(try fixture.night(broken, ["--max-invalid", "0"]).toDo.new == 0)
        #expect(try fixture.toDos() == [])
    }

    @Test("The review list takes a word on everything, and an old list is refused whole")
    func list() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first, Self.second])
        _ = try fixture.night([Self.changed(Self.first) { $0.hour = 11 }, Self.second])
        #expect(try fixture.stimport.run("review", "--csv", "list.csv").status == 0)
        // It moves once more: what the list says is not what is to be done.
        _ = try fixture.night([
            Self.changed(Self.first) { $0.hour = 12 },
            Self.changed(Self.second) { $0.status = "Cancelled" },
        ])
        func fillIn(_ name: String) throws {
            let lines = try fixture.folder.read(name).split(separator: "\n")
            try fixture.folder.write(
                "filled.csv",
                (lines.prefix(1) + lines.dropFirst().map { $0 + "done" }).joined(separator: "\n"))
        }
        try fillIn("list.csv")
        let refused = try fixture.stimport.run("resolve", "filled.csv")
        #expect(refused.status == 2)
        #expect(refused.stderr.contains("old list"))
        #expect(try fixture.toDos().count == 2)
        #expect(try fixture.stimport.run("review", "--csv", "new.csv").status == 0)
        try fillIn("new.csv")
        #expect(try fixture.stimport.run("resolve", "filled.csv").status == 0)
        #expect(try fixture.toDos() == [])
    }

    @Test("What is kept quiet is out of the list until then")
    func quiet() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first])
        _ = try fixture.night([Self.changed(Self.first) { $0.hour = 11 }])
        let word = try fixture.stimport.run("resolve", "--quiet-until", SampleRows.day(3), "1")
        #expect(word.status == 0, "\(word.stderr)")
        let list = try fixture.stimport.run("review").stdout
        #expect(!list.contains("customer 9001"))
        #expect(list.contains("1 more kept quiet"))
        #expect(try fixture.stimport.run("review", "--all").stdout.contains("customer 9001"))
        for wrong in [
            ["--quiet-until", "1/1/2020", "1"], ["--quiet-until", SampleRows.day(3)],
            ["--quiet-until", SampleRows.day(3), "x"],
        ] {
            #expect(try fixture.stimport.run(["resolve"] + wrong).status == 2)
        }
        #expect(try fixture.stimport.run("resolve", "--quiet-until", SampleRows.day(3), "77").status == 2)
    }

    @Test("What was not created and moved meanwhile is not said to be posted again")
    func notCreatedAndMoved() throws {
        let fixture = try SandboxFixture(["500:before@1"])
        #expect(try fixture.night([Self.first, Self.second]).totals == "in_doubt 2")
        let moved = Self.changed(Self.first) { $0.hour = 15 }
        _ = try fixture.night([moved, Self.second])
        let said = try fixture.stimport.run("resolve", "--not-created", "1,2", "--now", "--yes").stdout
        #expect(said.contains("not created, to be posted again: 2 "), "\(said)")
        #expect(
            said.contains("not created, and not posted, since a later file says otherwise: 1 "), "\(said)")
        #expect(said.contains("export.csv): importing that file again posts it so"), "\(said)")
        #expect(try fixture.run("resume").totals == "created 1")
        #expect(try fixture.night([moved, Self.second]).totals == "created 1, already_created 1")
    }

    @Test("A run that reads no file says how much is open")
    func openAfterResume() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.night([Self.first, Self.second])
        #expect(try fixture.night([Self.changed(Self.first) { $0.hour = 15 }, Self.second]).toDo.open == 1)
        #expect(try fixture.run("resume").toDo.open == 1)
    }

    @Test("Whoever moved a visit in doubt by hand found it there")
    func movedInDoubt() throws {
        let fixture = try SandboxFixture(["500:after@1"])
        #expect(try fixture.night([Self.first]).totals == "in_doubt 1")
        let moved = Self.changed(Self.first) { $0.hour = 15 }
        _ = try fixture.night([moved])
        #expect(try fixture.stimport.run("resolve", "--done", "1", "--yes", "--note", "x").status == 0)
        #expect(try fixture.stimport.run("resolve", "--not-created", "1", "--now", "--yes").status != 0)
        #expect(try fixture.night([moved]).totals == "already_created 1")
        #expect(try fixture.toDos() == [])
        #expect(fixture.server.createdCount == 1)
    }

    @Test("What was not created, and is over by a later file, is not posted")
    func overInDoubt() throws {
        let fixture = try SandboxFixture(["500:before@1"])
        #expect(try fixture.night([Self.first]).totals == "in_doubt 1")
        _ = try fixture.night([Self.changed(Self.first) { $0.status = "Completed" }])
        let said = try fixture.stimport.run("resolve", "--not-created", "1", "--now", "--yes").stdout
        #expect(
            said.contains("not created, and not posted, since a later file says otherwise: 1 "), "\(said)")
        #expect(try fixture.run("resume").totals == "")
        // A file that brings it again has it posted.
        #expect(try fixture.night([Self.first]).totals == "created 1")
    }

    @Test(
        "What was not created, called off and entered again at its time in one file, is posted",
        arguments: [false, true],
        [false, true])
    func enteredAgainInDoubt(isReversed: Bool, hasNumbers: Bool) throws {
        let fixture = try SandboxFixture(["500:before@1"])
        let flags = hasNumbers ? ["--identity-column", "Number"] : []
        func night(_ visits: [ExportedVisit]) throws -> SandboxFixture.Import {
            try fixture.folder.write("export.csv", NightlyExport.text(visits))
            return try fixture.run(["export.csv"] + flags)
        }
        #expect(try night([Self.first]).totals == "in_doubt 1")
        let rows = [
            Self.changed(Self.first) { $0.status = "Cancelled" },
            Self.changed(Self.first) { $0.number = 9 },
        ]
        #expect(try night(isReversed ? rows.reversed() : rows).totals == "skipped 1, in_doubt 1")
        #expect(try fixture.stimport.run("resolve", "--not-created", "1", "--now", "--yes").status == 0)
        #expect(try fixture.run("resume").totals == "created 1")
    }

    @Test(
        "Where a person has taken a visit away by hand, another one is booked",
        arguments: ["Cancelled", "moved", "gone"],
        [false, true])
    func placeLeftByHand(how: String, isDone: Bool) throws {
        let fixture = try SandboxFixture()
        #expect(try fixture.night([Self.first, Self.second]).totals == "created 2")
        let later = Self.changed(Self.first) {
            if how == "moved" { $0.hour = 15 } else { $0.status = how }
        }
        let night = how == "gone" ? [Self.second] : [later, Self.second]
        #expect(try fixture.night(night, how == "gone" ? ["--complete-export"] : []).toDo.new == 1)
        if isDone {
            #expect(try fixture.stimport.run("resolve", "--done", "1", "--yes", "--note", "x").status == 0)
        }
        let other = Self.changed(Self.first) {
            $0.number = 9
            $0.tech = 77
        }
        #expect(try fixture.night([other, Self.second]).codes.isEmpty == isDone)
        #expect(fixture.server.createdCount == (isDone ? 3 : 2))
    }

    @Test("What is held and not in a later whole schedule is not posted once it is approved")
    func goneWhileHeld() throws {
        let fixture = try SandboxFixture()
        #expect(
            try fixture.night([Self.first, Self.second], "--hold-if", "new>1").totals.contains("pending 2"))
        let night = try fixture.night([Self.second], "--complete-export")
        #expect(night.summary.files[0].remarks.map(\.code).contains("gone-before-posted"))
        _ = try fixture.stimport.run("resolve", "--run", "1", "--approve", "--yes", "--note", "x")
        _ = try fixture.run("resume")
        #expect(fixture.server.created.map(\.customerID) == ["9002"])
    }
}
