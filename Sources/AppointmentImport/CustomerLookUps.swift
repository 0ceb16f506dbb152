import AppointmentLedger
import AppointmentRows
import SecurityTrax
import SystemFiles

/// Asks the service for the customers of a run's files before anything of them is staged: whose the phones and account
/// numbers of rows without an ID are, and with `--verify-customers` what it knows of each customer.
///
/// Nothing is staged before all answers are there: a run that is killed meanwhile leaves nothing behind but answers.
struct CustomerLookUps: Sendable {
    let settings: ImportSettings
    let ledger: Ledger
    let stop: StopSignal
    let events: @Sendable (RunEvent) -> Void

    /// What came of it.
    struct Result: Sendable {
        var known: KnownCustomers
        /// Why not every customer was asked for: nothing may be posted then.
        var end: CustomerDirectory.End?
    }

    private typealias Answers = [CustomerQuery: CustomerAnswer]

    /// Reads the files where that may be needed, and asks for each number and each customer once.
    ///
    /// - Returns: nil where there is nobody to ask for.
    /// - Throws: `SecurityTraxError` where no client can be made; `LedgerError`.
    func run(_ inputs: [OpenedInput]) async throws -> Result? {
        let verifies = settings.verifiesCustomers && settings.credentials != nil
        let wanted = await wanted(by: inputs, verifies: verifies)
        var queries: [CustomerQuery] = []
        var seen: Set<CustomerQuery> = []
        for query in wanted.lookUps.lazy.flatMap(\.queries) where seen.insert(query).inserted {
            queries.append(query)
        }
        // What a row says that books nothing is worth no question, but it may be of a visit that was booked.
        let mentioned = wanted.mentioned.flatMap(\.queries)
        guard verifies || !queries.isEmpty || !mentioned.isEmpty else { return nil }
        var answers = try await ledger.customers(
            for: mentioned.filter { !seen.contains($0) }, at: endpoint, since: 0)
        answers.merge(try await ledger.customers(for: queries, at: endpoint, since: earliest)) { _, new in new
        }
        guard let credentials = settings.credentials else {
            return Result(known: KnownCustomers(answers, isComplete: false))
        }
        // Made where something is to be asked: what the ledger knows needs nobody who answers.
        var made: CustomerDirectory?
        func ask(_ queries: [CustomerQuery]) async throws -> CustomerDirectory.End? {
            if queries.isEmpty { return nil }
            let directory = try made ?? directory(credentials)
            made = directory
            return try await self.ask(directory, queries, &answers)
        }
        var kept = Set(answers.keys)
        /// Questions whose answers are kept, to be put once more.
        func again(_ queries: Set<CustomerQuery>) -> [CustomerQuery] {
            kept.subtract(queries)
            if !queries.isEmpty { events(.asking(questions: queries.count, known: 0)) }
            return queries.sorted { $0.description < $1.description }
        }
        /// Asks for the records of these customers, and of those that the files have, as far as nobody was asked.
        func verify(_ found: Set<Int64>) async throws -> CustomerDirectory.End? {
            let ids = wanted.ids.union(found).filter { answers[.customer($0)] == nil }
            if !ids.isEmpty { events(.asking(questions: ids.count, known: 0)) }
            return try await ask(ids.sorted().map { .customer($0) })
        }
        let unknown = queries.filter { answers[$0] == nil }
        if !unknown.isEmpty {
            events(.asking(questions: unknown.count, known: queries.count - unknown.count))
        }
        var end = try await ask(unknown)
        // What was kept may be right no more: before a row is refused for it, it is asked for again.
        if end == nil {
            end = try await ask(again(KnownCustomers(answers).contradicted(kept, in: wanted.lookUps)))
        }
        if verifies, end == nil {
            end = try await verify(KnownCustomers(answers).customers(of: wanted.lookUps))
        }
        if verifies, end == nil, !kept.isEmpty {
            let doubted = await doubted(by: inputs, KnownCustomers(answers), kept: kept)
            end = try await ask(again(doubted))
            if end == nil, !doubted.isEmpty {
                end = try await verify(KnownCustomers(answers).customers(of: wanted.lookUps))
            }
        }
        return Result(known: KnownCustomers(answers, isComplete: end == nil), end: end)
    }

    private var endpoint: String { settings.endpoint.identity }

    /// When the service must have said something at the earliest, for it not to be asked again.
    private var earliest: Int {
        let age = settings.customerCache.components.seconds
        return Date().milliseconds - Int(age) * 1000 + (age == 0 ? 1 : 0)
    }

