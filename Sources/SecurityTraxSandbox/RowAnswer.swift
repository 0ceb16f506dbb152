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
    /// A customer in the echo other than the request's.
    var echoedCustomer: String?
    /// An end time in the echo other than the request's.
    var echoedEnd: String?
}
