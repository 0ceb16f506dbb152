/// One thing that can go wrong: an entry of ``FaultKind/all``, the one table that the parser, `--help` and the tests
/// read. A new fault is a new entry with its function.
package struct FaultKind: Sendable {
    /// How a fault's text begins.
    package let name: String
    /// What happens where no option says otherwise, in a few words for `--help`.
    package let help: String
    /// What may stand after the colon, besides `before` and `after`.
    package let options: [FaultOption]
    /// When it strikes.
    let when: FaultMoment
    /// Whether it lies about an echo, and brings echoes with it.
    let bringsEchoes: Bool
    /// What it does.
    let what: FaultEffect

    init(
        _ name: String, _ when: FaultMoment, _ help: String, _ options: [FaultOption] = [],
        bringsEchoes: Bool = false, what: FaultEffect
    ) {
        self.name = name
        self.when = when
        self.help = help
        self.options = options
        self.bringsEchoes = bringsEchoes
        self.what = what
    }

    /// Every kind, in the order of `--help`.
    package static let all: [FaultKind] = [status] + connection + delivery + document + service + queries

    /// The kind whose name it is.
    package static func named(_ name: String) -> FaultKind? {
        all.first { $0.name == name }
    }

    /// Whether `before` and `after` may be said: for the others only one makes sense.
    var takesPlace: Bool {
        if case .either = when { true } else { false }
    }
}

extension FaultKind: Hashable {
    /// Kinds are told apart by their names.
    package static func == (left: FaultKind, right: FaultKind) -> Bool { left.name == right.name }

    /// Hashes the name.
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// When a fault strikes a post.
enum FaultMoment: Sendable {
    /// Before the body is read, so that no post is counted.
    case head
    /// Before or after the creation, as its text says; where it does not, after it or before.
    case either(after: Bool)
    /// After the creation.
    case after
    /// While the service looks at one request after the other.
    case rows
    /// While the service answers queries: nothing is created by a post that it concerns.
    case queries

    /// Whether it is before the body is read.
    var isHead: Bool { if case .head = self { true } else { false } }
}

/// What a fault does with a post.
enum FaultEffect: Sendable {
    /// Answers in its own words or not at all. Before the creation nobody looks at what the post holds, but where
    /// `with-document` asks for the response document.
    case answer(@Sendable (inout FaultDelivery) -> ConnectionEnding)
    /// Sends the response document in its own way.
    case delivery(@Sendable (inout FaultDelivery) -> ConnectionEnding)
    /// Creates the first rows only, as many as `rows` says, then ends as this function does.
    case partialCreation(@Sendable (inout FaultDelivery) -> ConnectionEnding)
    /// Waits, and says whether the post goes on as if nothing had happened.
    case wait(@Sendable (FaultDelivery) -> Bool)
    /// Changes what the response document says.
    case document(@Sendable (Fault, inout ResponseDraft) -> Void)
    /// Refuses a request, for that reason, or nil.
    case refusal(@Sendable (Fault, SandboxRequest) -> String?)
}
