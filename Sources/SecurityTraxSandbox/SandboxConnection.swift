/// One connection: reads requests, answers them, and ends as faults have it.
struct SandboxConnection {
    let descriptor: Int32
    let port: Int
    let state: SandboxState
    private var reader: HTTPRequestReader
    private var answered = 0
    private var closesOnNext = false

    init(_ descriptor: Int32, port: Int, state: SandboxState) {
        self.descriptor = descriptor
        self.port = port
        self.state = state
        reader = HTTPRequestReader(descriptor, bodyLimit: state.configuration.maximumRequestBytes)
    }

    /// What becomes of the connection after a request.
    enum Ending {
        case keep
        case close
    }

    /// Serves until the connection ends. The descriptor stays open; its owner closes it.
    mutating func serve() {
        while reader.waitForRequest() {
            state.beginRequest()
            if closesOnNext { return }
            do throws(HTTPRequestDefect) {
                guard let (head, bytes) = try reader.head() else { return }
                if head.path == SandboxServer.path, state.resetsEarly(onReused: answered > 0) {
                    return Socket.resetOnClose(descriptor)
                }
                guard let body = try reader.body(of: head) else { return }
                let keeps = state.configuration.keepAlive && head.keepsAlive
                guard answer(head, headBytes: bytes, body: body, keepAlive: keeps) == .keep, keeps else {
                    return
                }
                answered += 1
            } catch {
                send(HTTPAnswerWriter.text(error.status, error.reason, keepAlive: false))
                Socket.shutdownSending(descriptor)
                reader.drain()
                return
            }
        }
    }

