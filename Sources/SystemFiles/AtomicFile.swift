import Synchronization

/// A file that is written beside its final place under a temporary name, and appears there whole or not at all.
/// Given up, it leaves nothing behind.
public final class AtomicFile: Sendable {
    private let descriptor: Int32
    /// Where it is until it is installed.
    public let path: String
    private let isInstalled = Mutex(false)

    /// Makes the temporary file in `folder`.
    ///
    /// - Parameters:
    ///   - model: a descriptor whose file's permissions are taken over; nil for 0600.
    ///   - isPublic: whether everybody may read it.
    /// - Throws: `FileError`.
    public init(in folder: String, permissionsOf model: Int32? = nil, isPublic: Bool = false)
        throws(FileError)
    {
        var template = (ForeignPath.bytes(of: folder) + Array("/.stimport-XXXXXX\0".utf8))
            .map { CChar(bitPattern: $0) }
        descriptor = mkstemp(&template)
        path = ForeignPath.text(of: template.dropLast().map { UInt8(bitPattern: $0) })
        guard descriptor >= 0 else { throw FileError("can't write in", folder, .last) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var status = stat()
        if let model, fstat(model, &status) == 0 { fchmod(descriptor, status.st_mode & 0o666) }
        if isPublic { fchmod(descriptor, 0o644) }
    }

    deinit {
        close(descriptor)
        if !isInstalled.withLock({ $0 }) { _ = ForeignPath.withBytes(of: path, { unlink($0) }) }
    }

    /// Adds bytes.
    ///
    /// - Throws: `FileError`.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        do throws(SystemError) {
            try Descriptor.write(bytes, to: descriptor)
        } catch {
            throw FileError("can't write", path, error)
        }
    }

    /// Puts the file in its place, durable.
    ///
    /// - Parameter replacing: whether a file there is replaced.
    /// - Returns: false where it was not to be replaced and one is there.
    /// - Throws: `FileError`.
    public func install(at final: String, replacing: Bool) throws(FileError) -> Bool {
        guard fsync(descriptor) == 0 else { throw FileError("can't write", final, .last) }
        if replacing {
            guard ForeignPath.withBytes(of: path, final, { rename($0, $1) }) == 0 else {
                throw FileError("can't write", final, .last)
            }
        } else if ForeignPath.withBytes(of: path, final, { link($0, $1) }) == 0 {
            // A link, unlike a rename, never replaces what somebody put there meanwhile.
            _ = ForeignPath.withBytes(of: path) { unlink($0) }
        } else if errno == EEXIST {
            return false
        } else {
            // Some file systems have no links.
            guard ForeignPath.withBytes(of: final, { access($0, F_OK) }) != 0 else { return false }
            guard ForeignPath.withBytes(of: path, final, { rename($0, $1) }) == 0 else {
                throw FileError("can't write", final, .last)
            }
        }
        isInstalled.withLock { $0 = true }
        return true
    }
}
