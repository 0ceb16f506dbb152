import AppointmentImport
import AppointmentLedger
import AppointmentRows
import Foundation
import SystemFiles

/// A small file that may hold a secret. What is checked is what is read: both go
/// through one descriptor.
struct PrivateFile: Sendable {
    let bytes: [UInt8]
    /// The permission bits.
    let mode: mode_t
    let owner: uid_t
    /// False for a pipe and the like, which has no readers by name.
    let isRegular: Bool

    /// Reads a file; nil where there is none.
    /// - Parameters:
    ///   - limit: in bytes; a longer file is refused.
    ///   - what: for messages: `password file`.
    static func read(_ path: String, limit: Int, what: String) throws(UsageError) -> PrivateFile? {
        let descriptor = ForeignPath.withBytes(of: path) { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw unreadable(path, what, code)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, what, errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw unreadable(path, what, EISDIR) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw unreadable(path, what, code)
            }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw UsageError(
                    "the \(what) \(path) is longer than \(limit) bytes", fix: "is it the right file?")
            }
        }
        return PrivateFile(
            bytes: bytes, mode: status.st_mode & 0o7777, owner: status.st_uid,
            isRegular: status.st_mode & S_IFMT == S_IFREG)
    }

    /// Whether something stands at the path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Refuses a file that others can read.
    /// - Parameter groupMayRead: for systemd's credentials, whose access list shows as the group's bits.
    static func requirePrivate(
        _ file: PrivateFile, _ path: String, what: String, groupMayRead: Bool = false
    ) throws(UsageError) {
        guard file.isRegular else { return }
        guard file.owner == geteuid() || file.owner == 0 else {
            throw UsageError(
                "the \(what) \(path) belongs to another user",
                fix: "chown \(geteuid()) \(ShellArgument.quoted(path))")
        }
        guard file.mode & (groupMayRead ? 0o007 : 0o077) == 0 else {
            throw UsageError(
                "others can read the \(what) \(path)", fix: "chmod 600 \(ShellArgument.quoted(path))")
        }
    }

    private static func unreadable(_ path: String, _ what: String, _ code: Int32) -> UsageError {
        UsageError(
            "the \(what) \(path) can't be read: \(SystemError(code).reason)",
            fix: "check the path and its permissions")
    }
}

/// libc's `read`, under a name that no method hides.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
