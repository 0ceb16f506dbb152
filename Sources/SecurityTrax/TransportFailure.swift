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
        /// The proxy wants to know who asks, or refuses who does (407).
        case proxyLogin = "proxy-login"
        /// No complete answer in time.
        case timeout
        /// The connection was reset or broke.
        case reset
        /// The connection was closed without an answer.
        case emptyReply = "empty-reply"
        /// The answer ended before its announced length, or a chunk was broken.
        case truncated
        /// The answer says in several ways how long it is (RFC 9112, 6.3): which part of it is the answer can't be told.
        case misframed
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
    /// The transport's own code, for whoever has to look it up, safe to print: never a request's or an answer's content.
    package var message: String
    /// What is wrong with the service's certificate, where that is the reason.
    package var certificate: CertificateFault?
    /// The answer's status, where its first line was read before it broke.
    package var status: Int?

    /// A failure of that kind.
    package init(
        _ kind: Kind, message: String, certificate: CertificateFault? = nil, status: Int? = nil
    ) {
        self.kind = kind
        self.message = message
        self.certificate = certificate
        self.status = status
    }

    /// What would put it right, where that is known by the failure alone.
    package var fix: String? {
        switch kind {
        case .untrustedCertificate: (certificate ?? .unclear).fix
        case .proxyLogin: Self.proxyFix
        default: nil
        }
    }

    /// What a proxy wants that answers with 407.
    static let proxyFix =
        "put the proxy's user name and password into https_proxy (http://USER:PASSWORD@HOST:PORT), or correct them there; "
        + "no_proxy names hosts that are reached without it"

    /// Whether nothing was sent, and it stays so until somebody changes something.
    var isLasting: Bool { kind == .untrustedCertificate || kind == .proxyLogin }

    /// What went wrong in plain words, with the transport's own behind them.
    package var words: String {
        let own = message.count <= 200 ? message : String(message.prefix(199)) + "…"
        return sentence + (own.isEmpty ? "" : " (\(own))")
    }

    private var sentence: String {
        switch kind {
        case .nameNotFound: "the host's name is not known to this machine"
        case .connectionRefused: "the host refuses connections, or can't be reached from here"
        case .connectTimeout: "nobody took the connection, or began to encrypt it, in time"
        case .tlsFailure: "this machine and the host agree on no encryption, TLS 1.2 or later"
        case .untrustedCertificate: (certificate ?? .unclear).sentence
        case .proxyRefused: "the proxy (https_proxy) can't be reached, or refused the connection"
        case .proxyLogin:
            "the proxy (https_proxy) wants a user name and a password, or refuses those it got (407)"
        case .timeout: "the time for it (--timeout) ran out"
        case .reset: "the connection broke"
        case .emptyReply: "the connection was closed without one"
        case .truncated: "it broke off before its end"
        case .misframed: "it says in more than one way how long it is"
        case .notHTTP: "what answers there is no web server"
        case .tooLarge: "it was larger than any answer of SecurityTrax"
        case .undecodable: "it is compressed in a way that can't be undone"
        case .cancelled: "the run was ended before"
        case .other: "the connection failed"
        }
    }
}
