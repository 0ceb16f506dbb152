import AppointmentImport
import AppointmentLedger
import AppointmentRows
import CSVReading
import SecurityTrax

/// Every option, once. A property's type is the type of its value:
/// `settings.batchSize` is an `Int`, and nobody else names the flag or its default.
struct FlagTable: Sendable {
    // SecurityTrax
    let endpoint: Setting<String?> = .text(
        "endpoint", "URL", in: .askingOrComparing.union([.doctor]), .service,
        "The address that appointments are posted to. Without it, --site tells")
    let site: Setting<String?> = .text(
        "site", "NAME", in: .askingOrComparing.union([.doctor]), .service,
        "The dealer's site name, from which the endpoint is built. Where --endpoint is given too, both must agree"
    )
    let caFile: Setting<String?> = .path(
        "ca-file", in: .asking.union([.doctor]), .service,
        "Trust the certificate authorities in this PEM file instead of the system's"
    )
    .into(run: { $0.caFile = $1 })
    let timeout: Setting<Duration> = .seconds(
        "timeout", 0.1...86_400, default: 300, in: .asking.union([.doctor]), .service,
        "How long to wait for the whole answer to a post. Giving up early only makes doubt"
    )
    .into(run: { $0.timeout = $1 })
    let retries: Setting<Int> = .integer(
        "retries", "N", 0...100, default: 5, in: .asking, .service,
        "How often a batch is tried again after an outcome that proves that nothing was created"
    )
    .into(run: { $0.policy.retries = $1 })

    let noHandshake: Setting<Bool> = .toggle(
        "no-handshake", in: .posting, .service,
        "Don't ask for the authentication alone before the first batch, and after a batch in doubt. It keeps a wrong address or a login page from putting rows in doubt"
    )

    // Sending
    let batchSize: Setting<Int> = .integer(
        "batch-size", "N", 1...1_000, default: 50, in: .posting, .sending,
        "Appointments in one post"
    )
    .into(run: { $0.policy.batchSize = $1 })
    let concurrency: Setting<Int> = .integer(
        "concurrency", "N", 1...64, default: 1, in: .posting, .sending, "Posts in flight at the same time"
    )
    .into(run: { $0.policy.concurrency = $1 })
    let rate: Setting<Double?> = .number(
        "rate", "N", 0.001...1_000, in: .asking, .sending,
        "At most this many posts a second. Unlimited without it"
    )
    .into(run: { $0.policy.rate = $1 })
    let stopAfter: Setting<Duration?> = .duration(
        "stop-after", in: .posting, .sending,
        "Start no batch once this long has passed since the start. 0s stages the rows and posts nothing"
    )
    .into(run: { $0.policy.stopAfter = $1 })
    let first: Setting<Int?> = .integer(
        "first", "N", 1...100_000, in: .posting, .sending,
        "Post this many rows and stop: for the first real run", isSetting: false
    )
    .into(run: { $0.policy.firstRows = $1 })
    let postBetween: Setting<ClosedRange<Int>?> = Setting(
        "post-between", "HH:MM-HH:MM", kind: .text, in: .posting, .sending,
        "Start posts between these times of the day only, by --time-zone or the machine's clock: outside of them rows are kept pending for stimport resume",
        fallback: nil, parse: { try ReadingOptions.hours(ValueParser.text($0)) })
    let allOrNothing: Setting<Bool> = .toggle(
        "all-or-nothing", in: [.import], .sending, "Post nothing at all when any row is invalid"
    )
    .into(run: { $0.allOrNothing = $1 })
    let maxInvalid: Setting<InvalidLimit?> = Setting(
        "max-invalid", "N|P%", kind: .countOrPercent, in: [.import], .sending,
        "Set a file aside when more of its rows than this are invalid: nothing of it is posted, and the other files of the run go on",
        fallback: nil,
        parse: { try ValueParser.invalidLimit($0) }
    )
    .into(run: { $0.maxInvalid = $1 })
    let holdIf: Setting<[HoldCondition]> = Setting(
        "hold-if", "CONDITION,…", kind: .list, in: [.import], .sending,
        "Hold the run before its first post where tonight is not like other nights: rows>3x, rows<50% (of the median of the last 14 runs), new-customers>30%, new>200, same-file, older-export. A person then approves it or withdraws it",
        fallback: [], parse: { try HoldCondition.list(ValueParser.text($0)) }
    )
    .into(run: { $0.holds = $1 })
    let dryRun: Setting<Bool> = .toggle(
        "dry-run", in: [.import, .prune], .sending,
        "Do everything but the post (import: show the batches) or the change (prune)", isSetting: false)
    let showXML: Setting<Bool> = .toggle(
        "show-xml", in: [.import], .sending,
        "With --dry-run, print the request documents, with the credentials masked", isSetting: false,
        needs: "dry-run")
    let sandbox: Setting<Bool> = .toggle(
        "sandbox", in: [.import], .sending,
        "Post to a stand-in inside this process, with made-up credentials and a throwaway ledger. Nothing reaches SecurityTrax",
        isSetting: false)

