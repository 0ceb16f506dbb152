/// How one answer leaves, in the hands of a fault.
struct FaultDelivery {
    /// What goes wrong.
    let fault: Fault
    /// The response document; empty where nobody looked at the post.
    let document: [UInt8]
    /// Whether the connection may stay open.
    let keepAlive: Bool
    /// The path that the post was sent to.
    let path: String
    let descriptor: Int32
    let state: SandboxState
    /// Whether the connection ends as the next request arrives.
    var closesOnNext = false

    /// Sends bytes; false where the client is gone.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        Socket.sendAll(descriptor, bytes)
    }

    /// Sends a whole answer.
    func answer(_ bytes: [UInt8]) -> ConnectionEnding { send(bytes) ? .keep : .close }

    /// Sends 200 with a document.
    func answer(document: [UInt8]) -> ConnectionEnding {
        answer(HTTPAnswerWriter.xml(document, keepAlive: keepAlive))
    }

    /// As many bytes of the document as the fault says, else that share of it.
    func part(_ share: Double) -> ArraySlice<UInt8> {
        document.prefix(fault.whole(.bytes) ?? Int(Double(document.count) * share))
    }
}

/// What becomes of a connection after a request.
enum ConnectionEnding {
    case keep
    case close
}
