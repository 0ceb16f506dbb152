import AppointmentRows

extension Command {
    /// The word that asks `sample` for the file with the mistakes.
    static let messySample = "messy"

    static func named(_ name: CommandName) -> Command {
        guard let command = all.first(where: { $0.name == name }) else {
            preconditionFailure("every command name is in the table")
        }
        return command
    }

    /// Every command, in the order of the help.
    static let all: [Command] = [
        Command(
            name: .import, operands: Operands(usage: "FILE…", range: 0...Int.max, areFiles: true),
            summary: "validate, stage and post appointments",
            description: [
                "Reads appointments from CSV files (- is standard input), validates them, keeps them in the ledger and posts them to SecurityTrax in batches. The word import may be left out.",
                "A run that ended early, for whatever reason, is completed by the same command: what was created is not posted again. Invalid and refused rows go to NAME.rejects.csv beside the input, which can be corrected and imported.",
                "With --inbox, every *.csv of a folder is imported in one run, the oldest first, and then moved: to done/, to rejects/ beside its rejects file (or when it can't be read as appointments), to doubt/ when some of its rows are in doubt. A file with pending rows stays. Nothing is ever overwritten: a name that is taken gets a number. A file is taken once nobody has written to it for 5 seconds; one that is still being written after 30 is left for the next run. Names that begin with a dot or end with .part, .tmp, .part.csv, .tmp.csv or .rejects.csv, links and folders are left alone.",
                "Where standard error is no terminal, it gets the log: a line with time and level for each event; priorities instead of times in systemd's journal.",
            ],
            examples: [
                Example(line: "stimport appointments.csv", meaning: "import one file"),
                Example(
                    line: "stimport --sandbox appointments.csv",
                    meaning: "try it without SecurityTrax: nothing is sent there"),
                Example(
                    line: "stimport --dry-run --show-xml appointments.csv",
                    meaning: "show what would be posted"),
                Example(
                    line: "stimport --map StartTime=\"Appt start\" --time-zone Mountain export.csv",
                    meaning: "take the start from another column, convert times with an offset"),
                Example(
                    line: "stimport --inbox /srv/appointments --quiet",
                    meaning: "every file of a folder, at night"),
                Example(line: "stimport ./check", meaning: "a file that is called like a command"),
            ]),
        Command(
            name: .check, operands: Operands(usage: "FILE…", range: 1...Int.max, areFiles: true),
            summary: "validate only; no ledger, no network (--online: with both)",
            description: [
                "Validates files as an import would, and shows what is wrong with which row. It neither reads nor makes a ledger, and takes every row as new.",
                "With --online, SecurityTrax is asked for the customers of the rows, as an import with --verify-customers does, and the rows are compared with the ledger: it says what an import would say now. Nothing is created, and the ledger gets the answers about phones and account numbers alone.",
            ],
            examples: [
                Example(line: "stimport check appointments.csv", meaning: "list what is wrong"),
                Example(
                    line: "stimport check --online export.csv", meaning: "ask who the customers are, too"),
                Example(
                    line: "stimport check --preview export.csv", meaning: "show how the file is understood"),
                Example(
                    line: "stimport check --format csv *.csv", meaning: "every finding, for a spreadsheet"),
            ]),
        Command(
            name: .map, operands: Operands(usage: "FILE", range: 1...1, areFiles: true),
            summary: "say once what a program's columns and words mean",
            description: [
                "Shows how a file is understood, and asks on a terminal for the columns and for the words (services, technicians, statuses) that are not. The answers become a layout in the settings file, once all of it was shown and confirmed; files with the same header, in whatever order, are read so from then on, and each run says which layout it used. Nothing of it holds for files of another header.",
                "A file that lacks a column from which earlier files of its layout were read is refused (column-gone). To forget a layout, take it out of \"layouts\" in the settings file. Without a terminal nothing is asked or written: the settings that would do are printed. It then ends with 3 where columns are missing, and with 1 where words are.",
            ],
            examples: [
                Example(line: "stimport map export.csv", meaning: "once for each program"),
                Example(
                    line: "stimport map --layout housecall jobs.csv", meaning: "under a name of your own"),
            ]),
        Command(
            name: .doctor, operands: .none,
            summary:
                "try the settings, the password, the address, the ledger and the clock; nothing is created",
            description: [
                "Tries each part as a run would, and lists what works and what does not, with what would fix it: the settings and where each came from, the password, the ledger and its folder's locks, the address, its certificate, the login, the queries, the inbox, the notify command, the clock and the time zones. What depends on a part that failed is skipped.",
                "It sends the login alone and one query about a number that nobody has. Neither creates anything. It makes no ledger and posts nothing. Before the first appointment is created it also lists what should be looked at in SecurityTrax.",
                "Ends with 0, or by what failed first: 2 (settings and this machine), 4 (the login), 5 (the service) or 8 (the ledger).",
            ],
            examples: [
                Example(line: "stimport doctor", meaning: "before the first run, and when something fails"),
                Example(
                    line: "stimport doctor --inbox /srv/stimport/inbox --format json",
                    meaning: "for a program"),
            ]),
        Command(
            name: .resume, operands: .none, summary: "post everything that is still pending in the ledger",
            description: [
                "Posts the rows that earlier runs left pending, whichever files they came from, and first prints what it will post, by run and age. Rows in doubt are left to stimport review and stimport resolve."
            ],
            examples: [Example(line: "stimport resume", meaning: "post what is pending")]),
        Command(
            name: .status, operands: .none,
            summary: "show runs, their counts, and what is pending or in doubt",
            description: [
                "Shows what is true now, and the next command to type. With --check it answers a monitoring system through its exit status: 0 when the last complete run is recent enough and nothing is pending, held or in doubt, 5 when it is stale, rows are pending, a run is held or a file that --expect names has not come, 6 when something is in doubt, 8 when there is no ledger or it can't be read. A last success alone is not enough: what waits must be empty too.",
                "Given several times, --ledger asks that many ledgers, one for each site of a dealer: one table with a line for each, and with --check the word, the reason and the exit status of the worst. One that is missing or can't be read is said, and stops no other.",
            ],
            examples: [
                Example(line: "stimport status", meaning: "the last runs"),
                Example(line: "stimport status --run 12", meaning: "one run"),
                Example(
                    line: "stimport status --check 26h --quiet", meaning: "for monitoring a nightly import"),
                Example(
                    line: "stimport status --check 26h --ledger north.sqlite3 --ledger south.sqlite3",
                    meaning: "several sites, each with a ledger of its own"),
            ]),
        Command(
            name: .find, operands: Operands(usage: "[WHAT…]", range: 0...Int.max),
            summary: "show all that is known of a customer, a number, a technician or a day",
            description: [
                "WHAT is a customer's ID or the sender's own appointment number (--identity-column); several are looked up at once. With --tech, --date, --state and --since, only the appointments that fit all of them are shown, and without WHAT every one that fits. Each comes with its state, when it was staged, posted and answered, by which run and batch, from which file and line, what people said of it since, and the portal's addresses of the customer where the endpoint is a dealer's site. It ends with 1 where nothing is known of one of them.",
                "Given several times, --ledger has that many ledgers searched: each appointment says which one it is in. One that is missing or can't be read is said, and stops no other.",
            ],
            examples: [
                Example(line: "stimport find 103317", meaning: "was this customer's visit booked, and when?"),
                Example(line: "stimport find --tech 23 --date 1/5/2027", meaning: "a technician's day"),
                Example(
                    line: "stimport find --state refused --since 7d --format csv",
                    meaning: "a week's refusals, for a spreadsheet"),
            ]),
        Command(
            name: .review, operands: .none,
            summary: "list all that needs a person: doubts, held runs, what is to be done by hand",
            description: [
                "Lists, each with its next command: appointments in doubt; runs that are held before their first post (--hold-if); and visits to be changed in SecurityTrax by hand, since a later file cancels, moves or lacks them, which the interface can't.",
                "An appointment is in doubt when the outcome of its post can't be known: it may exist in SecurityTrax or not. Look each one up there, and say with stimport resolve what you found.",
            ],
            examples: [
                Example(line: "stimport review", meaning: "list them"),
                Example(
                    line: "stimport review --csv doubt.csv",
                    meaning: "a list with a verdict column to fill in for stimport resolve"),
            ]),
        Command(
            name: .reconcile, operands: Operands(usage: "REPORT.csv", range: 1...1, areFiles: true),
            summary: "compare a report that SecurityTrax exported with the ledger",
            description: [
                "Reads a report of appointments, with any columns: the customer's SecurityTrax ID and the start must be among them (--map names them where their names are not understood); the end, the service, the technician and a status are compared where they are there. It lists what is in doubt and in the report; what is in doubt and not in the report, which stays in doubt; what was created and is missing; what stands there twice; and what is still to be posted and there already.",
                "\"Created\" is proposed only where exactly one entry of the report fits a visit, and fits no other. On a terminal it asks whether to take what it proposes; --yes takes it; otherwise nothing is changed, and the words to give (stimport resolve --created …) are shown. Nothing is ever proposed as not created: a report may lack a visit for many reasons.",
                "Reports show times in their viewer's zone: --time-zone says which. Without it they are taken for the customers' own. The zone that the settings name is the customers'; --customer-zone says it here, for visits that were imported without one.",
                "--format csv is a list that stimport resolve takes. It ends with 0 where all agree, with 6 where something is in doubt, and with 1 where something is missing or double.",
            ],
            examples: [
                Example(line: "stimport reconcile report.csv", meaning: "compare everything"),
                Example(
                    line: "stimport reconcile report.csv --map StartTime=\"Begins\" --time-zone Eastern",
                    meaning: "other names, and the zone of whoever exported it"),
                Example(
                    line: "stimport reconcile report.csv --from 1/4/2027 --to 1/8/2027",
                    meaning: "a report of some days: visits on others are not missed"),
            ]),
        Command(
            name: .resolve, operands: Operands(usage: "[FILE]", range: 0...Int.max, areFiles: true),
            summary: "say which appointments in doubt exist, and what of the list is done",
            description: [
                "Records a person's verdict on appointments in doubt, after showing each: --created for those that exist in SecurityTrax, --not-created for those that don't and may be posted again. IDs may be ranges (31-35). Without any, on a terminal, it shows one visit after the other and asks: created, not created, or skip; then it shows the whole list, asks once, and writes all of it or nothing. FILE is the list that stimport review --csv wrote, its verdict column filled in with created or not-created (empty leaves the appointment in doubt).",
                "--done says that what review lists as to be done by hand was done in SecurityTrax. --run N --approve lets a run be posted that --hold-if held; stimport resume then posts it, and stimport withdraw --run N takes it back instead. --quiet-until DAY with IDs keeps those out of review and notifications until then. The list of stimport review --csv takes all of these words: done, approve.",
            ],
            examples: [
                Example(line: "stimport resolve", meaning: "be asked, one by one"),
                Example(line: "stimport resolve --created 17-18 --not-created 19", meaning: "by number"),
                Example(line: "stimport resolve --batch 4 --created", meaning: "a whole batch"),
                Example(line: "stimport resolve doubt.csv", meaning: "from a filled-in list"),
                Example(
                    line: "stimport resolve --done 31-33 --note \"moved in the portal\"",
                    meaning: "what was to be done by hand is done"),
                Example(
                    line: "stimport resolve --run 12 --approve --note \"spring campaign\"",
                    meaning: "post a run that is held"),
                Example(
                    line: "stimport resolve --quiet-until 2/1/2027 31",
                    meaning: "say nothing of it before that day"),
            ]),
        Command(
            name: .withdraw, operands: Operands(usage: "[ID…]", range: 0...Int.max),
            summary: "take appointments back out of the ledger",
            description: [
                "For wrong rows that are still pending, and for visits that were cancelled in SecurityTrax. They are kept out for good: a file that brings one again has it skipped, until --undo takes the withdrawal back. It changes the ledger only, never SecurityTrax. Each appointment is shown first; who, when and why are kept."
            ],
            examples: [
                Example(
                    line: "stimport withdraw 17 18 --note \"cancelled by phone\"", meaning: "two appointments"
                ),
                Example(
                    line: "stimport withdraw --run 12 --note \"wrong file\"", meaning: "everything of a run"),
                Example(line: "stimport withdraw --undo 17", meaning: "as it was before"),
            ]),
        Command(
            name: .report, operands: .none, summary: "show a finished run again, or every appointment",
            description: [
                "Shows the last run that had rows (a dry run has to be named), the run that --run names, or with --all every appointment that the ledger knows."
            ],
            examples: [
                Example(
                    line: "stimport report --run 12 --format html > run12.html", meaning: "a page to pass on"),
                Example(
                    line: "stimport report --all --format csv > appointments.csv",
                    meaning: "everything, for a spreadsheet"),
            ]),
        Command(
            name: .config, operands: .none, summary: "show every setting, its value and where it came from",
            description: [
                "Settings come from flags, then STIMPORT_* variables, then the settings file (the profile before the rest), then defaults. Secrets are masked."
            ],
            examples: [
                Example(line: "stimport config", meaning: "what holds now, and why"),
                Example(line: "stimport config --init", meaning: "write a settings file to start from"),
                Example(line: "stimport config --profile acme --format json", meaning: "for a program"),
            ]),
        Command(
            name: .sandbox, operands: .none, summary: "run a stand-in for SecurityTrax on this machine",
            description: [
                "Listens on loopback, behaves like SecurityTrax, prints the settings to use with it, and misbehaves on request. Ends with Ctrl-C."
            ],
            examples: [
                Example(line: "stimport sandbox --port 8080", meaning: "on a fixed port"),
                Example(
                    line: "stimport sandbox --latency 500ms --refuse-customer 1234",
                    meaning: "slow, and with a customer that it refuses"),
            ]),
        Command(
            name: .prune, operands: .none, summary: "forget old details, keep what prevents double booking",
            description: [
                "Removes the details of appointments that were settled long ago. Their identities and states stay, so that none is ever posted twice. Pending rows and rows in doubt are never touched, nor are the runs that brought them.",
                "Of older runs, the rows, findings and batches go and the counts stay; their reports say so. The file is made smaller when at least a quarter of it, and 1 MiB, came free.",
            ],
            examples: [
                Example(line: "stimport prune --older-than 90d --dry-run", meaning: "count what would go"),
                Example(line: "stimport prune --older-than 90d", meaning: "do it"),
            ]),
        Command(
            name: .ledger,
            operands: Operands(
                usage: "backup FILE | adopt", range: 1...2, words: ["backup", "adopt"], areFiles: true),
            summary: "copy the ledger, or take a copy into use",
            description: [
                "backup writes a copy, also while a run is posting. The copy is marked as one: a run on it is refused until stimport ledger adopt takes it into use, which puts its pending rows in doubt, since they may have been posted after the copy was made. A ledger that lacks the last run that the file LEDGER.lock remembers is refused in the same way.",
                "What was posted after the copy was made and is not in it can't be known: look into SecurityTrax before importing those files again. A copy made by other means (cp) without its .lock file beside it can't be told from the ledger itself.",
            ],
            examples: [
                Example(line: "stimport ledger backup /backup/ledger.sqlite3", meaning: "copy it"),
                Example(
                    line: "stimport ledger adopt --ledger restored.sqlite3",
                    meaning: "go on with a restored copy"),
            ]),
        Command(
            name: .sample, operands: Operands(usage: "[messy]", range: 0...1, words: [messySample]),
            summary: "print a file to try things out with",
            description: [
                "Prints a week of a small dealer as CSV, on days that lie ahead: 42 appointments that check finds valid. "
                    + "With messy, a file that has one of each common mistake instead."
            ],
            examples: [
                Example(line: "stimport sample > appointments.csv", meaning: "make the file"),
                Example(line: "stimport sample | stimport check -", meaning: "look at it"),
                Example(
                    line: "stimport sample messy | stimport check -", meaning: "what is said of mistakes"),
            ], readsSettings: false),
        Command(
            name: .completions,
            operands: Operands(usage: "SHELL", range: 1...1, words: ["bash", "zsh", "fish"]),
            summary: "print completions for bash, zsh or fish",
            description: ["Prints a script that completes commands, options and their words."],
            examples: [
                Example(line: "source <(stimport completions bash)", meaning: "bash, in ~/.bashrc"),
                Example(
                    line: "stimport completions zsh > ~/.zfunc/_stimport",
                    meaning: "zsh, in a folder of $fpath"),
                Example(
                    line: "stimport completions fish > ~/.config/fish/completions/stimport.fish",
                    meaning: "fish"),
            ], readsSettings: false),
        Command(
            name: .man, operands: .none, summary: "print the manual page",
            description: ["Prints the manual page in the man macros."],
            examples: [
                Example(line: "stimport man | man -l -", meaning: "read it"),
                Example(line: "stimport man > /usr/local/share/man/man1/stimport.1", meaning: "install it"),
            ], readsSettings: false),
        Command(
            name: .help,
            operands: Operands(
                usage: "[COMMAND | CODE]", range: 0...1, words: CommandName.allCases.map(\.rawValue),
                allowsOthers: true),
            summary: "explain stimport, one of its commands, or a code",
            description: [
                "Explains stimport, one of its commands with its options and examples, or a code: of a finding, a file that can't be imported, a state, an outcome, a stop, an exit status, or a key of the JSON summary."
            ],
            examples: [
                Example(line: "stimport help resolve", meaning: "explain one command"),
                Example(line: "stimport help already-booked-differently", meaning: "explain a finding"),
                Example(line: "stimport help 6", meaning: "explain an exit status"),
            ],
            readsSettings: false),
        Command(
            name: .version, operands: .none, summary: "print the version",
            description: ["Prints the version."], examples: [],
            readsSettings: false),
    ]
}
