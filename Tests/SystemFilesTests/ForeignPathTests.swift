import Testing

@testable import SystemFiles

@Suite("Paths that are no UTF-8")
struct ForeignPathTests {
    @Test(
        "Every path comes back as its own bytes, however it is shown",
        arguments: [
            "a.csv", "caf\u{E9}.csv", "", "/", "caf\u{FFFD}-1.csv",
        ].map { Array($0.utf8) } + [
            [0xE9], [0x2F, 0xFF, 0x2F], Array("x\u{FFFD}".utf8), [0x78, 0xFF], [0x78, 0xFE],
        ])
    func roundTrip(bytes: [UInt8]) {
        let text = ForeignPath.text(of: bytes)
        #expect(ForeignPath.bytes(of: text) == bytes)
        #expect(ForeignPath.text(of: bytes) == text)
    }

    @Test("Paths that look alike have texts of their own")
    func lookAlike() {
        let paths: [[UInt8]] = [[0x79, 0xFF], [0x79, 0xFE], Array("y\u{FFFD}".utf8), Array("y".utf8)]
        let texts = paths.map { ForeignPath.text(of: $0) }
        #expect(Set(texts).count == paths.count)
        #expect(texts.map { ForeignPath.bytes(of: $0) } == paths)
    }

    @Test("What lies in such a folder, or is named after such a file, has its bytes too")
    func derived() {
        let path = ForeignPath.text(
            of: Array("/d".utf8) + [0xE4] + Array("/e".utf8) + [0xE5] + Array(".db".utf8))
        let folder: [UInt8] = Array("/d".utf8) + [0xE4]
        #expect(ForeignPath.bytes(of: PathParts(path).folder) == folder)
        #expect(
            ForeignPath.bytes(of: PathParts.path("new.csv", in: PathParts(path).folder))
                == folder + Array("/new.csv".utf8))
        #expect(ForeignPath.bytes(of: path + "-wal") == ForeignPath.bytes(of: path) + Array("-wal".utf8))
    }

    @Test("Folders that look alike stay two, whichever of their files is met first")
    func lookAlikeFolders() {
        for byte in [0xE6, 0xE7] as [UInt8] {
            let folder: [UInt8] = Array("/look".utf8) + [byte]
            let path = ForeignPath.text(of: folder + Array("/a.csv".utf8))
            #expect(ForeignPath.bytes(of: PathParts(path).folder) == folder)
        }
    }

    @Test("A path that is kept is spelled like no other")
    func lasting() {
        let kept = [[0x6B, 0xE8], [0x6B, 0xE9], Array("k".utf8)].map {
            ForeignPath.lasting(ForeignPath.text(of: $0))
        }
        #expect(kept == ["k\\xE8", "k\\xE9", "k"])
    }

    @Test(
        "A name in a folder, with or without a slash at its end", arguments: ["z\u{FFFD}", "/", "in/", "in"])
    func inFolder(folder: String) {
        let path = ForeignPath.text(of: [0x62, 0xE9], in: folder)
        let slash = folder.hasSuffix("/") ? "" : "/"
        #expect(ForeignPath.bytes(of: path) == Array((folder + slash + "b").utf8) + [0xE9])
    }
}
