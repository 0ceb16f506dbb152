/// What a fault's text may say after the colon, besides `before` and `after`.
enum FaultOption: String, Sendable, Hashable, CaseIterable {
    case retryAfter = "retry-after"
    case location
    case authenticate = "www-authenticate"
    case body
    case seconds
    case rows
    case bytes
    case port
    case title
    case withCreates = "with-creates"
    case withDocument = "with-document"

    /// Whether the option stands alone, without `=`.
    var isFlag: Bool { self == .withCreates || self == .withDocument }
}
