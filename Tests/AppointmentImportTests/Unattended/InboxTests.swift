@testable import ImportFixtures
@testable import AppointmentRows
import Foundation
import TestSupport
import Testing

@testable import AppointmentImport

@Suite("Looking into an inbox")
struct InboxLookTests {
    @Test(
        "Names say what is to be imported",
        arguments: [
            ("a.csv", true), ("A.CSV", true), ("a b.csv", true), ("a.csv.part", false), ("a.csv.tmp", false),
            ("a.part.csv", false), ("a.TMP.csv", false), (".a.csv", false), ("a.rejects.csv", false),
            ("a-2.Rejects.CSV", false), ("a.txt", false), ("csv", false), ("rejects.csv", true),
        ])
    func names(name: String, isToImport: Bool) {
        #expect(Inbox.isToImport(name) == isToImport)
    }

    @Test("Files come in the order of their names' bytes")
    func order() async throws {
        let folder = try TemporaryFolder()
        for name in ["b.csv", "a.csv", "B.csv", "ä.csv", "a-2.csv"] {
            try folder.write(name, "x")
            try old(folder.path(name))
        }
        let content = try await Inbox(folder.path + "/").look()
        #expect(
            content.files.map { ($0 as NSString).lastPathComponent } == [
                "B.csv", "a-2.csv", "a.csv", "b.csv", "ä.csv",
            ])
        #expect(content.files.first == folder.path("B.csv"))
        #expect(content.unfinished.isEmpty)
    }

    @Test(
        "What somebody may expect to be imported is named with what to do, and what is on its way is not",
        arguments: [
            ("tuesday.rejects.csv", "rename it"), ("Tuesday.REJECTS.CSV", "rename it"),
            ("week.xlsx", "save it as CSV"), ("week.ods", "save it as CSV"), ("export.txt", "ends with .csv"),
            ("export", "ends with .csv"), ("a.csv.bak", "ends with .csv"), (".hidden.csv", nil),
            ("a.csv.part", nil), ("a.tmp.csv", nil), ("b.tmp", nil), ("monday.rejects.csv", nil),
        ] as [(String, String?)])
    func leftAlone(name: String, fix: String?) async throws {
        let folder = try TemporaryFolder()
        for name in ["monday.csv", name] {
            try folder.write(name, "x")
            try old(folder.path(name))
        }
        try FileManager.default.createDirectory(
            atPath: folder.path("done"), withIntermediateDirectories: false)
        let content = try await Inbox(folder.path).look()
        #expect(content.files == [folder.path("monday.csv")])
        #expect(content.leftAlone.map(\.path) == (fix == nil ? [] : [folder.path(name)]))
        if let fix { #expect(content.leftAlone.first?.fix.contains(fix) == true) }
    }

    @Test("A file that was just written is taken once it stays as it is, whatever its own time says")
    func quiet() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "x")
        try folder.write("b.csv", "x")
        // A clock that is ahead.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: 7_200)], ofItemAtPath: folder.path("b.csv"))
        let content = try await Inbox(folder.path).look(quiet: .milliseconds(300), patience: .seconds(600))
        #expect(content.files == [folder.path("a.csv"), folder.path("b.csv")])
    }

    @Test("A file that goes on being written is left, and does not hold the others up for ever")
    func unfinished() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "x")
        try old(folder.path("a.csv"))
        try folder.write("b.csv", "x")
        let content = try await Inbox(folder.path).look(quiet: .seconds(3_600), patience: .milliseconds(50))
        #expect(content.files == [folder.path("a.csv")])
        #expect(content.unfinished == [folder.path("b.csv")])
    }

    @Test("A signal ends the waiting")
    func stopped() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "x")
        let stop = StopSignal()
        stop.request(SIGTERM)
        await #expect(throws: RunStopped.self) { try await Inbox(folder.path).look(stop: stop) }
    }

    @Test(
        "A number goes before the ending",
        arguments: [
            ("a.csv", 1, "a.csv"), ("a.csv", 2, "a-2.csv"), ("a.rejects.csv", 3, "a-3.rejects.csv"),
            ("A.CSV", 2, "A-2.CSV"),
            ("a.b.csv", 2, "a.b-2.csv"),
        ])
    func numbers(name: String, number: Int, expected: String) {
        #expect(InboxMover.numbered(Array(name.utf8), number) == Array(expected.utf8))
    }

    @Test("Moving takes the next free name, and leaves what is there as it is")
    func moving() throws {
        let folder = try TemporaryFolder()
        try folder.write("done/a.csv", "first")
        try folder.write("done/a-2.csv", "second")
        try folder.write("a.csv", "third")
        #expect(
            try InboxMover.move(folder.path("a.csv"), into: folder.path("done"), from: 1)
                == folder.path("done/a-3.csv"))
        #expect(try folder.list() == ["done/a-2.csv", "done/a-3.csv", "done/a.csv"])
        #expect(try folder.read("done/a-3.csv") == "third")
        #expect(try folder.read("done/a.csv") == "first")
    }

    private func old(_ path: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: path)
    }
}
