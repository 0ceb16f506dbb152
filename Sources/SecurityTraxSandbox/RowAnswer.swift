/// One `response` of an answer, before the faults that shape it and before it is written.
struct RowAnswer {
    /// The request that it answers and echoes: an index into the document's requests.
    var request: Int
    /// The `success` attribute; nil leaves it out.
    var success: String?
    /// Why it was refused; nil where it was created.
    var reason: String?
    /// The appointment's ID, where one was created.
    var id = 0
    /// The `type` attribute; nil is the request's own.
    var type: String?
    /// Whether the echo follows.
    var echoes = true
    /// What a query is answered, where it is one.
    var data: QueryData?
    /// A customer in the echo other than the request's.
    var echoedCustomer: String?
    /// An end time in the echo other than the request's.
    var echoedEnd: String?
}

/// What the answer to a query holds.
enum QueryData {
    /// The IDs of the customers that a number belongs to, one element each.
    case ids([String])
    /// A customer's record.
    case customer(SandboxCustomer)
}

/// One response document before it is written.
struct ResponseDraft {
    /// The response to the auth block; nil leaves it out.
    var authentication: RowAnswer?
    /// The responses to the other requests.
    var rows: [RowAnswer]
    /// Whether each response repeats its request.
    var echoes: Bool
    /// What stands before the root element.
    var doctype: StaticString?
    /// A message before the responses, as markup.
    var message: String?

    /// Changes the responses that a fault's `rows` names, else those of which `byDefault` is true, by their
    /// numbers from 1.
    mutating func edit(
        _ fault: Fault, byDefault isHit: (Int) -> Bool = { _ in true }, _ change: (inout RowAnswer) -> Void
    ) {
        for index in rows.indices where fault.hits(row: index + 1, default: isHit(index + 1)) {
            change(&rows[index])
        }
    }
}
