import Foundation
import Synchronization

/// A file that is written beside its final place under a temporary name, and
/// appears there whole or not at all. Given up, it leaves nothing behind.
final class TemporaryOutput: Sendable {
    private let descriptor: Int32
    /// Where it is until it is installed.
    let path: String
    private let isInstalled = Mutex(false)

    /// Makes the temporary file in `folder`.
    ///
    /// - Parameter model: a descriptor whose file's permissions are taken over; nil for 0600.
    init(in folder: String, permissionsOf model: Int32?) throws {
        var template = Array((folder + "/.stimport-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else { throw RejectsError("can't write in", folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var status = stat()
        if let model, fstat(model, &status) == 0 { fchmod(descriptor, status.st_mode & 0o666) }
    }

    deinit {
        close(descriptor)
        if !isInstalled.withLock({ $0 }) { unlink(path) }
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written >= 0 else { throw RejectsError("can't write", path) }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Puts the file in its place, durable.
    ///
    /// - Parameter replacing: whether a file there is replaced.
    /// - Returns: false where it was not to be replaced and one is there.
    func install(at final: String, replacing: Bool) throws -> Bool {
        guard fsync(descriptor) == 0 else { throw RejectsError("can't write", final) }
        if replacing {
            guard rename(path, final) == 0 else { throw RejectsError("can't write", final) }
        } else if link(path, final) == 0 {
            // A link, unlike a rename, never replaces what somebody put there meanwhile.
            unlink(path)
        } else if errno == EEXIST {
            return false
        } else {
            // Some file systems have no links.
            guard access(final, F_OK) != 0 else { return false }
            guard rename(path, final) == 0 else { throw RejectsError("can't write", final) }
        }
        isInstalled.withLock { $0 = true }
        return true
    }
}
