import AppointmentLedger
import SystemFiles
package import SecurityTrax

/// What SecurityTrax says to a login alone and to one query, neither of which creates anything.
package struct ServiceChecks: Sendable {
    private let configuration: HTTPClient.Configuration
    private let credentials: Credentials
    /// What follows from a login that was accepted, and is to be said of it.
    private let accepted: @Sendable () async -> String?

    /// The longest that one answer is waited for.
    private static let patience: Duration = .seconds(60)
    /// So far may this machine's clock be from the service's.
    private static let clockTolerance = 120.0
    /// Nobody's: 555-0100 to 555-0199 are kept for made-up numbers.
    private static let nobodysNumber = PhoneNumber("2025550100")

    /// - Parameter accepted: called once where the login is accepted; returns what is to be said of it, not escaped.
    package init(
        endpoint: Endpoint, credentials: Credentials, caFile: String?, timeout: Duration,
        accepted: @escaping @Sendable () async -> String?
    ) {
        self.accepted = accepted
        var configuration = HTTPClient.Configuration(endpoint: endpoint)
        configuration.caFile = caFile
        configuration.timeout = min(timeout, Self.patience)
        configuration.readsCertificate = true
        self.configuration = configuration
        self.credentials = credentials
    }

    /// The parts that need the service, where it can't be asked.
    package static func skipped(_ why: String) -> [DoctorCheck] {
        [.address, .certificate, .login, .queries, .clock].map { .skipped($0, why) }
    }

    /// Sends the login, then the query.
    package func run() async -> [DoctorCheck] {
        let client: HTTPClient
        do throws(SecurityTraxError) {
            client = try HTTPClient(configuration)
        } catch {
            return [.failed(.address, .wrongUsage, error.message, fix: error.fix)]
                + Self.skipped("the address can't be asked").dropFirst()
        }
        let observation = await client.post(RequestDocument.handshake(credentials).bytes)
        let now = Date()
        let verdict = HandshakeVerdict(
            of: observation, scrubber: SecretScrubber(credentials), now: now)
        var checks = reaching(observation)
        guard !checks.contains(where: { $0.state == .failed }) else {
            return checks
                + Self.skipped("the service was not reached").filter { later in
                    !checks.contains { $0.part == later.part }
                }
        }
        checks.append(Self.login(verdict.outcome))
        if case .accepted = verdict.outcome, let more = await accepted() {
            checks[checks.count - 1].detail += "; \(more)"
        }
        if case .answered(let answer) = observation { checks.append(Self.clock(answer.date, now: now)) }
        let isLoggedIn = checks.allSatisfy { $0.state != .failed }
        checks.append(isLoggedIn ? await queries() : .skipped(.queries, "the login failed"))
        return checks
    }

    /// Address and certificate.
    private func reaching(_ observation: PostObservation) -> [DoctorCheck] {
        let endpoint = configuration.endpoint
        let place = endpoint.description
        switch observation {
        case .neverSent(let failure), .unanswered(let failure):
            switch failure.kind {
            case .nameNotFound:
                return [
                    .failed(
                        .address, .unfinished, "\(place): \(failure.words)",
                        fix: "check --site or --endpoint for a slip, and this machine's name service")
                ]
            case .connectionRefused, .connectTimeout, .proxyRefused:
                return [
                    .failed(
                        .address, .unfinished, "\(place): \(failure.words)",
                        fix: "check the address, this machine's network, firewall and proxy (https_proxy)")
                ]
            case .untrustedCertificate, .tlsFailure:
                return [
                    .passed(.address, place),
                    .failed(
                        .certificate, .unfinished,
                        "\(place): \(failure.words)",
                        fix: failure.fix
                            ?? "check --site or --endpoint; where a proxy of your own opens TLS, have it speak TLS 1.2 or later"
                    ),
                ]
            default:
                return [.passed(.address, place), certificate(nil)]
            }
        case .answered(let answer):
            return [.passed(.address, place), certificate(answer.certificateEnd)]
        }
    }

    private func certificate(_ end: String?) -> DoctorCheck {
        guard configuration.endpoint.isEncrypted else {
            return .skipped(.certificate, "the address is on this machine and needs none")
        }
        return .passed(.certificate, end.map { "good until \($0)" } ?? "accepted; its end is not told")
    }

    private static func login(_ outcome: HandshakeOutcome) -> DoctorCheck {
        switch outcome {
        case .accepted: .passed(.login, "SecurityTrax accepted user name, password and partner ID")
        case .silent:
            .passed(.login, "SecurityTrax answered, and said nothing of the login: the first row will show")
        case .credentialsRefused(let reason):
            .failed(
                .login, .credentialsRefused, reason,
                fix: RunStop.credentialsFix
            )
        case .failed(_, let reason):
            .failed(.login, .unfinished, reason, fix: "try again later; if it stays, ask SecurityTrax")
        case .wrongService(let reason, let fix):
            .failed(
                .login, .unfinished, reason,
                fix: fix ?? "check --site or --endpoint: what answers there is not the SecurityTrax API")
        }
    }

    private func queries() async -> DoctorCheck {
        guard let number = Self.nobodysNumber else { preconditionFailure("the number has ten digits") }
        var policy = CustomerDirectory.Policy()
        policy.retries = 0
        let result: CustomerDirectory.Result
        do throws(SecurityTraxError) {
            result = try await CustomerDirectory(configuration, credentials: credentials, policy: policy)
                .lookUp([.phone(number)])
        } catch {
            return .failed(.queries, .wrongUsage, error.message, fix: error.fix)
        }
        let fix =
            "customers can't be looked up by phone or account number until SecurityTrax answers queries; rows with an ID need none"
        if let end = result.end {
            if case .credentialsRefused = end {
                return .failed(
                    .queries, .credentialsRefused, end.reason,
                    fix: "have queries allowed for this user and partner ID")
            }
            return .failed(
                .queries, .unfinished, "\(configuration.endpoint.requester.description): \(end.reason)",
                fix: fix)
        }
        if case .failed(let reason)? = result.answers[.phone(number)] {
            return .failed(.queries, .unfinished, reason, fix: fix)
        }
        return .passed(.queries, "\(configuration.endpoint.requester.description) answers")
    }

    /// Compares the service's clock with ours.
    ///
    /// - Parameter text: the answer's `Date`.
    static func clock(_ text: String?, now: Date) -> DoctorCheck {
        guard let text else { return .skipped(.clock, "the service did not say what time it is") }
        guard let theirs = HTTPDate.seconds(text, now: now) else {
            return .skipped(.clock, "the service's Date header can't be read")
        }
        let difference = now.timeIntervalSince1970 - Double(theirs)
        let seconds = Int(min(1e9, abs(difference)))
        guard Double(seconds) > clockTolerance else {
            return .passed(.clock, "\(seconds) s from the service's")
        }
        return .failed(
            .clock, .wrongUsage,
            "this machine's clock is \(seconds) s \(difference > 0 ? "ahead of" : "behind") the service's",
            fix:
                "set it by a time service (timedatectl set-ntp true): which rows lie in the past depends on it"
        )
    }
}
