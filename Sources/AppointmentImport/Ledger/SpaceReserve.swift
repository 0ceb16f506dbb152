import Foundation

/// Room on the ledger's disk that is kept for settling what is in flight.
///
/// A batch is claimed only while a file beside the ledger holds this room. Where
/// the disk is full when an answer has come, the file gives way, and what the
/// answer proved can still be put on record: otherwise known outcomes would turn
/// into doubt.
final class SpaceReserve {
    private let path: String
    private var isHeld = false

    init(_ file: LedgerFile) {
        path = file.resolvedPath + ".reserve"
    }

    deinit {
        release()
    }

    /// Takes the room, where it is not taken yet.
    ///
    /// - Throws: `LedgerError` of the code `full` where there is not so much.
    func hold(bytes: Int, for ledger: String) throws(LedgerError) {
        if isHeld { return }
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            // Whatever else is wrong, the ledger itself will say.
            if errno == ENOSPC || errno == EDQUOT { throw .noRoom(path: ledger) }
            return
        }
        defer { close(descriptor) }
        let failure = Self.allocate(descriptor, bytes)
        guard failure != ENOSPC, failure != EDQUOT else {
            unlink(path)
            throw .noRoom(path: ledger)
        }
        isHeld = true
    }

    /// Gives the room back.
    func release() {
        guard isHeld else { return }
        isHeld = false
        unlink(path)
    }

    private static func allocate(_ descriptor: Int32, _ bytes: Int) -> Int32 {
        #if canImport(Darwin)
            var request = fstore_t(
                fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0,
                fst_length: off_t(bytes),
                fst_bytesalloc: 0)
            return fcntl(descriptor, F_PREALLOCATE, &request) == 0 ? 0 : errno
        #else
            return posix_fallocate(descriptor, 0, off_t(bytes))
        #endif
    }
}
