import AppointmentRows
import SQLiteStore
import SystemFiles
import SecurityTrax

/// One customer, one number, one technician, one day: found by an index, however many appointments there are.
extension Ledger {
    /// The appointments that fit a search, the earliest visit first.
    package nonisolated func appointments(matching search: AppointmentSearch) -> LedgerChunks<
        FoundAppointment
    > {
        LedgerChunks(of: self) { try $0.found(search) }
    }

    private func found(_ search: AppointmentSearch) throws -> LedgerCursor<FoundAppointment> {
        let lookedUp = try customers(named: search.words)
        // Most ledgers have none.
        let hasMoved = try store.integer("SELECT 1 FROM to_dos WHERE start IS NOT NULL LIMIT 1") != nil
        let (condition, arguments) = Self.condition(search, lookedUp, isInUse: isInUse, hasMoved: hasMoved)
        let rows = try store.rows(
            """
            SELECT a.*, f.name AS file, r.id AS run, r.started AS staged, e.identity AS endpoint,
                b.run_id AS posted_run, b.claimed AS posted, b.settled AS answered,
                \(FoundCustomer.columns)
            FROM appointments AS a JOIN files AS f ON f.id = a.file_id JOIN runs AS r ON r.id = f.run_id
                JOIN endpoints AS e ON e.id = a.endpoint_id LEFT JOIN batches AS b ON b.id = a.batch_id
                LEFT JOIN row_customers AS n ON n.file_id = a.file_id AND n.line = a.line
            WHERE \(condition) ORDER BY a.start, a.id
            """, arguments)
        let numbers = try store.prepared(
            "SELECT number FROM sender_numbers WHERE appointment_id = :id ORDER BY number")
        let decisions = try store.prepared(
            "SELECT made, who, word, note FROM decisions WHERE appointment_id = :id ORDER BY id")
        let withToDos = Set(
            try store.all("SELECT DISTINCT t.appointment_id FROM to_dos AS t WHERE \(Self.isOpenOrDone)") {
                try $0["appointment_id"] as Int
            })
        let isInUse = isInUse
        return LedgerCursor {
            guard let row = try rows.next() else { return nil }
            var found = try Self.found(in: row, isInUse: isInUse)
            for known in lookedUp
            where known.customer == found.appointment.customerID && known.endpoint == found.endpoint {
                found.lookedUp.insert(known.word)
            }
            try numbers.forEach(["id": found.id]) {
                found.senderNumbers.append(CrewNumber.shown(try $0["number"]))
            }
            try decisions.forEach(["id": found.id]) { row in
                found.decisions.append(
                    RecordedDecision(
                        made: try row["made"], who: try row["who"], word: try row["word"],
                        note: try row["note"]))
            }
            if withToDos.contains(found.id) { found.toDos = try self.toDos(of: found.id) }
            return found
        }
    }

    /// Rows about the customers that a search names which came to no appointment, and why: each reason once, as the last
    /// run told it, the newest first. None where the search asks for more than customers, which such a row can't answer.
    ///
    /// - Parameter limit: how many at the most.
    package func rowsNotBooked(_ search: AppointmentSearch, limit: Int) throws -> [RowNotBooked] {
        var customersAlone = AppointmentSearch()
        customersAlone.words = search.words
        guard search == customersAlone else { return [] }
        var arguments: Arguments = [
            "limit": limit, "error": Finding.Severity.error.rawValue,
            "skipped": Finding.Severity.skipped.rawValue,
        ]
        var names: [String] = []
        for (index, word) in search.words.enumerated() {
            for (kind, prefix) in ["", "phone ", "account "].enumerated() {
                arguments["name\(index)_\(kind)"] = prefix + word
                names.append(":name\(index)_\(kind)")
            }
        }
        return try mappingErrors {
            try store.all(
                """
                SELECT \(Self.findingColumns), max(r.id) AS run, r.started
                FROM findings AS x JOIN files AS f ON f.id = x.file_id JOIN runs AS r ON r.id = f.run_id
                WHERE x.customer IN (\(names.list())) AND x.severity IN (:error, :skipped)
                GROUP BY x.customer, x.code, x.column_name, x.value, x.message
                ORDER BY run DESC, x.file_id, x.line, x.position LIMIT :limit
                """, arguments
            ) { row in
                try Self.finding(in: row).map {
                    RowNotBooked(finding: $0, run: try row["run"], started: try row["started"])
                }
            }.compactMap(\.self)
        }
    }