    /// Sends bytes; false where the client is gone.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        Socket.sendAll(descriptor, bytes)
    }

    private mutating func answer(
        _ head: HTTPRequestHead, headBytes: [UInt8], body: [UInt8], keepAlive: Bool
    ) -> Ending {
        guard head.path == SandboxServer.path else {
            return send(HTTPAnswerWriter.text(404, "nothing is here", keepAlive: keepAlive)) ? .keep : .close
        }
        guard head.method == "POST" else {
            let answer = HTTPAnswerWriter.text(
                405, "only POST is taken here", keepAlive: keepAlive, fields: [("Allow", "POST")])
            return send(answer) ? .keep : .close
        }
        let reading = Result { () throws(RequestDefect) in try RequestReader.read(body) }
        let content = try? reading.get()
        let isHandshake = content?.isHandshake ?? false
        let (number, fault) = state.beginPost(
            head: headBytes, body: body,
            rows: content?.requests.count { $0.isCreate(in: content) } ?? 0, isHandshake: isHandshake,
            onReused: answered > 0,
            holds: { customer in content?.requests.contains { $0.isFor(customer, in: content) } ?? false })
        let ending = answerPost(reading, number: number, fault: fault, keepAlive: keepAlive)
        state.finishPost(isHandshake: isHandshake)
        return ending
    }

    // MARK: A post

    private mutating func answerPost(
        _ reading: Result<RequestContent, RequestDefect>, number: Int, fault: Fault?, keepAlive: Bool
    ) -> Ending {
        if let fault, !fault.createsAppointments {
            if fault.kind == .hold { state.park() }
            if fault.kind == .stall { stall(fault) }
            // Stopping is a power cut: what was not created by now never is.
            if state.hasStopped { return .close }
            if fault.endsBeforeCreating { return misbehave(fault, keepAlive: keepAlive) }
        }
        var document: [UInt8]
        switch reading {
        case .failure(let defect):
            return finish(400, defect.reason, keepAlive: keepAlive)
        case .success(let content):
            guard
                content.requests.dropFirst().allSatisfy({ !content.matches($0.type, RequestRules.authType) })
            else {
                return finish(400, "more than one authentication", keepAlive: keepAlive)
            }
            let rows = content.requests.count { $0.isCreate(in: content) }
            if let maximum = state.configuration.maximumBatch, rows > maximum {
                return finish(413, "more than \(maximum) appointments in one post", keepAlive: keepAlive)
            }
            document = SandboxAnswer(content, post: number, fault: fault, state: state).document()
        }
        pause()
        guard let fault else {
            return send(HTTPAnswerWriter.xml(document, keepAlive: keepAlive)) ? .keep : .close
        }
        return misbehave(fault, document: &document, keepAlive: keepAlive)
    }

    private func finish(_ status: Int, _ reason: String, keepAlive: Bool) -> Ending {
        pause()
        return send(HTTPAnswerWriter.text(status, reason, keepAlive: keepAlive)) ? .keep : .close
    }

    /// The latency that was asked for.
    private func pause() {
        let jitter = state.configuration.jitter
        let latency =
            state.configuration.latency + (jitter > .zero ? jitter * Double.random(in: 0...1) : .zero)
        if latency > .zero { state.sleep(latency) }
    }

    /// Waits as long as a stall has it, or until the client gives up or the server stops.
    private func stall(_ fault: Fault) {
        if let seconds = fault.seconds { return state.sleep(.seconds(seconds)) }
        while !state.hasStopped, !Socket.isGone(descriptor, within: 60_000) {}
    }

    // MARK: Faults on the wire

    /// A fault that strikes before anything is created.
    private mutating func misbehave(_ fault: Fault, keepAlive: Bool) -> Ending {
        pause()
        var document: [UInt8] = []
        return misbehave(fault, document: &document, keepAlive: keepAlive)
    }

    private mutating func misbehave(_ fault: Fault, document: inout [UInt8], keepAlive: Bool) -> Ending {
        func answer(_ bytes: [UInt8]) -> Ending { send(bytes) ? .keep : .close }
        switch fault.kind {
        case .status:
            let body = fault.withDocument ? document : nil
            return answer(HTTPAnswerWriter.status(fault, document: body, keepAlive: keepAlive))
        case .redirect:
            var redirect = fault
            redirect.status = 302
            redirect.location = fault.location ?? "http://127.0.0.1:\(fault.port ?? 9)\(SandboxServer.path)"
            return answer(HTTPAnswerWriter.status(redirect, document: nil, keepAlive: keepAlive))
        case .close, .partial:
            return .close
        case .reset, .resetEarly:
            Socket.resetOnClose(descriptor)
            return .close
        case .stall:
            if fault.createsAppointments { stall(fault) }
            guard fault.seconds != nil else { return .close }
            return answer(HTTPAnswerWriter.xml(document, keepAlive: keepAlive))
        case .hold:
            if fault.createsAppointments { state.park() }
            return answer(HTTPAnswerWriter.xml(document, keepAlive: keepAlive))
        case .notHTTP:
            send(Array("220 mail.example.com ESMTP ready\r\n".utf8))
            return .close
        case .closeInHeaders:
            send(Array("HTTP/1.1 200 OK\r\nContent-Type: text/xml; char".utf8))
            return .close
        case .closeInBody:
            send(HTTPAnswerWriter.head(200, length: document.count, keepAlive: keepAlive))
            send(document.prefix(fault.bytes ?? document.count / 2))
            return .close
        case .brokenChunk:
            send(HTTPAnswerWriter.head(200, length: nil, keepAlive: keepAlive))
            let part = document.prefix(fault.bytes ?? document.count / 2)
            send(HTTPAnswerWriter.chunk(part) + Array("zz\r\n".utf8))
            return .close
        case .chunked:
            send(HTTPAnswerWriter.head(200, length: nil, keepAlive: keepAlive))
            let middle = document.count / 2
            return answer(
                HTTPAnswerWriter.chunk(document.prefix(middle))
                    + HTTPAnswerWriter.chunk(document.dropFirst(middle))
                    + HTTPAnswerWriter.chunk([]))
        case .drip:
            var rest = HTTPAnswerWriter.xml(document, keepAlive: keepAlive)[...]
            while !rest.isEmpty {
                guard !state.hasStopped, send(rest.prefix(fault.bytes ?? 1)) else { return .close }
                rest = rest.dropFirst(fault.bytes ?? 1)
                state.sleep(.seconds(fault.seconds ?? 0.001))
            }
            return .keep
        case .closeIdle:
            send(HTTPAnswerWriter.xml(document, keepAlive: true))
            return .close
        case .closeNext:
            closesOnNext = true
            return answer(HTTPAnswerWriter.xml(document, keepAlive: true))
        case .loginPage:
            return answer(HTTPAnswerWriter.page(fault, keepAlive: keepAlive))
        case .empty:
            return answer(HTTPAnswerWriter.xml([], keepAlive: keepAlive))
        case .garbage:
            let body = fault.body ?? "<<<< PHP Warning: this is not the document you are looking for"
            return answer(HTTPAnswerWriter.xml(Array(body.utf8), keepAlive: keepAlive))
        case .truncated:
            let cut = Array(document.prefix(fault.bytes ?? document.count * 2 / 3))
            return answer(HTTPAnswerWriter.xml(cut, keepAlive: keepAlive))
        case .huge:
            return sendHuge(
                document, size: max(fault.bytes ?? 64 << 20, document.count), keepAlive: keepAlive)
        case .tooFew, .tooMany, .duplicate, .shuffled, .echoMismatch, .echoTimeMismatch, .noEcho,
            .missingSuccess, .maybe, .wrongType, .refused, .noAuth, .authFailure, .doctype, .externalEntity:
            return answer(HTTPAnswerWriter.xml(document, keepAlive: keepAlive))
        }
    }

    /// The document, then white space up to a size: well-formed, and never held in memory.
    private func sendHuge(_ document: [UInt8], size: Int, keepAlive: Bool) -> Ending {
        send(HTTPAnswerWriter.head(200, length: size, keepAlive: keepAlive))
        guard send(document) else { return .close }
        let blank = [UInt8](repeating: 32, count: 64 << 10)
        var missing = size - document.count
        while missing > 0 {
            guard send(blank.prefix(missing)) else { return .close }
            missing -= min(missing, blank.count)
        }
        return .keep
    }
}

extension Fault {
    /// Whether the post ends with the fault itself, and nobody looks at what it holds. A stall with an
    /// end, a hold and faults of the document go on.
    fileprivate var endsBeforeCreating: Bool {
        switch kind {
        case .hold, .refused, .authFailure: false
        case .stall: seconds == nil
        case .status: !withDocument
        case .close, .reset, .notHTTP, .redirect, .loginPage, .empty, .closeInHeaders, .garbage: true
        default: false
        }
    }
}

extension RequestContent {
    /// Whether it is an auth block and nothing else.
    var isHandshake: Bool {
        requests.count == 1 && requests.allSatisfy { matches($0.type, RequestRules.authType) }
    }
}

extension RequestContent.Request {
    /// Whether it asks for an appointment, or for anything but the authentication.
    func isCreate(in content: RequestContent?) -> Bool {
        content?.matches(type, RequestRules.authType) == false
    }

    /// Whether it names a customer.
    fileprivate func isFor(_ customer: String, in content: RequestContent?) -> Bool {
        guard let content, isCreate(in: content) else { return false }
        return content.attributes[attributes].contains {
            content.matches($0.name, "SecurityTraxUniqueID") && content.text($0.value) == customer
        }
    }
}
