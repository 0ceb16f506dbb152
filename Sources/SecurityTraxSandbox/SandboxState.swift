import SystemFiles
import SecurityTrax

/// What all threads of a server share: the counts, the appointments, and the waits.
///
/// `@unchecked Sendable`: every variable is read and written under `condition`'s lock only.
final class SandboxState: @unchecked Sendable {
    /// The counts that `SandboxServer` shows.
    struct Counts {
        var connections = 0
        var requests = 0
        var posts = 0
        var handshakes = 0
        var queryPosts = 0
        var queries = 0
        var finished = 0
        var authentications = 0
        var failedAuthentications = 0
        var created = 0
        var duplicates = 0
        var largestBatch = 0
        var largestQueryPost = 0
        var held = 0
    }

    let configuration: SandboxConfiguration
    private let condition = Condition()
    private var counts = Counts()
    private var appointments: [SandboxAppointment] = []
    private var fingerprints: Set<UInt64> = []
    /// The times of technicians that are taken, in minutes, where a fault asks for it.
    private var slots: [String: [Range<Int32>]] = [:]
    private var faults: [Fault]
    private var hits: [Int]
    private var lastHead: [UInt8]?
    private var lastBody: [UInt8]?
    private var releases = 0
    private var isStopping = false
    private var openConnections: Set<Int32> = []
    private var workers = 0
    private var idleWorkers = 0
    private var log: Int32 = -1

    init(_ configuration: SandboxConfiguration) throws(SandboxError) {
        self.configuration = configuration
        faults = configuration.faults.faults
        hits = Array(repeating: 0, count: faults.count)
        if let path = configuration.logFile {
            log = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            if log < 0 { throw .cannotOpenLog(path: path, reason: SystemError.last.reason) }
        }
    }

    deinit {
        if log >= 0 { Self.closeCall(log) }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }

    // MARK: What is shown

    var snapshot: Counts { locked { counts } }
    var created: [SandboxAppointment] { locked { appointments } }
    var lastRequestHead: [UInt8]? { locked { lastHead } }
    var lastRequestBody: [UInt8]? { locked { lastBody } }

    func setFaults(_ plan: FaultPlan) {
        locked {
            faults = plan.faults
            hits = Array(repeating: 0, count: faults.count)
        }
    }

    // MARK: One post

    /// Counts a request that has begun.
    func beginRequest() {
        locked {
            counts.requests += 1
            condition.broadcast()
        }
    }

    /// What goes wrong with the post that begins, before its body is read.
    func beginHead(onReused: Bool) -> Fault? {
        locked {
            for (index, fault) in faults.enumerated()
            where fault.kind.when.isHead && hits[index] < fault.selector.times ?? Int.max
                && fault.selector.matches(post: counts.posts + 1, reused: onReused, holds: { _ in false })
            {
                hits[index] += 1
                return fault
            }
            return nil
        }
    }

    /// Counts a post whose body was read, and finds what goes wrong with it.
    func beginPost(
        head: [UInt8], body: [UInt8], rows: Int, kind: PostKind, onReused: Bool, holds: (String) -> Bool
    ) -> (number: Int, fault: Fault?) {
        locked {
            let number: Int
            switch kind {
            case .creates:
                counts.posts += 1
                counts.largestBatch = max(counts.largestBatch, rows)
                number = counts.posts
            case .handshake:
                counts.handshakes += 1
                number = counts.handshakes
            case .queries:
                counts.queryPosts += 1
                counts.queries += rows
                counts.largestQueryPost = max(counts.largestQueryPost, rows)
                number = counts.queryPosts
            }
            if configuration.keepsRequests {
                lastHead = head
                lastBody = body
            }
            condition.broadcast()
            for (index, fault) in faults.enumerated()
            where !fault.kind.when.isHead && hits[index] < fault.selector.times ?? Int.max
                && fault.concerns(kind)
                && fault.selector.matches(post: number, reused: onReused, holds: holds)
            {
                hits[index] += 1
                return (number, fault)
            }
            return (number, nil)
        }
    }

    /// Counts a post whose answer was sent, or that ended otherwise.
    func finishPost(_ kind: PostKind) {
        locked {
            if kind == .creates { counts.finished += 1 }
            condition.broadcast()
        }
    }

    func countAuthentication(_ succeeded: Bool) {
        locked {
            if succeeded { counts.authentications += 1 } else { counts.failedAuthentications += 1 }
        }
    }

    /// Creates appointments of these requests; returns the first one's ID, the rest follow it.
    func create(_ requests: [RequestContent.Request], in content: RequestContent, post: Int) -> Int {
        let prints = requests.map { Self.fingerprint(of: $0, in: content) }
        return locked {
            let first = counts.created + 1
            counts.created += requests.count
            for print in prints where !fingerprints.insert(print).inserted { counts.duplicates += 1 }
            if configuration.keepsAppointments {
                let room = configuration.appointmentLimit - appointments.count
                for (offset, request) in requests.prefix(max(0, room)).enumerated() {
                    appointments.append(
                        Self.appointment(request, in: content, id: first + offset, post: post))
                }
            }
            if log >= 0 { write(requests, in: content, post: post) }
            condition.broadcast()
            return first
        }
    }

