import AppointmentLedger

extension Reference {
    static func text(of state: RowState) -> Text {
        switch state {
        case .created:
            ("This run created it.", "SecurityTrax answered for this very row.", "Nothing.")
        case .alreadyCreated:
            (
                "An earlier run created it.",
                "The same appointment is never posted twice, whatever file brings it.",
                "Nothing."
            )
        case .duplicate:
            ("It repeats an earlier row of the same run.", "It is the same visit.", "Nothing.")
        case .skipped:
            (
                "It is no visit to book: a rule, its status, or a person keeps it out.",
                "Exports hold cancelled visits, totals and titles too.",
                "Nothing; help skipped-status says more."
            )
        case .invalid:
            (
                "It can't be posted as it is written.",
                "A bad row never stops a good one: it goes to the rejects file.",
                "Correct it in the rejects file and import that."
            )
        case .refused:
            (
                "SecurityTrax refused it, or its time passed before it was posted.",
                "What SecurityTrax says of a row is its last word.",
                "Correct it in the rejects file and import that."
            )
        case .inDoubt:
            (
                "It may exist in SecurityTrax: its post was not answered so that anything is proven.",
                "Posting it again might book it twice, and leaving it might lose it. Only a person can look.",
                "stimport review lists what to look for, stimport resolve takes your word."
            )
        case .pending:
            (
                "It is still to be posted.", "The run ended, or was stopped, before its turn.",
                "Start the same command again, or stimport resume."
            )
        }
    }

    /// nil where a row's state of that name says the same.
    static func text(of state: AppointmentState) -> Text? {
        switch state {
        case .pending, .created, .refused, .inDoubt: nil
        case .posting:
            (
                "The appointment is being sent to SecurityTrax at this moment; stimport find --state posting shows such ones.",
                "It is on disk before its post leaves: where the run is killed meanwhile, it is in doubt.",
                "Nothing, while the run goes on; its row is shown as pending, with this code, until the answer is there."
            )
        case .withdrawn:
            (
                "A person has taken the appointment out of the ledger with stimport withdraw.",
                "Wrong rows, and visits that were cancelled in SecurityTrax, must not come back with the next file.",
                "Nothing; stimport withdraw --undo ID takes the withdrawal back."
            )
        case .held:
            (
                "The appointment is of a run that is held: a person decides whether it is posted.",
                "No later run or resume takes it, so that a suspicious file does not slip past a night later.",
                "stimport review shows the run and what to say of it."
            )
        }
    }

    static let outcomeUnknown: Text = (
        "The code of rows in doubt in reports.", "It stands where a refused row has its reason's code.",
        "stimport review lists what to look for."
    )
}
