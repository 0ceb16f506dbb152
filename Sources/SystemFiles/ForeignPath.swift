import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Paths of files whose names are no UTF-8: the system takes any bytes, and older programs wrote theirs in other
/// encodings. Such a path is shown with U+FFFD in place of what can't be read, and is opened by its own bytes.
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
        let path = bytes.map { CChar(bitPattern: $0) } + [0]
        return known.withLock { known in
            guard let other = known[shown], other != path else {
                known[shown] = path
                return shown
            }
            // Two names that look alike: the second is spelled out.
            let spelled = spelledOut(bytes)
            known[spelled] = path
            return spelled
        }
    }

    /// The text that stands for a name in a folder.
    public static func text(of name: [UInt8], in folder: String) -> String {
        let folder = bytes(of: folder)
        return text(
            of: folder.last == UInt8(ascii: "/") ? folder + name : folder + [UInt8(ascii: "/")] + name)
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
        if let bytes = known.withLock({ $0[path] }) {
            return bytes.withUnsafeBufferPointer { buffer in
                // It ends with the NUL that makes it a C string, so it has an address.
                buffer.baseAddress.map(body) ?? path.withCString(body)
            }
        }
        return path.withCString(body)
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