    // Ledger
    let ledger: Setting<String?> = .path(
        "ledger", in: .ledgerUsers.union([.check, .doctor]), .ledger,
        "The SQLite file that keeps the progress. Default: ledger.sqlite3 in $STATE_DIRECTORY, in $XDG_STATE_HOME/stimport or in ~/.local/state/stimport. status and find take it several times: one answer from all of them",
        severalIn: .overLedgers)
    let requireLedger: Setting<Bool> = .toggle(
        "require-ledger", in: .asking.union([.doctor]), .ledger,
        "End with 8 when the ledger is missing, instead of making a new one that remembers nothing")
    let waitForLock: Setting<Duration?> = .duration(
        "wait-for-lock", in: .ledgerWriters.union([.check, .reconcile]), .ledger,
        "How long to wait for another run to finish. Without it, end with 7 at once")

    // Reading the input
    let delimiter: Setting<UInt8?> = Setting(
        "delimiter", "CHAR", kind: .text, in: .readingFiles, .input,
        "What separates fields: one character, or comma, semicolon, tab or pipe. Found out without it",
        fallback: nil, parse: { try ReadingOptions.delimiter(ValueParser.text($0)) }
    )
    .into(reading: { $0.delimiter = $1 })
    let encoding: Setting<TextEncoding?> = Setting(
        "encoding", "NAME", kind: .text, in: .readingFiles, .input,
        "The input's character encoding: windows-1252, macintosh, utf-16le or any other that iconv knows. Without it, UTF-8, or what a byte order mark says",
        fallback: nil, parse: { try ReadingOptions.encoding(ValueParser.text($0)) }
    )
    .into(reading: { $0.encoding = $1 })
    let noHeader: Setting<Bool> = .toggle(
        "no-header", in: .readingFiles, .input, "The input has no header row; --columns names its columns")
    let columns: Setting<[String]?> = Setting(
        "columns", "A,B,C", kind: .list, in: .readingFiles, .input,
        "The columns of an input without a header row, in order; an empty name skips one", fallback: nil,
        parse: { try ReadingOptions.columns(ValueParser.text($0)) }
    )
    .into(reading: { $0.columns = $1 })
    let map: Setting<[InputColumn: String]> = Setting(
        "map", "COLUMN=NAME", kind: .pairs, in: .readingFiles, .input,
        "Take one of our columns from the input's column of that name. May be repeated", fallback: [:],
        parse: { try ReadingOptions.columnMap($0) }
    )
    .into(reading: { $0.columnMap = $1 })
    let identityColumn: Setting<String?> = .text(
        "identity-column", "NAME", in: .readingFiles, .input,
        "The column with the sender's own appointment number, which then identifies an appointment too"
    )
    .into(reading: { $0.identityColumn = $1 })
    let skip: Setting<[ColumnRule]> = Setting(
        "skip", "COLUMN=VALUE,…", kind: .pairs, in: .reading, .input,
        "Leave out the rows that have one of these values in this column of the input. May be repeated",
        fallback: [], parse: { try $0.map { try ReadingOptions.rule($0) } }
    )
    .into(reading: { $0.skips = $1 })
    let only: Setting<[ColumnRule]> = Setting(
        "only", "COLUMN=VALUE,…", kind: .pairs, in: .reading, .input,
        "Leave out the rows that have none of these values in this column of the input. May be repeated",
        fallback: [], parse: { try $0.map { try ReadingOptions.rule($0) } }
    )
    .into(reading: { $0.only = $1 })
    let words: Setting<WordSources> = Setting(
        "values", "FILE", kind: .words, in: .readingFiles, .input,
        "What the input's own words stand for: CSV with our column (ServiceType, ServiceDetailType or TechID), their value and ours, or skip to leave such rows out",
        fallback: WordSources(), parse: { try WordSources(parsing: $0) })
    let layout: Setting<String?> = .text(
        "layout", "NAME", in: .reading, .input,
        "Read the input as files of this layout of the settings, whatever its header; none for no layout. Without it, the header tells. For map: what the layout is to be called",
        isSetting: false
    )
    .into(reading: { $0.layoutName = $1 })
    let noDefaultSkips: Setting<Bool> = .toggle(
        "no-default-skips", in: .reading, .input,
        "Import rows too whose status says that the visit is cancelled, a no-show, deleted, declined or over")
    let techs: Setting<RosterChoice?> = Setting(
        "techs", "FILE", kind: .fileOrNumbers, in: .readingFiles, .input,
        "Technicians by name: a CSV file with a name and a TechID in each line, such as the portal's list of users. A name of the input that is not in it makes its row invalid",
        fallback: nil, parse: { try RosterChoice(parsing: $0) })
    let timeZone: Setting<ZoneRule?> = Setting(
        "time-zone", "ZONE", kind: .text, in: .readingFiles.union([.status, .resume]), .input,
        "The customers' time zone (America/Denver, Mountain). Times with an offset are converted to it. For reconcile: the zone of whoever exported the report. For --post-between and --expect: whose clock is meant",
        fallback: nil, parse: { try ReadingOptions.timeZone(ValueParser.text($0)) }
    )
    .into(reading: { $0.timeZone = $1 })
    let dateOrder: Setting<DateOrder?> = Setting(
        "date-order", "ORDER", kind: .choice(DateOrder.allCases.map(\.rawValue)),
        in: .readingOrFinding.union([.resolve]),
        .input,
        "The order of day, month and year in dates such as 1/2/2014. Without it, mdy; a file that proves "
            + "otherwise is not read",
        fallback: nil, parse: { try ReadingOptions.dateOrder(ValueParser.text($0)) }
    )
    .into(reading: { $0.givenDateOrder = $1 })

