import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SystemFiles

/// A small file that may hold a secret. What is checked is what is read: both go
/// through one descriptor.
struct PrivateFile: Sendable {
    let bytes: [UInt8]
    /// The permission bits.
    let mode: UInt32
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
        guard let status = FileIdentity.status(ofDescriptor: descriptor) else {
            throw unreadable(path, what, errno)
        }
        if status.kind == .folder { throw unreadable(path, what, EISDIR) }
        var bytes: [UInt8] = []
        while true {
            let chunk: [UInt8]
            do throws(SystemError) { chunk = try Descriptor.read(4_096, from: descriptor) } catch {
                throw unreadable(path, what, error.code)
            }
            if chunk.isEmpty { break }
            bytes += chunk
            guard bytes.count <= limit else {
                throw UsageError(
                    "the \(what) \(path) is longer than \(limit) bytes", fix: "is it the right file?")
            }
        }
        return PrivateFile(
            bytes: bytes, mode: status.permissions, owner: status.owner, isRegular: status.kind == .file)
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
