import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What becomes of one row, carried out.
extension StagingSession {
    /// Stages one row of the file in hand.
    func stage(_ row: CheckedRow, of chunk: CheckedRows, text: UnsafeBufferPointer<UInt8>) throws {
        if !row.findings.isEmpty {
            try record(chunk.findings[row.findings], of: row.written ?? row.wireTexts(in: chunk))
        }
        let origin = row.origin.map { chunk.origins[$0] }
        let acceptingRun = try index.acceptingRun(origin)
        if let origin {
            if acceptingRun < run { rejectsFiles.insert(file) }
            try checkReading(origin)
            try put(origin, ofLine: row.line)
            lacksRows = "\(fileName) has only the rows of its file that were corrected"
        }
        if let lookUp = row.lookUp.map({ chunk.lookUps[$0] }) { try put(lookUp, of: row) }
        guard row.isValid else {
            let state: RowState = row.result == .skipped ? .skipped : .invalid
            if !isInMemory {
                try leaveOut(
                    row, chunk.findings[row.findings], RowTexts(row, in: text),
                    rejectedBy: origin != nil && acceptingRun < run ? acceptingRun : nil)
            }
            return try keep(line: row.line, as: state, because: chunk.findings[row.findings], row.written)
        }
        let texts = RowTexts(row, in: text)
        if newestStart.map({ $0 < row.start }) ?? true { newestStart = row.start }
        if let origin, let finding = try swappedStart(row, origin) {
            return try reject(row, finding, of: chunk, texts)
        }
        var known =
            try memory?.known(of: row, texts: texts) ?? index.known(of: row, texts: texts)
        if !row.senderNumber.isEmpty, !isInMemory {
            freeNumber(chunk.string(row.senderNumber), &known)
            try lookForNumberedRow(row, &known)
        }
        if !moved.isEmpty { lookForMoved(row, &known) }
        if !result.files.isEmpty, !isInMemory { overtake(by: row, &known) }
        if !result.files.isEmpty, !known.others.isEmpty { markOtherNights(&known) }
        if !row.senderNumber.isEmpty {
            try lookForCrew(
                row, &known, number: chunk.string(row.senderNumber), acceptingRun: acceptingRun)
        }
        if let origin, acceptingRun < run, !isInMemory, !rules.allowsRebooking,
            let finding = try laterWord(
                on: row, origin, of: acceptingRun, number: chunk.string(row.senderNumber), known)
        {
            try record([finding], of: row.wireTexts(in: chunk))
            return try keep(line: row.line, as: .skipped, because: [finding], row.wireTexts(in: chunk))
        }
        if let other = calledOff.line(callingOff: row, number: chunk.string(row.senderNumber)) {
            let finding = contradiction(row, other, in: chunk)
            if finding.severity == .error {
                return try reject(row, finding, of: chunk, texts, mentioning: [known.numbered, known.own])
            }
            try record([finding], of: row.wireTexts(in: chunk))
        }
        let facts = RowDecision.Facts(
            techID: row.techID, start: row.start, end: row.end, expiresAt: row.expiresAt,
            acceptingRun: acceptingRun)
        if let finding = try objectionToFound(row, row.lookUp.map { chunk.lookUps[$0] }, known) {
            return try reject(row, finding, of: chunk, texts, mentioning: [known.own])
        }
        let decision = RowDecision(facts, known: known, rules: rules)
        if decision.outcome == .new, !decision.replacesNumbered {
            try add(row, texts, known, acceptedBy: facts.acceptingRun)
        } else if rules.shortensKnown, decision.isNothingNew, row.senderNumber.isEmpty, let own = known.own {
            // Most rows of most nights: there is nothing to say of them.
            let isKnownRow = try keep(row, created: own)
            try see(own, row, texts, known, isKnownRow: isKnownRow)
        } else {
            try carryOut(decision, row, of: chunk, texts, known, acceptedBy: facts.acceptingRun)
        }
    }

