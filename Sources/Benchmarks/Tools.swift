import Foundation
import Synchronization

/// The programs that are measured, and what they are measured against.
struct Tools {
    /// The program itself.
    let stimport: String
    /// SQLite's shell; nil where there is none.
    let sqlite = find("sqlite3")
    /// Python with its standard library; nil where there is none.
    let python = find("python3").flatMap(interpreter)

    /// - Parameter program: the program; nil for the one beside this one.
    init(stimport program: String?) throws {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        stimport = program ?? beside.appendingPathComponent("stimport").path
        guard FileManager.default.isExecutableFile(atPath: stimport) else {
            throw BenchmarkFailure("there is no \(stimport): build it first (\(Self.build))")
        }
        Self.hasToldOfLibraries.withLock { hasTold in
            guard !hasTold, Self.needsSwiftLibraries(stimport) else { return }
            hasTold = true
            Measuring.line("stimport", "not the build that is installed, which starts quicker: \(Self.build)")
        }
    }

    /// How the program is built that people install.
    private static let build = "swift build -c release --static-swift-stdlib --product stimport"
    private static let hasToldOfLibraries = Mutex(false)

    /// Whether a program loads Swift's own libraries at each start, and is not the one that is installed.
    private static func needsSwiftLibraries(_ program: String) -> Bool {
        let file = try? Data(contentsOf: URL(fileURLWithPath: program), options: .alwaysMapped)
        return file?.range(of: Data("libswiftCore.".utf8)) != nil
    }

    /// Where a rival that is written for this stands, beside these sources.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Rivals/\(name)")
            .path
    }

    /// Where an endpoint would be that nobody asks.
    static let nowhere = "http://127.0.0.1:9/site/informationposter.php"

    /// Runs SQL on a database.
    func sql(_ text: String, on database: String, in folder: String) throws -> ChildRun? {
        guard let sqlite else { return nil }
        return try ChildRun([sqlite, "-batch", database, text], in: folder)
    }

    /// Removes a database and all that lies beside it.
    static func remove(_ database: String) {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
            try? FileManager.default.removeItem(atPath: database + suffix)
        }
    }

    /// The interpreter that a `python3` starts in the end: one that is a script which looks for it would be measured
    /// with that.
    private static func interpreter(_ python: String) -> String? {
        guard let pipe = popen("'\(python)' -c 'import sys; print(sys.executable)'", "r") else { return nil }
        defer { pclose(pipe) }
        var line = [CChar](repeating: 0, count: 4_096)
        guard fgets(&line, Int32(line.count), pipe) != nil else { return nil }
        return String(
            decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// `sqlite3 .import` of a sample, into a table with a unique index on the same identity.
struct SQLiteImport {
    let tools: Tools
    let file: String
    let folder: String
    private var database: String { folder + "/import.sqlite3" }

    /// The side of a contest; nil where there is no sqlite3.
    func side() throws -> Contest.Side? {
        guard let sqlite = tools.sqlite else {
            Measuring.line("sqlite3", "not installed: nothing to compare with")
            return nil
        }
        let script = folder + "/import.sql"
        try Data(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE a (
                customer INTEGER, tech INTEGER, start TEXT, stop TEXT, type INTEGER, detail TEXT, notes TEXT);
            CREATE UNIQUE INDEX identity ON a (customer, start, stop, type, tech);
            .import --csv --skip 1 \(file) a

            """.utf8
        ).write(to: URL(fileURLWithPath: script))
        return Contest.Side(name: "sqlite3 .import", prepare: { Tools.remove(database) }) {
            try ChildRun([sqlite, database, ".read \(script)"], in: folder)
        }
    }
}
