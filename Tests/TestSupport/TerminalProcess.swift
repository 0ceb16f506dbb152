import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A process on a terminal of its own, with which a test plays the person in front of it. Killed, if need be, when it
/// is let go of.
package final class TerminalProcess: Sendable {
    /// The process's ID: it is the leader of the terminal's session.
    package var processID: Int32 { process.processID }
    private let process: ChildProcess
    /// The person's end of the terminal.
    private let person: Int32
    private let shown = Mutex<[UInt8]>([])

    /// Starts a program with the terminal as its standard input, output and error.
    package init(_ path: String, arguments: [String], environment: [String: String], folder: String) throws {
        let (person, terminal) = try Self.makeTerminal()
        self.person = person
        do {
            process = try ChildProcess(
                path, arguments: arguments, environment: environment, folder: folder, startsSession: true
            ) { actions in
                // The first terminal that the leader of a session opens is its own.
                for descriptor in 0...Int32(2) {
                    posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
                }
            }
        } catch {
            close(person)
            throw error
        }
    }

    /// A new terminal: the person's end, and the program's by its path.
    private static func makeTerminal() throws -> (person: Int32, path: String) {
        let person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        #if canImport(Darwin)
            guard person >= 0, grantpt(person) == 0, unlockpt(person) == 0, let name = ptsname(person) else {
                throw POSIXError(.init(rawValue: errno) ?? .ENOTTY)
            }
            return (person, String(cString: name))
        #else
            // What unlockpt and ptsname do, which the Glibc module does not show: TIOCSPTLCK and TIOCGPTN.
            var isLocked: Int32 = 0
            var number: UInt32 = 0
            guard person >= 0, ioctl(person, 0x4004_5431, &isLocked) == 0,
                ioctl(person, 0x8004_5430, &number) == 0
            else { throw POSIXError(.init(rawValue: errno) ?? .ENOTTY) }
            return (person, "/dev/pts/\(number)")
        #endif
    }

    deinit {
        close(person)
    }

    /// What the terminal has shown so far.
    package var text: String { shown.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Whether the terminal shows what is typed.
    package var echoes: Bool {
        var attributes = termios()
        return tcgetattr(person, &attributes) == 0 && attributes.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Types a text: `\u{3}` is Ctrl-C.
    package func type(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(person, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    /// Gives the terminal's window a width.
    package func resize(columns: Int) {
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(person, UInt(TIOCSWINSZ), &size)
    }

    /// Sends a signal.
    package func signal(_ number: Int32) {
        process.signal(number)
    }

    /// Blocks until the terminal has shown a text so often; false where the process ended without.
    package func wait(for text: String, count: Int = 1) -> Bool {
        while self.text.components(separatedBy: text).count <= count {
            let isOver = process.hasEnded
            if !read(), isOver { return self.text.components(separatedBy: text).count > count }
        }
        return true
    }

    /// Blocks until the terminal shows what is typed, or the process has ended.
    package func waitForEcho() {
        while !echoes, !process.hasEnded { read() }
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: its exit status or the signal that ended it, and whether it dumped its core.
    package func wait() -> (status: Int32?, signal: Int32?, dumpedCore: Bool) {
        while !process.hasEnded { read() }
        while read() {}
        let end = process.wait()
        return (end.status, end.signal, end.dumpedCore)
    }

    /// Takes what the terminal shows.
    ///
    /// - Returns: whether there was something, after a moment's wait.
    @discardableResult
    private func read() -> Bool {
        var waiting = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 10) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { systemRead(person, $0.baseAddress, $0.count) }
        // EIO: nobody has the terminal any more.
        guard count > 0 else {
            usleep(10_000)
            return false
        }
        shown.withLock { $0 += buffer[..<count] }
        return true
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
