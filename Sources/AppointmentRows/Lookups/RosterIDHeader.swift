/// How surely a header of a roster says that its column holds TechIDs, the surest first: a dealer's own staff numbers
/// are IDs too, and each of them may be somebody else's TechID.
enum RosterIDHeader: Int, Comparable {
    /// It says so: `TechID`, `SecurityTrax ID`, `Number in portal`.
    case named
    /// The portal's list of users calls it so, or as people do who have copied it: `ID`, `User ID`, `Tech No.`.
    case listed
    /// Some number of the person's: `Employee ID`, `Staff No.`, `Number`.
    case other

    /// What a header says; nil where it heads no IDs: `Phone number`.
    init?(_ name: String) {
        let key = nameKey(name)
        guard
            let words = Self.vocabulary.split(key.filter { $0.isLetter || $0 == "#" }),
            words.contains(where: { Self.ids.contains($0) || Self.numbers.contains($0) })
        else { return nil }
        let isID = words.contains(where: Self.ids.contains)
        if words.contains(where: Self.others.contains) {
            self = .other
        } else if words.contains(where: { ["securitytrax", "st", "portal"].contains($0) }) {
            self = .named
        } else if words.contains(where: { ["tech", "technician", "installer"].contains($0) }) {
            self = isID ? .named : .listed
        } else {
            self = isID ? .listed : .other
        }
    }

    static func < (left: RosterIDHeader, right: RosterIDHeader) -> Bool { left.rawValue < right.rawValue }

    private static let ids: Set<String> = ["id", "ids"]
    private static let numbers: Set<String> = ["number", "no", "num", "nr", "#"]
    /// Whose, or where.
    private static let owners: Set<String> = [
        "tech", "technician", "installer", "securitytrax", "st", "portal", "user", "internal",
    ]
    /// Whose it is that is not SecurityTrax's.
    private static let others: Set<String> = ["staff", "employee", "our", "unique"]
    private static let glue: Set<String> = ["in", "of", "the"]
    private static let vocabulary = Vocabulary([ids, numbers, owners, others, glue])
}
