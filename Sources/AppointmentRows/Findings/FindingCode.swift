/// What there can be to say about a row. The raw values are stable: people script against them.
package enum FindingCode: String, Sendable, Hashable, CaseIterable {
    case missingValue = "missing-value"
    case invalidCustomerID = "invalid-customer-id"
    case customerNotFound = "customer-not-found"
    case customerAmbiguous = "customer-ambiguous"
    case customerMismatch = "customer-mismatch"
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
    case unknownTech = "unknown-tech"
    case severalTechs = "several-techs"
    case allDay = "all-day"
    case raggedRow = "ragged-row"
    case badQuoting = "bad-quoting"
    case conflictingDuplicate = "conflicting-duplicate"
    case alreadyBookedDifferently = "already-booked-differently"
    case nightHours = "night-hours"
    case timeZoneGuessed = "time-zone-guessed"
    case changedSinceCreated = "changed-since-created"
    case mixedDateForms = "mixed-date-forms"
    case sameVisitTwice = "same-visit-twice"

    // Rows that are skipped.
    case skippedStatus = "skipped-status"
    case skippedByRule = "skipped-by-rule"
    case repeatedHeader = "repeated-header"
    case noAppointment = "no-appointment"
    case withdrawn = "withdrawn"

    // Rows that were valid and are refused.
    case refusedByService = "refused-by-service"

    /// Whether the reason itself says what stands there, as it was written or as it was read: whoever shows both would
    /// say it twice.
    package var namesValue: Bool {
        switch self {
        case .windowTooLong, .techWithSlotScheduling, .notesTooLong, .unprintableCharacter,
            .badQuoting, .noAppointment:
            false
        case .missingValue, .invalidCustomerID, .customerNotFound, .customerAmbiguous, .customerMismatch,
            .invalidTechID, .invalidServiceType, .invalidTime, .noSuchDate, .noSuchLocalTime,
            .ambiguousLocalTime, .timeZoneNotAllowed, .endNotAfterStart, .inThePast, .tooFarAhead,
            .outsideHours, .techOverlap, .unknownTech, .severalTechs, .allDay, .raggedRow,
            .conflictingDuplicate, .alreadyBookedDifferently, .nightHours, .timeZoneGuessed,
            .changedSinceCreated,
            .mixedDateForms, .sameVisitTwice, .skippedStatus, .skippedByRule, .repeatedHeader, .withdrawn,
            .refusedByService:
            true
        }
    }
}
