import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Output under a temporary name") struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("It appears whole, with its input's permissions to read and write")
    func installs() throws {
        let model = try folder.write("model", "")
        chmod(model, 0o754)
        let descriptor = open(model, O_RDONLY)
        defer { close(descriptor) }
        let output = try AtomicFile(in: folder.path, permissionsOf: descriptor)
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
        let output = try AtomicFile(in: folder.path)
        #expect(try output.install(at: folder.path("out"), replacing: false))
        var status = stat()
        #expect(stat(folder.path("out"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("Given up, it leaves nothing behind")
    func leavesNothing() throws {
        do {
            let output = try AtomicFile(in: folder.path)
            try output.write([1, 2, 3])
            #expect(try folder.list().count == 1)
        }
        #expect(try folder.list().isEmpty)
        #expect(throws: FileError.self) {
            try AtomicFile(in: folder.path("none"))
        }
    }

    @Test("What is there is replaced only where it is to be")
    func replaces() throws {
        try folder.write("out", "theirs")
        do {
            let output = try AtomicFile(in: folder.path)
            try output.write(Array("ours".utf8))
            #expect(try !output.install(at: folder.path("out"), replacing: false))
            #expect(try folder.read("out") == "theirs")
            // It can still go elsewhere.
            #expect(try output.install(at: folder.path("out-2"), replacing: false))
        }
        do {
            let output = try AtomicFile(in: folder.path)
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
        let output = try AtomicFile(in: folder.path)
        #expect(try !output.install(at: folder.path("out"), replacing: false))
    }
}
