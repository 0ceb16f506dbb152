import AppointmentRows
import Dispatch
import Foundation
import SecurityTrax

/// Asks the service for the customers of a run's files before anything of them is staged (`--verify-customers`).
struct CustomerVerification: Sendable {
    let settings: ImportSettings
    let credentials: Credentials
    let stop: StopSignal

    /// What came of it.
    struct Result: Sendable {
        var known: KnownCustomers
        /// Why not every customer was asked for: nothing may be posted then.
        var end: CustomerDirectory.End?
    }

    /// Reads the files and asks for each customer once.
    ///
    /// - Throws: where no client can be made.
    func run(_ inputs: [OpenedInput]) async throws(SecurityTraxError) -> Result {
        var configuration = HTTPClient.Configuration(endpoint: settings.endpoint)
        configuration.timeout = settings.timeout
        configuration.caFile = settings.caFile
        var policy = CustomerDirectory.Policy()
        policy.batchSize = min(policy.batchSize, settings.policy.batchSize)
        policy.retries = settings.policy.retries
        let backoff = Backoff(base: settings.policy.backoffBase, limit: settings.policy.backoffLimit)
        policy.pause = { backoff.pause(failures: $0, jitter: Double.random(in: 0...1)) }
        if let rate = settings.policy.rate {
            policy.pace = { try? await Task.sleep(for: .seconds(1 / rate)) }
        }
        let directory = try CustomerDirectory(configuration, credentials: credentials, policy: policy)
        let ids = await customerIDs(of: inputs)
        let task = Task { await directory.lookUp(ids.map { CustomerQuery.customer($0) }) }
        stop.onRequest { task.cancel() }
        let result = await task.value
        guard let end = result.end ?? Self.silence(result.answers) else {
            return Result(known: KnownCustomers(result.answers), end: nil)
        }
        // What was not answered is no reason against a row: it stays pending.
        let answered = result.answers.filter { if case .failed = $0.value { false } else { true } }
        return Result(known: KnownCustomers(answered), end: end)
    }

    /// A service that gave no clear answer about anybody does not answer queries.
    private static func silence(
        _ answers: [CustomerQuery: CustomerAnswer]
    ) -> CustomerDirectory.End? {
        var reason: String?
        for answer in answers.values {
            guard case .failed(let why) = answer else { return nil }
            reason = why
        }
        return reason.map { .wrongService(reason: $0) }
    }

    /// The customers of all rows that may be posted, in rising order.
    private func customerIDs(of inputs: [OpenedInput]) async -> [Int64] {
        let options = settings.reading
        return await withCheckedContinuation { continuation in
            // Reading may block, which the threads of Swift's tasks must not.
            DispatchQueue.global().async {
                var ids: Set<Int64> = []
                var chunk = CheckedRows()
                for input in inputs {
                    // What is wrong with a file is said when it is staged.
                    guard let rows = try? input.rows(options) else { continue }
                    while !stop.isRequested, (try? rows.next(&chunk)) == true {
                        for row in chunk.rows where row.isValid { ids.insert(row.customerID) }
                    }
                }
                continuation.resume(returning: ids.sorted())
            }
        }
    }
}
