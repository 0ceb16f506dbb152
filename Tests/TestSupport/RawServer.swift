import Foundation
import Synchronization

private func closeSocket(_ socket: Int32) {
    close(socket)
}

private func sendSome(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
        send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #else
        send(socket, bytes.baseAddress, bytes.count, 0)
    #endif
}

/// A TCP server on loopback that does to HTTP clients what a script says, byte by
/// byte, and counts what reaches it.
///
/// `@unchecked Sendable`: everything that changes is behind the lock.
package final class RawServer: @unchecked Sendable {
    /// One thing to do with a connection.
    package enum Step: Sendable {
        /// Sends these bytes.
        case send(String)
        /// Sends these bytes, which are no text.
        case sendBytes([UInt8])
        /// Sends that many bytes of filler, or until the client is gone.
        case fill(Int)
        /// Reads one whole request, and counts it.
        case read
        /// Sends nothing until the server stops or the client closes.
        case stall
        /// Closes the connection in an orderly way.
        case close
        /// Closes the connection with a reset.
        case reset
    }

    private struct State {
        var begun = 0
        var requests: [[UInt8]] = []
        var connections = 0
        var sockets: Set<Int32> = []
        var isStopped = false
    }

    /// The port that it listens on.
    package let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let script: @Sendable (Int) -> [Step]

    /// No port could be listened on.
    package struct CannotListen: Error {}

    /// Starts to listen.
    ///
    /// - Parameter script: what to do with the request of that number (from 1), from
    ///   the moment that its first byte has arrived and none was read yet. After
    ///   the steps the connection waits for the next request.
    package init(_ script: @escaping @Sendable (Int) -> [Step]) throws {
        self.script = script
        let listener = Self.makeSocket()
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (bound, named) = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                (bind(listener, generic, length), getsockname(listener, generic, &length))
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard bound == 0, named == 0, listen(listener, 64) == 0 else {
            closeSocket(listener)
            throw CannotListen()
        }
        Thread { self.acceptAll() }.start()
    }

    /// How many requests sent at least one byte.
    package var begun: Int { state.withLock { $0.begun } }
    /// The requests that were read whole.
    package var requests: [[UInt8]] { state.withLock { $0.requests } }
    /// How many connections were accepted.
    package var connections: Int { state.withLock { $0.connections } }

    /// Ends every connection and the server.
    package func stop() {
        let sockets = state.withLock { state in
            state.isStopped = true
            return state.sockets
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    package static func makeSocket() -> Int32 {
        #if canImport(Glibc)
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let isStopped = state.withLock { state in
                state.connections += 1
                if !state.isStopped { state.sockets.insert(connection) }
                return state.isStopped
            }
            if isStopped {
                closeSocket(connection)
                break
            }
            Thread { self.serve(connection) }.start()
        }
        closeSocket(listener)
    }

    private func serve(_ connection: Int32) {
        var isOpen = true
        while isOpen, hasBytes(connection) {
            let number = state.withLock { state in
                state.begun += 1
                return state.begun
            }
            for step in script(number) where isOpen { isOpen = perform(step, connection) }
        }
        _ = state.withLock { $0.sockets.remove(connection) }
        closeSocket(connection)
    }

    /// Waits for a byte or the end, and reads neither.
    private func hasBytes(_ connection: Int32) -> Bool {
        var byte: UInt8 = 0
        return recv(connection, &byte, 1, Int32(MSG_PEEK)) > 0
    }

    private func perform(_ step: Step, _ connection: Int32) -> Bool {
        switch step {
        case .send(let text): return send(Array(text.utf8), connection)
        case .sendBytes(let bytes): return send(bytes, connection)
        case .fill(let count):
            let block = [UInt8](repeating: UInt8(ascii: " "), count: 65_536)
            var left = count
            while left > 0 {
                guard send(Array(block.prefix(left)), connection) else { return false }
                left -= min(left, block.count)
            }
            return true
        case .read: return readRequest(connection)
        case .stall:
            var block = [UInt8](repeating: 0, count: 4096)
            while recv(connection, &block, block.count, 0) > 0 {}
            return false
        case .close: return false
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            return false
        }
    }

    private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let sent = bytes[start...].withUnsafeBytes { sendSome(connection, $0) }
            guard sent > 0 else { return false }
            start += sent
        }
        return true
    }

    /// Reads headers and as many bytes as Content-Length says.
    private func readRequest(_ connection: Int32) -> Bool {
        var request: [UInt8] = []
        var wanted: Int?
        var block = [UInt8](repeating: 0, count: 65_536)
        while wanted.map({ request.count < $0 }) ?? true {
            let count = recv(connection, &block, block.count, 0)
            guard count > 0 else { return false }
            request += block[..<count]
            if wanted == nil, let end = request.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: request[..<end.lowerBound], as: UTF8.self)
                let length = head.split(separator: "\r\n").first {
                    $0.lowercased().hasPrefix("content-length:")
                }
                let bodyCount = length.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
                wanted = end.upperBound + bodyCount
            }
        }
        state.withLock { $0.requests.append(request) }
        return true
    }
}
