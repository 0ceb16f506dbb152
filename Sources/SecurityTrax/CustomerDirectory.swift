import SystemFiles

/// Asks the service for customers: by phone, by account number, by ID.
///
/// Queries create and change nothing. They go to `informationrequester.php` beside the poster, several in one post, and
/// are put again after a pause where nobody answers. Like posts, they follow no redirect, read no more than a bounded
/// answer, and keep the password out of every reason.
///
///     let directory = try CustomerDirectory(.init(endpoint: endpoint), credentials: credentials)
///     let result = await directory.lookUp([.phone(number), .account("A-17"), .customer(104882)])
///     switch result.answers[.phone(number)] {
///     case .found(let customer): …
package struct CustomerDirectory: Sendable {
    /// How to ask.
    package struct Policy: Sendable {
        /// Queries a post, 1 or more.
        package var batchSize = 50
        /// How often a post is repeated that nobody answered.
        package var retries = 5
        /// The pause after so many failures in a row.
        package var pause: @Sendable (_ failures: Int) -> Duration = { failures in
            Backoff().pause(failures: failures, jitter: Double.random(in: 0...1))
        }
        /// Waited for before each post, so that posts keep the pace of all others.
        package var pace: @Sendable () async -> Void = {}

        /// The defaults.
        package init() {}
    }

    /// What became of the queries of one look-up.
    package struct Result: Sendable {
        /// An answer to each query. Where `end` is not nil, those that were not answered have failed.
        package var answers: [CustomerQuery: CustomerAnswer] = [:]
        /// Why not all queries were put; nil where they were.
        package var end: End?
        /// Posts attempted.
        package var posts = 0
    }

    /// Why a look-up ended before its last query.
    package enum End: Sendable, Hashable {
        /// The credentials were refused.
        case credentialsRefused(reason: String)
        /// Something else than the API answered, or it answers no query.
        case wrongService(reason: String, fix: String? = nil)
        /// Nobody answered, or the service could not, as often as it was tried.
        case unreachable(reason: String)
        /// The task was cancelled.
        case cancelled

        /// The reason in words.
        package var reason: String {
            switch self {
            case .credentialsRefused(let reason), .wrongService(let reason, _), .unreachable(let reason):
                reason
            case .cancelled: "the run was stopped"
            }
        }
    }

    private let client: HTTPClient
    private let credentials: Credentials
    private let scrubber: SecretScrubber
    private let policy: Policy
    /// So many queries in a row that each got no answer of its own, and none that did, end a look-up.
    private static let fruitlessLimit = 3

    /// A directory.
    ///
    /// - Parameter configuration: of the client that posts: the endpoint is the poster's.
    /// - Throws: where no client can be made.
    package init(
        _ configuration: HTTPClient.Configuration, credentials: Credentials, policy: Policy = Policy()
    ) throws(SecurityTraxError) {
        var configuration = configuration
        configuration.endpoint = configuration.endpoint.requester
        client = try HTTPClient(configuration)
        self.credentials = credentials
        scrubber = SecretScrubber(credentials)
        self.policy = policy
    }

    /// Puts queries, each one once, and waits for what is said to them.
    ///
    /// Cancelling the task gives up the post in flight and ends the directory: later look-ups are cancelled too.
    ///
    /// - Parameters:
    ///   - queries: what to ask; repeated ones are asked once.
    ///   - onAnswers: told of answers as they come, so that they can be kept whatever comes after. What it throws
    ///     ends the look-up.
    package func lookUp(
        _ queries: some Sequence<CustomerQuery>,
        onAnswers: @Sendable ([CustomerQuery: CustomerAnswer]) async throws -> Void
    ) async rethrows -> Result {
        var result = Result()
        var waiting = Self.batches(of: queries, size: max(1, policy.batchSize))
        var failures = 0
        var fruitless = 0
        var isAuthenticated = false
        while !waiting.isEmpty, result.end == nil {
            let batch = waiting.removeFirst()
            await policy.pace()
            let observation = await post(batch)
            guard !Task.isCancelled else {
                waiting.insert(batch, at: 0)
                result.end = .cancelled
                break
            }
            result.posts += 1
            let verdict = QueryVerdict(
                of: observation, sent: batch, scrubber: scrubber,
                authenticatedBefore: isAuthenticated, now: Date())
            isAuthenticated = isAuthenticated || verdict.authenticated
            /// Asks smaller questions, or takes the one question for failed.
            func split(_ parts: [[CustomerQuery]], _ reason: String) -> [CustomerQuery: CustomerAnswer] {
                guard batch.count == 1 else {
                    waiting.insert(contentsOf: parts, at: 0)
                    return [:]
                }
                fruitless += 1
                return [batch[0]: .failed(reason: reason)]
            }
            func halves() -> [[CustomerQuery]] {
                let middle = (batch.count + 1) / 2
                return [Array(batch[..<middle]), Array(batch[middle...])]
            }
            var fresh: [CustomerQuery: CustomerAnswer] = [:]
            switch verdict.outcome {
            case .answered(let answers, let reason):
                failures = 0
                for case (let query, let answer?) in zip(batch, answers) { fresh[query] = answer }
                if !fresh.isEmpty { fruitless = 0 }
                let rest = batch.filter { fresh[$0] == nil }
                if !rest.isEmpty { fresh.merge(split(rest.map { [$0] }, reason)) { old, _ in old } }
                if fruitless >= Self.fruitlessLimit { result.end = .wrongService(reason: reason) }
            case .tooLarge(let reason): fresh = split(halves(), reason)
            case .refusedAsWhole(let reason):
                fresh = split(halves(), reason)
                if fruitless >= Self.fruitlessLimit { result.end = .wrongService(reason: reason) }
            case .failed(let retryAfter, let reason):
                failures += 1
                waiting.insert(batch, at: 0)
                if failures > policy.retries {
                    result.end = .unreachable(reason: reason)
                } else if await !pause(max(policy.pause(failures), retryAfter ?? .zero)) {
                    result.end = .cancelled
                }
            case .credentialsRefused(let reason):
                waiting.insert(batch, at: 0)
                result.end = .credentialsRefused(reason: reason)
            case .wrongService(let reason, let fix):
                waiting.insert(batch, at: 0)
                result.end = .wrongService(reason: reason, fix: fix)
            }
            if !fresh.isEmpty {
                result.answers.merge(fresh) { _, new in new }
                try await onAnswers(fresh)
            }
        }
        if let end = result.end {
            for query in waiting.joined() { result.answers[query] = .failed(reason: end.reason) }
        }
        return result
    }

    /// Puts queries, each one once, and waits for what is said to them.
    package func lookUp(_ queries: some Sequence<CustomerQuery>) async -> Result {
        await lookUp(queries, onAnswers: { _ in })
    }

    /// Each query once, in order, in batches.
    private static func batches(of queries: some Sequence<CustomerQuery>, size: Int) -> [[CustomerQuery]] {
        var seen: Set<CustomerQuery> = []
        let once = queries.filter { seen.insert($0).inserted }
        return stride(from: 0, to: once.count, by: size).map {
            Array(once[$0..<min($0 + size, once.count)])
        }
    }

    private func post(_ batch: [CustomerQuery]) async -> PostObservation {
        let document = RequestDocument(credentials: credentials, queries: batch)
        return await withTaskCancellationHandler {
            await client.post(document.bytes)
        } onCancel: {
            client.cancelAll()
        }
    }

    /// Waits; false where the task was cancelled meanwhile.
    private func pause(_ duration: Duration) async -> Bool {
        (try? await Task.sleep(for: duration)) != nil
    }
}