    private func directory(_ credentials: Credentials) throws(SecurityTraxError) -> CustomerDirectory {
        var policy = CustomerDirectory.Policy()
        policy.batchSize = min(policy.batchSize, settings.policy.batchSize)
        policy.retries = settings.policy.retries
        let backoff = Backoff(base: settings.policy.backoffBase, limit: settings.policy.backoffLimit)
        policy.pause = { backoff.pause(failures: $0, jitter: Double.random(in: 0...1)) }
        if let rate = settings.policy.rate {
            policy.pace = { try? await Task.sleep(for: .seconds(1 / rate)) }
        }
        return try CustomerDirectory(settings.clientConfiguration, credentials: credentials, policy: policy)
    }

    /// Puts some queries, and keeps what is said as it comes.
    ///
    /// - Returns: why not all of them were put.
    private func ask(
        _ directory: CustomerDirectory, _ queries: [CustomerQuery], _ answers: inout Answers
    ) async throws -> CustomerDirectory.End? {
        let task = Task { [ledger, endpoint] in
            try await directory.lookUp(queries) { try await ledger.keep($0, at: endpoint) }
        }
        stop.onRequest { task.cancel() }
        let result = try await task.value
        let end = result.end ?? Self.silence(result.answers)
        for (query, answer) in result.answers {
            // What was not answered is no reason against a row: it stays pending.
            if end != nil, case .failed = answer { continue }
            answers[query] = answer
        }
        return end
    }

    /// A service that gave no clear answer about anybody does not answer queries.
    private static func silence(_ answers: Answers) -> CustomerDirectory.End? {
        var reason: String?
        for answer in answers.values {
            guard case .failed(let why) = answer else { return nil }
            reason = why
        }
        return reason.map { .wrongService(reason: $0) }
    }

    /// Whom the files are about.
    private struct Wanted: Sendable {
        /// The customers of rows that have an ID.
        var ids: Set<Int64> = []
        /// Those of rows that have none, in the files' order.
        var lookUps: [CustomerLookUp] = []
        /// Those of rows without an ID that are left out or can't be posted.
        var mentioned: Set<CustomerLookUp> = []
    }

    /// The customers of all rows that may be posted. Files whose rows have nothing but IDs are read only where each
    /// customer is asked for.
    private func wanted(by inputs: [OpenedInput], verifies: Bool) async -> Wanted {
        var options = settings.reading
        options.wantsLookUpsOnly = !verifies
        let reading = options
        return await apart {
            var wanted = Wanted()
            var seen: Set<CustomerLookUp> = []
            forEachRow(of: inputs, reading, verifies: verifies) { row, chunk in
                guard row.isValid else {
                    if let lookUp = row.lookUp { wanted.mentioned.insert(chunk.lookUps[lookUp]) }
                    return
                }
                if let lookUp = row.lookUp.map({ chunk.lookUps[$0] }) {
                    if seen.insert(lookUp).inserted { wanted.lookUps.append(lookUp) }
                } else if verifies {
                    wanted.ids.insert(row.customerID)
                }
            }
            return wanted
        }
    }

    /// The questions whose kept answers led rows to customers that they do not speak of, where nothing else is wrong with
    /// these rows.
    private func doubted(
        by inputs: [OpenedInput], _ known: KnownCustomers, kept: Set<CustomerQuery>
    ) async -> Set<CustomerQuery> {
        var options = settings.reading
        options.knownCustomers = known
        let reading = options
        let comparisons: Set<FindingCode> = [.customerMismatch, .customerNotFound]
        return await apart {
            var doubted: Set<CustomerQuery> = []
            forEachRow(of: inputs, reading, verifies: true) { row, chunk in
                guard row.result == .invalid, let lookUp = row.lookUp.map({ chunk.lookUps[$0] }) else {
                    return
                }
                let errors = chunk.findings[row.findings].filter { $0.severity == .error }
                guard errors.allSatisfy({ comparisons.contains($0.code) }) else { return }
                doubted.formUnion(kept.intersection(lookUp.found))
            }
            return doubted
        }
    }

    /// Does work that may block on a thread of its own: those of Swift's tasks must not.
    private func apart<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let run = { @Sendable in continuation.resume(returning: work()) }
            do throws(SystemError) { try WorkerThread.start("stimport-lookups", run) } catch { run() }
        }
    }

    /// - Parameter verifies: whether rows that have an ID matter too.
    private func forEachRow(
        of inputs: [OpenedInput], _ reading: ReadingOptions, verifies: Bool,
        _ body: (CheckedRow, CheckedRows) -> Void
    ) {
        var chunk = CheckedRows()
        for input in inputs {
            // What is wrong with a file is said when it is staged.
            guard let rows = try? input.rows(reading), verifies || rows.layout.hasNumbers else { continue }
            while !stop.isRequested, (try? rows.next(&chunk)) == true {
                for row in chunk.rows { body(row, chunk) }
            }
        }
    }
}
