import AppointmentRows
import Testing

@testable import AppointmentImport

@Suite("What --expect says")
struct ExpectationTests {
    @Test(
        "It is read",
        arguments: [
            ("housecall-*.csv by 02:30 Mon-Fri", "housecall-*.csv", 150, [2, 3, 4, 5, 6]),
            ("*.csv by 06:00 daily", "*.csv", 360, [1, 2, 3, 4, 5, 6, 7]),
            ("a.csv BY 0:00 WEEKDAYS", "a.csv", 0, [2, 3, 4, 5, 6]),
            ("  jobs  of\tday.csv   by 23:59   mon, wed ,FRI ", "jobs of day.csv", 1_439, [2, 4, 6]),
            ("sold by ana.csv by 7:05 Sat-Mon,Thursday", "sold by ana.csv", 425, [7, 1, 2, 5]),
            ("a.csv by 07:05 sun", "a.csv", 425, [1]),
        ] as [(String, String, Int, Set<Int>)])
    func read(text: String, pattern: String, time: Int, weekdays: Set<Int>) throws {
        let expectation = try Expectation(parsing: text)
        #expect(expectation.pattern == pattern)
        #expect(expectation.time == time)
        #expect(expectation.weekdays == weekdays)
        // As it is shown, it is read again.
        let again = try Expectation(parsing: expectation.description)
        #expect(again == expectation)
    }

    @Test(
        "What is wrong is said, with an example",
        arguments: [
            ("", "does not say"), ("*.csv", "does not say PATTERN"),
            ("by 02:30 daily", "does not say PATTERN"),
            ("*.csv by", "no time"), ("*.csv by daily", "no time"), ("*.csv by 24:00 daily", "no time"),
            ("*.csv by 2 daily", "no time"), ("*.csv by 02:60 daily", "no time"),
            ("*.csv by 2:3 daily", "no time"),
            ("*.csv by -1:30 daily", "no time"), ("*.csv by 02:30", "on which days"),
            ("*.csv by 02:30 sometimes", "are no days"), ("*.csv by 02:30 Mon-", "are no days"),
            ("*.csv by 02:30 Mon,,Fri", "are no days"), ("*.csv by 02:30 Mo", "are no days"),
            ("*.csv by 02:30 Mon-Wed-Fri", "are no days"), ("in/*.csv by 02:30 daily", "without a folder"),
        ])
    func wrong(text: String, what: String) throws {
        let error = try #require(throws: ImportError.self) { try Expectation(parsing: text) }
        #expect(error.message.contains(what), "\(error.message)")
        #expect(error.fix?.contains("'housecall-*.csv by 02:30 Mon-Fri'") == true)
    }

    @Test(
        "Names are matched whole, whatever the case of their letters",
        arguments: [
            ("*.csv", "a.csv", true), ("*.csv", ".csv", true), ("*.csv", "a.csv.gz", false),
            ("a*b*c.csv", "aXbYbZc.csv", true), ("a*b*c.csv", "aXc.csv", false), ("A?.CSV", "ab.csv", true),
            ("a?.csv", "a.csv", false), ("a.csv", "ba.csv", false), ("*", "", true), ("?", "", false),
            ("jobs[1].csv", "jobs[1].csv", true), ("jobs[1].csv", "jobs1.csv", false), ("*ab", "aab", true),
        ])
    func matches(pattern: String, name: String, isMatch: Bool) throws {
        #expect(try Expectation(parsing: "\(pattern) by 1:00 daily").matches(name) == isMatch)
    }
}
