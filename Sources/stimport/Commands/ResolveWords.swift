import AppointmentImport
import AppointmentLedger
import SystemFiles

/// What the command line of `stimport resolve` says, before the ledger is looked at.
struct ResolveWords {
    /// Nothing more is to be found out.
    var words = PersonsWords()
    /// One verdict for a whole batch.
    var batch: (number: Int, resolution: Resolution)?
    /// Whether a person is to be asked.
    var isDialogue = false

    /// - Throws: `UsageError` where the words contradict each other; what a list fails with.
    init(_ context: CommandContext, _ settings: Settings) throws {
        let operands = context.invocation.operands
        if let day = settings.quietUntil {
            let until = try Self.milliseconds(day, settings)
            words.quiet = try IDRanges.operands(operands).map { ($0, until) }
            return
        }
        if settings.approve {
            guard let run = settings.run else {
                throw UsageError(
                    "--approve needs the run", fix: "stimport resolve --run N --approve --note TEXT")
            }
            guard !(settings.note ?? "").isEmpty else {
                throw UsageError(
                    "an approval needs its reason", fix: "add --note TEXT: it is kept in the ledger")
            }
            words.approved = [run]
        }
        words.done = (settings.done ?? []).map { (Int($0), nil) }
        if let number = settings.batch {
            batch = (number, try Self.batchResolution(operands, settings))
            return
        }
        for id in settings.created ?? [] { words.resolutions.append((Int(id), nil, .created)) }
        for id in settings.notCreated ?? [] { words.resolutions.append((Int(id), nil, .notCreated)) }
        if let file = operands.first {
            guard words.isEmpty else {
                throw UsageError("a list and single verdicts were given", fix: "give one of them")
            }
            // Numbers alone are meant as IDs, unless a list is called so.
            if IDRanges.isLikely(file), FileIdentity.status(of: file) == nil {
                throw UsageError.withoutVerdict(operands)
            }
            words = try ReviewList.read(file)
            return
        }
        let isNamed =
            settings.created != nil || settings.notCreated != nil || settings.done != nil || settings.approve
        isDialogue = !isNamed && Question.canBeAsked
        guard isDialogue || !words.isEmpty else {
            throw UsageError(
                "no verdict was given",
                fix:
                    "stimport resolve --created ID…, --not-created ID…, --done ID…, or the file of stimport review --csv, filled in"
            )
        }
        var seen = Set<Int>()
        for id in words.ids where !seen.insert(id).inserted {
            throw UsageError("appointment \(id) was named twice", fix: "name it once")
        }
    }

    /// The start of a day where the machine is, which has to be one to come.
    private static func milliseconds(_ day: TypedDay, _ settings: Settings) throws(UsageError) -> Int {
        let until = try day.milliseconds(settings.dateOrder, of: "--quiet-until")
        guard until > Date().milliseconds else {
            throw UsageError("--quiet-until \(day.text) is not a day to come", fix: "give a later day")
        }
        return until
    }

    private static func batchResolution(
        _ operands: [String], _ settings: Settings
    ) throws(UsageError) -> Resolution {
        switch (settings.created, settings.notCreated) {
        case (let ids?, nil) where ids.isEmpty && operands.isEmpty: return .created
        case (nil, let ids?) where ids.isEmpty && operands.isEmpty: return .notCreated
        default:
            throw UsageError(
                "--batch wants one verdict for the whole batch",
                fix: "stimport resolve --batch N --created, or --not-created")
        }
    }
}
