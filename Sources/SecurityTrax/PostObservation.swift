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

/// Why the transport gave no complete answer.
package struct TransportFailure: Sendable, Hashable {
    /// The kinds of failure that somebody downstream tells apart.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The host's name could not be resolved.
        case nameNotFound = "name-not-found"
        /// The host refused the connection or could not be reached.
        case connectionRefused = "connection-refused"
        /// Nobody answered the connection attempt or the TLS handshake in time.
        case connectTimeout = "connect-timeout"
        /// The TLS handshake failed.
        case tlsFailure = "tls-failure"
        /// The server's certificate is not trusted.
        case untrustedCertificate = "untrusted-certificate"
        /// The proxy refused or could not be reached.
        case proxyRefused = "proxy-refused"
        /// No complete answer in time.
        case timeout
        /// The connection was reset or broke.
        case reset
        /// The connection was closed without an answer.
        case emptyReply = "empty-reply"
        /// The answer ended before its announced length, or a chunk was broken.
        case truncated
        /// The answer was not HTTP.
        case notHTTP = "not-http"
        /// The answer was larger than the program's own limit.
        case tooLarge = "too-large"
        /// The answer was in a `Content-Encoding` that is not known, or not really in it.
        case undecodable
        /// The program gave the post up.
        case cancelled
        /// Anything else.
        case other
    }

    /// What went wrong.
    package var kind: Kind
    /// The transport's own code and words, safe to print: never a request's or an answer's content.
    package var message: String
    /// The answer's status, where its first line was read before it broke.
    package var status: Int?

    /// A failure of that kind.
    package init(_ kind: Kind, message: String, status: Int? = nil) {
        self.kind = kind
        self.message = message
        self.status = status
    }

    /// The message, bounded.
    var words: String {
        message.count <= 400 ? message : String(message.prefix(399)) + "…"
    }
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
