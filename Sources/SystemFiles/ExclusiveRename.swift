/// Renaming that never replaces what has the new name already.
public enum ExclusiveRename {
    /// Gives a file another name within its file system.
    ///
    /// - Throws: `SystemError`; `EEXIST` where something has the new name, which is not touched.
    public static func rename(_ path: String, to target: String) throws(SystemError) {
        #if canImport(Darwin)
            let code = ForeignPath.withBytes(of: path, target) { renamex_np($0, $1, UInt32(RENAME_EXCL)) }
            guard code == 0 else { throw .last }
        #else
            // 1 is RENAME_NOREPLACE of <stdio.h>.
            if let renameAt2 {
                let code = ForeignPath.withBytes(of: path, target) {
                    renameAt2(AT_FDCWD, $0, AT_FDCWD, $1, 1)
                }
                if code == 0 { return }
                let failure = SystemError.last
                guard failure.code == EINVAL || failure.code == ENOSYS else { throw failure }
            }
            // A file system without it (NFS): a link never replaces anything either.
            guard ForeignPath.withBytes(of: path, target, { link($0, $1) }) == 0 else { throw .last }
            // A new file that was put here meanwhile is not ours to remove.
            let (old, new) = (FileIdentity.status(ofLink: path), FileIdentity.status(ofLink: target))
            guard let old, let new, old.identity == new.identity else { return }
            guard ForeignPath.withBytes(of: path, { unlink($0) }) == 0 else { throw .last }
        #endif
    }

    #if !canImport(Darwin)
        private typealias RenameAt2 =
            @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
        /// A call that the Glibc module does not show.
        private static let renameAt2 = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: RenameAt2.self) }
    #endif
}
