import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Renaming that replaces nothing") struct ExclusiveRenameTests {
    @Test("A free name is taken, byte for byte what it is", arguments: ["new.csv", "d\u{e9}p\u{f4}t.csv"])
    func free(name: String) throws {
        let folder = try TemporaryFolder()
        let (old, new) = (folder.path("old.csv"), folder.path(name))
        try NewFile.write(Array("old".utf8), to: old)
        try ExclusiveRename.rename(old, to: new)
        #expect(try SmallFile.read(new) == Array("old".utf8))
        #expect(FileIdentity.status(ofLink: old) == nil)
    }

    @Test(
        "What has the name already stays, whatever it is", arguments: ["file", "folder", "link to nothing"])
    func taken(what: String) throws {
        let folder = try TemporaryFolder()
        let (old, new) = (folder.path("old.csv"), folder.path("new.csv"))
        try NewFile.write(Array("old".utf8), to: old)
        switch what {
        case "file": try NewFile.write(Array("new".utf8), to: new)
        case "folder": try NewFile.makeFolders(new)
        default: #expect(symlink(folder.path("nothing"), new) == 0)
        }
        let before = try #require(FileIdentity.status(ofLink: new))
        let error = #expect(throws: SystemError.self) { try ExclusiveRename.rename(old, to: new) }
        #expect(error?.code == EEXIST)
        #expect(FileIdentity.status(ofLink: new) == before)
        #expect(try SmallFile.read(old) == Array("old".utf8))
    }

    @Test("A file that is not there is said to be missing")
    func missing() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: SystemError.self) {
            try ExclusiveRename.rename(folder.path("old.csv"), to: folder.path("new.csv"))
        }
        #expect(error?.code == ENOENT)
    }
}
