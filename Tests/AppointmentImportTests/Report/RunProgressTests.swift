@testable import AppointmentLedger
import AppointmentRows
import Testing

@testable import AppointmentImport

@Suite("How far a run is") struct RunProgressTests {
    /// A run that has settled two batches of 100 rows and waits for a third.
    private static func posting() -> RunProgress {
        var progress = RunProgress()
        progress.take(.began(run: 1), at: .zero)
        progress.take(.reading(rows: 1_000), at: .seconds(1))
        progress.take(.staged(toPost: 400), at: .seconds(2))
        for batch in 1...2 {
            progress.take(.posting(batch: batch, rows: 100, attempt: 0), at: .seconds(2 * batch))
            var counts = RowCounts()
            counts[.created] = 98
            counts[.refused] = 2
            progress.take(
                .settled(
                    BatchEvent(
                        batch: batch, attempt: 0, outcome: "answered", status: 200,
                        duration: .milliseconds(160), counts: counts)), at: .seconds(2 * batch + 1))
        }
        progress.take(.posting(batch: 3, rows: 100, attempt: 1), at: .seconds(6))
        return progress
    }

    @Test(
        "What is left is told by what was settled: a late answer makes it no longer",
        arguments: [(5, "about 3 s left"), (6, "about 2 s left"), (8, nil), (60, nil)] as [(Int, String?)])
    func remaining(second: Int, words: String?) {
        let sentence = Self.posting().sentence(at: .seconds(second))
        #expect(words.map { sentence.contains($0) } ?? !sentence.contains("left"), "\(sentence)")
    }

    @Test("Posting shows as soon as the first batch is out")
    func first() {
        var progress = RunProgress()
        progress.take(.staged(toPost: 400), at: .zero)
        #expect(progress.lines(at: .seconds(1), width: 60)[0].hasPrefix("connecting"))
        progress.take(.posting(batch: 1, rows: 50, attempt: 0), at: .seconds(1))
        #expect(progress.lines(at: .seconds(1), width: 60)[0].hasPrefix("posting ["))
        #expect(
            progress.lines(at: .seconds(5), width: 200)[0].hasSuffix("first answer outstanding for 4 s"))
    }

    @Test("Bar, percent, rows, pace, times, latency, outcomes and retries")
    func figures() {
        let line = Self.posting().lines(at: .seconds(12), width: 200)
        #expect(
            line == [
                "posting [###############---------------] 50%, 200 of 400 rows · 20 rows/s · 12 s elapsed · last post 160 ms · 196 created · 4 refused · 1 retry · answer outstanding for 6 s"
            ])
    }

    @Test("A wait that the service asked for says so")
    func askedFor() {
        var progress = Self.posting()
        progress.take(.paused(.seconds(30), reason: "503", isAsked: true), at: .seconds(10))
        #expect(progress.sentence(at: .seconds(16)).hasSuffix("service says wait 30 s: 24 s left"))
    }

    @Test("At every width no line is too long, and none breaks a word", arguments: 40...200)
    func widths(width: Int) {
        var progress = Self.posting()
        progress.take(.paused(.seconds(30), reason: "x"), at: .seconds(10))
        progress.stop()
        let lines = progress.lines(at: .seconds(12), width: width)
        #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
        let words = Set(progress.lines(at: .seconds(12), width: 10_000)[0].split(separator: " "))
        // The bar's length follows the width.
        for word in lines.flatMap({ $0.split(separator: " ") }) where !word.hasPrefix("[") {
            #expect(words.contains(word), "\(word)")
        }
    }

    @Test("A pause counts down, and is over with the next post")
    func countdown() {
        var progress = Self.posting()
        progress.take(.paused(.seconds(30), reason: "it says so"), at: .seconds(10))
        #expect(progress.sentence(at: .seconds(16)).hasSuffix("waiting 30 s: 24 s left"))
        #expect(progress.sentence(at: .seconds(39)).hasSuffix("waiting 30 s: 1 s left"))
        #expect(!progress.sentence(at: .seconds(41)).contains("waiting"))
        progress.take(.posting(batch: 4, rows: 1, attempt: 0), at: .seconds(20))
        #expect(!progress.sentence(at: .seconds(21)).contains("waiting"))
    }

    @Test("Whoever ends a run at once is told what is in doubt and what to do")
    func lastWords() {
        let words = Self.posting().lastWords(NextSteps(options: ["--ledger", "l"]))
        #expect(words.contains("100 appointments of batch 3") && words.contains("stimport review --ledger l"))
        var ended = RunProgress()
        ended.take(.staged(toPost: 4), at: .zero)
        #expect(ended.lastWords(NextSteps()).contains("nothing has come into doubt"))
    }
}