    // Rules for rows
    let hours: Setting<ClosedRange<Int>?> = Setting(
        "hours", "HH:MM-HH:MM", kind: .text, in: .reading, .rules,
        "Appointments outside these hours are invalid", fallback: nil,
        parse: { try ReadingOptions.hours(ValueParser.text($0)) }
    )
    .into(reading: { $0.hours = $1 })
    let slotScheduling: Setting<Bool> = .toggle(
        "slot-scheduling", in: .reading, .rules,
        "The dealer uses slot scheduling: rows that name a technician are invalid"
    )
    .into(reading: { $0.slotScheduling = $1 })
    let checkOverlaps: Setting<Bool> = .toggle(
        "check-overlaps", in: .reading, .rules, "Rows that put a technician in two places at once are invalid"
    )
    .into(run: { $0.checksOverlaps = $1 })
    let maxWindow: Setting<Duration> = .duration(
        "max-window", default: "24h", .seconds(86_400), in: .reading, .rules,
        "The longest time from start to end")
    let horizon: Setting<Duration> = .duration(
        "horizon", default: "731d", .seconds(731 * 86_400), in: .reading, .rules,
        "How far ahead an appointment may start")
    let allowPast: Setting<Bool> = .toggle(
        "allow-past", in: .postingOrReading, .rules, "Appointments in the past are valid"
    )
    .into(reading: { $0.allowPast = $1 })
    let strict: Setting<Bool> = .toggle(
        "strict", in: .reading, .rules, "Rows with a warning are invalid instead of being posted"
    )
    .into(reading: { $0.isStrict = $1 })
    let maxNotes: Setting<Int> = .integer(
        "max-notes", "LENGTH", 0...1_000_000, default: 2_000, in: .reading, .rules,
        "The longest notes, in characters"
    )
    .into(reading: { $0.maxNotes = $1 })
    let verifyCustomers: Setting<Bool> = .toggle(
        "verify-customers", in: .reading, .rules,
        "Ask SecurityTrax for each customer once, and compare the name, the phone and the zip where the input has them: a row of another customer is invalid"
    )
    .into(run: { $0.verifiesCustomers = $1 })
    let customerCache: Setting<Duration> = .duration(
        "customer-cache", default: "30d", .seconds(30 * 86_400), in: .reading, .rules,
        "How long the customer that a phone or an account number led to is taken for known; 0 asks each time"
    )
    .into(run: { $0.customerCache = $1 })
    let completeExport: Setting<Bool> = .toggle(
        "complete-export", in: [.import], .rules,
        "The input holds the whole schedule: a visit to come that was created and is not in it any more is to be looked after by hand"
    )
    .into(run: { $0.isCompleteExport = $1 })
    let allowRebooking: Setting<Bool> = .toggle(
        "allow-rebooking", in: .reading, .rules,
        "An appointment that overlaps an earlier one of the same customer and service is valid"
    )
    .into(run: { $0.allowsRebooking = $1 })

