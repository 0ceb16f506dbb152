/// One thing that goes wrong, and with which posts.
///
/// Its text, as `--fault` takes it:
///
///     fault    = kind [":" option *("," option)] *selector
///     kind     = a status (100...599) | a name of `FaultKind`
///     option   = "before" | "after" | name ["=" value]
///     selector = "@" post | "@" first "-" [last] | "@every=" n | "@share=" 0...1 | "@seed=" n
///              | "@customer=" id | "@reused" | "@handshake" | ["@"] "x" times
///
/// `before` and `after` say whether the fault strikes before anything is created
/// or after. Selectors add up: a post is hit where all of them hold; without one,
/// every post is. Posts are numbered by those that hold creates; a handshake (an auth
/// block alone) is hit by `@handshake`, and by a fault that strikes `before` and names
/// neither a number, a share nor a customer. White space may stand before a selector. In a value `%XX` stands
/// for any byte; `%`, `,`, `@` and white space have to be written so. `rows` takes a count
/// where rows are left out, added or created, else row numbers from 1 with `/` between them.
///
///     503:retry-after=2@3        the third post is answered 503 with Retry-After: 2
///     close:after x3             three posts are created, then the connection closes
///     400@customer=9004          400 for every post that holds customer 9004
///     stall:after@share=0.1      a tenth of the posts is created and never answered
///     login-page                 everything is answered by a web page with status 200
///     503@handshake x2           two handshakes are answered 503
public struct Fault: Sendable, Hashable {
    /// What goes wrong.
    public var kind: FaultKind
    /// The HTTP status, for `.status`.
    public var status: Int?
    /// Whether the appointments are created (`after`) or not (`before`); nil is the kind's own default.
    public var creates: Bool?
    /// The value of a `Retry-After` header.
    public var retryAfter: String?
    /// The value of a `Location` header.
    public var location: String?
    /// The value of a `WWW-Authenticate` header.
    public var authenticate: String?
    /// The answer's body, or the reason of a refusal.
    public var body: String?
    /// How long it takes, in seconds: a stall (nil is for ever), or the pause between drops.
    public var seconds: Double?
    /// A count of rows (`partial`, `tooFew`, `tooMany`: one element), else row numbers from 1; nil is
    /// the kind's own default.
    public var rows: [Int]?
    /// The size of a huge answer, of a drop, or of what is sent before it breaks off, in bytes.
    public var bytes: Int?
    /// The port that a redirect names.
    public var port: Int?
    /// The title of a web page.
    public var title: String?
    /// Whether a refused authentication is followed by create responses.
    public var withCreates: Bool
    /// Whether a status comes with the response document as its body.
    public var withDocument: Bool
    /// Which posts are hit.
    public var selector: FaultSelector

    /// A fault.
    public init(
        _ kind: FaultKind, status: Int? = nil, creates: Bool? = nil, retryAfter: String? = nil,
        location: String? = nil, authenticate: String? = nil, body: String? = nil, seconds: Double? = nil,
        rows: [Int]? = nil, bytes: Int? = nil, port: Int? = nil, title: String? = nil,
        withCreates: Bool = false,
        withDocument: Bool = false,
        selector: FaultSelector = FaultSelector()
    ) {
        self.kind = kind
        self.status = status
        self.creates = creates
        self.retryAfter = retryAfter
        self.location = location
        self.authenticate = authenticate
        self.body = body
        self.seconds = seconds
        self.rows = rows
        self.bytes = bytes
        self.port = port
        self.title = title
        self.withCreates = withCreates
        self.withDocument = withDocument
        self.selector = selector
    }

    /// An HTTP status as the answer.
    public static func status(
        _ status: Int, creates: Bool = false, retryAfter: String? = nil,
        selector: FaultSelector = FaultSelector()
    ) -> Fault {
        Fault(.status, status: status, creates: creates, retryAfter: retryAfter, selector: selector)
    }

    /// Whether the appointments of a post that is hit are created.
    public var createsAppointments: Bool {
        creates ?? kind.createsByDefault
    }

    /// Whether it can strike a post of that kind. What strikes after the creation, or shapes the answers
    /// to creates, has nothing to do with a handshake.
    func concerns(handshake: Bool) -> Bool {
        if selector.handshakes { return handshake }
        return !handshake || !selector.choosesCreates && !createsAppointments && kind != .refused
    }

    /// A count given as `rows=`, or the default for it.
    var rowCount: Int { rows?.first ?? 1 }

    /// Whether a per-row fault hits a row, numbered from 1.
    func hits(row: Int, default fallback: Bool) -> Bool {
        rows.map { $0.contains(row) } ?? fallback
    }
}
