package import SecurityTrax

/// Which visits of a site are read.
package enum VisitChoice: Sendable {
    /// All of them.
    case all
    /// Those of some customers, whatever their state.
    case ofCustomers([Int64])
    /// What is in doubt of all others.
    case inDoubt(besides: [Int64])
    /// What was created for all others and starts within some days; the first of it.
    case created(besides: [Int64], on: Range<LocalTime>, limit: Int)
}

/// How many visits were created for customers whom a report does not name.
package struct CreatedElsewhere: Sendable, Hashable {
    /// Those that the report should have.
    package var missing = 0
    /// Those on days that it need not have.
    package var uncovered = 0
    /// Those of the missing that start on days of which the report has no entry.
    package var beyondReport = 0
    /// Those of the missing that were posted after it was saved.
    package var postedLater = 0
}
