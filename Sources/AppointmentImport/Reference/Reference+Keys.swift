extension Reference {
    /// The keys of `--format json` that are not states.
    static let keys: [(code: String, text: Text)] = [
        ("version", ("The version of the summary: 2.", "A script can tell what it reads.", "Check it.")),
        (
            "run",
            (
                "The run's number in the ledger; null where none was kept.",
                "status, report and withdraw take it.", "Keep it."
            )
        ),
        (
            "exit",
            (
                "The process's own exit status.", "It is there where only the JSON is kept.",
                "stimport help and the number explain it."
            )
        ),
        (
            "stopped",
            (
                "Why the run stopped itself: an object with code, message and fix; null where it did not.",
                "A run that posted nothing must say why.", "stimport help and the code explain it."
            )
        ),
        (
            "files",
            (
                "Each input file with its counts.", "For resume, the files that the rows came from.",
                "Add them up if you like: they are the totals."
            )
        ),
        (
            "totals",
            (
                "The counts of all files.", "rows is always the sum of the eight states.",
                "Watch in_doubt and pending."
            )
        ),
        (
            "batches",
            ("Batches that were claimed.", "Each is on record before its first byte leaves.", "Nothing.")
        ),
        (
            "posts",
            (
                "Requests with creates that were attempted; handshakes and queries are not among them.",
                "It is what the service saw.", "Nothing."
            )
        ),
        (
            "retries",
            (
                "Those posts that repeated rows after it was proven that nothing was created.",
                "A service that often needs them is unwell.", "Nothing."
            )
        ),
        ("seconds", ("How long the run took.", "For watching it over time.", "Nothing.")),
        (
            "look_ups_needed",
            (
                "Valid rows that name their customer by phone or account number, where SecurityTrax was not asked; left out where there are none.",
                "Whether such a customer is known shows only when somebody asks.",
                "stimport check --online asks, and so does an import."
            )
        ),
        (
            "ledger_created",
            (
                "Whether the run made its ledger.",
                "A new ledger knows nothing of earlier nights: unexpected, it is a warning.",
                "Use --require-ledger on a timer."
            )
        ),
        (
            "to_do",
            (
                "What is to be done by hand: new, open and closed count it, items lists what is new. In an item, its own number.",
                "The interface can't move or cancel a visit.", "stimport review lists what is open."
            )
        ),
        (
            "findings_known",
            (
                "How many of the findings an earlier run told of the same visit.",
                "What is known wakes nobody a second time.", "Look at the others first."
            )
        ),
        (
            "in_doubt_known",
            (
                "How many of the rows in doubt are so since an earlier run.",
                "What is known wakes nobody a second time.", "stimport review lists all of them."
            )
        ),
        (
            "known",
            (
                "Whether an earlier run told the same of the same visit.",
                "An export has the same bad rows every night.", "Nothing."
            )
        ),
        (
            "remarks",
            (
                "What is odd about a file as a whole, each with code and message; left out where nothing is.",
                "Yesterday's export looks like tonight's.", "stimport help and the code explain it."
            )
        ),
        ("new", ("What this run found first.", "It makes the run end with 1.", "Nothing.")),
        (
            "open",
            (
                "What is open after the run, whatever run found it.", "It stays until somebody does it.",
                "Nothing."
            )
        ),
        (
            "closed",
            (
                "What this run's files closed: they agree again with what was created.",
                "Nobody has to look at it.", "Nothing."
            )
        ),
        (
            "items",
            (
                "The new to-dos, each with what was created and what the file says now.",
                "At most 1,000 are listed.", "stimport review lists all."
            )
        ),
        (
            "findings_total",
            ("How many findings there are.", "At most 1,000 are listed.", "stimport report lists all.")
        ),
        (
            "findings",
            (
                "What there is to say about rows, each with file, line, column, code, severity, value, message and fix.",
                "Whoever is notified sees why.", "stimport help and the code explain it."
            )
        ),
        (
            "profiles",
            (
                "With --all-profiles: each profile with its exit, error and result.",
                "The result is what the command prints for one profile alone.", "Read the worst first."
            )
        ),
        (
            "profile",
            ("The profile's name in the settings file.", "To tell one dealer from the other.", "Nothing.")
        ),
        (
            "result",
            (
                "What the command came to for a profile; null where it could not begin.",
                "It has the form of that command's own JSON.", "See error where it is null."
            )
        ),
        ("rows", ("The rows read: the sum of the eight states.", "No row is lost.", "Nothing.")),
        (
            "rejects",
            (
                "The rejects file that was written; null where there is none.", "It holds what to correct.",
                "Correct it and import it."
            )
        ),
        (
            "rejects_error",
            (
                "Why no rejects file could be written.", "The rows are still in the ledger.",
                "stimport report lists them."
            )
        ),
        ("error", ("Why the file could not be imported.", "The other files went on.", "Do what it says.")),
        (
            "error_code",
            (
                "The code of that.", "A script can tell one from the other.",
                "stimport help and the code explain it."
            )
        ),
        ("moved_to", ("Where an inbox put the file.", "A file that is done leaves the inbox.", "Nothing.")),
        (
            "move_error",
            (
                "Why a file was left in its inbox.", "The next run finds everything created and moves it.",
                "Give the right to write to the inbox's folders."
            )
        ),
        ("file", ("The file's name as it was given.", "It is - for standard input.", "Nothing.")),
        ("line", ("The line that the row starts on.", "The header is line 1 of most files.", "Look there.")),
        (
            "customer",
            (
                "Whose row it is: the ID, or the number that names the customer; null where it says neither.",
                "The line alone tells nobody whom it is about.", "Look that customer up."
            )
        ),
        (
            "column",
            (
                "The column's name as the file has it; null where the whole row is meant.",
                "Files name columns in their own way.", "Look there."
            )
        ),
        (
            "code",
            (
                "The stable name of a finding or a stop.", "Messages may change, codes do not.",
                "stimport help and the code explain it."
            )
        ),
        (
            "severity",
            (
                "error, warning, skipped or refused.", "An error makes the row invalid, a warning does not.",
                "Nothing."
            )
        ),
        ("value", ("The text that is wrong, shortened.", "To find it.", "Nothing.")),
        ("message", ("The reason in words.", "For people.", "Read it.")),
        ("fix", ("What would help.", "For people.", "Do it.")),
    ]
}
