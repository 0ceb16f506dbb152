import SystemFiles

/// A stand-in for SecurityTrax on this machine: a real HTTP/1.1 server on 127.0.0.1 that
/// authenticates, creates appointments in memory, echoes, and misbehaves on command.
///
/// Nothing that is sent to it reaches anybody. It listens from `init` to `stop()`, or
/// until it is let go of.
package final class SandboxServer: Sendable {
    /// The path that takes creates.
    package static let path = "/sandbox/informationposter.php"
    /// The path that takes queries.
    package static let requesterPath = "/sandbox/informationrequester.php"
    static let paths: Set = [path, requesterPath]

    /// The port it listens on.
    package let port: Int

    private let state: SandboxState
    private let listener: Int32
    /// Written to once, so that every thread that waits for a connection wakes up.
    private let wakeRead: Int32
    private let wakeWrite: Int32

    /// Starts listening.
    ///
    /// - Throws: `SandboxError` where the port is taken or the log cannot be opened.
    package init(_ configuration: SandboxConfiguration = SandboxConfiguration()) throws(SandboxError) {
        state = try SandboxState(configuration)
        (listener, port) = try Socket.listen(port: configuration.port)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            let error = SandboxError.cannotListen(
                port: configuration.port, reason: SystemError.last.reason)
            close(listener)
            throw error
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        do throws(SystemError) {
            try Self.addWorker(listener: listener, wake: wakeRead, port: port, state: state)
        } catch {
            for end in [listener, wakeRead, wakeWrite] { close(end) }
            throw .noThread(reason: error.reason)
        }
    }

    deinit {
        stop()
    }

    /// Where to post: `http://127.0.0.1:PORT/sandbox/informationposter.php`.
    package var endpoint: String { "http://127.0.0.1:\(port)\(Self.path)" }
    /// How the server was set up.
    package var configuration: SandboxConfiguration { state.configuration }
    /// The user that is let in.
    package var username: String { state.configuration.username }
    /// That user's made-up password.
    package var password: String { state.configuration.password }
    /// The partner ID that is let in.
    package var partnerID: String { state.configuration.partnerID }

    /// Ends every connection, whatever it is at, and returns when the last thread is done.
    /// Nothing is created after it returned. May be called more than once.
    package func stop() {
        guard state.beginStop(listener: listener) else { return }
        var byte: UInt8 = 0
        _ = write(wakeWrite, &byte, 1)
        state.join()
        close(listener)
        close(wakeRead)
        close(wakeWrite)
    }

    // MARK: Threads

    /// Adds a thread that waits for a connection, unless one does already.
    private static func addWorker(
        listener: Int32, wake: Int32, port: Int, state: SandboxState
    ) throws(SystemError) {
        guard state.addWorker() else { return }
        do throws(SystemError) {
            try WorkerThread.start("sandbox", stackSize: 512 << 10) {
                work(listener: listener, wake: wake, port: port, state: state)
            }
        } catch {
            state.removeWorker(idle: true)
            throw error
        }
    }

    /// Takes connections and serves each to its end.
    private static func work(listener: Int32, wake: Int32, port: Int, state: SandboxState) {
        while Socket.waitToAccept(listener, orStop: wake) {
            guard let descriptor = Socket.accept(listener) else {
                // Without a free descriptor the connection stays in the queue, and the wait would spin.
                if errno == EMFILE || errno == ENFILE { state.sleep(.milliseconds(10)) }
                continue
            }
            state.workerIsBusy()
            // Without one, the next connection waits until this one is served.
            try? addWorker(listener: listener, wake: wake, port: port, state: state)
            if state.register(descriptor) {
                var connection = SandboxConnection(descriptor, port: port, state: state)
                connection.serve()
            }
            state.close(descriptor)
            guard state.workerIsIdle() else {
                state.removeWorker(idle: false)
                return
            }
        }
        state.removeWorker(idle: true)
    }
}

// MARK: - What the server saw

extension SandboxServer {
    /// Connections taken.
    package var connections: Int { state.snapshot.connections }
    /// Requests begun: at least one byte of each arrived.
    package var requests: Int { state.snapshot.requests }
    /// Complete POST requests that may create something: the body was read to its end. Those to another
    /// path are not counted, nor are handshakes.
    package var posts: Int { state.snapshot.posts }
    /// Complete POST requests that held an auth block and nothing else.
    package var handshakes: Int { state.snapshot.handshakes }
    /// Complete POST requests with queries.
    package var queryPosts: Int { state.snapshot.queryPosts }
    /// Queries, all in all.
    package var queries: Int { state.snapshot.queries }
    /// The most queries that one post held.
    package var largestQueryPost: Int { state.snapshot.largestQueryPost }
    /// Posts that are done with: answered, or ended as their fault has it.
    package var finishedPosts: Int { state.snapshot.finished }
    /// Posts parked by a `hold` at this moment.
    package var held: Int { state.snapshot.held }
    /// Appointments created.
    package var createdCount: Int { state.snapshot.created }
    /// Appointments created whose customer, tech, start, end and service type had all been
    /// created before. Counted whatever `keepsAppointments` says.
    package var duplicates: Int { state.snapshot.duplicates }
    /// The most create requests that one post held.
    package var largestBatch: Int { state.snapshot.largestBatch }
    /// Posts whose credentials were right.
    package var authentications: Int { state.snapshot.authentications }
    /// Posts whose credentials were wrong or missing.
    package var failedAuthentications: Int { state.snapshot.failedAuthentications }
    /// The appointments, in the order of creation: the first `appointmentLimit` of them,
    /// none where `keepsAppointments` is false.
    package var created: [SandboxAppointment] { state.created }
    /// The last post's body, where `keepsRequests` is true. Holds the password.
    package var lastRequestBody: String? {
        state.lastRequestBody.map { String(decoding: $0, as: UTF8.self) }
    }
    /// The last post's request line and header fields, where `keepsRequests` is true.
    package var lastRequestHead: String? {
        state.lastRequestHead.map { String(decoding: $0, as: UTF8.self) }
    }
}

// MARK: - Acting while it runs

extension SandboxServer {
    /// Replaces what goes wrong from now on. Post numbers go on; `xN` counts start anew.
    package func setFaults(_ plan: FaultPlan) {
        state.setFaults(plan)
    }

    /// Lets every post go on that is parked by a `hold` at this moment.
    package func release() {
        state.release()
    }

    /// Blocks until so many requests have begun.
    @discardableResult
    package func waitForRequests(_ count: Int, timeout: Duration = .seconds(600)) -> Bool {
        state.wait(timeout) { $0.requests >= count }
    }

    /// Blocks until so many posts were read in full; false where they were not in time, or the server stopped.
    @discardableResult
    package func waitForPosts(_ count: Int, timeout: Duration = .seconds(600)) -> Bool {
        state.wait(timeout) { $0.posts >= count }
    }

    /// Blocks until so many posts are done with, answer and all.
    @discardableResult
    package func waitForFinishedPosts(_ count: Int, timeout: Duration = .seconds(600)) -> Bool {
        state.wait(timeout) { $0.finished >= count }
    }

    /// Blocks until so many posts are parked by a `hold` at once.
    @discardableResult
    package func waitForHeld(_ count: Int, timeout: Duration = .seconds(600)) -> Bool {
        state.wait(timeout) { $0.held >= count }
    }

    /// Blocks until so many appointments were created.
    @discardableResult
    package func waitForCreated(_ count: Int, timeout: Duration = .seconds(600)) -> Bool {
        state.wait(timeout) { $0.created >= count }
    }
}
