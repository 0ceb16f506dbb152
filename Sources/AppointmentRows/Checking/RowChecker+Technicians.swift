import CSVReading
import SecurityTrax

// Who goes: the technician, and whoever else the row names.
extension RowChecker {
    func checkTechnician(_ check: inout RowCheck) {
        let field = check.plan[.techID]
        guard field >= 0, !check.isUnusable(field), let number = check.number(at: field) else { return }
        // Nearly every row has a number that stands for nothing else.
        let isPlain = number > 0 && !options.values.maps(.techID) && options.roster?.hasNumberNames != true
        guard let id = isPlain ? number : technician(&check, at: field) else { return }
        check.row.techID = id
        if id == number, id == check.row.customerID {
            let column = check.plan.name(.customerID)
            check.report(.techID) { .customerIsTech($0, column: column) }
        }
        // A number that the dealer's own words stand for is not the file's.
        if id == number, let knownTechIDs, !knownTechIDs.contains(id), !isMapped(.techID, check) {
            check.report(.techID) { .techNotInRoster($0) }
        }
        if options.slotScheduling { check.report(.techID) { .techWithSlotScheduling($0) } }
    }

    /// Reports a technician beside the first one, who would be lost.
    func checkFurtherTechnicians(_ check: inout RowCheck) {
        let mentions = check.plan.mentionedTechnicians
        if mentions.isEmpty, check.plan.furtherTechnicians.isEmpty, check.plan.strangers.isEmpty { return }
        let first = check.value(.techID)
        if let mention = mentions.first(where: { replaces($0, first, check) }) {
            let column = check.plan.technicianName
            check.report(at: mention.position) { .replacedTechnician($0, column: column) }
            return
        }
        guard
            let other = check.plan.furtherTechnicians.first(where: {
                names(check.text(at: $0), another: first, check)
            }) ?? mentions.first(where: { names($0, another: first, check) })?.position
        else { return checkNamedElsewhere(first, &check) }
        let column = check.plan.technicianName
        check.report(at: other) { .furtherTechnician($0, column: column) }
    }

    /// Says where a row without a technician has a name in another column that says who goes. It may be another user's.
    private func checkNamedElsewhere(_ first: String, _ check: inout RowCheck) {
        guard check.row.techID == 0, NobodyWords.contain(first) else { return }
        let mention = check.plan.mentionedTechnicians.first { mayName($0, check) }?.position
        guard let position = mention ?? stranger(check) else { return }
        let column = check.plan.technicianName
        check.report(at: position) { .techElsewhere($0, column: column) }
    }

    /// Where a column whose name says nothing to us has somebody of the roster.
    private func stranger(_ check: RowCheck) -> Int? {
        guard let roster = options.roster else { return nil }
        return check.plan.strangers.first { !check.isEmpty(at: $0) && roster.names(check.text(at: $0)) }
    }

    /// Whether a column that says who goes has a name that may be a technician's.
    private func mayName(_ mention: TechnicianMention, _ check: RowCheck) -> Bool {
        guard !mention.isByNameOnly || mention.replacement != nil, !check.isEmpty(at: mention.position) else {
            return false
        }
        let text = check.text(at: mention.position)
        // A crew's number may be its own, unless nothing else says who goes.
        if check.plan[.techID] < 0, case .technician(let id) = options.technician(text), id < 100_000,
            !text.contains(where: \.isLetter), !mention.isNumbered
        {
            return knownTechIDs?.contains(id) ?? true
        }
        guard text.contains(where: \.isLetter), TechnicianText.isSomebody(text) else { return false }
        guard let roster = options.roster else { return true }
        return switch roster.technician(text) {
        case .technician, .nobody: false
        case .withoutID: true
        case .unknown(let nearest): !nearest.isEmpty
        }
    }

    /// Whether a column for who goes instead names anybody but the row's technician.
    private func replaces(_ mention: TechnicianMention, _ first: String, _ check: RowCheck) -> Bool {
        guard let certainty = mention.replacement, !check.isEmpty(at: mention.position) else { return false }
        let text = check.text(at: mention.position)
        // What can't be read in the first column is said already; a time is when it was changed.
        if nameKey(text) == nameKey(first) || check.row.techID == 0 && !NobodyWords.contain(first)
            || !TechnicianText.isSomebody(text) || TimeMention.isIn(text)
        {
            return false
        }
        guard case .technician(let id) = options.technician(text) else { return certainty == .sure }
        if id == check.row.techID { return false }
        return certainty == .sure || text.contains(where: \.isLetter) || knownTechIDs?.contains(id) ?? true
    }

    /// Whether the text of a column for somebody who goes along names anybody.
    private func names(_ text: String, another first: String, _ check: RowCheck) -> Bool {
        if text.isEmpty || nameKey(text) == nameKey(first) || NobodyWords.contain(text) { return false }
        // The same one, written in another way.
        if case .technician(let id) = options.technician(text), id == check.row.techID { return false }
        // That somebody goes along, or nobody, is no name.
        guard let answer = YesNoWords.answer(text) else { return true }
        return answer && text.contains(where: \.isNumber)
    }

    /// Whether a column that says who goes names somebody beside the row's technician, or somebody else.
    private func names(_ mention: TechnicianMention, another first: String, _ check: RowCheck) -> Bool {
        guard mention.replacement == nil, !check.isEmpty(at: mention.position) else { return false }
        let text = check.text(at: mention.position)
        // What can't be read in the first column is said already.
        if nameKey(text) == nameKey(first) || check.row.techID == 0 && !NobodyWords.contain(first) {
            return false
        }
        if options.roster?.namesSeveral(text) == true { return true }
        if !mention.isByNameOnly, TechnicianText.isSeveral(text) { return true }
        guard case .technician(let id) = options.technician(text) else {
            return mention.isCrew && TechnicianText.isCrew(text)
        }
        if !mention.holdsNumbers, !text.contains(where: \.isLetter) { return false }
        // Where nobody stands in the first column, whoever stands here would be lost.
        return id != check.row.techID
    }

    /// Whom a field names; nil for nobody, and where that can't be told, which is reported.
    private func technician(_ check: inout RowCheck, at field: Int) -> Int64? {
        let text = check.text(at: field)
        let nearest: [String]
        switch options.technician(text) {
        case .technician(let id): return id
        case .nobody: return nil
        case .withoutID:
            check.report(.techID) { .techWithoutID($0) }
            return nil
        case .unknown(let names): nearest = names
        }
        check.report(.techID) {
            let roster = options.roster
            if TechnicianText.isSeveral(text) || roster?.namesSeveral(text) == true {
                return .severalTechs($0)
            }
            if let roster, text.contains(where: \.isLetter) || roster.hasNumberNames {
                return .unknownTech($0, nearest: nearest)
            }
            return .invalidNumber($0, code: .invalidTechID)
        }
        return nil
    }
}