    // What to do
    let online: Setting<Bool> = .toggle(
        "online", in: [.check], .action,
        "Ask SecurityTrax for the customers too, and compare the rows with the ledger. Nothing is created, and the ledger gets the answers alone",
        isSetting: false)
    let preview: Setting<Bool> = .toggle(
        "preview", in: [.check], .action,
        "Show how the file is understood, and its first appointments as they would be posted",
        isSetting: false)
    let run: Setting<Int?> = .integer(
        "run", "N", 1...Int.max, in: [.status, .report, .withdraw, .resolve], .action,
        "The run with this number",
        isSetting: false)
    let last: Setting<Int?> = .integer(
        "last", "N", 1...Int.max, in: [.report], .action, "The last N runs", isSetting: false)
    let since: Setting<PointInTime?> = Setting(
        "since", "WHEN", kind: .text, in: [.report, .find], .action,
        "What became of rows since then: a day (2027-01-31), or how long ago (36h, 7d)", isSetting: false,
        fallback: nil,
        parse: { try PointInTime(parsing: ValueParser.text($0)) })
    let all: Setting<Bool> = .toggle(
        "all", in: [.report, .review], .action,
        "report: every appointment that the ledger knows, once each. review: what is kept quiet too",
        isSetting: false)
    let state: Setting<StateList?> = Setting(
        "state", "STATE,…", kind: .list, in: [.report, .find], .action,
        "report: only rows in these states: \(StateList.rowWords). find: only appointments in these: \(StateList.appointmentWords)",
        isSetting: false, fallback: nil, parse: { StateList(parsing: try ValueParser.text($0)) })
    let onlyFile: Setting<String?> = .text(
        "file", "NAME", in: [.report], .action, "Only rows of the file of this name", isSetting: false)
    let excel: Setting<Bool> = .toggle(
        "excel", in: [.report, .find, .reconcile, .review], .action,
        "Make a CSV report fit for a spreadsheet: with a byte order mark, so that it reads the letters rightly, and without formulas. review --csv always does",
        isSetting: false)
    let check: Setting<Duration?> = .duration(
        "check", in: [.status], .action,
        "For monitoring: end with 0 when the last complete run is younger than this, nothing is pending, held or in doubt, and no file that --expect names is missing; otherwise with 6 when something is in doubt, and else with 5",
        isSetting: false)
    let tech: Setting<Int?> = .integer(
        "tech", "ID", 1...Int.max, in: [.find], .action, "Appointments of this technician", isSetting: false)
    let date: Setting<TypedDay?> = Setting(
        "date", "DAY", kind: .text, in: [.find], .action,
        "Appointments that start on this day, by the customer's clock: 1/5/2027 or 2027-01-05",
        isSetting: false, fallback: nil, parse: { try TypedDay(parsing: ValueParser.text($0)) })
    let from: Setting<TypedDay?> = Setting(
        "from", "DAY", kind: .text, in: [.reconcile], .action,
        "The first day that the report covers, by the customers' clocks: earlier visits are not missed",
        isSetting: false, fallback: nil, parse: { try TypedDay(parsing: ValueParser.text($0)) })
    let to: Setting<TypedDay?> = Setting(
        "to", "DAY", kind: .text, in: [.reconcile], .action,
        "The last day that the report covers: later visits are not missed", isSetting: false, fallback: nil,
        parse: { try TypedDay(parsing: ValueParser.text($0)) })
    let customerZone: Setting<ZoneRule?> = Setting(
        "customer-zone", "ZONE", kind: .text, in: [.reconcile], .action,
        "The customers' time zone, for visits that were imported without one", isSetting: false,
        fallback: nil,
        parse: { try ReadingOptions.timeZone(ValueParser.text($0)) })
    let csv: Setting<String?> = .path(
        "csv", in: [.review], .action, "Write the list to this file, for stimport resolve", isSetting: false)
    let created: Setting<[Int64]?> = .identifiers(
        "created", in: [.resolve], .action, "These appointments exist in SecurityTrax")
    let notCreated: Setting<[Int64]?> = .identifiers(
        "not-created", in: [.resolve], .action,
        "These appointments don't exist in SecurityTrax and may be posted again")
    let done: Setting<[Int64]?> = .identifiers(
        "done", in: [.resolve], .action, "What was to be done by hand about these appointments is done")
    let approve: Setting<Bool> = .toggle(
        "approve", in: [.resolve], .action,
        "With --run: post the appointments of that held run; stimport resume does it", isSetting: false)
    let quietUntil: Setting<TypedDay?> = Setting(
        "quiet-until", "DAY", kind: .text, in: [.resolve], .action,
        "Say nothing of the appointments whose IDs follow before this day: 2/1/2027 or 2027-02-01",
        isSetting: false, fallback: nil, parse: { try TypedDay(parsing: ValueParser.text($0)) })
    let batch: Setting<Int?> = .integer(
        "batch", "N", 1...Int.max, in: [.resolve], .action, "Every appointment in doubt of this batch",
        isSetting: false)
    let now: Setting<Bool> = .toggle(
        "now", in: [.resolve], .action,
        "Believe --not-created within 15 minutes of the post, while the server may still be working",
        isSetting: false)
    let note: Setting<String?> = .text(
        "note", "TEXT", in: [.resolve, .withdraw], .action, "Why: kept in the ledger", isSetting: false)
    let undo: Setting<Bool> = .toggle(
        "undo", in: [.withdraw], .action,
        "Take a withdrawal back: the appointment is again what it was, pending, created or refused",
        isSetting: false)
    let rebook: Setting<Bool> = .toggle(
        "rebook", in: [.withdraw], .action,
        "With --undo: make it pending whatever it was, because the visit is wanted and is not in SecurityTrax",
        isSetting: false, needs: "undo")
    let yes: Setting<Bool> = .toggle(
        "yes", in: [.resolve, .reconcile, .withdraw], .action,
        "Don't ask on a terminal whether what is shown is to be changed; for reconcile: take what is proposed, also where there is no terminal",
        short: "y", isSetting: false)
    let olderThan: Setting<Duration?> = .duration(
        "older-than", in: [.prune], .action, "Forget the details of appointments settled longer ago than this"
    )
    let initialize: Setting<Bool> = .toggle(
        "init", in: [.config], .action,
        "Write a commented settings file to start from; an existing one is never overwritten",
        isSetting: false)
    let port: Setting<Int?> = .integer(
        "port", "N", 0...65_535, in: [.sandbox], .action, "The port to listen on. A free one without it",
        isSetting: false)
    let fault: Setting<[String]> = .texts(
        "fault", "FAULT", in: [.sandbox], .action, "Misbehave in this way. May be repeated")
    let echo: Setting<Bool> = .toggle(
        "echo", in: [.sandbox], .action,
        "Repeat each request in its answer, password included, as some operations of the real service do",
        isSetting: false)
    let latency: Setting<Duration?> = .duration(
        "latency", in: [.sandbox], .action, "Wait this long (250ms, 2s) before each answer", isSetting: false)
    let refuseCustomer: Setting<[String]> = .texts(
        "refuse-customer", "ID", in: [.sandbox], .action,
        "Refuse this customer's appointments. May be repeated")
    let customers: Setting<String?> = .path(
        "customers", in: [.sandbox], .action,
        "The customers that queries find: CSV with SecurityTraxUniqueID and any of AccountNumber, FirstName, LastName, BusinessName, Phone1 to Phone4, Zip, City, State, Address1, Address2, Email and Lead. Without it, some of samples/appointments.csv",
        isSetting: false)