    private static func found(in row: Row, isInUse: Bool) throws -> FoundAppointment {
        var found = FoundAppointment(
            id: try row["id"], appointment: try appointment(in: row), state: try row["state"],
            code: try row["code"] ?? "", reason: try row["reason"] ?? "", senderNumbers: [],
            endpoint: try row["endpoint"], run: try row["run"], staged: try row["staged"],
            file: try row["file"],
            line: try row["line"], batch: try row["batch_id"], postedRun: try row["posted_run"],
            posted: try row["posted"], answered: try row["answered"],
            details: try row["response_details"].map(details) ?? [], decisions: [],
            foundCustomer: try FoundCustomer(in: row))
        if found.state == .posting, !isInUse {
            found.state = .inDoubt
            found.code = RowCode.outcomeUnknown
            found.reason = RowCode.strandedReason
        }
        return found
    }

    /// The condition for appointments `a`.
    ///
    /// The identity's index begins with endpoint and customer, and has the technician and the start: a scan of it for a
    /// day or a technician reads a fifth of what the table holds. It needs no index that each staged row would pay for.
    private static func condition(
        _ search: AppointmentSearch, _ lookedUp: [LookedUpCustomer], isInUse: Bool, hasMoved: Bool
    ) -> (String, Arguments) {
        var arguments: Arguments = [:]
        var conditions: [String] = []
        // What a visit is, and in a few visits what a file or a person made of it since: `place` holds of either.
        var named: String?
        var movedTo = "FALSE"
        if !search.words.isEmpty {
            var customers: [String] = []
            var numbers: [String] = []
            for (index, word) in search.words.enumerated() {
                arguments["number\(index)"] = word
                arguments["canonical\(index)"] = SenderNumber.canonical(word)
                numbers += [":number\(index)", ":canonical\(index)"]
                guard let customer = Int64(word) else { continue }
                arguments["customer\(index)"] = customer
                customers.append(":customer\(index)")
            }
            let looked = lookedUp.map {
                """
                UNION ALL SELECT id FROM appointments
                    WHERE endpoint_id = \($0.endpointID) AND customer = \($0.customer)
                """
            }
            let everywhere = "endpoint_id IN (SELECT id FROM endpoints)"
            let crews = search.words.indices.map { index in
                """
                UNION ALL SELECT appointment_id FROM sender_numbers
                    WHERE \(everywhere) AND \(CrewNumber.isOfCrew(":canonical\(index)"))
                """
            }
            named = """
                SELECT id FROM appointments
                    WHERE \(everywhere) AND customer IN (\(customers.list()))
                UNION ALL SELECT appointment_id FROM sender_numbers
                    WHERE \(everywhere) AND number IN (\(numbers.list()))
                \(crews.list(" "))
                \(looked.list(" "))
                """
            if !customers.isEmpty { movedTo = "t.customer IN (\(customers.list()))" }
        }
        var indexed: [String] = []
        if let tech = search.techID {
            arguments["tech"] = tech
            indexed.append("tech = :tech")
        }
        if let start = search.start {
            arguments["first"] = start.lowerBound.minutes
            arguments["end"] = start.upperBound.minutes
            indexed.append("start >= :first AND start < :end")
        }
        let place = indexed.list(" AND ")
        let here: String? =
            switch (named, indexed.isEmpty) {
            case (nil, true): nil
            case (nil, false):
                "SELECT id FROM appointments INDEXED BY appointments_identity WHERE \(place)"
            case (let named?, true): named
            case (let named?, false): "SELECT id FROM appointments WHERE id IN (\(named)) AND \(place)"
            }
        if let here {
            let whose = named.map { "(\(movedTo) OR t.appointment_id IN (\($0)))" } ?? "TRUE"
            let moved = """
                UNION ALL SELECT t.appointment_id FROM to_dos AS t
                    WHERE \(isOpenOrDone) AND t.start IS NOT NULL AND \(whose)
                        AND \(indexed.isEmpty ? "TRUE" : place)
                """
            conditions.append("a.id IN (\(here) \(hasMoved ? moved : ""))")
        }
        if !search.states.isEmpty {
            // What nobody is posting any more is in doubt.
            let stored = Set(search.states).flatMap { state -> [AppointmentState] in
                switch state {
                case .posting: isInUse ? [.posting] : []
                case .inDoubt: isInUse ? [.inDoubt] : [.inDoubt, .posting]
                default: [state]
                }
            }
            conditions.append(
                stored.isEmpty
                    ? "FALSE"
                    : "a.state IN (\(stored.map { AppointmentState.sql($0) }.joined(separator: ", ")))")
        }
        if let since = search.since {
            arguments["since"] = since
            conditions.append(
                """
                (a.changed >= :since
                    OR a.file_id IN (
                        SELECT f.id FROM files AS f JOIN runs AS r ON r.id = f.run_id WHERE r.started >= :since)
                    OR a.batch_id IN (SELECT id FROM batches WHERE claimed >= :since OR settled >= :since))
                """)
        }
        return (conditions.isEmpty ? "TRUE" : conditions.list(" AND "), arguments)
    }
}
