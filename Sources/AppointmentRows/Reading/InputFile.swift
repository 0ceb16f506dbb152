import SystemFiles

/// An input that can be read from its start as often as needed.
///
/// A file is read where it is. Standard input and pipes are first copied to a private temporary file that has
/// no name, so that nobody else can open it and nothing is left behind.
package final class InputFile: Sendable {
    /// The name as it was given; `-` is standard input.
    package let name: String
    /// An open file, at its start. Closed with this object.
    package let descriptor: Int32
    /// The size in bytes.
    package let size: Int
    /// Whether the input was copied: it has no place of its own in the file system.
    package let isSpooled: Bool

    /// Nanoseconds since 1970 UTC.
    private let modified: Int

    /// When the file was last written to, in milliseconds since 1970 UTC; nil for a copied input.
    package var saved: Int? { isSpooled ? nil : modified / 1_000_000 }

    /// Opens an input.
    ///
    /// - Parameter name: A path, or `-` for standard input, which is read to its end here.
    /// - Throws: `no-such-file`, `no-permission`, `not-a-file`, `cannot-read` or `cannot-spool`.
    package convenience init(_ name: String) throws(InputError) {
        try self.init(name, standardInput: 0)
    }

    /// For tests: any descriptor as standard input. It is not closed.
    init(_ name: String, standardInput: Int32) throws(InputError) {
        let isStandardInput = name == "-"
        var opened = standardInput
        if !isStandardInput {
            repeat {
                opened = ForeignPath.withBytes(of: name) { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
            } while opened < 0 && errno == EINTR
            guard opened >= 0 else { throw .cannotOpen(name, errno: errno) }
        }
        var status = stat()
        do throws(InputError) {
            guard fstat(opened, &status) == 0 else { throw .cannotRead(name, errno: errno) }
            let kind = status.st_mode & S_IFMT
            guard kind != S_IFDIR else { throw .isFolder(name) }
            // Standard input may be anything that can be read: a pipe, a terminal, a socket.
            guard isStandardInput || kind == S_IFREG || kind == S_IFIFO else { throw .notAFile(name) }
            if isStandardInput || kind == S_IFIFO {
                let spool = try Self.spool(opened, name: name)
                if !isStandardInput { close(opened) }
                opened = spool
                guard fstat(opened, &status) == 0 else {
                    let number = errno
                    close(spool)
                    throw .cannotRead(name, errno: number)
                }
                isSpooled = true
            } else {
                isSpooled = false
            }
        } catch {
            if !isStandardInput, opened >= 0 { close(opened) }
            throw error
        }
        self.name = name
        descriptor = opened
        size = Int(status.st_size)
        modified = status.modified
    }

    deinit {
        close(descriptor)
    }

    /// Makes sure that the file is still as it was when it was opened.
    ///
    /// - Throws: `changed-while-reading` where its size or its modification time (to the nanosecond) differ.
    package func checkUnchanged() throws(InputError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotRead(name, errno: errno) }
        guard Int(status.st_size) == size, status.modified == modified else {
            throw .changedWhileReading(name)
        }
    }

    /// Goes back to the start.
    func rewind() throws(InputError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .cannotRead(name, errno: errno) }
    }

    /// Copies what can be read from a descriptor to an unnamed temporary file.
    private static func spool(_ source: Int32, name: String) throws(InputError) -> Int32 {
        func failure(_ error: SystemError) -> InputError {
            .cannotSpool(name, folder: ProcessFolders.temporary, errno: error.code)
        }
        let spool: Int32
        do throws(SystemError) { spool = try SpooledFile.open() } catch { throw failure(error) }
        do throws(InputError) {
            while true {
                let bytes: [UInt8]
                do throws(SystemError) {
                    bytes = try Descriptor.read(65_536, from: source)
                } catch {
                    throw error.code == EISDIR ? .isFolder(name) : .cannotRead(name, errno: error.code)
                }
                do throws(SystemError) {
                    if bytes.isEmpty {
                        try SpooledFile.rewind(spool)
                        return spool
                    }
                    try Descriptor.write(bytes, to: spool)
                } catch {
                    throw failure(error)
                }
            }
        } catch {
            close(spool)
            throw error
        }
    }
}
