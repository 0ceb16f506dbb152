import SystemFiles
import SecurityTrax

extension FaultKind {
    /// What the service says no to. The settings are the vendor's, as its portal's help describes them; the words of a
    /// refusal are made up, since none is public.
    static let service = [
        FaultKind(
            "refused", .rows, "every row refused", [.rows, .ids, .body],
            what: .refusal { _, request in request.configuration.refusalReason }),
        // "Require work order for tech appointments": the create has no attribute for one.
        FaultKind(
            "work-order", .rows, "refused: a work order is required", [.rows, .ids, .body],
            what: .refusal { _, request in
                request.isCreate ? "Tech appointments must be attached to a work order" : nil
            }),
        // Tech appointments cannot be created on leads.
        FaultKind(
            "lead", .rows, "refused: the customer is a lead", [.rows, .ids, .body],
            what: .refusal { _, request in request.isCreate ? SandboxRequest.leadReason : nil }),
        // One visit at a time for a technician; without one, for everybody.
        FaultKind(
            "slot-taken", .rows, "refused where the technician's time is taken by an earlier one",
            [.rows, .ids, .body],
            what: .refusal { _, request in
                request.isCreate && !request.takesSlot() ? "The time slot is no longer available" : nil
            }),
        // "Partner Min. Appt. Lead Time".
        FaultKind(
            "lead-time", .rows, "refused where it starts within 24 hours", [.hours, .rows, .ids, .body],
            what: .refusal { fault, request in
                guard request.isCreate, let start = request.time(.start) else { return nil }
                let hours = fault.decimal(.hours) ?? 24
                let utc = Date().timeIntervalSince1970
                let now = (utc + Double(SystemZone.current.offset(at: Int(utc)))) / 60
                let isTooSoon = Double(start.minutes) - now < hours * 60
                return isTooSoon ? "The appointment is inside the minimum lead time" : nil
            }),
    ]

    /// What queries alone are answered.
    static let queries = [
        FaultKind(
            "not-found", .queries, "no customer is found", [.rows, .form],
            what: .document { fault, draft in
                draft.edit(fault) { row in
                    row.data = .ids(fault.text(.form) == "empty" ? [""] : [])
                    if fault.text(.form) ?? "false" == "false" {
                        row.success = "false"
                        row.reason = "Customer not found"
                    }
                }
            }),
        FaultKind(
            "several", .queries, "two customers are found", [.rows],
            what: .document { fault, draft in
                draft.edit(fault) { row in
                    guard case .ids(let ids) = row.data else { return }
                    row.data = .ids([ids.first ?? "990000002", "990000001"])
                    row.success = "true"
                    row.reason = nil
                }
            }),
    ]
}
