/// What there can be to say about a row. The raw values are stable: people script against them.
public enum FindingCode: String, Sendable, Hashable, CaseIterable {
    case missingValue = "missing-value"
    case invalidCustomerID = "invalid-customer-id"
    case invalidTechID = "invalid-tech-id"
    case invalidServiceType = "invalid-service-type"
    case invalidTime = "invalid-time"
    case noSuchDate = "no-such-date"
    case noSuchLocalTime = "no-such-local-time"
    case ambiguousLocalTime = "ambiguous-local-time"
    case timeZoneNotAllowed = "time-zone-not-allowed"
    case endNotAfterStart = "end-not-after-start"
    case windowTooLong = "window-too-long"
    case inThePast = "in-the-past"
    case tooFarAhead = "too-far-ahead"
    case outsideHours = "outside-hours"
    case techWithSlotScheduling = "tech-with-slot-scheduling"
    case techOverlap = "tech-overlap"
    case notesTooLong = "notes-too-long"
    case unprintableCharacter = "unprintable-character"
    case raggedRow = "ragged-row"
    case badQuoting = "bad-quoting"
    case conflictingDuplicate = "conflicting-duplicate"
    case alreadyBookedDifferently = "already-booked-differently"
    case changedSinceCreated = "changed-since-created"

    // Rows that are skipped.
    case skippedStatus = "skipped-status"
    case skippedByRule = "skipped-by-rule"
    case repeatedHeader = "repeated-header"
    case noAppointment = "no-appointment"
    case withdrawn = "withdrawn"

    // Rows that were valid and are refused.
    case refusedByService = "refused-by-service"
}
