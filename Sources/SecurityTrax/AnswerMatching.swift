/// Finds for each row of a batch the response that speaks of it, if there is one
/// that can be trusted.
struct AnswerMatching {
    /// What was found for one row.
    enum Match {
        /// This response, and no other, speaks of the row.
        case response(ResponseDocument.Response)
        /// None does, or more than one, for that reason.
        case none(reason: String)
    }

    private let document: ResponseDocument
    private let sent: [Appointment]

    init(_ document: ResponseDocument, sent: [Appointment]) {
        self.document = document
        self.sent = sent
    }

    /// A match for each row, in the batch's order.
    func matches() -> [Match] {
        let creates = document.responses.filter { $0.type == RequestDocument.createType }
        let named = rowsNamed(by: creates)
        let isExact = document.damage == nil && hasExactShape

        // By order, where every echo that there is confirms it.
        if isExact, zip(creates.indices, creates).allSatisfy({ $1.echo == nil || named[$0] == $0 }) {
            return creates.map { .response($0) }
        }

        // By echo alone: only a response whose echo names exactly one row, and
        // only a row that exactly one response names.
        var found: [[ResponseDocument.Response]] = Array(repeating: [], count: sent.count)
        for (response, row) in zip(creates, named) {
            if let row { found[row].append(response) }
        }
        let reason = document.damage ?? doubt(creates, named: named, isExact: isExact)
        return found.map { responses in
            switch responses.count {
            case 0: .none(reason: reason)
            case 1: .response(responses[0])
            default: .none(reason: "the answer speaks of this appointment more than once")
            }
        }
    }

    /// One auth response, first, and one create response for each row, nothing else.
    private var hasExactShape: Bool {
        document.responses.count == sent.count + 1
            && document.responses.first?.type == RequestDocument.authenticationType
            && document.responses.dropFirst().allSatisfy { $0.type == RequestDocument.createType }
    }

    /// The one row that each response's echo names, or nil.
    private func rowsNamed(by creates: [ResponseDocument.Response]) -> [Int?] {
        var rows: [EchoKey: [Int]] = [:]
        for (index, appointment) in sent.enumerated() {
            rows[EchoKey(appointment), default: []].append(index)
        }
        return creates.map { response in
            guard let echo = response.echo, let key = EchoKey(echo), let indices = rows[key],
                indices.count == 1
            else { return nil }
            return indices[0]
        }
    }

    private func doubt(
        _ creates: [ResponseDocument.Response], named: [Int?], isExact: Bool
    ) -> String {
        if creates.count != sent.count {
            return "the answer holds \(creates.count) create responses for \(sent.count) appointments"
        }
        if !isExact { return "the answer's responses are not those of the requests" }
        return "what the answer repeats of the requests does not match what was sent"
    }
}
