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

    /// Serves until the connection ends. The descriptor stays open; its owner closes it.
    mutating func serve() {
        while reader.waitForRequest() {
            state.beginRequest()
            if closesOnNext { return }
            do throws(HTTPRequestDefect) {
                guard let (head, bytes) = try reader.head() else { return }
                if SandboxServer.paths.contains(head.path),
                    let fault = state.beginHead(onReused: answered > 0)
                {
                    var delivery = delivery(fault, path: head.path, keepAlive: false)
                    _ = run(&delivery)
                    return
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
    ) -> ConnectionEnding {
        guard SandboxServer.paths.contains(head.path) else {
            return send(HTTPAnswerWriter.text(404, "nothing is here", keepAlive: keepAlive)) ? .keep : .close
        }
        guard head.method == "POST" else {
            let answer = HTTPAnswerWriter.text(
                405, "only POST is taken here", keepAlive: keepAlive, fields: [("Allow", "POST")])
            return send(answer) ? .keep : .close
        }
        let reading = Result { () throws(RequestDefect) in try RequestReader.read(body) }
        let content = try? reading.get()
        let kind: PostKind =
            content?.isHandshake == true ? .handshake : head.path == SandboxServer.path ? .creates : .queries
        let (number, fault) = state.beginPost(
            head: headBytes, body: body,
            rows: content?.requests.count { $0.isOperation(in: content) } ?? 0, kind: kind,
            onReused: answered > 0,
            holds: { customer in content?.requests.contains { $0.isFor(customer, in: content) } ?? false })
        let ending = answerPost(
            reading, kind: kind, number: number, fault: fault, path: head.path, keepAlive: keepAlive)
        state.finishPost(kind)
        return ending
    }

    // MARK: A post

    private mutating func answerPost(
        _ reading: Result<RequestContent, RequestDefect>, kind: PostKind, number: Int, fault: Fault?,
        path: String, keepAlive: Bool
    ) -> ConnectionEnding {
        if let fault, !fault.createsAppointments {
            var delivery = delivery(fault, path: path, keepAlive: keepAlive)
            if case .wait(let wait) = fault.kind.what, !wait(delivery) { return .close }
            // Stopping is a power cut: what was not created by now never is.
            if state.hasStopped { return .close }
            if case .answer = fault.kind.what, !fault.has(.withDocument) {
                pause()
                return run(&delivery)
            }
        }
        let document: [UInt8]
        switch reading {
        case .failure(let defect):
            return finish(400, defect.reason, keepAlive: keepAlive)
        case .success(let content):
            guard
                content.requests.dropFirst().allSatisfy({ !content.matches($0.type, RequestRules.authType) })
            else {
                return finish(400, "more than one authentication", keepAlive: keepAlive)
            }
            let rows = content.requests.count { $0.isOperation(in: content) }
            if let maximum = state.configuration.maximumBatch, rows > maximum {
                return finish(413, "more than \(maximum) appointments in one post", keepAlive: keepAlive)
            }
            document = SandboxAnswer(content: content, kind: kind, post: number, fault: fault, state: state)
                .document()
        }
        pause()
        guard let fault else {
            return send(HTTPAnswerWriter.xml(document, keepAlive: keepAlive)) ? .keep : .close
        }
        var delivery = delivery(fault, document: document, path: path, keepAlive: keepAlive)
        return run(&delivery)
    }

    private func finish(_ status: Int, _ reason: String, keepAlive: Bool) -> ConnectionEnding {
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

    // MARK: Faults on the wire

    private func delivery(
        _ fault: Fault, document: [UInt8] = [], path: String, keepAlive: Bool
    ) -> FaultDelivery {
        FaultDelivery(
            fault: fault, document: document, keepAlive: keepAlive, path: path, descriptor: descriptor,
            state: state)
    }

    /// Answers as the fault has it.
    private mutating func run(_ delivery: inout FaultDelivery) -> ConnectionEnding {
        let ending: ConnectionEnding
        switch delivery.fault.kind.what {
        case .answer(let send), .delivery(let send), .partialCreation(let send): ending = send(&delivery)
        case .wait(let wait) where delivery.fault.createsAppointments && !wait(delivery): ending = .close
        case .wait, .document, .refusal: ending = delivery.answer(document: delivery.document)
        }
        closesOnNext = delivery.closesOnNext
        return ending
    }
}

extension RequestContent {
    /// Whether it is an auth block and nothing else.
    var isHandshake: Bool {
        requests.count == 1 && requests.allSatisfy { matches($0.type, RequestRules.authType) }
    }
}

extension RequestContent.Request {
    /// Whether it asks for anything but the authentication.
    func isOperation(in content: RequestContent?) -> Bool {
        content?.matches(type, RequestRules.authType) == false
    }

    /// Whether it names a customer, or asks for that number.
    fileprivate func isFor(_ customer: String, in content: RequestContent?) -> Bool {
        guard let content, isOperation(in: content) else { return false }
        return content.attributes[attributes].contains {
            (content.matches($0.name, "SecurityTraxUniqueID") || content.matches($0.name, "ID"))
                && content.text($0.value) == customer
        }
    }
}
