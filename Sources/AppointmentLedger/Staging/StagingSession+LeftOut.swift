import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What a row that is not to be posted means for the visit that it is about.
extension StagingSession {
    /// A row is not to be posted: it calls its visit none (cancelled, done, left out by a rule), or can't be read. Where
    /// an earlier file left that visit to be posted, it is not posted any more, unless a later file brings it again.
    /// Where it stands in SecurityTrax and was called off, a person has to take it out there.
    ///
    /// - Parameter rejectingRun: the earlier run that rejected the row; nil for a row of an export.
    func leaveOut(
        _ row: CheckedRow, _ findings: ArraySlice<Finding>, _ texts: RowTexts, rejectedBy rejectingRun: Int?
    ) throws {
        let (visits, byNumber) = try index.visits(meantBy: row, texts: texts)
        try noteMentioned(row, visits, findings)
        let reason = findings.first { $0.severity == (row.result == .skipped ? .skipped : .error) }
        guard let reason else { return }
        if row.origin == nil {
            try leftOut?.add(
                row, of: file, because: reason, texts,
                visits: visits.filter { [.refused, .inDoubt, .posting].contains($0.state) })
        }
        let number = String(decoding: texts.senderNumber, as: UTF8.self)
        if row.isCalledOff { calledOff.add(row, number: number) }
        // What is still wrong with a row that was rejected says nothing of the others of its file.
        if row.origin != nil, !row.isCalledOff { return }
        if visits.isEmpty, row.isCalledOff, row.origin == nil, number.isEmpty {
            try noteOtherVisits(besides: row)
        }
        for visit in visits {
            if let rejectingRun, let later = try wordSince(rejectingRun, on: visit) {
                try record(
                    [try supersededFinding(row, at: later, "the visit as one that is to be made")],
                    of: row.written ?? [])
                continue
            }
            if visit.isOfThisRun {
                if hasLaterWord(than: visit.row), visit.state == .pending {
                    // Two rows of one file say of the visit what only a person can settle.
                    if repeated.contains(visit.id) {
                        try warn(of: row.line, row)
                    } else {
                        overtake(visit, by: row, because: reason)
                    }
                } else if visit.row.file == file, row.isCalledOff,
                    row.techID == 0 || visit.techID == 0 || visit.techID == row.techID
                {
                    if visit.state == .pending, byNumber {
                        overtaken[visit.id] = OvertakenRow(
                            visit: visit,
                            finding: .contradictingStatus(
                                line: visit.row.line, other: row.line, number: number),
                            by: RowPlace(file: file, line: row.line))
                    } else {
                        try warn(of: visit.row.line, row)
                    }
                }
                continue
            }
            if visit.state.isWaiting {
                try refuse(visit, code: reason.code.rawValue, because: "a later file: \(reason.message)")
            } else if row.isCalledOff, visit.state.isActive {
                if let seen = try index.seen.row(of: visit.id)?.place {
                    if seen.file == file { try warn(of: seen.line, row) }
                    if seen.file != file, !hasLaterWord(than: seen) { continue }
                }
                if let move = moved.move(of: visit.id), move.visit.row.file != file {
                    // An earlier file of the run moves it.
                    guard hasLaterWord(than: move.visit.row) else { continue }
                    try takeBackMove(of: visit.id)
                }
                try noteCancelled(visit.id, row, reason)
            }
        }
    }

    /// What is said of a valid row where another one of its file calls its visit off.
    func contradiction(
        _ row: CheckedRow, _ other: (line: Int, byNumber: Bool), in chunk: CheckedRows
    ) -> Finding {
        var finding = Finding.contradictingStatus(
            line: row.line, other: other.line, number: other.byNumber ? chunk.string(row.senderNumber) : nil)
        if rules.isStrict { finding.makeStrict() }
        return finding
    }

    /// A row calls off what an earlier row of the same file books, or has as it was booked.
    private func warn(of line: Int, _ row: CheckedRow) throws {
        try record([Finding.contradictingStatus(line: row.line, other: line)], of: row.written ?? [])
    }
}
