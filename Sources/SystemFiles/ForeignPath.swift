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
        if let text = String(validatingCString: path) { return text }
        let bytes = Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
        let shown = String(cString: path)
        return known.withLock { known in
            guard let other = known[shown], other != bytes else {
                known[shown] = bytes
                return shown
            }
            // Two names that look alike: the second is spelled out.
            let spelled = spelledOut(bytes.dropLast())
            known[spelled] = bytes
            return spelled
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
    private static func spelledOut(_ bytes: some Sequence<CChar>) -> String {
        var text = ""
        for byte in bytes.map({ UInt8(bitPattern: $0) }) {
            if byte < 0x80 {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
