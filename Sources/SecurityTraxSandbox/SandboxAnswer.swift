/// Works on one well-formed post: authenticates, creates or looks up, and says so, as the fault has it.
struct SandboxAnswer {
    let content: RequestContent
    let kind: PostKind
    let post: Int
    let fault: Fault?
    let state: SandboxState

    var configuration: SandboxConfiguration { state.configuration }

    /// Creates what is to be created and returns the response document.
    func document() -> [UInt8] {
        let succeeded = RequestRules.authenticates(content, as: configuration)
        state.countAuthentication(succeeded)
        var draft = ResponseDraft(
            authentication: RowAnswer(request: 0, success: "true"), rows: [],
            echoes: kind == .queries ? configuration.echoesQueries : configuration.echoes)
        if succeeded {
            draft.rows = kind == .queries ? answers() : creates()
            if let fault {
                draft.echoes = draft.echoes || fault.kind.bringsEchoes
                if case .document(let change) = fault.kind.what { change(fault, &draft) }
            }
        } else {
            draft.authentication?.success = "false"
            draft.authentication?.reason = "Invalid username, password or partner ID"
        }
        return ResponseWriter.document(draft, answering: content)
    }

    // MARK: Creates

    private func creates() -> [RowAnswer] {
        var rows: [RowAnswer] = []
        var accepted: [Int] = []
        rows.reserveCapacity(content.requests.count)
        for index in content.requests.indices.dropFirst() {
            let reason = refusal(of: request(index))
            rows.append(RowAnswer(request: index, success: reason == nil ? "true" : "false", reason: reason))
            if reason == nil { accepted.append(index) }
        }
        if let fault {
            switch fault.kind.what {
            case .partialCreation: accepted = Array(accepted.prefix(fault.rowCount))
            case .wait, .refusal: break
            // Only said to be created.
            default: if !fault.createsAppointments { return rows }
            }
        }
        let first = state.create(accepted.map { content.requests[$0] }, in: content, post: post)
        for (offset, index) in accepted.enumerated() { rows[index - 1].id = first + offset }
        return rows
    }

    private func request(_ index: Int) -> SandboxRequest {
        SandboxRequest(number: index, content: content, isCreate: kind == .creates, state: state)
    }

    /// Why a create is refused, or nil.
    private func refusal(of request: SandboxRequest) -> String? {
        if let reason = refusalByFault(of: request) { return reason }
        if let defect = RequestRules.defect(of: request.request, in: content) { return defect }
        let hasRules =
            !configuration.refusedCustomers.isEmpty || configuration.unknownCustomersFrom != nil
            || configuration.customers.hasLeads
        guard hasRules else { return nil }
        let customer = request.customer
        if configuration.refusedCustomers.contains(customer) { return configuration.refusalReason }
        if let from = configuration.unknownCustomersFrom, Int64(customer).map({ $0 >= from }) ?? true {
            return configuration.refusalReason
        }
        return configuration.customers.customer(customer)?.isLead == true ? SandboxRequest.leadReason : nil
    }

    private func refusalByFault(of request: SandboxRequest) -> String? {
        guard let fault, case .refusal(let reason) = fault.kind.what,
            fault.hits(row: request.number, default: true),
            fault.list(.ids).map({ $0.contains { String($0) == request.customer } }) ?? true,
            let words = reason(fault, request)
        else { return nil }
        return fault.text(.body) ?? words
    }

    // MARK: Queries

    private func answers() -> [RowAnswer] {
        content.requests.indices.dropFirst().map { index in
            let request = request(index)
            var row = RowAnswer(request: index, success: "true")
            row.reason =
                refusalByFault(of: request) ?? RequestRules.defect(ofQuery: request.request, in: content)
            if row.reason == nil { lookUp(request, &row) }
            if row.reason != nil { row.success = "false" }
            return row
        }
    }

    private func lookUp(_ request: SandboxRequest, _ row: inout RowAnswer) {
        let values = content.attributes[request.request.attributes].map { content.text($0.value) }
        let customers = configuration.customers
        if values.count == 1 {
            row.data = customers.customer(values[0]).map { .customer($0) }
        } else {
            let found = values[0] == "PhoneNumber" ? customers.phone(values[1]) : customers.account(values[1])
            row.data = .ids(found.map(\.id))
            if found.isEmpty { row.reason = "Customer not found" }
        }
        if row.data == nil { row.reason = "Customer not found" }
    }
}
