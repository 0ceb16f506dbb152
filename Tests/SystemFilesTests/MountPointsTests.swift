import Testing

@testable import SystemFiles

@Suite("Mount points")
struct MountPointsTests {
    private static let table = Array(
        """
        22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        30 22 0:26 / /srv/led-ger_1.sqlite3 rw shared:5 - ext4 /dev/vdb rw
        31 22 0:27 / /srv/with\\040space rw - ext4 /dev/vdc rw
        32 22 0:28 / /srv/back\\134slash rw - ext4 /dev/vdd rw
        33 22 0:29 /srv/root /srv/é rw - ext4 /srv/source rw

        """.utf8)

    @Test(
        "A path is one where the whole table, read line by line, says so",
        arguments: [
            ("/", "/"), ("/srv/led-ger_1.sqlite3", "/srv/led-ger_1.sqlite3"),
            ("/srv/led-ger_1.sqlite3-wal", nil),
            ("/srv/led-ger_1", nil), ("/srv/with space", "/srv/with space"), ("/srv/with\\040space", nil),
            ("/srv/back\\slash", "/srv/back\\slash"), ("/srv/é", "/srv/é"), ("/srv/root", nil),
            ("/srv/source", nil), ("/srv", nil), ("ext4", nil),
        ])
    func first(path: String, expected: String?) {
        #expect(MountPoints.first(of: [path], in: Self.table) == expected)
        #expect(MountPoints.parse(Self.table).contains(path) == (expected != nil))
    }

    @Test("The first of some is told")
    func order() {
        let paths = ["/none", "/srv/é", "/srv/with space", "/"]
        #expect(MountPoints.first(of: paths, in: Self.table) == "/srv/é")
        #expect(MountPoints.first(of: [], in: Self.table) == nil)
        #expect(MountPoints.first(of: ["/"], in: []) == nil)
    }
}
