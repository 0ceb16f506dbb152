import Foundation

/// What tells whether a file is as it was.
struct FileStamp {
    /// In bytes.
    let size: Int
    /// Nanoseconds since 1970 UTC.
    let modified: Int

    /// Nil where there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        modified = status.modified
    }
}

extension stat {
    /// When the file was last written: nanoseconds since 1970 UTC.
    var modified: Int {
        #if canImport(Darwin)
            let time = st_mtimespec
        #else
            let time = st_mtim
        #endif
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}