    /// Keeps a row that is valid as far as its file can tell, and can't be posted.
    ///
    /// - Parameter visits: those that it may be of.
    private func reject(
        _ row: CheckedRow, _ finding: Finding, of chunk: CheckedRows, _ texts: RowTexts,
        mentioning visits: [KnownAppointment?] = []
    ) throws {
        let written = row.wireTexts(in: chunk)
        try record([finding], of: written)
        try noteMentioned(row, visits.compactMap(\.self), [finding])
        if row.origin == nil { try leftOut?.add(row, of: file, because: finding, texts) }
        try keep(line: row.line, as: .invalid, because: [finding], written)
    }

    /// Adds the appointments of rows that have nothing to be said of and that nothing is known of: nearly every row of a
    /// check.
    ///
    /// - Parameter first: the row to begin with.
    /// - Returns: the first row that was not added.
    func addUnknown(
        _ rows: UnsafeBufferPointer<CheckedRow>, from first: Int, text: UnsafeBufferPointer<UInt8>
    ) throws(LedgerError) -> Int {
        let earliest = rules.allowsPast ? Int64.min : rules.now
        var newest = newestStart
        let end = try memory?.addUnknown(
            rows, from: first, text: text, file: file,
            where: {
                rows[$0].result == .valid && rows[$0].findings.isEmpty && rows[$0].origin == nil
                    && rows[$0].lookUp == nil && rows[$0].expiresAt >= earliest
            }, added: { newest = max(newest ?? rows[$0].start, rows[$0].start) })
        guard let end else { return first }
        newestStart = newest
        counts[.pending] += end - first
        return end
    }

    /// Adds a new appointment: the one hot path.
    private func add(
        _ row: CheckedRow, _ texts: RowTexts, _ known: KnownOfRow, acceptedBy acceptingRun: Int
    ) throws {
        if try memory?.add(row, texts, file: file) ?? false {
            counts[.pending] += 1
            return
        }
        insert.bind(Int(row.customerID), at: 1).bind(row.serviceType.rawValue, at: 2)
            .bind(Int(row.start.minutes), at: 3).bind(Int(row.end.minutes), at: 4)
            .bind(Int(row.techID), at: 5).bind(acceptingRun, at: 6).bind(file, at: 7)
            .bind(row.line, at: 8).bind(Int(row.expiresAt), at: 9)
        for (position, field) in AppointmentField.texts.enumerated() {
            insert.bind(borrowing: texts.texts[field], at: 10 + Int32(position))
        }
        _ = try insert.step()
        try index.added(row)
        counts[.pending] += 1
        if !row.senderNumber.isEmpty {
            try number(store.lastInsertedRowID, texts, known)
        }
    }

