import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Rejected rows of an earlier run that are imported after later files had their say: what they say is as old as the
/// file that they came from, whoever corrected them since.
extension StagingSession {
    /// What a later file says of a rejected row's visit, so that the row is not posted; nil where nothing speaks against it.
    ///
    /// - Parameters:
    ///   - run: the run that rejected the row.
    ///   - number: its sender's number; empty without one.
    func laterWord(
        on row: CheckedRow, _ origin: RowOrigin, of run: Int, number: String, _ known: KnownOfRow
    ) throws -> Finding? {
        let words = try saidSince()
        if let numbered = known.numbered, numbered.id != known.own?.id, numbered.state != .withdrawn,
            let later = try otherValues(numbered, known, after: run)
        {
            return try supersededFinding(row, at: later, "other values for its number")
        }
        // What stands, stands.
        if let own = known.own, own.state.isSent || own.state == .withdrawn { return nil }
        let rejected = try words.rejected(origin)
        if let before = rejected.appointment, before.id != known.own?.id, before.state.isActive,
            try words.run(of: before.row) > run
        {
            return try supersededFinding(
                row, at: before.row, "the visit as it was before it was corrected, \(before.state.words)")
        }
        let visit = LaterWords.Visit(
            customer: Int(row.customerID), start: Int(row.start.minutes), tech: Int(row.techID))
        let ownRun = try known.own.map { try words.run(of: $0.row) } ?? run
        let last = try words.last(
            after: max(run, ownRun), number: number, visits: [visit] + (rejected.visit.map { [$0] } ?? []),
            appointments: [known.own?.id, rejected.appointment?.id].compactMap(\.self))
        var since = max(run, ownRun)
        if let last, last.place.file != file {
            if last.ends { return try supersededFinding(row, at: last.place, nil) }
            // The same row that still can't be posted says nothing new.
            guard let rejected = rejected.visit, try words.visit(at: last.place) == rejected else {
                return try supersededFinding(
                    row, at: last.place, "other values for its number, in a row that can't be posted")
            }
            since = max(since, last.run)
        }
        guard let whole = words.lastWholeSchedule, whole > since,
            try !words.isMentioned(
                number, in: whole...,
                customers: [visit.customer] + (rejected.visit.map { [$0.customer] } ?? []))
        else { return nil }
        return .supersededRow(
            line: row.line, because: "a later file of the whole schedule does not have it (run \(whole))")
    }

    /// What files say of visits whose rows were rejected.
    func saidSince() throws -> LaterWords {
        if let laterWords { return laterWords }
        let words = try LaterWords(store: store, index: index, endpoint: endpoint)
        laterWords = words
        return words
    }

    /// The row of a later file that has a number's visit with values of its own.
    private func otherValues(
        _ numbered: KnownAppointment, _ known: KnownOfRow, after run: Int
    ) throws -> RowPlace? {
        if let row = known.numberedRow?.row, row.file != file { return row }
        return try wordSince(run, on: numbered)
    }

    /// The row of a file of a run after `run` that has a visit as one that is to be made.
    func wordSince(_ run: Int, on visit: KnownAppointment) throws -> RowPlace? {
        let words = try saidSince()
        if visit.state.isActive || visit.state == .refused, try words.run(of: visit.row) > run {
            return visit.row
        }
        return visit.state.isSent ? try words.mention(of: visit.id, after: run) : nil
    }

    /// - Parameter values: what the later row has; nil where its visit is not to be made.
    func supersededFinding(_ row: CheckedRow, at place: RowPlace, _ values: String?) throws -> Finding {
        let origin = try index.origin(ofFile: place.file)
        let words = OtherAppointment.place(line: place.line, file: origin?.name, run: origin?.run)
        guard let values else {
            let reason = try store.text(
                "SELECT reason FROM rows WHERE file_id = :file AND line = :line",
                ["file": place.file, "line": place.line])
            return .supersededRow(line: row.line, because: "a later file: \(reason ?? "") (\(words))")
        }
        return .supersededRow(line: row.line, because: "a later file has \(values): \(words)")
    }
}
