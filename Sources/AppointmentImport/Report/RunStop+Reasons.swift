package import AppointmentLedger
import AppointmentRows
import SystemFiles
import SecurityTrax

extension RunStop {
    /// The entry in a summary.
    var json: JSONOutput {
        .object([("code", .text(code.rawValue)), ("message", .text(message)), ("fix", .text(fix))])
    }
}

extension RunStop {
    /// What a run says before its reason.
    package var lead: String {
        switch code {
        case .expectedFile: "a file did not come"
        case .held: "held"
        default: "it stopped itself"
        }
    }

    /// `--expect`: a file has not come; nil where none is overdue.
    init?(_ overdue: [OverdueFile]) {
        guard !overdue.isEmpty else { return nil }
        self.init(
            code: .expectedFile, message: overdue.map(\.message).joined(separator: "; "),
            fix: "see whether the program that writes it ran, and put its file into the inbox")
    }

    /// The same reason, with what else is wrong.
    func adding(_ overdue: [OverdueFile]) -> RunStop {
        var stop = self
        stop.message = ([message] + overdue.map(\.message)).joined(separator: "; ")
        return stop
    }

    /// `--all-or-nothing`: a row is invalid, or a file can't be read.
    static func allOrNothing(_ staged: StagedRun) -> RunStop {
        let unreadable = staged.files.count { $0.error != nil }
        var reasons: [String] = []
        if staged.totals[.invalid] > 0 { reasons.append(Wording.invalidShare(staged.totals)) }
        if unreadable > 0 {
            reasons.append(
                unreadable == 1 ? "a file can't be imported" : "\(unreadable) files can't be imported")
        }
        return RunStop(
            code: .allOrNothing,
            message: reasons.joined(separator: " and ") + ", and --all-or-nothing posts nothing then",
            fix: "correct what is wrong and import all of it again, or leave out --all-or-nothing")
    }

    /// `--max-invalid` set every file aside.
    init?(setAside files: [StagedFile]) {
        guard !files.isEmpty, let first = files.first?.error,
            files.allSatisfy({ $0.error?.isSetAside == true })
        else { return nil }
        self.init(
            code: .tooManyInvalid,
            message: files.count == 1
                ? "\(Wording.quoted(files[0].name)): \(first.message)"
                : "each of the \(files.count) files has more invalid rows than --max-invalid allows: "
                    + "nothing of them is imported",
            fix: first.fix)
    }

    /// What to do about refused credentials: each further try with wrong ones makes it worse.
    static let credentialsFix =
        "correct the user name, the password or the partner ID before the next try, which stimport doctor makes once: "
        + "after several refused logins in a row SecurityTrax may lock the account"

    /// The customers could not be looked up, so nothing was posted.
    init(_ end: CustomerDirectory.End, at endpoint: Endpoint, isVerifying: Bool) {
        let otherwise = isVerifying ? ", or import without --verify-customers" : ""
        let (code, fix): (Code, String) =
            switch end {
            case .credentialsRefused:
                (.credentialsRefused, Self.credentialsFix)
            case .wrongService(_, let fix):
                (.wrongService, (fix ?? "check --site or --endpoint") + otherwise)
            case .unreachable:
                (
                    .unreachable,
                    "start it again later\(otherwise); where it stays so, stimport doctor looks for the cause"
                )
            case .cancelled: (.interrupted, "start it again")
            }
        self.init(
            code: code,
            message:
                "the customers could not be looked up at \(endpoint.requester), so nothing was posted: \(end.reason)",
            fix: fix)
    }

    /// `--hold-if`: tonight is not like other nights.
    static func held(_ reason: String, run: Int) -> RunStop {
        let next = NextSteps()
        return RunStop(
            code: .held, message: "the run is held before its first post: \(reason)",
            fix:
                "look at it (\(next.command("review"))), then \(next.approval(ofRun: run)), or \(next.withdrawal(ofRun: run))"
        )
    }

    /// The same, of a dry run.
    static func wouldBeHeld(_ reason: String) -> RunStop {
        RunStop(
            code: .held, message: "an import would be held before its first post: \(reason)",
            fix: "see whether that is right; what an import holds is posted once a person has approved it")
    }

