import Synchronization

/// Paths of files whose names are no UTF-8: the system takes any bytes, and older programs wrote theirs in other
/// encodings. Such a path is shown with U+FFFD in place of what can't be read, and is opened by its own bytes. So is
/// what lies in such a folder, and what is named after such a file by adding to its name.
public enum ForeignPath {
    /// The bytes of each path that was met, by the text that stands for it.
    private static let known = Mutex<[String: [CChar]]>([:])

    /// The program's arguments without its own name; `CommandLine.arguments` loses bytes that are no UTF-8.
    public static func arguments() -> [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            CommandLine.unsafeArgv[index].map { text(of: $0) }
        }
    }

    /// The text that stands for a path from now on; the path itself where it is UTF-8.
    public static func text(of path: UnsafePointer<CChar>) -> String {
        text(of: UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) })
    }

    /// The same, of a path's bytes without the NUL at their end.
    public static func text(of bytes: [UInt8]) -> String {
        let shown = String(decoding: bytes, as: UTF8.self)
        // Nothing else can be mistaken for it.
        if !shown.unicodeScalars.contains("\u{FFFD}") { return shown }
        // Its folder has a text of its own, so that the two agree.
        let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { Array(bytes[($0 + 1)...]) } ?? bytes
        let folder = slash.map { text(of: Array(bytes[..<$0])) + "/" } ?? ""
        let path = bytes.map { CChar(bitPattern: $0) } + [0]
        return known.withLock { known in
            let shown = folder + String(decoding: name, as: UTF8.self)
            guard let other = known[shown], other != path else {
                known[shown] = path
                return shown
            }
            // Two names that look alike: the second is spelled out.
            let spelled = folder + spelledOut(name)
            known[spelled] = path
            return spelled
        }
    }

    /// A path as no other one is spelled, for keeping: what its text stands for is known to this process only.
    public static func lasting(_ path: String) -> String {
        let bytes = bytes(of: path)
        return String(validating: bytes, as: UTF8.self) ?? spelledOut(bytes)
    }

    /// The text that stands for a name in a folder.
    public static func text(of name: [UInt8], in folder: String) -> String {
        let folder = bytes(of: folder)
        return text(
            of: folder.last == UInt8(ascii: "/") ? folder + name : folder + [UInt8(ascii: "/")] + name)
    }

    /// The text that stands for a path's last name in another folder.
    public static func text(ofNameIn path: String, in folder: String) -> String {
        text(of: Array(bytes(of: path).split(separator: UInt8(ascii: "/")).last ?? []), in: folder)
    }

    /// A path's bytes, without the NUL at their end.
    public static func bytes(of path: String) -> [UInt8] {
        withBytes(of: path) { path in
            UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) }
        }
    }

    /// Hands the bytes of a path to `body`, for a system call.
    public static func withBytes<Result>(of path: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result
    {
        if let bytes = known.withLock({ own(path, $0) }) {
            return bytes.withUnsafeBufferPointer { buffer in
                // It ends with the NUL that makes it a C string, so it has an address.
                buffer.baseAddress.map(body) ?? path.withCString(body)
            }
        }
        return path.withCString(body)
    }

    /// The same, of two paths.
    public static func withBytes<Result>(
        of path: String, _ other: String,
        _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Result
    ) -> Result {
        withBytes(of: path) { path in
            withBytes(of: other) { body(path, $0) }
        }
    }

    /// The bytes of a path that was met, or that begins with one.
    private static func own(_ path: String, _ known: [String: [CChar]]) -> [CChar]? {
        if known.isEmpty { return nil }
        if let bytes = known[path] { return bytes }
        let longest = known.filter { path.utf8.starts(with: $0.key.utf8) }
            .max { $0.key.utf8.count < $1.key.utf8.count }
        guard let longest else { return nil }
        let rest = path.utf8.dropFirst(longest.key.utf8.count).map { CChar(bitPattern: $0) }
        return longest.value.dropLast() + rest + [0]
    }

    /// `caf\xE9.csv`
    private static func spelledOut(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            if byte < 0x80 {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