    // Output
    let rejects: Setting<String?> = .path(
        "rejects", in: .postingOrReading, .output,
        "Write invalid and refused rows to this file instead of NAME.rejects.csv beside the input",
        isSetting: false, excludes: ["no-rejects"])
    let noRejects: Setting<Bool> = .toggle(
        "no-rejects", in: .postingOrReading, .output, "Write no rejects file")
    let format: Setting<OutputFormat> = .choice(
        "format", "FORMAT", default: .text, in: .reporting, .output,
        "The form of the result on standard output",
        words: [
            .import: ["text", "json"], .resume: ["text", "json"], .status: ["text", "json", "csv"],
            .find: ["text", "json", "csv"], .reconcile: ["text", "json", "csv"], .review: ["text", "json"],
            .resolve: ["text", "json"],
            .withdraw: ["text", "json"],
            .prune: ["text", "json"], .config: ["text", "json"], .doctor: ["text", "json"],
            .check: ["text", "json", "csv"],
        ])
    let quiet: Setting<Bool> = .toggle(
        "quiet", in: .all, .output,
        "Print nothing on success, nor where an import or a resume has nothing but what an earlier one told. --format json still prints its result",
        short: "q",
        excludes: ["verbose"])
    let verbose: Setting<Bool> = .toggle(
        "verbose", in: .all, .output, "Print more: every finding, every post", short: "v")
    let noProgress: Setting<Bool> = .toggle(
        "no-progress", in: .postingOrReading, .output, "Show no progress on a terminal")
    let color: Setting<ColorChoice> = .choice(
        "color", "WHEN", default: .auto, in: .all, .output,
        "When to colour the output. auto: on a terminal, unless NO_COLOR is set")

