/// Names of columns that say one thing of a visit: what says it, and all that may stand beside that.
///
/// A name with any other word in it is of something else: `Completed Forms`, `Active Account`.
struct MarkedName: Sendable {
    let kind: StatusWords.Kind
    private let marks: Set<String>
    private let vocabulary: Vocabulary

    init(_ kind: StatusWords.Kind, _ marks: Set<String>, beside: Set<String>...) {
        self.kind = kind
        self.marks = marks
        vocabulary = Vocabulary([marks] + beside)
    }

    /// Whether a name is one of them, by its letters and digits.
    func fits(_ letters: String) -> Bool {
        vocabulary.split(letters).map { $0.contains(where: marks.contains) } ?? false
    }
}