    private func carryOut(
        _ decision: RowDecision, _ row: CheckedRow, of chunk: CheckedRows, _ texts: RowTexts,
        _ known: KnownOfRow, acceptedBy acceptingRun: Int
    ) throws {
        let own = known.own
        if decision.movesNumber, let own, !row.senderNumber.isEmpty {
            try number(own.id, texts, known)
        }
        if decision.expiresOwn, let own { try expire(own) }
        if decision.replacesNumbered, let numbered = known.numbered { try replace(numbered, by: row) }
        if !row.senderNumber.isEmpty, !isInMemory {
            noteTaker(chunk.string(row.senderNumber), decision, known)
        }
        let context = RowDecision.Context(
            row: row, startColumn: startColumn, senderNumber: chunk.string(row.senderNumber), rules: rules)
        let finding = try decision.finding(context, own: own, in: index)
        if let finding { try record([finding], of: row.wireTexts(in: chunk)) }

        switch decision.outcome {
        case .new: try add(row, texts, known, acceptedBy: acceptingRun)
        case .skipped:
            try keep(
                line: row.line, as: .skipped, because: finding.map { [$0] } ?? [], row.wireTexts(in: chunk))
        case .invalid(let objection):
            if case .changedSinceCreated = objection, let own { try see(own, row, texts, known) }
            if let finding {
                try noteMentioned(row, [known.numbered, known.own].compactMap(\.self), [finding])
                if row.origin == nil {
                    try leftOut?.add(row, of: file, because: finding, texts)
                    if !decision.replacesNumbered { try refuseEarlierValues(known, because: finding) }
                }
            }
            try keep(
                line: row.line, as: .invalid, because: finding.map { [$0] } ?? [], row.wireTexts(in: chunk))
        case .takenUp:
            if let own {
                try takeUp(
                    own, row, texts, acceptedBy: acceptingRun, keepingTexts: !known.differing.isEmpty)
            }
        case .repeated(let first):
            if let finding, finding.severity == .error {
                try keep(line: row.line, as: .invalid, because: [finding], row.wireTexts(in: chunk))
                return
            }
            guard let own = own ?? known.numbered else { return }
            if own.isOfThisRun, own.row.file != file, !isInMemory { repeated.insert(own.id) }
            let place = try RowDecision.describe(own, at: first, in: index).place
            try keep(row, as: .duplicate, own, code: nil, reason: "the same appointment as \(place)")
        case .alreadyCreated:
            guard let own else { return }
            let isKnownRow = try keep(row, created: own)
            try see(own, row, texts, known, isKnownRow: isKnownRow)
        case .inDoubt:
            guard let own else { return }
            try see(own, row, texts, known)
            let place = try RowDecision.describe(own, at: own.row, in: index).place
            try keep(
                row, as: .inDoubt, own, code: RowCode.outcomeUnknown, reason: "in doubt since \(place)")
        case .held:
            guard let own else { return }
            let holder = try index.origin(ofFile: own.row.file)?.run ?? run
            result.heldRows[holder, default: 0] += 1
            try see(own, row, texts, known)
            try keep(row, as: .pending, own, code: nil, reason: "held since run \(holder)")
        case .moved(let visit):
            try noteMoved(visit, row)
            let place = try RowDecision.describe(visit, at: visit.row, in: index).place
            let isCreated = visit.state == .created
            try keep(
                row, as: isCreated ? .alreadyCreated : .inDoubt, visit,
                code: isCreated ? ToDoCode.moved.rawValue : RowCode.outcomeUnknown,
                reason: "\(isCreated ? "created" : "in doubt") with other values since \(place)",
                row.wireTexts(in: chunk))
        }
    }

    // MARK: Appointments

    /// Remembers the run's first row of an appointment that stays with an earlier run.
    private func see(
        _ own: KnownAppointment, _ row: CheckedRow, _ texts: RowTexts, _ known: KnownOfRow,
        isKnownRow: Bool = false
    ) throws {
        try index.seen.add(
            RowPlace(file: file, line: row.line), hashes: texts.hashes, of: own.id,
            isKnownRow: isKnownRow && known.differing.isEmpty && !known.hasForgottenTexts)
    }

    /// Makes an appointment that an earlier run left pending or refused this run's own, with the newest texts.
    private func takeUp(
        _ own: KnownAppointment, _ row: CheckedRow, _ texts: RowTexts, acceptedBy acceptingRun: Int,
        keepingTexts: Bool
    ) throws {
        try freezeRow(ofAppointment: own.id, carriedBy: own.row, keepingTexts: keepingTexts)
        let pending = AppointmentState.sql(.pending)
        var values: Arguments = [
            "id": own.id, "file": file, "line": row.line, "expires": row.expiresAt, "run": acceptingRun,
        ]
        for field in AppointmentField.texts {
            values[field.ledgerColumn] = String(decoding: texts.texts[field], as: UTF8.self)
        }
        let changed = try store.run(
            """
            UPDATE appointments SET state = \(pending), \(AppointmentField.sql(AppointmentField.texts) { "\($0) = :\($0)" }),
                file_id = :file, line = :line, expires_at = :expires,
                accepted_run = CASE state WHEN \(pending) THEN accepted_run ELSE :run END,
                code = NULL, reason = NULL, changed = NULL
            WHERE id = :id AND state IN (\(AppointmentState.sql(where: \.canBeTakenUp)))
            """,
            values)
        precondition(changed == 1, "the lock is ours: nobody else changes states")
        counts[.pending] += 1
    }