    // Unattended runs
    let inbox: Setting<String?> = .path(
        "inbox", "DIR", kind: .folder, in: [.import, .doctor], .unattended,
        "Import every *.csv in this folder, the oldest first, and move the finished ones to its subfolders")
    let log: Setting<String?> = .path(
        "log", in: .posting.union([.sandbox]), .unattended,
        "Append the log to this file. The sandbox writes one line for each appointment that it creates")
    let logFormat: Setting<LogFormat> = .choice(
        "log-format", "FORMAT", default: .text, in: .posting, .unattended,
        "The log's form: lines of text, or one JSON object a line")
    let metrics: Setting<String?> = .path(
        "metrics", in: .posting, .unattended, "Write Prometheus metrics to this file at the end of the run")
    let notifyCommand: Setting<String?> = .text(
        "notify-command", "CMD", in: .posting.union([.doctor]), .unattended,
        "Run this after a run that has something to tell, with the JSON summary on its standard input; --notify-on says which runs those are"
    )

    let notifyOn: Setting<NotifyOccasion> = .choice(
        "notify-on", "WHEN", default: .new, in: .posting, .unattended,
        "When the notify command is run. any: after every run that did not end with 0. new: where something is new, or all is well again after a run that did not end with 0. change: where the run ends with another status than the one before. never: not at all"
    )
    let expect: Setting<[Expectation]> = Setting(
        "expect", "'PATTERN by HH:MM DAYS'", kind: .texts, in: [.import, .status], .unattended,
        "A file of this name must have been imported by this time of the day, by --time-zone or the machine's clock: 'housecall-*.csv by 02:30 Mon-Fri'. Otherwise a run of an inbox, and status --check, end with 5. The days are daily, weekdays, Mon-Fri or Mon,Wed,Fri. May be repeated",
        fallback: [], parse: { try $0.map { try Expectation(parsing: ValueParser.text([$0])) } })
    let pingURL: Setting<HeartbeatAddress?> = Setting(
        "ping-url", "URL", kind: .text, in: .posting, .unattended,
        "Tell a heartbeat service of each run, with its counts: POST to URL/start at its start, to URL after 0 or 1, to URL/fail after any other end. https, or http on this machine. It is kept as secret as may be, best in the variable",
        isSecret: true, fallback: nil, parse: { try ValueParser.heartbeat($0) })

