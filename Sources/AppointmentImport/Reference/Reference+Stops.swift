import AppointmentLedger

extension Reference {
    static func text(of code: RunStop.Code) -> Text {
        switch code {
        case .allOrNothing:
            (
                "A row is invalid or a file can't be read, and --all-or-nothing posts nothing then.",
                "You asked for all of it or none.", "Correct it and import all of it again."
            )
        case .tooManyInvalid:
            (
                "Every file has more invalid rows than --max-invalid allows.",
                "So many mistakes are one mistake: a moved column, another export.",
                "Look at the first findings, correct the files, and import them again."
            )
        case .credentialsRefused:
            (
                "SecurityTrax refused the user name, the password or the partner ID.",
                "Trying again and again may lock the account.",
                "Correct them, then start it again: nothing was created."
            )
        case .wrongService:
            (
                "The address or a setting is wrong: no post would fare better.",
                "A maintenance page, a redirect or another service must not see row after row.",
                "Check --endpoint or --site, and what the message says."
            )
        case .unreachable:
            (
                "SecurityTrax can't be reached or keeps refusing, for as many tries as --retries allows.",
                "A service that is down is not helped by more posts.", "Start it again later."
            )
        case .everythingRefused:
            (
                "The first batches were refused down to the last row.",
                "Then the fault is in the address, the login or a setting, not in every row.",
                "Read the reason; the rows are pending and nothing is lost."
            )
        case .tooMuchDoubt:
            (
                "Batch after batch came into doubt.",
                "Doubt costs a person's time: a service that answers so must not get more rows.",
                "stimport review; start it again once SecurityTrax answers. That run begins with a single row."
            )
        case .timeRanOut:
            ("--stop-after passed.", "You asked for it.", "Start it again, or stimport resume.")
        case .firstRows:
            (
                "As many rows were posted as --first says.",
                "A first real run is looked at before the rest follows.",
                "Look them up in SecurityTrax; the same command without --first posts the others."
            )
        case .outsideWindow:
            (
                "It was outside the hours of --post-between.",
                "Creating a visit may text its customer, who is asleep at 2 a.m.",
                "Nothing: a stimport resume between those hours posts what is pending."
            )
        case .held:
            (
                "A condition of --hold-if was met, so nothing was posted: the run keeps its appointments apart. Or rows of the run wait for a word on an earlier one that is held.",
                "A file that is not like those of other nights may be the wrong one, and a visit can't be taken back.",
                "Look at stimport review; then stimport resolve --run N --approve --note TEXT, or stimport withdraw --run N --note TEXT."
            )
        case .expectedFile:
            (
                "A file that --expect names has not come by its time, or is empty, or is an earlier one again.",
                "A night without a file looks like a night without work, and nobody would go and see.",
                "See whether the program that writes it ran; what was imported is fine. A file that comes late ends it."
            )
        case .interrupted:
            (
                "A signal stopped the run, after what was in flight was settled. Where that was before its first post, none of its rows is kept.",
                "You, or the system, asked for it.",
                "Start it again; where something was posted, stimport resume does it too."
            )
        }
    }

