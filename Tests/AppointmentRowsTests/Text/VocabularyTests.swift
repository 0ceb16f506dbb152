import Testing

@testable import AppointmentRows

@Suite("Words that are known")
struct VocabularyTests {
    private static let words: Set<String> = [
        "job", "jobs", "status", "stat", "us", "name", "cancel", "cancelled", "annulé", "a", "ab",
    ]

    @Test(
        "A text is taken apart into known words, the longest first",
        arguments: [
            ("jobstatusname", ["job", "status", "name"]), ("status", ["status"]),
            ("statname", ["stat", "name"]), ("jobsstatus", ["jobs", "status"]),
            ("jobstatus", ["job", "status"]), ("abab", ["ab", "ab"]), ("aab", ["a", "ab"]),
            ("statusus", ["status", "us"]), ("jobannulé", ["job", "annulé"]),
            ("jobannule\u{301}", ["job", "annulé"]), ("cancelledjob", ["cancelled", "job"]),
        ])
    func takesApart(text: String, expected: [String]) {
        #expect(Vocabulary([Self.words]).split(text) == expected)
        let halves = (Self.words.filter { $0 < "n" }, Self.words.filter { $0 >= "n" })
        #expect(Vocabulary([halves.0, halves.1]).split(text) == expected)
    }

    @Test(
        "A text with anything else in it is taken apart into nothing",
        arguments: [
            "", "x", "jobx", "xjob", "sta", "statu", "job status", "Job", "jobé",
            String(repeating: "a", count: 81),
            // Each letter could be a word or part of one: it ends all the same.
            String(repeating: "ab", count: 39) + "x",
        ])
    func refuses(text: String) {
        #expect(Vocabulary([Self.words]).split(text) == nil)
    }

    @Test("The words of several lists stand together")
    func lists() {
        #expect(Vocabulary([["job"]]).split("jobdone") == nil)
        #expect(Vocabulary([["job"], ["done"]]).split("jobdone") == ["job", "done"])
    }
}
