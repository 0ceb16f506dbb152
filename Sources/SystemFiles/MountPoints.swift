/// The places that file systems, folders or single files are mounted at.
public enum MountPoints {
    /// The first of some paths, which must be absolute and without links, at which something is mounted; nil where
    /// nothing is at any. The system writes its table anew for each look: one does for all of them.
    public static func first(of paths: [String]) -> String? {
        #if os(Linux)
            guard let table = try? SmallFile.read("/proc/self/mountinfo") else {
                return paths.first(where: isOnOtherDevice)
            }
            return first(of: paths, in: table)
        #else
            return paths.first(where: isOnOtherDevice)
        #endif
    }

    /// The same, by a table in the form of `/proc/self/mountinfo`.
    static func first(of paths: [String], in table: [UInt8]) -> String? {
        // What the table writes as it is and does not hold is no mount point: every start asks, and hardly ever is one.
        let possible = paths.filter { path in
            let bytes = Array(path.utf8)
            return !bytes.allSatisfy(isWrittenAsItIs) || table.position(of: bytes) != nil
        }
        return possible.isEmpty ? nil : possible.first(where: parse(table).contains)
    }

    private static func isWrittenAsItIs(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// The mount points of a table in the form of `/proc/self/mountinfo`.
    static func parse(_ table: [UInt8]) -> Set<String> {
        var points: Set<String> = []
        for line in table.split(separator: UInt8(ascii: "\n")) {
            // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw: the fifth field.
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            if fields.count > 4 { points.insert(unescaped(fields[4])) }
        }
        return points
    }

    /// The table writes space, tab, newline and backslash as `\040` and so on.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count >= 3,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return ForeignPath.text(of: bytes)
    }

    private static func isOnOtherDevice(_ path: String) -> Bool {
        let folder = PathParts(path).folder
        guard let own = FileIdentity.status(of: path)?.identity.device,
            let parent = FileIdentity.status(of: folder.isEmpty ? "." : folder)?.identity.device
        else { return false }
        return own != parent
    }
}
