extension [String] {
    /// The texts with a separator between them, as `joined(separator:)` has them. That one has the runtime search all
    /// types for what an array can do, which takes as long as all else that a short start does with texts.
    public func list(_ separator: String = ", ") -> String {
        var text = first ?? ""
        for other in dropFirst() { text += separator + other }
        return text
    }
}