    /// Takes a technician's time, in minutes; false where some of it is taken.
    func takeSlot(_ slot: Range<Int32>, of tech: String) -> Bool {
        locked {
            guard !slots[tech, default: []].contains(where: { $0.overlaps(slot) }) else { return false }
            slots[tech, default: []].append(slot)
            return true
        }
    }

    private static func appointment(
        _ request: RequestContent.Request, in content: RequestContent, id: Int, post: Int
    ) -> SandboxAppointment {
        SandboxAppointment(
            id: id, post: post,
            values: AppointmentField.allCases.map { field in
                content.text(content.attributes[request.attributes.lowerBound + field.rawValue].value)
            })
    }

    /// The fields that make two appointments the same visit.
    private static let identity = AppointmentField.allCases.prefix(5)

    private static func fingerprint(of request: RequestContent.Request, in content: RequestContent) -> UInt64
    {
        content.bytes.withUnsafeBufferPointer { bytes in
            var print = Fingerprint()
            for field in identity {
                print.add(bytes[content.attributes[request.attributes.lowerBound + field.rawValue].value])
            }
            return print.value
        }
    }

    private func write(_ requests: [RequestContent.Request], in content: RequestContent, post: Int) {
        var lines: [UInt8] = []
        for request in requests {
            lines.append(contentsOf: String(post).utf8)
            for field in Self.identity {
                lines.append(9)
                let value = content.attributes[request.attributes.lowerBound + field.rawValue].value
                lines.append(contentsOf: content.bytes[value])
            }
            lines.append(10)
        }
        var rest = lines[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.writeCall(log, $0) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    private static func writeCall(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        SystemFiles.write(descriptor, bytes.baseAddress, bytes.count)
    }

    // MARK: Waits

    /// Sleeps, but no longer than the server lives.
    func sleep(_ duration: Duration) {
        let end = Date(timeIntervalSinceNow: duration / .seconds(1))
        locked {
            while !isStopping, Date() < end { _ = condition.wait(atMost: end.timeIntervalSinceNow) }
        }
    }

    /// Parks the caller until the next `release()` or the server's end.
    func park() {
        locked {
            counts.held += 1
            condition.broadcast()
            let seen = releases
            while !isStopping, releases == seen { condition.wait() }
            counts.held -= 1
            condition.broadcast()
        }
    }

    func release() {
        locked {
            releases += 1
            condition.broadcast()
        }
    }

    /// Waits until the counts satisfy a condition; false where they did not in time, or the server ended.
    func wait(_ timeout: Duration, until isDone: (Counts) -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: timeout / .seconds(1))
        return locked {
            while !isDone(counts), !isStopping, Date() < end {
                _ = condition.wait(atMost: end.timeIntervalSinceNow)
            }
            return isDone(counts)
        }
    }

    var hasStopped: Bool { locked { isStopping } }

    // MARK: Connections and threads

    /// Takes note of a connection; false where the server is stopping.
    func register(_ descriptor: Int32) -> Bool {
        locked {
            guard !isStopping else { return false }
            counts.connections += 1
            openConnections.insert(descriptor)
            return true
        }
    }

    /// Closes a connection. Under the lock, so that `stop` never touches a number that was given out anew.
    func close(_ descriptor: Int32) {
        locked {
            openConnections.remove(descriptor)
            Self.closeCall(descriptor)
        }
    }

    private static func closeCall(_ descriptor: Int32) {
        _ = SystemFiles.close(descriptor)
    }

    /// Counts a worker in that will wait for a connection; false where there are enough.
    func addWorker() -> Bool {
        locked {
            guard !isStopping, idleWorkers == 0, workers < 512 else { return false }
            workers += 1
            idleWorkers += 1
            return true
        }
    }

    /// An idle worker took a connection.
    func workerIsBusy() {
        locked { idleWorkers -= 1 }
    }

    /// A worker is done with its connection; false where it should end.
    func workerIsIdle() -> Bool {
        locked {
            guard !isStopping, idleWorkers < 8 else { return false }
            idleWorkers += 1
            return true
        }
    }

    /// A worker ends.
    func removeWorker(idle: Bool) {
        locked {
            workers -= 1
            if idle { idleWorkers -= 1 }
            condition.broadcast()
        }
    }

    /// Ends every wait and every connection; false where that was done before.
    func beginStop(listener: Int32) -> Bool {
        locked {
            guard !isStopping else { return false }
            isStopping = true
            // The door first: whoever is turned out below and comes back at once is refused,
            // not taken in by the kernel and dropped.
            Socket.shutdownBoth(listener)
            for descriptor in openConnections { Socket.shutdownBoth(descriptor) }
            condition.broadcast()
            return true
        }
    }

    /// Waits for the last worker.
    func join() {
        locked {
            while workers > 0 { condition.wait() }
        }
    }
}
