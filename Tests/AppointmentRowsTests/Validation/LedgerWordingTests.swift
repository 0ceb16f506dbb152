import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite struct LedgerWordingTests {
    private func other(file: String? = nil, line: Int? = nil, run: Int? = nil) throws -> OtherAppointment {
        OtherAppointment(
            file: file, line: line, run: run, customerID: 9710, techID: 5,
            start: try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 7, minute: 30)),
            end: try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 9, minute: 5)))
    }

    @Test("The other appointment is named by its place and its window")
    func place() throws {
        #expect(try other(file: "a.csv", line: 17, run: 12).place == "line 17 of \"a.csv\" (run 12)")
        #expect(try other(line: 17).place == "line 17")
        #expect(try other(file: "a.csv").place == "\"a.csv\"")
        #expect(try other(run: 3).place == "run 3")
        #expect(try other().place == "an earlier row")
        #expect(try other().what == "customer 9710, 01/23/2014 7:30 to 9:05, technician 5")
        var long = try other()
        long.end = LocalTime(minutes: long.end.minutes + 1440)
        #expect(long.window == "01/23/2014 7:30 to 01/24/2014 9:05")
    }

    @Test("Findings about other appointments have their codes and name the other")
    func findings() throws {
        let other = try other(file: "a.csv", line: 17, run: 12)
        let findings: [(Finding, FindingCode, Finding.Severity)] = [
            (.inThePast(line: 3, start: other.start), .inThePast, .error),
            (
                .conflictingDuplicate(line: 3, other: other, differing: [.notes]), .conflictingDuplicate,
                .error
            ),
            (
                .changedSinceCreated(line: 3, other: other, differing: [.serviceDetailType, .notes]),
                .changedSinceCreated,
                .warning
            ),
            (
                .alreadyBookedDifferently(line: 3, other: other, state: "created"), .alreadyBookedDifferently,
                .error
            ),
            (
                .alreadyBookedDifferently(line: 3, other: other, state: "in doubt", senderNumber: "A-7"),
                .alreadyBookedDifferently, .error
            ),
            (.techOverlap(line: 3, techID: 5, other: other), .techOverlap, .error),
        ]
        for (finding, code, severity) in findings {
            #expect(finding.line == 3)
            #expect(finding.code == code)
            #expect(finding.severity == severity)
            #expect(!finding.fix.isEmpty && !finding.fix.hasSuffix("."))
            if code != .inThePast { #expect(finding.message.contains("line 17 of \"a.csv\" (run 12)")) }
        }
        #expect(findings[2].0.message.hasSuffix("with another ServiceDetailType and Notes"))
        #expect(findings[4].0.message.contains("the number \"A-7\" is in doubt"))
        #expect(
            Finding.inThePast(line: 3, column: "Begin", start: other.start).message
                == "the start, 01/23/2014 7:30, is in the past everywhere in the world")
    }
}
