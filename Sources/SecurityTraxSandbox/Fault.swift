/// One thing that goes wrong, and with which posts.
///
/// Its text, as `--fault` takes it:
///
///     fault    = kind [":" option *("," option)] *selector
///     kind     = a status (100...599) | a name of `FaultKind`
///     option   = "before" | "after" | name ["=" value]
///     selector = "@" post | "@" first "-" [last] | "@every=" n | "@share=" 0...1 | "@seed=" n
///              | "@customer=" id | "@reused" | "@handshake" | "@query" | ["@"] "x" times
///
/// `before` and `after` say whether the fault strikes before anything is created
/// or after. Selectors add up: a post is hit where all of them hold; without one,
/// every post is. Posts are numbered by those that hold creates; a handshake (an auth
/// block alone) and a post of queries are hit by `@handshake` and `@query`, and by a fault that strikes
/// `before` and names neither a number, a share nor a customer. White space may stand before a selector.
/// In a value `%XX` stands for any byte; `%`, `,`, `@` and white space have to be written so. `rows` takes
/// a count where rows are left out, added or created, else row numbers from 1 with `/` between them.
///
///     503:retry-after=2@3        the third post is answered 503 with Retry-After: 2
///     close:after x3             three posts are created, then the connection closes
///     400@customer=9004          400 for every post that holds customer 9004
///     stall:after@share=0.1      a tenth of the posts is created and never answered
///     login-page                 everything is answered by a web page with status 200
///     503@handshake x2           two handshakes are answered 503
///     several:rows=2@query@1     the second query of the first post of queries has two answers
package struct Fault: Sendable, Hashable {
    /// What goes wrong.
    package var kind: FaultKind
    /// The HTTP status, for the kind that is one.
    package var status: Int?
    /// Whether the appointments are created (`after`) or not (`before`); nil is the kind's own default.
    package var creates: Bool?
    /// What its options say.
    package var values: [FaultOption: FaultValue]
    /// Which posts are hit.
    package var selector: FaultSelector

    /// A fault.
    package init(
        _ kind: FaultKind, status: Int? = nil, creates: Bool? = nil, values: [FaultOption: FaultValue] = [:],
        selector: FaultSelector = FaultSelector()
    ) {
        self.kind = kind
        self.status = status
        self.creates = creates
        self.values = values
        self.selector = selector
    }

    /// Whether the appointments of a post that is hit are created.
    package var createsAppointments: Bool {
        switch kind.when {
        case .head, .rows: false
        case .after, .queries: true
        case .either(let after): creates ?? after
        }
    }

    /// Whether it can strike a post of that kind. What strikes after the creation, or shapes the answers
    /// to creates, has nothing to do with a handshake or a query, but where it names them.
    func concerns(_ post: PostKind) -> Bool {
        if case .queries = kind.when, post != .queries { return false }
        if let target = selector.target { return target == post }
        switch kind.when {
        case .queries, .head: return true
        case .rows: return post == .creates
        default: return post == .creates || !selector.choosesPosts && !createsAppointments
        }
    }

    // MARK: What its options say

    /// Whether an option is there.
    func has(_ option: FaultOption) -> Bool { values[option] != nil }

    /// An option's text.
    func text(_ option: FaultOption) -> String? {
        if case .text(let text) = values[option] { text } else { nil }
    }

    /// An option's whole number.
    func whole(_ option: FaultOption) -> Int? {
        if case .whole(let number) = values[option] { number } else { nil }
    }

    /// An option's number.
    func decimal(_ option: FaultOption) -> Double? {
        if case .decimal(let number) = values[option] { number } else { nil }
    }

    /// An option's whole numbers.
    func list(_ option: FaultOption) -> [Int]? {
        if case .list(let numbers) = values[option] { numbers } else { nil }
    }

    /// The count that `rows=` gives where it is one, or 1.
    var rowCount: Int { whole(.count) ?? 1 }

    /// Whether a fault of single rows hits one, numbered from 1.
    func hits(row: Int, default fallback: Bool) -> Bool {
        list(.rows).map { $0.contains(row) } ?? fallback
    }
}

/// What a post holds.
package enum PostKind: String, Sendable, Hashable, CaseIterable {
    /// Creates, or anything else that was sent to where creates go.
    case creates
    /// An auth block and nothing else.
    case handshake
    /// Anything that was sent to where queries go, but a handshake.
    case queries = "query"
}
