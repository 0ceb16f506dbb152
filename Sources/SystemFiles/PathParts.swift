/// A path's folder and last name, as they are written. (Foundation's own way to part them traps on
/// Linux where the path is a single character.)
public struct PathParts: Sendable, Hashable {
    /// What stands before the last name, without the slash between them: empty where nothing does, `/` for the root.
    public let folder: String
    /// The last name; empty for the root and for an empty path.
    public let name: String

    /// Parts a path. Slashes at its end count for nothing.
    public init(_ path: String) {
        var rest = path.utf8[...]
        while rest.last == UInt8(ascii: "/") { rest.removeLast() }
        let nameStart = rest.lastIndex(of: UInt8(ascii: "/")).map { rest.index(after: $0) } ?? rest.startIndex
        name = String(path[nameStart..<rest.endIndex])
        rest = rest[..<nameStart]
        while rest.last == UInt8(ascii: "/") { rest.removeLast() }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        folder = rest.isEmpty && isAbsolute ? "/" : String(path[..<rest.endIndex])
    }

    /// A name in a folder, which may be empty.
    public static func path(_ name: String, in folder: String) -> String {
        if folder.isEmpty { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
