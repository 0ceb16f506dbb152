package import Foundation

/// A fresh, private folder that is removed with everything in it when the value goes away.
package final class TemporaryFolder: Sendable {
    /// Its absolute path, without a trailing slash.
    package let path: String

    /// Makes the folder.
    package init() throws {
        let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        let url = parent.appendingPathComponent("stimport-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit {
        // A test may have made something unwritable on purpose.
        if let names = FileManager.default.enumerator(atPath: path) {
            for case let name as String in names {
                let inner = path + "/" + name
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder), isFolder.boolValue {
                    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: inner)
                }
            }
        }
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The absolute path of a name inside the folder.
    package func path(_ name: String) -> String { path + "/" + name }

    /// The file URL of a name inside the folder.
    package func url(_ name: String) -> URL { URL(fileURLWithPath: path(name)) }

    /// Writes a file, with the folders that lead to it; returns its absolute path.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String {
        try write(name, bytes: Array(text.utf8))
    }

    /// Writes a file, with the folders that lead to it; returns its absolute path.
    @discardableResult
    package func write(_ name: String, bytes: [UInt8]) throws -> String {
        let url = url(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    /// Writes a program that can be started, with the folders that lead to it; returns its absolute path.
    ///
    /// A process of its own writes it: what this one has open for writing, another test's child may have too for a
    /// moment, and then the system refuses to start it ("Text file busy").
    @discardableResult
    package func write(program name: String, _ text: String) throws -> String {
        let source = try write(name + ".source", text)
        defer { try? FileManager.default.removeItem(atPath: source) }
        let copy = try ChildProcess(
            "/bin/sh", arguments: ["-c", "cat \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", source, path(name)],
            environment: ["PATH": "/usr/bin:/bin"], folder: path
        ) { _ in }
        guard copy.wait().status == 0 else { throw CocoaError(.fileWriteUnknown) }
        return path(name)
    }

    /// A file's text; what is not UTF-8 is replaced.
    package func read(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    /// A file's bytes.
    package func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url(name)))
    }

    /// Whether there is a file or a folder of that name.
    package func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }

    /// Blocks until a file is there and not empty; false where it was not in time.
    package func waitForContent(_ name: String, timeout: Duration = .seconds(600)) -> Bool {
        let end = ContinuousClock.now + timeout
        while ContinuousClock.now < end {
            if let bytes = try? bytes(name), !bytes.isEmpty { return true }
            usleep(1_000)
        }
        return false
    }

    /// Every file in the folder and below, by its path relative to it, sorted; folders are left out.
    package func list() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: self.path(name), isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
