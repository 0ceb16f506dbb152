import Foundation
import TestSupport
import Testing

@testable import AppointmentImport

@Suite("Where rejects go") struct RejectsPlaceTests {
    @Test(
        "They go beside the input, under a name that an inbox knows",
        arguments: [
            ("x.csv", "x.rejects.csv", "x-2.rejects.csv"), ("x.CSV", "x.rejects.csv", "x-2.rejects.csv"),
            ("x", "x.rejects.csv", "x-2.rejects.csv"), ("x.txt", "x.rejects.csv", "x-2.rejects.csv"),
            ("a.b.csv", "a.b.rejects.csv", "a.b-2.rejects.csv"),
            ("dir/x.csv", "dir/x.rejects.csv", "dir/x-2.rejects.csv"),
            ("/abs/x.csv", "/abs/x.rejects.csv", "/abs/x-2.rejects.csv"),
            ("./x.csv", "./x.rejects.csv", "./x-2.rejects.csv"),
            ("x.rejects.csv", "x-2.rejects.csv", "x-3.rejects.csv"),
            ("x-2.rejects.csv", "x-3.rejects.csv", "x-4.rejects.csv"),
            ("x-y.rejects.csv", "x-y-2.rejects.csv", "x-y-3.rejects.csv"),
            ("x-1.rejects.csv", "x-1-2.rejects.csv", "x-1-3.rejects.csv"),
            ("visits-2026.csv", "visits-2026.rejects.csv", "visits-2026-2.rejects.csv"),
        ])
    func beside(input: String, first: String, second: String) {
        let place = RejectsPlace(beside: input)
        #expect(place.name(place.firstNumber) == first)
        #expect(place.name(place.firstNumber + 1) == second)
        #expect(place.name(place.firstNumber) != input)
    }

    @Test(
        "They go where the user says, or beside it",
        arguments: [
            ("r.csv", "r.csv", "r-2.csv"), ("out/r.txt", "out/r.txt", "out/r-2.txt"), ("r", "r", "r-2"),
            (".hidden", ".hidden", ".hidden-2"),
            ("/abs/r.rejects.csv", "/abs/r.rejects.csv", "/abs/r.rejects-2.csv"),
        ])
    func explicit(path: String, first: String, second: String) {
        let place = RejectsPlace(explicit: path, input: nil)
        #expect(place.name(place.firstNumber) == first)
        #expect(place.name(2) == second)
    }

    @Test("The ledger knows an input by its real path, whichever way it is named")
    func identity() throws {
        let folder = try TemporaryFolder()
        try folder.write("in/x.csv", "")
        let real = RejectsPlace(beside: folder.path("in/x.csv"))
        #expect(RejectsPlace(beside: folder.path("in/../in/x.csv")).inputIdentity == real.inputIdentity)
        #expect(RejectsPlace(beside: folder.path("in/y.csv")).inputIdentity != real.inputIdentity)
        #expect(try real.absolutePath(1) == folder.path("in/x.rejects.csv"))
        #expect(throws: RejectsError.self) {
            try RejectsPlace(beside: folder.path("none/x.csv")).absolutePath(1)
        }
    }
}

@Suite("Output under a temporary name") struct TemporaryOutputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("It appears whole, with its input's permissions to read and write")
    func installs() throws {
        let model = try folder.write("model", "")
        chmod(model, 0o754)
        let descriptor = open(model, O_RDONLY)
        defer { close(descriptor) }
        let output = try TemporaryOutput(in: folder.path, permissionsOf: descriptor)
        try output.write(Array("one,".utf8))
        try output.write([])
        try output.write(Array("two".utf8))
        #expect(!folder.exists("out"))
        #expect(try output.install(at: folder.path("out"), replacing: false))
        #expect(try folder.read("out") == "one,two")
        var status = stat()
        #expect(stat(folder.path("out"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o644)
        #expect(try folder.list() == ["model", "out"])
    }

    @Test("Without a model it is nobody else's")
    func privately() throws {
        let output = try TemporaryOutput(in: folder.path, permissionsOf: nil)
        #expect(try output.install(at: folder.path("out"), replacing: false))
        var status = stat()
        #expect(stat(folder.path("out"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("Given up, it leaves nothing behind")
    func leavesNothing() throws {
        do {
            let output = try TemporaryOutput(in: folder.path, permissionsOf: nil)
            try output.write([1, 2, 3])
            #expect(try folder.list().count == 1)
        }
        #expect(try folder.list().isEmpty)
        #expect(throws: RejectsError.self) {
            try TemporaryOutput(in: folder.path("none"), permissionsOf: nil)
        }
    }

    @Test("What is there is replaced only where it is to be")
    func replaces() throws {
        try folder.write("out", "theirs")
        do {
            let output = try TemporaryOutput(in: folder.path, permissionsOf: nil)
            try output.write(Array("ours".utf8))
            #expect(try !output.install(at: folder.path("out"), replacing: false))
            #expect(try folder.read("out") == "theirs")
            // It can still go elsewhere.
            #expect(try output.install(at: folder.path("out-2"), replacing: false))
        }
        do {
            let output = try TemporaryOutput(in: folder.path, permissionsOf: nil)
            try output.write(Array("new".utf8))
            #expect(try output.install(at: folder.path("out"), replacing: true))
        }
        #expect(try folder.read("out") == "new")
        #expect(try folder.list() == ["out", "out-2"])
    }

    @Test("A link in its place is somebody's too, even one that leads nowhere")
    func links() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out"), withDestinationPath: "/nowhere/x")
        let output = try TemporaryOutput(in: folder.path, permissionsOf: nil)
        #expect(try !output.install(at: folder.path("out"), replacing: false))
    }
}
