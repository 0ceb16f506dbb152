/// Finds for each request of a post the response that speaks of it, if there is one
/// that can be trusted.
struct AnswerMatching<Key: Hashable> {
    /// What was found for one request.
    enum Match {
        /// This response, and no other, speaks of the request.
        case response(ResponseDocument.Response)
        /// None does, or more than one, for that reason.
        case none(reason: String)
    }

    /// What requests and responses are called in a reason.
    struct Words: Sendable {
        var request: String
        var requests: String
        var responses: String
    }

    let document: ResponseDocument
    /// The types of the requests, which their responses repeat, in the order of the post.
    let sent: [String]
    /// What an echo of the request in that place is compared by: asked for only where there is an echo.
    let sentKey: (Int) -> Key
    let words: Words
    /// What a response's echo is compared by; nil where it has none, or none that can be read.
    let key: (ResponseDocument.Response) -> Key?

    /// A match for each request, in the order of the post.
    func matches() -> [Match] {
        let types = requestTypes
        let responses = document.responses.filter { types.contains($0.type) }
        let isExact = document.damage == nil && hasExactShape
        // By order, where there is no echo: the usual answer.
        if isExact, responses.allSatisfy({ $0.echo == nil }) { return responses.map { .response($0) } }

        // By order, where every echo that there is confirms it.
        let named = requestsNamed(by: responses)
        if isExact, zip(responses.indices, responses).allSatisfy({ $1.echo == nil || named[$0] == $0 }) {
            return responses.map { .response($0) }
        }

        // By echo alone: only a response whose echo names exactly one request, and
        // only a request that exactly one response names.
        var found: [[ResponseDocument.Response]] = Array(repeating: [], count: sent.count)
        for (response, request) in zip(responses, named) {
            if let request { found[request].append(response) }
        }
        let reason = document.damage?.words ?? doubt(responses, isExact: isExact)
        return found.map { responses in
            switch responses.count {
            case 0: .none(reason: reason)
            case 1: .response(responses[0])
            default: .none(reason: "the answer speaks of this \(words.request) more than once")
            }
        }
    }

    /// The types of what was sent: one, or two.
    private var requestTypes: [String] {
        var types: [String] = []
        for type in sent where !types.contains(type) { types.append(type) }
        return types
    }

    /// One auth response, first, and one response of the right type for each request, nothing else.
    private var hasExactShape: Bool {
        document.responses.count == sent.count + 1
            && document.responses.first?.type == RequestDocument.authenticationType
            && zip(document.responses.dropFirst(), sent).allSatisfy { $0.type == $1 }
    }

    /// The one request that each response's echo names, or nil.
    private func requestsNamed(by responses: [ResponseDocument.Response]) -> [Int?] {
        // Nil for a key that several requests have.
        var requests: [Key: Int?] = Dictionary(minimumCapacity: sent.count)
        for index in sent.indices {
            let key = sentKey(index)
            let known = requests.updateValue(index, forKey: key)
            if known != nil { requests.updateValue(nil, forKey: key) }
        }
        return responses.map { response in
            guard let key = key(response), case .some(.some(let index)) = requests[key],
                sent[index] == response.type
            else { return nil }
            return index
        }
    }

    private func doubt(_ responses: [ResponseDocument.Response], isExact: Bool) -> String {
        if responses.count != sent.count {
            return
                "the answer holds \(responses.count) \(words.responses) for \(sent.count) \(words.requests)"
        }
        if !isExact { return "the answer's responses are not those of the requests" }
        return "what the answer repeats of the requests does not match what was sent"
    }
}

extension AnswerMatching<EchoKey> {
    /// The matching of the answer to a batch of creates.
    init(_ document: ResponseDocument, sent: [Appointment]) {
        self.init(
            document: document,
            sent: sent.map { _ in RequestDocument.createType }, sentKey: { EchoKey(sent[$0]) },
            words: Words(request: "appointment", requests: "appointments", responses: "create responses"),
            key: { $0.echo.flatMap(EchoKey.init) })
    }
}
