/// What goes wrong with one post.
public enum FaultKind: String, Sendable, Hashable, CaseIterable {
    /// Any HTTP status; written as the number itself.
    case status
    /// The connection is closed without an answer.
    case close
    /// The connection is reset without an answer.
    case reset
    /// The connection is reset after the request's head, its body unread: no post is counted, so
    /// that `@3` hits every attempt to become the third one. `@customer` never holds.
    case resetEarly = "reset-early"
    /// No answer: for some seconds, or for ever.
    case stall
    /// The post is parked until `SandboxServer.release()`.
    case hold
    /// The first rows are created, then the connection is closed without an answer.
    case partial
    /// The answer ends inside its HTTP headers.
    case closeInHeaders = "close-in-headers"
    /// The answer ends before the length that it announced.
    case closeInBody = "close-in-body"
    /// The answer's second chunk has no readable size.
    case brokenChunk = "broken-chunk"
    /// The answer is complete and chunked: nothing is wrong with it.
    case chunked
    /// The answer arrives in small pieces.
    case drip
    /// The answer is not HTTP.
    case notHTTP = "not-http"
    /// A redirect.
    case redirect
    /// A good answer that promises to keep the connection, which is then closed at once.
    case closeIdle = "close-idle"
    /// A good answer, after which the connection is closed as the next request's first byte arrives.
    case closeNext = "close-next"
    /// 200 with a web page in the API's place: a login, a maintenance page, a captive portal.
    case loginPage = "login-page"
    /// 200 with an empty body.
    case empty
    /// 200 with a body that is no XML.
    case garbage
    /// 200 with a document that stops early, its Content-Length exact.
    case truncated
    /// Create responses are left out.
    case tooFew = "too-few"
    /// Create responses for customers that nobody asked about are added.
    case tooMany = "too-many"
    /// The last create response is replaced by a second one for the first row.
    case duplicate
    /// The create responses stand in another order.
    case shuffled
    /// Echoes name another customer.
    case echoMismatch = "echo-mismatch"
    /// Echoes name another time.
    case echoTimeMismatch = "echo-time-mismatch"
    /// There are no echoes.
    case noEcho = "no-echo"
    /// Create responses have no `success`.
    case missingSuccess = "missing-success"
    /// Create responses say `success="maybe"`.
    case maybe
    /// Create responses are of another type.
    case wrongType = "wrong-type"
    /// Creates are refused.
    case refused
    /// The answer has no word on the authentication.
    case noAuth = "no-auth"
    /// The authentication is refused.
    case authFailure = "auth-failure"
    /// The answer is padded to a size.
    case huge
    /// The answer brings a DOCTYPE with entities that multiply.
    case doctype
    /// The answer brings a DOCTYPE with an entity that names a file.
    case externalEntity = "external-entity"

    /// Whether the appointments are created where the fault does not say.
    var createsByDefault: Bool {
        switch self {
        case .status, .close, .reset, .resetEarly, .stall, .hold, .notHTTP, .redirect, .refused, .authFailure,
            .empty, .loginPage:
            false
        default: true
        }
    }

    /// Whether `before` and `after` may be said: for the others only one makes sense.
    var takesPlace: Bool {
        switch self {
        case .partial, .resetEarly, .refused, .drip, .chunked, .closeIdle, .closeNext: false
        default: true
        }
    }

    /// Whether it is a lie in an echo, and brings echoes with it.
    var isAboutEchoes: Bool { self == .echoMismatch || self == .echoTimeMismatch }

    /// The options that the kind knows, besides `before` and `after`.
    var options: [FaultOption] {
        switch self {
        case .status: [.retryAfter, .location, .authenticate, .body, .withDocument]
        case .stall: [.seconds]
        case .partial, .tooFew, .tooMany: [.rows]
        case .echoMismatch, .echoTimeMismatch, .missingSuccess, .maybe, .wrongType, .noEcho: [.rows]
        case .refused: [.rows, .body]
        case .authFailure: [.withCreates, .body]
        case .redirect: [.location, .port]
        case .loginPage: [.title, .body]
        case .huge, .closeInBody, .brokenChunk, .truncated: [.bytes]
        case .drip: [.bytes, .seconds]
        case .garbage: [.body]
        default: []
        }
    }
}
