/// A setting that a run needs and nobody has given.
struct MissingSetting: Sendable {
    /// `the dealer's site`
    let name: String
    let fix: String

    init(_ name: String, fix: String) {
        self.name = name
        self.fix = fix
    }
}

extension UsageError {
    /// All of them in one message: whoever sets them one by one would have to start as often.
    init(missing: [MissingSetting]) {
        let names = missing.map(\.name)
        let list =
            names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        self.init(
            "\(list) \(names.count < 2 ? "is" : "are") missing",
            fix: missing.map(\.fix).joined(separator: "; "))
    }
}
