import Foundation

@testable import SecurityTrax

/// Credentials with everything in them that XML and HTML treat specially.
let testCredentials = Credentials(
    username: "o'hara & sons", password: "pa<s>&\"w0rd'", partnerID: "partner-17")

let testScrubber = SecretScrubber(testCredentials)

let testTime = Date(timeIntervalSince1970: 1_700_000_000)

/// A batch of distinct appointments.
func batch(_ count: Int) -> [Appointment] {
    (0..<count).map { index in
        let start = LocalTime(minutes: 23_000_000 + Int32(index) * 60)
        return Appointment(
            customerID: Int64(9710 + index), techID: index % 2 == 0 ? nil : Int64(40 + index), start: start,
            end: LocalTime(minutes: start.minutes + 90), serviceType: .install,
            serviceDetailType: index % 3 == 0 ? "" : "Panel \(index)", notes: "Gate code \(index)")
    }
}

/// Writes answers as the vendor's service would.
enum Answer {
    static let authenticated =
        "<response type=\"GetSystemAuthentication\" success=\"true\"><data>"
        + "<message>Authenticated To System</message></data></response>"
    static let notAuthenticated =
        "<response type=\"GetSystemAuthentication\" success=\"false\"><data>"
        + "<message>Unknown user</message></data></response>"

    static func document(_ responses: [String]) -> String {
        "<?xml version=\"1.0\"?>\n<root>\n<responses>\n" + responses.joined(separator: "\n")
            + "\n</responses>\n</root>\n"
    }

    static func create(
        _ success: String? = "true", echo: Appointment? = nil, echoText: String? = nil,
        data: String = "<ConfirmationStatusName>Not Confirmed</ConfirmationStatusName>"
    ) -> String {
        "<response type=\"CreateTechScheduleBySecurityTraxUniqueID\""
            + (success.map { " success=\"\($0)\"" } ?? "") + "><data>\(data)</data>"
            + (echo.map { self.echo($0) } ?? echoText ?? "") + "</response>"
    }

    static func echo(_ appointment: Appointment) -> String {
        "<system_request>"
            + AppointmentField.allCases.map { field in
                var escaped: [UInt8] = []
                XMLText.appendEscaped(appointment[field], to: &escaped)
                return
                    "<attribute name=\"\(field.name)\">\(String(decoding: escaped, as: UTF8.self))</attribute>"
            }.joined() + "</system_request>"
    }
}

/// What an answer of that status and body proves.
func verdict(_ body: String, sent: [Appointment]) -> PostVerdict {
    verdict(200, body, sent: sent)
}

func verdict(
    _ status: Int, _ body: String, sent: [Appointment], authenticatedBefore: Bool = false,
    retryAfter: String? = nil
) -> PostVerdict {
    verdict(
        status, bytes: Array(body.utf8), sent: sent, authenticatedBefore: authenticatedBefore,
        retryAfter: retryAfter)
}

func verdict(
    _ status: Int = 200, bytes: [UInt8], sent: [Appointment], authenticatedBefore: Bool = false,
    retryAfter: String? = nil
) -> PostVerdict {
    PostVerdict(
        of: PostReading(.answered(HTTPAnswer(status: status, retryAfter: retryAfter, body: bytes))),
        sent: sent,
        scrubber: testScrubber, authenticatedBefore: authenticatedBefore, now: testTime)
}

extension PostVerdict {
    /// The rows' states in a word each: `created refused unknown`, or the outcome's own name.
    var short: String {
        switch outcome {
        case .neverSent: "neverSent"
        case .refusedForNow: "refusedForNow"
        case .tooLarge: "tooLarge"
        case .refusedAsWhole: "refusedAsWhole"
        case .credentialsRefused: "credentialsRefused"
        case .wrongService: "wrongService"
        case .unknown: "unknown"
        case .answered(let rows):
            rows.map { row in
                switch row {
                case .created: "created"
                case .refused: "refused"
                case .unknown: "doubt"
                }
            }.joined(separator: " ")
        }
    }

    var reason: String {
        switch outcome {
        case .neverSent(let reason), .refusedForNow(_, let reason), .tooLarge(let reason),
            .refusedAsWhole(let reason), .credentialsRefused(let reason), .wrongService(let reason, _),
            .unknown(let reason):
            reason
        case .answered: ""
        }
    }
}
