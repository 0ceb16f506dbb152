/// Why a person's words were not taken. Nothing was changed.
extension LedgerError {
    private static func refused(_ code: Code, _ message: String, fix: String) -> LedgerError {
        LedgerError(code, message + "; nothing was changed", fix: fix)
    }

    static func unknown(_ id: Int) -> LedgerError {
        refused(
            .unknownAppointment, "the ledger has no appointment \(id)",
            fix: "take the IDs from stimport review, or from stimport report --all --format csv")
    }

    static func unknown(run: Int) -> LedgerError {
        refused(
            .unknownRun, "the ledger has no run \(run)", fix: "take the number from stimport status")
    }

    static func nothingInDoubt(batch: Int) -> LedgerError {
        refused(
            .notInDoubt, "nothing of batch \(batch) is in doubt", fix: "take the number from stimport review")
    }

    static func notInDoubt(_ id: Int, state: AppointmentState?) -> LedgerError {
        guard let state else { return unknown(id) }
        return refused(
            .notInDoubt, "appointment \(id) is not in doubt: it is \(state.words)",
            fix: "take the IDs from a new stimport review")
    }

    static func oldList(_ id: Int, batch: Int, now: Int) -> LedgerError {
        refused(
            .oldList,
            "appointment \(id) is in doubt since batch \(now), and this list speaks of batch \(batch)",
            fix: "it is an old list: make a new one with stimport review --csv FILE")
    }

    static func oldList(_ id: Int) -> LedgerError {
        refused(
            .oldList, "what is to be done for appointment \(id) is not what this list says any more",
            fix: "it is an old list: make a new one with stimport review --csv FILE")
    }

    static func nothingToDo(_ id: Int) -> LedgerError {
        refused(
            .nothingToDo, "nothing is to be done for appointment \(id)",
            fix: "take the IDs from a new stimport review")
    }

    static func notHeld(run: Int) -> LedgerError {
        refused(
            .notHeld, "run \(run) is not held", fix: "stimport review lists the runs that are")
    }

    static func tooSoon(_ id: Int) -> LedgerError {
        refused(
            .tooSoon, "appointment \(id) was posted less than \(Ledger.settlingMinutes) minutes ago",
            fix:
                "SecurityTrax may still be working on it: wait and look again, or add --now if you are certain"
        )
    }

    static func cannotWithdraw(_ id: Int, state: AppointmentState?) -> LedgerError {
        guard let state else { return unknown(id) }
        return refused(
            .notWithdrawable,
            "appointment \(id) is \(state.words): only pending, created and refused ones can be withdrawn",
            fix: state == .withdrawn
                ? "there is nothing to withdraw" : "settle it first with stimport resolve")
    }

    static func notWithdrawn(_ id: Int, state: AppointmentState?) -> LedgerError {
        guard let state else { return unknown(id) }
        return refused(
            .notWithdrawn, "appointment \(id) is not withdrawn: it is \(state.words)",
            fix: "there is nothing to take back")
    }

    static func otherList(_ what: String) -> LedgerError {
        refused(
            .oldList, "\(what): it is the list of another ledger, or was changed",
            fix: "name the ledger that the list was made of (--ledger, --profile), or make a new list")
    }

    static func bookedMeanwhile(_ id: Int, _ other: Int, state: AppointmentState?) -> LedgerError {
        // What SecurityTrax has, or may have, stays there whatever is withdrawn here.
        let first =
            switch state {
            case .created: "cancel \(other) in SecurityTrax first, then withdraw it here,"
            case .inDoubt, .posting:
                "look whether SecurityTrax has \(other), say so with stimport resolve, cancel it there if it has, and withdraw it here first,"
            default: "withdraw \(other) first"
            }
        return refused(
            .notWithdrawn,
            "appointment \(other) was booked since \(id) was withdrawn: the same customer and service, and their times overlap",
            fix:
                "\(first) where \(id) is the one that is meant; otherwise leave \(id) withdrawn"
        )
    }

    static func changedMeanwhile(_ id: Int) -> LedgerError {
        refused(
            .changedMeanwhile, "appointment \(id) has changed since it was shown",
            fix: "look at it again, and say it anew")
    }

    static func copyFailed(_ message: String) -> LedgerError {
        LedgerError(.copyFailed, message, fix: "name another place, or make room there")
    }
}
