/// What a file says of a visit that stands, or may stand, in SecurityTrax otherwise. The raw values are stable: people
/// script against them.
package enum ToDoCode: String, Sendable, Hashable, CaseIterable {
    /// Its status says that it was called off.
    case cancelled = "cancelled-since-created"
    /// The sender's number has another window, technician, service or customer.
    case moved = "moved-since-created"
    /// The export holds the whole schedule, and the visit is not in it (`--complete-export`).
    case gone = "gone-since-created"
}
