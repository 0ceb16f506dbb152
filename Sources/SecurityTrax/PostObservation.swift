/// What the transport saw of one post, before anybody asks what it means.
package enum PostObservation: Sendable, Hashable {
    /// The request certainly never left: no byte of it was sent.
    case neverSent(TransportFailure)
    /// The request left, or may have, and no complete answer was read: an answer
    /// cut short by the transport counts here, whatever its status was.
    case unanswered(TransportFailure)
    /// A complete answer was read.
    case answered(HTTPAnswer)
}

/// One complete HTTP answer.
package struct HTTPAnswer: Sendable, Hashable {
    /// 100...599.
    package var status: Int
    /// The value of `Retry-After`, as sent.
    package var retryAfter: String?
    /// The value of `Location`, as sent; never followed.
    package var location: String?
    /// What `Content-Type` says of the body's encoding.
    package var charset: String?
    /// The value of `Date`, as sent.
    package var date: String?
    /// Until when the service's certificate is valid, in libcurl's words; nil where nobody asked for it.
    package var certificateEnd: String?
    /// The body, complete and decoded. Holds the password in clear where the service echoes
    /// the request: never log, store or print it.
    package var body: [UInt8]

    /// An answer.
    package init(
        status: Int, retryAfter: String? = nil, location: String? = nil, charset: String? = nil,
        date: String? = nil, certificateEnd: String? = nil, body: [UInt8]
    ) {
        self.date = date
        self.certificateEnd = certificateEnd
        self.status = status
        self.retryAfter = retryAfter
        self.location = location
        self.charset = charset
        self.body = body
    }
}