    /// The sender's number has other values now: those are posted instead.
    private func replace(_ numbered: KnownAppointment, by row: CheckedRow) throws {
        try refuse(
            numbered, code: ToDoCode.moved.rawValue,
            because: "a later file has other values for its number: line \(row.line)")
    }

    /// The sender's number has other values now, in a row that can't be posted: those of before are not wanted either.
    private func refuseEarlierValues(_ known: KnownOfRow, because finding: Finding) throws {
        guard let numbered = known.numbered, numbered.state == .pending, !numbered.isOfThisRun,
            numbered.id != known.own?.id, !rules.allowsRebooking, !isInMemory
        else { return }
        try refuse(numbered, code: finding.code.rawValue, because: "a later file: \(finding.message)")
    }

    /// An appointment that waits whose time has passed will not be posted any more.
    private func expire(_ own: KnownAppointment) throws {
        try refuse(own, code: FindingCode.inThePast.rawValue, because: Ledger.expiredReason)
    }

    func refuse(_ waiting: KnownAppointment, code: String, because reason: String) throws {
        try refuse(waiting.id, carriedBy: waiting.row, code: code, because: reason)
    }

    /// An appointment of an earlier run that waits is not posted.
    func refuse(_ waiting: Int, carriedBy row: RowPlace, code: String, because reason: String) throws {
        try freezeRow(ofAppointment: waiting, carriedBy: row, keepingTexts: false)
        let wasWaiting = try Ledger.refuseWaiting(waiting, code: code, reason: reason, in: store)
        precondition(wasWaiting, "the lock is ours: nobody else changes states")
    }

    /// Writes down the row that an earlier run's appointment carries.
    private func freezeRow(ofAppointment id: Int, carriedBy row: RowPlace, keepingTexts: Bool) throws {
        let wasWritten = try Ledger.freezeRow(ofAppointment: id, keepingTexts: keepingTexts, in: store)
        if wasWritten { try replaced.froze(row) }
    }

    /// Lets a sender's number stand for an appointment.
    private func number(_ appointment: Int, _ texts: RowTexts, _ known: KnownOfRow) throws {
        let number = known.crewNumber ?? String(decoding: texts.senderNumber, as: UTF8.self)
        try replaced.renumbered(number, from: known.numbered?.id, to: appointment)
        try store.run(
            """
            INSERT INTO sender_numbers (endpoint_id, number, appointment_id) VALUES (:endpoint, :number, :appointment)
            ON CONFLICT (endpoint_id, number) DO UPDATE SET appointment_id = excluded.appointment_id
            WHERE appointment_id <> excluded.appointment_id
            """,
            ["endpoint": endpoint, "number": number, "appointment": appointment])
    }

    // MARK: Rows, findings and origins

    /// Puts findings of a row of the file in hand on record.
    ///
    /// - Parameter columns: the row's seven columns.
    func record(_ findings: some Collection<Finding>, of columns: @autoclosure () -> [String]) throws {
        for finding in findings {
            let mayBeNew = !isInMemory && finding.severity != .skipped
            let isKnown =
                try mayBeNew
                && told.tell(finding.code.rawValue, of: columns(), customer: finding.customer)
            if isKnown { result.findingsKnown += 1 } else if mayBeNew { result.findingsNew += 1 }
            // Behind those that the row has: the ledger's own come after the file's.
            try insertFinding.bind(file, at: 1).bind(finding.line, at: 2)
                .bind(finding.column, at: 3).bind(finding.code.rawValue, at: 4)
                .bind(finding.severity.rawValue, at: 5).bind(finding.value, at: 6)
                .bind(finding.message, at: 7).bind(finding.fix, at: 8).bind(isKnown ? 1 : 0, at: 9)
                .bind(finding.customer.isEmpty ? Self.customer(of: columns()) : finding.customer, at: 10)
                .run()
        }
    }