    static func text(of code: LedgerError.Code) -> Text {
        switch code {
        case .held:
            (
                "Another run holds the ledger.", "Two runs at once could post the same row.",
                "Wait for it, or let this one wait with --wait-for-lock."
            )
        case .missing:
            (
                "There is no ledger, and there must be one (--require-ledger, or a command that only reads).",
                "Without its ledger nobody knows what was posted before.", "Name the right one with --ledger."
            )
        case .corrupt:
            (
                "The ledger is damaged, or is not the file any more that its lock file remembers.",
                "Posting from it, or from another one instead, could book twice.",
                "Take a backup into use: stimport ledger adopt."
            )
        case .foreign:
            (
                "The file is some other database, or none.", "It is not touched.",
                "Name the right one with --ledger."
            )
        case .newer:
            (
                "A newer version of stimport wrote the ledger.", "What this one doesn't know it could break.",
                "Update stimport."
            )
        case .older:
            (
                "The ledger is of an older version, and may not be changed here.",
                "Bringing it up to date needs to write.",
                "Open it once with the right to write."
            )
        case .readOnly:
            (
                "The ledger can't be written.", "Progress that is not kept would be forgotten.",
                "Give the right to write to its folder."
            )
        case .full:
            (
                "The disk is full.", "No batch is sent that could not be put on record.",
                "Make room, then start it again."
            )
        case .unreachable:
            (
                "The ledger's folder can't be reached.", "Progress has to be kept somewhere.",
                "Check the path of --ledger."
            )
        case .busy:
            (
                "Some other program keeps the ledger busy.",
                "A backup tool or a database browser may hold it.", "Close it, then start it again."
            )
        case .copy:
            (
                "The ledger is a copy.", "What was posted since the copy was made it doesn't know.",
                "Use the original; where that is lost, stimport ledger adopt."
            )
        case .behind:
            (
                "The ledger lacks what its lock file remembers: it is gone, an old copy was put back, or its log was deleted.",
                "What is missing could be posted twice.",
                "Put the newer one back, or the copy that a run kept of it (.rescued); where both are lost, put a backup in its place: stimport ledger adopt."
            )
        case .linked:
            (
                "The ledger has several names, or is mounted by itself.",
                "Each name would have a lock of its own, and two runs could post at once.",
                "Remove the other names; mount its folder, not the file."
            )
        case .moved:
            (
                "The ledger was moved, deleted or replaced while it was in use.",
                "What is sent must stand where the next run looks.",
                "Put it back; the message says where the outcomes are."
            )
        case .lockFailed:
            (
                "The file system can't lock the ledger.", "Without a lock two runs could post at once.",
                "Keep the ledger on a local disk."
            )
        case .failed:
            (
                "SQLite failed; the message has its words.", "Nothing is posted that can't be put on record.",
                "See what the message says."
            )
        case .unknownAppointment:
            (
                "The ledger has no appointment of that number.", "Nothing was changed.",
                "Take the numbers from stimport review, find, or report --all --format csv."
            )
        case .unknownRun:
            (
                "The ledger has no run of that number.", "Nothing was changed.",
                "Take the number from stimport status."
            )
        case .notInDoubt:
            (
                "What was to be resolved is not in doubt.", "Only a doubt needs a person's word.",
                "Make a new list with stimport review."
            )
        case .tooSoon:
            (
                "--not-created was said within 15 minutes of the post.",
                "The server may still be working on it, and would then create it after all.",
                "Wait and look again, or add --now if you are certain."
            )
        case .oldList:
            (
                "The list speaks of another batch than the one that is in doubt now.",
                "The appointment was posted again since the list was made.",
                "Make a new list with stimport review --csv FILE."
            )
        case .unreadableList:
            (
                "A line of the list can't be understood.", "A list counts as a whole or not at all.",
                "Mend that line, or make a new list with stimport review --csv FILE."
            )
        case .notWithdrawable:
            (
                "Only pending, created and refused appointments can be withdrawn.",
                "What is in doubt has to be settled first.", "Settle it with stimport resolve."
            )
        case .notWithdrawn:
            (
                "The appointment is not withdrawn.", "There is nothing to take back.",
                "See what it is with stimport find."
            )
        case .changedMeanwhile:
            (
                "The appointment changed between being shown and being changed.",
                "What a person says holds for what was shown.", "Look at it again, and say it anew."
            )
        case .nothingToDo:
            (
                "Nothing is to be done by hand for that appointment.", "A word counts for what is listed.",
                "Take the numbers from a new stimport review."
            )
        case .notHeld:
            (
                "The run is not held.", "Only a held run waits for an approval.",
                "stimport review lists the runs that are."
            )
        case .copyFailed:
            (
                "The copy of the ledger could not be written.", "The ledger itself was not touched.",
                "Name another place, or make room there."
            )
        }
    }

    static func text(of status: ExitStatus) -> Text {
        let meaning = status.meaning.prefix(1).uppercased() + status.meaning.dropFirst() + "."
        return switch status {
        case .success: (meaning, "A timer may take it for done.", "Nothing.")
        case .rowsRejected:
            (
                meaning, "The good rows are booked; the others wait for somebody.",
                "Correct the rejects file and import it."
            )
        case .wrongUsage:
            (meaning, "A mistake in a setting must not book anything.", "Do what the message says.")
        case .unreadableInput:
            (
                meaning, "What can't be read for certain is not booked.",
                "Do what the message says; other files went on."
            )
        case .credentialsRefused: (meaning, "Trying again may lock the account.", "Correct the credentials.")
        case .unfinished:
            (meaning, "Pending rows are safe: starting again posts each of them once.", "Start it again.")
        case .inDoubt:
            (
                meaning, "It alone needs a person, so it goes before most others.",
                "stimport review, then stimport resolve."
            )
        case .ledgerLocked:
            (meaning, "Two runs at once could post the same row.", "Wait, or use --wait-for-lock.")
        case .ledgerUnusable:
            (meaning, "Nothing is posted that can't be put on record.", "Do what the message says.")
        case .interrupted, .terminated:
            (meaning, "What was in flight was settled first.", "Start it again, or stimport resume.")
        }
    }
}
