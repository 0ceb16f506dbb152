import Foundation

@testable import SecurityTrax

extension MessageCatalogue {
    private static let credentials = Credentials(
        username: "importer", password: "long-secret", partnerID: "PARTNER")
    mutating func addService() throws {
        title("The service", "What became of a post, a login or a question, as it stands behind its rows.")
        heading("Settings of the connection: nothing was sent")
        for code in SecurityTraxError.Code.allCases {
            let failure = SecurityTraxError(code, context: Self.context(code))
            error(failure.message, fix: failure.fix)
        }

        heading("Nothing was sent, or no complete answer came")
        for kind in TransportFailure.Kind.allCases {
            for fault in Self.faults(kind) {
                let failure = TransportFailure(
                    kind, message: Self.transportWords(kind), certificate: fault)
                let isBefore = Self.isBefore(kind)
                let observation: PostObservation = isBefore ? .neverSent(failure) : .unanswered(failure)
                line(try "\(kind.rawValue): " + Self.reason(observation) + Self.meaning(observation))
                if let fix = failure.fix { line("  fix: \(fix)") }
            }
        }

        heading("An answer without a word about the rows")
        for status in [
            200, 302, 308, 400, 401, 403, 404, 405, 408, 413, 422, 429, 500, 502, 503,
        ] {
            let page = "<html><title>Down for maintenance</title></html>"
            for body in ["", page] {
                let answer = HTTPAnswer(
                    status: status, location: "https://login.example.com/start", body: Array(body.utf8))
                line(try "\(status): " + Self.reason(.answered(answer)) + Self.meaning(.answered(answer)))
            }
        }
        heading("An answer that can't be trusted")
        for body in Self.strangeAnswers {
            let answer = HTTPAnswer(status: 200, body: Array(body.utf8))
            line(try Self.reason(.answered(answer)) + Self.meaning(.answered(answer)))
        }
    }

    private static func faults(_ kind: TransportFailure.Kind) -> [CertificateFault?] {
        kind == .untrustedCertificate ? CertificateFault.allCases : [nil]
    }

    private static func context(_ code: SecurityTraxError.Code) -> String {
        switch code {
        case .caFileUnreadable, .caFileNotPEM: "authority.pem"
        case .invalidLimit: "time limit"
        case .transportUnavailable: "no transfer handle"
        case .noThread: "Resource temporarily unavailable"
        case .endpointEmpty, .endpointUnusableCharacter, .endpointUnsupportedScheme, .endpointNotEncrypted,
            .endpointUserInfo, .endpointFragment, .endpointInvalidHost, .endpointInvalidPort,
            .endpointInvalidPath, .invalidSite:
            ""
        }
    }

    /// Whether it happens before the first byte has left.
    private static func isBefore(_ kind: TransportFailure.Kind) -> Bool {
        switch kind {
        case .nameNotFound, .connectionRefused, .connectTimeout, .tlsFailure, .untrustedCertificate,
            .proxyRefused, .proxyLogin, .cancelled, .other:
            true
        case .timeout, .reset, .emptyReply, .truncated, .misframed, .notHTTP, .tooLarge, .undecodable: false
        }
    }

    private static func transportWords(_ kind: TransportFailure.Kind) -> String {
        switch kind {
        case .nameNotFound: "libcurl 6"
        case .connectionRefused: "libcurl 7"
        case .connectTimeout, .timeout: "libcurl 28"
        case .tlsFailure: "libcurl 35"
        case .untrustedCertificate: "libcurl 60"
        case .proxyRefused: "libcurl 5"
        case .proxyLogin: "libcurl 56"
        case .misframed: "Content-Length"
        case .reset: "libcurl 56"
        case .emptyReply: "libcurl 52"
        case .truncated: "libcurl 18"
        case .notHTTP: "libcurl 1"
        case .tooLarge: "libcurl 63"
        case .undecodable: "libcurl 61"
        case .cancelled: ""
        case .other: "libcurl 27: Out of memory"
        }
    }

    private static var strangeAnswers: [String] {
        let authentication = "<response><type>AuthenticationObject</type><success>true</success></response>"
        return [
            "<responses", "<responses></responses>", "maintenance",
            "<responses>\(authentication)</responses>",
            "<!DOCTYPE x><responses></responses>",
        ]
    }

    private static func verdict(_ observation: PostObservation) throws -> PostVerdict {
        let visit = Appointment(
            customerID: 103_317, techID: 23, start: try MessageValue.time(1, 11, 9),
            end: try MessageValue.time(1, 11, 10), serviceType: .service)
        return PostVerdict(
            of: PostReading(observation), sent: [visit], scrubber: SecretScrubber(credentials),
            authenticatedBefore: false,
            now: Date())
    }

    private static func reason(_ observation: PostObservation) throws -> String {
        switch try verdict(observation).outcome {
        case .neverSent(let reason), .refusedForNow(_, let reason), .tooLarge(let reason),
            .refusedAsWhole(let reason), .credentialsRefused(let reason), .wrongService(let reason, _),
            .unknown(let reason):
            return reason
        case .answered(let rows):
            guard case .unknown(let reason)? = rows.first else { return "answered" }
            return reason
        }
    }

    /// What it means for the rows.
    private static func meaning(_ observation: PostObservation) throws -> String {
        switch try verdict(observation).outcome {
        case .neverSent: " → tried again, then pending"
        case .refusedForNow: " → waits, then tried again"
        case .tooLarge: " → tried again in halves"
        case .refusedAsWhole: " → tried again in halves, a single row is refused"
        case .credentialsRefused, .wrongService: " → the run stops, its rows stay pending"
        case .unknown: " → in doubt"
        case .answered(let rows):
            if case .unknown? = rows.first { " → in doubt" } else { " → settled" }
        }
    }
}