    /// Rows wait for a person's word on earlier runs; nil where none does.
    ///
    /// - Parameter rows: how many, by the run that is held.
    init?(waiting rows: [Int: Int]) {
        let waiting = rows.sorted { $0.key < $1.key }
        guard let (run, count) = waiting.first else { return nil }
        let next = NextSteps()
        let others = waiting.dropFirst().map { ", \(grouped($0.value)) on run \($0.key)" }.joined()
        self.init(
            code: .held,
            message:
                "\(counted(count, "row")) wait\(count == 1 ? "s" : "") for a word on run \(run)\(others), which \(others.isEmpty ? "is" : "are") held",
            fix: waiting.count > 1
                ? "\(next.command("review")) has the commands that answer them"
                : "look at it (\(next.command("review"))), then \(next.approval(ofRun: run)), or \(next.withdrawal(ofRun: run))"
        )
    }

    /// `--post-between`: posts may not begin now.
    init(outside window: PostingWindow, at date: Date) {
        self.init(
            code: .outsideWindow,
            message: "it is \(window.clock(at: date)), and --post-between \(window.text) posts nothing then",
            fix: "stimport resume posts what is pending, between those hours")
    }

    /// The run was stopped before its first claim, and what it staged was taken back.
    static let interruptedBeforePosting = RunStop(
        code: .interrupted,
        message: "the run was interrupted before anything was posted, and none of its rows is kept",
        fix: "start it again with the same files")

    /// Delivery ended early.
    init?(_ end: DeliveryEnd, at endpoint: Endpoint) {
        guard let code = end.stopCode else { return nil }
        let (message, fix): (String, String)
        switch end {
        case .completed: return nil
        case .credentialsRefused(let reason):
            (message, fix) = (
                "nothing more is posted to \(endpoint): \(reason)", Self.credentialsFix
            )
        case .wrongService(let reason, let known):
            // What is known to be the cause is neither the address nor a setting.
            let cause = known == nil ? ", because the address or a setting is wrong" : ""
            (message, fix) = (
                "nothing more is posted to \(endpoint)\(cause): \(reason)",
                known ?? "check --site or --endpoint, and what the service says"
            )
        case .unreachable(let reason):
            (message, fix) = (
                "nothing more is posted to \(endpoint), which can't be reached or keeps refusing: \(reason)",
                "start it again later: nothing that was created is posted again; "
                    + "where it stays so, stimport doctor looks for the cause"
            )
        case .everythingRefused(let reason):
            (message, fix) = (
                "nothing more is posted to \(endpoint): the first batches were refused down to the last row, "
                    + "so the fault is not in the rows: \(reason)",
                "check --site or --endpoint, the user's rights in SecurityTrax, and what the service says"
            )
        case .tooMuchDoubt(let reason):
            (message, fix) = (
                "nothing more is posted to \(endpoint): batch after batch came into doubt: \(reason)",
                "stimport review shows what is in doubt, and where to look; "
                    + "start it again once SecurityTrax answers: what is in doubt is not posted again"
            )
        case .timeRanOut:
            (message, fix) = (
                "time ran out (--stop-after) before everything was posted",
                "start it again, or stimport resume"
            )
        case .firstRowsPosted:
            (message, fix) = (
                "as many rows were posted as --first says",
                "look each of them up in SecurityTrax (stimport report --format html has their addresses); "
                    + "the same command without --first posts the others"
            )
        case .interrupted:
            (message, fix) = (
                "the run was interrupted; what was being posted was settled first",
                "start it again, or stimport resume: nothing that was created is posted again"
            )
        }
        self.init(code: code, message: message, fix: fix)
    }
}

extension DeliveryEnd {
    /// The code of the stop that it makes of a run; nil where everything was posted.
    package var stopCode: RunStop.Code? {
        switch self {
        case .completed: nil
        case .credentialsRefused: .credentialsRefused
        case .wrongService: .wrongService
        case .unreachable: .unreachable
        case .everythingRefused: .everythingRefused
        case .tooMuchDoubt: .tooMuchDoubt
        case .timeRanOut: .timeRanOut
        case .firstRowsPosted: .firstRows
        case .interrupted: .interrupted
        }
    }

    /// A stable word for it.
    package var word: String { stopCode?.rawValue ?? "completed" }
}
