import SystemFiles

/// Blocking TCP over IPv4 loopback. Descriptors are plain numbers; who opened one closes it.
enum Socket {
    /// A listener on 127.0.0.1, closed on exec, and the port that it got.
    static func listen(port: Int) throws(SandboxError) -> (descriptor: Int32, port: Int) {
        func failure() -> SandboxError { .cannotListen(port: port, reason: SystemError.last.reason) }
        guard (0...65_535).contains(port) else {
            throw .cannotListen(port: port, reason: "a port is 0...65535")
        }
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #else
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            let descriptor = socket(AF_INET, type, 0)
        #endif
        guard descriptor >= 0 else { throw failure() }
        var on: Int32 = 1
        _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0
            }
        }
        // Non-blocking, because several threads may be told of one connection.
        guard bound, Self.listenCall(descriptor), fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
            let error = failure()
            close(descriptor)
            throw error
        }
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
    }

    private static func listenCall(_ descriptor: Int32) -> Bool {
        SystemFiles.listen(descriptor, 1024) == 0
    }

    /// The next connection, or nil where another thread took it or there are too many.
    static func accept(_ listener: Int32) -> Int32? {
        #if canImport(Darwin)
            let descriptor = SystemFiles.accept(listener, nil, nil)
            guard descriptor >= 0 else { return nil }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, 0)
            var on: Int32 = 1
            _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #else
            let descriptor = acceptClosedOnExec(listener)
            guard descriptor >= 0 else { return nil }
        #endif
        var noDelay: Int32 = 1
        _ = setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    #if !canImport(Darwin)
        /// `accept4`, which the Glibc module does not show. Without it a process that is
        /// started at the wrong moment inherits the connection and keeps it from ending.
        private static let accept4 = dlsym(nil, "accept4").map { unsafeBitCast($0, to: Accept4.self) }
        private typealias Accept4 =
            @convention(c) (
                Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?, Int32
            ) -> Int32

        private static func acceptClosedOnExec(_ listener: Int32) -> Int32 {
            if let accept4 { return accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue)) }
            let descriptor = SystemFiles.accept(listener, nil, nil)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return descriptor
        }
    #endif

    /// Waits until the first of the descriptors is readable; false where it is the second.
    static func waitToAccept(_ listener: Int32, orStop stop: Int32) -> Bool {
        var polled = [
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&polled, 2, -1) < 0, errno == EINTR {}
        return polled[1].revents == 0
    }

    /// Reads what is there, at most the buffer's size; 0 at the end or on any error.
    static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return count }
            if errno != EINTR { return 0 }
        }
    }

    /// Writes everything; false where the peer is gone.
    @discardableResult
    static func sendAll(_ descriptor: Int32, _ bytes: some Collection<UInt8>) -> Bool {
        func sendBuffer(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
            #if canImport(Darwin)
                let flags: Int32 = 0
            #else
                let flags = Int32(MSG_NOSIGNAL)
            #endif
            var sent = 0
            while sent < buffer.count {
                let count = send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, flags)
                if count > 0 {
                    sent += count
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
        return bytes.withContiguousStorageIfAvailable(sendBuffer)
            ?? Array(bytes).withUnsafeBufferPointer(sendBuffer)
    }

    /// Whether the peer closed or broke the connection within some milliseconds.
    static func isGone(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, milliseconds) > 0 else { return false }
        var byte: UInt8 = 0
        if recv(descriptor, &byte, 1, peek) <= 0 { return true }
        // Data that nobody reads yet: it must not turn the wait into a spin.
        _ = poll(nil, 0, min(milliseconds, 20))
        return false
    }

    private static let peek = Int32(MSG_PEEK)

    /// Whether bytes, or the end, are there to be read now.
    static func isReadable(_ descriptor: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    /// Wakes whoever waits on the connection, in both directions.
    static func shutdownBoth(_ descriptor: Int32) {
        #if canImport(Darwin)
            _ = shutdown(descriptor, SHUT_RDWR)
        #else
            _ = shutdown(descriptor, Int32(SHUT_RDWR))
        #endif
    }

    /// Says that no more is sent.
    static func shutdownSending(_ descriptor: Int32) {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes `close` send a reset instead of an orderly end.
    static func resetOnClose(_ descriptor: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}
