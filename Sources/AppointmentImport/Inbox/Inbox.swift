import AppointmentLedger
package import AppointmentRows
import SystemFiles

/// A folder that files are dropped into, and that a run empties:
///
///     DIR/a.csv      to be imported; stays while any of its rows is pending
///     DIR/done/      every row is created, already created, a duplicate or skipped
///     DIR/rejects/   some rows are invalid or refused, beside their rejects file; or it can't be read at all
///     DIR/doubt/     some rows are in doubt
///
/// A file is taken once nobody has written to it for a while. Programs that write slowly should write under
/// a name that ends with `.part` or `.tmp`, or begins with a dot, and rename it at the end.
package struct Inbox: Sendable {
    /// For so long nobody must have written to a file.
    package static let quietTime = Duration.seconds(5)
    /// For so long files that are being written are waited for; then they are left for the next run.
    package static let patience = Duration.seconds(30)

    /// The folder, as the user named it.
    package let path: String

    /// The inbox at `path`.
    ///
    /// - Throws: `ImportError` where there is no such folder.
    package init(_ path: String) throws(ImportError) {
        let bytes = ForeignPath.bytes(of: path)
        self.path =
            bytes.count > 1 && bytes.last == UInt8(ascii: "/") ? ForeignPath.text(of: bytes.dropLast()) : path
        guard let status = FileIdentity.status(of: path) else { throw ImportError.inbox(path, .last) }
        guard status.kind == .folder else { throw ImportError.inboxIsNoFolder(path) }
        guard ForeignPath.withBytes(of: path, { access($0, R_OK | W_OK | X_OK) }) == 0 else {
            throw ImportError.inbox(path, .last)
        }
    }

    /// What is to be imported.
    package struct Content: Sendable, Hashable {
        /// The files, by their path, in name order.
        package var files: [String] = []
        /// Files that somebody is still writing.
        package var unfinished: [String] = []
        /// Files that are not imported, in name order.
        package var leftAlone: [LeftAloneFile] = []
    }

    /// Looks for files, and waits a while for those that are being written.
    ///
    /// - Throws: `ImportError` where the folder can't be read; `RunStopped`.
    package func look(
        quiet: Duration = quietTime, patience: Duration = patience, stop: StopSignal = StopSignal()
    ) async throws -> Content {
        let start = ContinuousClock.now
        /// Since when each file has been seen as it is.
        var seen: [String: (stamp: InboxStamp, since: ContinuousClock.Instant)] = [:]
        while true {
            if stop.isRequested || Task.isCancelled { throw RunStopped() }
            var content = Content()
            let now = ContinuousClock.now
            let time = Date().timeIntervalSince1970
            var current = seen
            current.removeAll()
            let listing = try listing()
            content.leftAlone = listing.leftAlone
            for file in listing.files {
                guard let stamp = InboxStamp(file) else { continue }
                let since = seen[file].flatMap { $0.stamp == stamp ? $0.since : nil } ?? now
                current[file] = (stamp, since)
                // Written long enough ago by its own time; or, where that time is of no use, as we saw it.
                let age = time - stamp.modifiedSeconds
                if age >= quiet.inSeconds || now - since >= quiet {
                    content.files.append(file)
                } else {
                    content.unfinished.append(file)
                }
            }
            seen = current
            if content.unfinished.isEmpty || now - start >= patience { return content }
            try? await Task.sleep(for: min(.milliseconds(250), quiet))
        }
    }

    /// The paths of the files to import, in the order of their bytes.
    func files() throws(ImportError) -> [String] { try listing().files }

    /// The paths of the files to import, and the others that somebody may take for such, in the order of their bytes.
    private func listing() throws(ImportError) -> (files: [String], leftAlone: [LeftAloneFile]) {
        guard let folder = ForeignPath.withBytes(of: path, { opendir($0) }) else {
            throw ImportError.inbox(path, .last)
        }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            names.append(name)
        }
        guard errno == 0 else { throw ImportError.inbox(path, .last) }
        var files: [String] = []
        var leftAlone: [LeftAloneFile] = []
        let all = Set(names.map { String(decoding: $0, as: UTF8.self) })
        for bytes in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let name = String(decoding: bytes, as: UTF8.self)
            let file = ForeignPath.text(of: bytes, in: path)
            if Self.isToImport(name) {
                if let fix = LeftAloneFile.fix(noFile: file) {
                    leftAlone.append(LeftAloneFile(path: file, fix: fix))
                } else {
                    files.append(file)
                }
            } else if let fix = LeftAloneFile.fix(name, beside: all), InboxStamp(file) != nil {
                leftAlone.append(LeftAloneFile(path: file, fix: fix))
            }
        }
        return (files, leftAlone)
    }

    /// Whether a name is one of a file to import: not hidden, not unfinished, not a rejects file.
    package static func isToImport(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix(".csv") && !name.hasPrefix(".")
            && ![".rejects.csv", ".part.csv", ".tmp.csv"].contains { name.hasSuffix($0) }
    }
}

/// What tells whether a file is the one that was seen, as it was.
struct InboxStamp: Sendable, Hashable {
    let identity: FileIdentity
    /// In bytes.
    let size: Int
    /// Nanoseconds since 1970 UTC.
    let modified: Int

    var modifiedSeconds: Double { Double(modified) / 1e9 }

    /// Nil where there is no plain file: links and folders are none.
    init?(_ path: String) {
        self.init(FileIdentity.status(ofLink: path))
    }

    /// Of an open file.
    init?(descriptor: Int32) {
        self.init(FileIdentity.status(ofDescriptor: descriptor))
    }

    private init?(_ status: FileIdentity.Status?) {
        guard let status, status.kind == .file else { return nil }
        (identity, size, modified) = (status.identity, status.size, status.modified)
    }
}
