import AppointmentRows
import SQLiteStore

/// A sender's number that stands for several appointments: those of a crew, whose rows have one number, one window and
/// a technician each. The first of them has the number itself, the others have one made of it and their technician.
enum CrewNumber {
    /// Between the number and the technician: no text of a file has it that was not reported as unprintable.
    private static let separator = "\u{1F}"

    /// What stands for a technician's appointment.
    static func key(_ number: String, technician: Int64) -> String { "\(number)\(separator)\(technician)" }

    /// The sender's number as the sender writes it.
    static func shown(_ key: String) -> String {
        key.split(separator: separator, maxSplits: 1).first.map { String($0) } ?? key
    }

    /// An SQL condition: whether a key `number` is of a crew that has the sender's number in a parameter.
    static func isOfCrew(_ parameter: String) -> String {
        "(number > \(parameter) || char(31) AND number < \(parameter) || char(32))"
    }

    /// Whether a ledger has such keys.
    static func isUsed(in store: Connection) throws -> Bool {
        try store.integer("SELECT 1 FROM metadata WHERE name = 'crews'") != nil
    }

    /// Takes note that a ledger has such keys: from now on they are looked for.
    static func use(in store: Connection) throws {
        try store.execute("INSERT OR IGNORE INTO metadata (name, value) VALUES ('crews', 1)")
    }
}

extension StagingSession {
    /// Lets a crew's rows have one number: each names another technician for the same customer, service and window.
    ///
    /// - Parameters:
    ///   - number: the row's sender's number.
    ///   - acceptingRun: the run that the row counts as part of.
    func lookForCrew(
        _ row: CheckedRow, _ known: inout KnownOfRow, number: @autoclosure () -> String, acceptingRun: Int
    ) throws {
        guard row.techID > 0, known.crewNumber == nil, !rules.allowsRebooking,
            let numbered = known.numbered, numbered.id != known.own?.id
        else { return }
        let mate = known.numberedRow ?? numbered
        // Rows of one file, and of the rejects file that came of it; or both stand already.
        let isOneJob =
            mate.row.file == file || row.origin != nil && mate.acceptedRun == acceptingRun
            || known.own?.state.isSent == true && numbered.state.isSent
        guard isOneJob, mate.state.isActive, mate.techID > 0, mate.techID != row.techID,
            mate.customerID == row.customerID, mate.start == row.start, mate.end == row.end,
            known.own != nil || known.others.contains(where: { $0.id == mate.id })
        else { return }
        if !index.hasCrews {
            try CrewNumber.use(in: store)
            index.hasCrews = true
        }
        known.crewNumber = CrewNumber.key(number(), technician: row.techID)
        (known.numbered, known.numberedRow, known.repeatsNumberedRow) = (nil, nil, false)
    }
}
