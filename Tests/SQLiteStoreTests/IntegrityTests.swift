import Foundation
import SQLiteStore
import Testing
import TestSupport

@Suite struct IntegrityTests {
    private func filled(_ folder: TemporaryFolder, rows: Int) throws -> String {
        let path = try folder.write("a.sqlite3", "")
        let store = try Connection(path: path, mode: .readWrite)
        try store.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x TEXT)")
        try store.transaction {
            for number in 0..<rows { try store.execute("INSERT INTO t VALUES ('row \(number)')") }
        }
        return path
    }

    @Test("A copy has what was committed, while another connection is in the middle of writing")
    func copy() throws {
        let folder = try TemporaryFolder()
        let path = try filled(folder, rows: 500)
        let writer = try Connection(path: path, mode: .readWrite)
        try writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES ('not yet')")
        let source = try Connection(path: path, mode: .readWrite)
        let target = try Connection(path: try folder.write("b.sqlite3", ""), mode: .readWrite)
        try source.copy(to: target)
        #expect(try target.integer("SELECT count(*) FROM t") == 500)
        #expect(try target.check(within: nil) == .whole)
        try writer.execute("ROLLBACK")
    }

    @Test("A damaged page is found")
    func damage() throws {
        let folder = try TemporaryFolder()
        let path = try filled(folder, rows: 5_000)
        #expect(try Connection(path: path, mode: .readWrite).check(within: .seconds(60)) == .whole)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: 3 * 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try file.close()
        guard case .damaged = try Connection(path: path, mode: .readWrite).check(within: .seconds(60)) else {
            Issue.record("the damage was not found")
            return
        }
    }

    @Test("A value that is another one in an index than in its table is found where indexes are compared")
    func indexDamage() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.sqlite3", "")
        let filler = try Connection(path: path, mode: .readWrite)
        try filler.execute(
            "CREATE TABLE t (x INTEGER); CREATE INDEX i ON t (x); INSERT INTO t VALUES (1122334455)")
        let bytes = try folder.bytes("a.sqlite3")
        let value = withUnsafeBytes(of: UInt32(1_122_334_455).bigEndian) { Array($0) }
        let places = bytes.indices.dropLast(3).filter { Array(bytes[$0..<($0 + 4)]) == value }
        #expect(places.count == 2)
        for place in places {
            var damaged = bytes
            damaged[place + 2] ^= 4
            try folder.write("b.sqlite3", bytes: damaged)
            let store = try Connection(path: folder.path("b.sqlite3"), mode: .readWrite)
            #expect(try store.check(within: nil) == .whole)
            guard case .damaged = try store.check(within: nil, comparingIndexes: true) else {
                Issue.record("the damage at \(place) was not found")
                continue
            }
        }
    }

    @Test("A check that has no time says so")
    func timeLimit() throws {
        let folder = try TemporaryFolder()
        let store = try Connection(path: try filled(folder, rows: 20_000), mode: .readWrite)
        #expect(try store.check(within: .zero) == .notFinished)
        // And the connection goes on working.
        #expect(try store.integer("SELECT count(*) FROM t") == 20_000)
    }

    @Test("Room for the log takes blocks of the disk, and the log stays as long as it was")
    func room() throws {
        let folder = try TemporaryFolder()
        let path = try filled(folder, rows: 1)
        let store = try Connection(path: path, mode: .readWrite)
        try store.execute("INSERT INTO t VALUES ('opens the log')")
        var before = stat()
        #expect(stat(path + "-wal", &before) == 0)
        try store.preallocateLog(bytes: 4 << 20)
        var after = stat()
        #expect(stat(path + "-wal", &after) == 0)
        #expect(after.st_size == before.st_size)
        #expect(Int(after.st_blocks) * 512 >= 4 << 20)
        // What is written goes into it, and nothing of it is read back as the database's.
        try store.execute("INSERT INTO t VALUES ('in the room')")
        #expect(try Connection(path: path, mode: .readWrite).integer("SELECT count(*) FROM t") == 3)
    }

    @Test("A database without a log holds no room, and says nothing of it")
    func noLog() throws {
        try Connection(path: "", mode: .temporary).preallocateLog(bytes: 1 << 46)
    }
}
