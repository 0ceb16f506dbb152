extension Reference {
    static func text(of finding: Reconciliation.Finding) -> Text {
        switch finding {
        case .proposedCreated:
            (
                "The visit is in doubt, and exactly one entry of the report fits it and no other visit.",
                "A report shows for many visits at once what a person would look up one by one.",
                "Say it: stimport resolve --created and the IDs, or the list of --format csv."
            )
        case .notInReport:
            (
                "The visit is in doubt, and no entry of the report fits it.",
                "A report may be filtered, older than the post, or in another zone: that proves nothing, so nothing is proposed.",
                "Look it up, and say what you found with stimport resolve."
            )
        case .unclear:
            (
                "Which entry is the visit's own can't be told from this report.",
                "Several visits or entries look alike, or the customer's time zone is not known.",
                "Use a report with more columns (end, service, technician), or --customer-zone; otherwise look it up."
            )
        case .missing:
            (
                "The visit was created, and no entry of the report fits it.",
                "It may have been moved, changed, cancelled or deleted since, or the report does not cover its day.",
                "See the customer's history; with --from and --to only the days that the report covers count."
            )
        case .double:
            (
                "The report has more entries that fit than there are visits of ours.",
                "The customer may have two visits where one was wanted.",
                "Cancel what is too much in SecurityTrax; what is in doubt stays so until somebody says."
            )
        case .pendingInReport:
            (
                "The visit is still to be posted, and an entry of the report fits it.",
                "Somebody booked it by hand, and posting it would book it a second time.",
                "Take it out with stimport withdraw before the next run."
            )
        case .refusedInReport:
            (
                "The visit was refused, and an entry of the report fits it.",
                "Somebody booked it by hand since, or the service booked what it refused: a file that brings it again would book it a second time.",
                "Take it out with stimport withdraw, so that no file brings it back."
            )
        }
    }
}