    /// The customer's ID among the seven columns; empty where it isn't known.
    private static func customer(of columns: [String]) -> String {
        columns.first.flatMap { Int64($0) }.map { $0 > 0 ? String($0) : "" } ?? ""
    }

    /// Keeps where a row came from, for the rejects file of this run.
    private func put(_ origin: RowOrigin, ofLine line: Int) throws {
        try store.run(
            """
            INSERT OR REPLACE INTO origins (file_id, line, origin_file, origin_line, origin_run)
            VALUES (:file, :line, :origin_file, :origin_line, :origin_run)
            """,
            [
                "file": file, "line": line, "origin_file": origin.file, "origin_line": origin.line,
                "origin_run": origin.run,
            ])
    }

    /// Keeps which number led to a row's customer; counts the row where the service is still to be asked.
    private func put(_ lookUp: CustomerLookUp, of row: CheckedRow) throws {
        if row.isValid, row.needsLookUp { lookUps += 1 }
        guard row.customerID > 0, !lookUp.found.isEmpty else { return }
        try store.run(
            """
            INSERT OR REPLACE INTO row_customers (file_id, line, customer, found_by)
            VALUES (:file, :line, :customer, :found_by)
            """,
            ["file": file, "line": row.line, "customer": Int(row.customerID), "found_by": lookUp.foundBy])
    }

    /// Keeps a row that stands for no appointment of its own, and counts it.
    private func keep(
        line: Int, as state: RowState, because findings: some Collection<Finding>, _ written: [String]?
    ) throws {
        try put(line: line, as: state, because: findings, written: written)
        counts[state] += 1
    }

    /// Keeps a row that stands for no appointment of its own.
    func put(
        line: Int, as state: RowState, because findings: some Collection<Finding>, written: [String]?
    ) throws {
        let severity: Finding.Severity = state == .skipped ? .skipped : .error
        let reasons = findings.filter { $0.severity == severity }
        try insertRow.bind(file, at: 1).bind(line, at: 2).bind(state.rawValue, at: 3)
            .bind(nil as Int64?, at: 4).bind(reasons.first?.code.rawValue, at: 5)
            .bind(reasons.map(\.message).joined(separator: "; "), at: 6)
            .bind(written.map(Ledger.json), at: 7).run()
    }

    /// Keeps a row of an appointment that an earlier run created, and counts it.
    ///
    /// - Returns: whether it is among the known rows.
    private func keep(_ row: CheckedRow, created own: KnownAppointment) throws -> Bool {
        if try knownRows.add(line: row.line, appointment: own.id, file: file) {
            counts[.alreadyCreated] += 1
            return true
        }
        let origin = try index.origin(ofFile: own.row.file)
        let reason = KnownRows.reason(line: own.row.line, file: origin?.name, run: origin?.run)
        try keep(row, as: .alreadyCreated, own, code: nil, reason: reason)
        return false
    }

    /// Keeps a row of an appointment that another row carries, and counts it.
    private func keep(
        _ row: CheckedRow, as state: RowState, _ appointment: KnownAppointment, code: String?, reason: String,
        _ written: [String]? = nil
    ) throws {
        try insertRow.bind(file, at: 1).bind(row.line, at: 2).bind(state.rawValue, at: 3)
            .bind(appointment.id > 0 ? Int64(appointment.id) : nil, at: 4).bind(code, at: 5)
            .bind(reason, at: 6).bind(written.map(Ledger.json), at: 7)
            .run()
        counts[state] += 1
    }
}
