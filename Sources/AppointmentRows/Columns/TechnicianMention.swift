/// A column that says who goes, beside the one that the technician is read from: `Crew` beside `Technician`. Mostly it says
/// the same once more, as a name; but it may name somebody else too, and then one of them would be lost.
struct TechnicianMention: Sendable, Hashable {
    /// From 0.
    let position: Int
    /// Whether a number in it is a technician's: in `Assigned To` it may be any user's, in `Crew` the crew's own.
    let holdsNumbers: Bool
    /// Whether its name says that it has numbers of its own: `Crew #`.
    let isNumbered: Bool
    /// Whether words with commas between them are several people: in `Technician` they may be one, `Lee, Ann`.
    let isCrew: Bool
    /// Whether only a name of the roster says that it is of who goes: a `Resource` may be a van.
    let isByNameOnly: Bool
    /// How surely it names who goes instead of the row's technician; nil where it names who goes as well.
    let replacement: ReplacementColumnName.Certainty?

    /// A column whose name alone does not say that it names somebody.
    ///
    /// - Parameter fits: Whether its values do.
    init(weakAt position: Int, fits: Bool) {
        self.position = position
        holdsNumbers = fits
        isNumbered = false
        isCrew = false
        isByNameOnly = !fits
        replacement = nil
    }

    /// A column of who goes instead.
    init(replacementAt position: Int, _ certainty: ReplacementColumnName.Certainty) {
        self.position = position
        holdsNumbers = true
        isNumbered = false
        isCrew = false
        isByNameOnly = certainty == .weak
        replacement = certainty
    }

    /// Nil where a name says nothing of who goes.
    ///
    /// - Parameter meaning: What the name means by itself.
    init?(_ name: String, position: Int, _ meaning: InputColumn?) {
        // Whom a customer would like to have does not go for that.
        guard meaning == .techID || TechnicianColumnName.isCompany(name),
            !name.lowercased().contains("prefer")
        else { return nil }
        self.position = position
        replacement = nil
        isByNameOnly = false
        holdsNumbers = TechnicianColumnName.saysTechnician(name)
        isNumbered = TechnicianColumnName.isNumbered(name)
        isCrew = !holdsNumbers && TechnicianColumnName.isCompany(name)
    }
}
