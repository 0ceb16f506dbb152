extension FaultKind {
    /// What the response document says.
    static let document = [
        FaultKind(
            "too-few", .either(after: true), "one response less", [.count],
            what: .document { fault, draft in draft.rows.removeLast(min(fault.rowCount, draft.rows.count)) }),
        FaultKind(
            "too-many", .either(after: true), "one response more", [.count],
            what: .document { fault, draft in
                for _ in 0..<fault.rowCount {
                    guard var extra = draft.rows.last else { return }
                    extra.echoedCustomer = strangerID
                    draft.rows.append(extra)
                }
            }),
        FaultKind(
            "duplicate", .either(after: true), "first row answered twice, last not at all",
            what: .document { _, draft in
                guard let first = draft.rows.first, draft.rows.count > 1 else { return }
                draft.rows[draft.rows.count - 1] = first
            }),
        FaultKind(
            "shuffled", .either(after: true), "in another order",
            what: .document { _, draft in draft.rows.reverse() }),
        FaultKind(
            "echo-mismatch", .either(after: true), "another customer in the first echo", [.rows],
            bringsEchoes: true, what: .rows(byDefault: { $0 == 1 }) { $0.echoedCustomer = strangerID }),
        FaultKind(
            "echo-time-mismatch", .either(after: true), "another time in the first echo", [.rows],
            bringsEchoes: true, what: .rows(byDefault: { $0 == 1 }) { $0.echoedEnd = "12/31/1999 23:59" }),
        FaultKind(
            "no-echo", .either(after: true), "no echoes", [.rows], what: .rows { $0.echoes = false }),
        FaultKind(
            "missing-success", .either(after: true), "no success attribute", [.rows],
            what: .rows { $0.success = nil }),
        FaultKind(
            "maybe", .either(after: true), "success=\"maybe\"", [.rows], what: .rows { $0.success = "maybe" }),
        FaultKind(
            "wrong-type", .either(after: true), "another type", [.rows],
            what: .rows { $0.type = "CreateSomethingElse" }),
        FaultKind(
            "no-auth", .either(after: true), "no word on the authentication",
            what: .document { _, draft in draft.authentication = nil }),
        FaultKind(
            "auth-failure", .either(after: false), "success=\"false\"", [.withCreates, .body],
            what: .document { fault, draft in
                draft.authentication?.success = "false"
                draft.authentication?.reason = fault.text(.body) ?? "Authentication failed"
                if fault.createsAppointments { return }
                if !fault.has(.withCreates) { draft.rows = [] }
                for index in draft.rows.indices {
                    draft.rows[index].success = "false"
                    draft.rows[index].reason = "Not authenticated"
                }
            }),
        FaultKind(
            "doctype", .either(after: true), "entities that multiply",
            what: .document { _, draft in
                draft.doctype = """
                    <!DOCTYPE root [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
                    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
                    <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>

                    """
                draft.message = "&f;"
            }),
        FaultKind(
            "external-entity", .either(after: true), "an entity that names a file",
            what: .document { _, draft in
                draft.doctype = "<!DOCTYPE root [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>\n"
                draft.message = "&f;"
            }),
    ]

    /// A customer that nobody asks about.
    private static let strangerID = "990000001"
}

extension FaultEffect {
    /// Changes single responses: those that `rows` names, else those of which `byDefault` is true, by their numbers.
    static func rows(
        byDefault isHit: @escaping @Sendable (Int) -> Bool = { _ in true },
        _ change: @escaping @Sendable (inout RowAnswer) -> Void
    ) -> FaultEffect {
        .document { fault, draft in draft.edit(fault, byDefault: isHit, change) }
    }
}