    let commandTimeout: Setting<Duration> = .seconds(
        "command-timeout", 0.1...86_400, default: 30, in: .posting.union([.doctor]), .unattended,
        "How long the command that prints the password, and the notify command, may each take; then it is ended with its children"
    )

    // General
    let config: Setting<String?> = .path(
        "config", in: .all, .general,
        "Read settings from this file. Default: $XDG_CONFIG_HOME/stimport/settings.json, if present",
        isSetting: false, hasVariable: true)
    let profile: Setting<String?> = .text(
        "profile", "NAME", in: .all, .general,
        "Use the settings file's profile of this name over its other settings",
        isSetting: false, hasVariable: true)
    let allProfiles: Setting<Bool> = .toggle(
        "all-profiles", in: [.import, .resume, .status, .doctor], .general,
        "Do it for each profile of the settings file in turn, import with its inbox. One that fails stops no other; a table shows what became of each, and the exit status is that of the worst",
        isSetting: false,
        excludes: ["profile", "ledger", "site", "endpoint", "inbox", "metrics", "run"])
    let help: Setting<Bool> = .toggle(
        "help", in: .all, .general, "Show help, also for one command: stimport check --help", short: "h",
        isSetting: false)
    let version: Setting<Bool> = .toggle("version", in: .all, .general, "Show the version", isSetting: false)
}

extension FlagTable {
    /// The table; every flag, in the order of the declarations above; and the settings whose value goes somewhere as it
    /// is.
    static let (shared, flags, placed) = FlagRegister.collect { FlagTable() }

    static let byName: [String: Flag] = Dictionary(uniqueKeysWithValues: flags.map { ($0.name, $0) })

    static let byShort: [Character: Flag] = Dictionary(
        uniqueKeysWithValues: flags.compactMap { flag in flag.short.map { ($0, flag) } })

    /// The flags that one command takes, in the table's order.
    static func flags(of command: CommandName) -> [Flag] { flags.filter { $0.commands.contains(command) } }
}
