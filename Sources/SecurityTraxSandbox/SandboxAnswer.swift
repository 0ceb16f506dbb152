/// Works on one well-formed post: authenticates, creates, and says so, as the fault has it.
struct SandboxAnswer {
    private let content: RequestContent
    private let post: Int
    private let fault: Fault?
    private let state: SandboxState

    init(_ content: RequestContent, post: Int, fault: Fault?, state: SandboxState) {
        self.content = content
        self.post = post
        self.fault = fault
        self.state = state
    }

    private var configuration: SandboxConfiguration { state.configuration }

    /// Creates what is to be created and returns the response document.
    func document() -> [UInt8] {
        let succeeded = RequestRules.authenticates(content, as: configuration)
        state.countAuthentication(succeeded)
        guard succeeded else {
            let refusal = RowAnswer(
                request: 0, success: "false", reason: "Invalid username, password or partner ID")
            return write(refusal, [])
        }
        var authentication = RowAnswer(request: 0, success: "true")
        var rows = create()
        if let fault {
            if fault.kind == .authFailure {
                authentication.success = "false"
                authentication.reason = fault.body ?? "Authentication failed"
                if !fault.withCreates, !fault.createsAppointments { rows = [] }
            }
            shape(&rows, fault)
        }
        return write(authentication, rows)
    }

    private func write(_ authentication: RowAnswer, _ rows: [RowAnswer]) -> [UInt8] {
        let doctype: StaticString?
        let message: String?
        switch fault?.kind {
        case .doctype:
            doctype = """
                <!DOCTYPE root [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
                <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
                <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>

                """
            message = "&f;"
        case .externalEntity:
            doctype = "<!DOCTYPE root [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>\n"
            message = "&f;"
        default:
            doctype = nil
            message = nil
        }
        return ResponseWriter.document(
            content, authentication: fault?.kind == .noAuth ? nil : authentication, rows: rows,
            echoes: configuration.echoes || fault?.kind.isAboutEchoes == true, doctype: doctype,
            message: message)
    }

    // MARK: Creating

    private func create() -> [RowAnswer] {
        var rows: [RowAnswer] = []
        var accepted: [Int] = []
        rows.reserveCapacity(content.requests.count)
        for index in content.requests.indices.dropFirst() {
            let reason = refusal(row: index)
            rows.append(RowAnswer(request: index, success: reason == nil ? "true" : "false", reason: reason))
            if reason == nil { accepted.append(index) }
        }
        if let fault, fault.kind == .partial {
            accepted = Array(accepted.prefix(fault.rowCount))
        } else if let fault, fault.kind != .refused, fault.kind != .hold, fault.kind != .stall,
            !fault.createsAppointments
        {
            // Only said to be created, except where the authentication was refused.
            if fault.kind == .authFailure {
                for index in rows.indices {
                    rows[index].success = "false"
                    rows[index].reason = "Not authenticated"
                }
            }
            return rows
        }
        let first = state.create(accepted.map { content.requests[$0] }, in: content, post: post)
        for (offset, index) in accepted.enumerated() { rows[index - 1].id = first + offset }
        return rows
    }

    /// Why a row is refused, or nil.
    private func refusal(row: Int) -> String? {
        let request = content.requests[row]
        if let fault, fault.kind == .refused, fault.hits(row: row, default: true) {
            return fault.body ?? configuration.refusalReason
        }
        if let defect = RequestRules.defect(of: request, in: content) { return defect }
        guard !configuration.refusedCustomers.isEmpty || configuration.unknownCustomersFrom != nil else {
            return nil
        }
        let customer = content.text(content.attributes[request.attributes.lowerBound].value)
        if configuration.refusedCustomers.contains(customer) { return configuration.refusalReason }
        if let from = configuration.unknownCustomersFrom, Int64(customer).map({ $0 >= from }) ?? true {
            return configuration.refusalReason
        }
        return nil
    }

    // MARK: Lying about it

    private func shape(_ rows: inout [RowAnswer], _ fault: Fault) {
        switch fault.kind {
        case .tooFew:
            rows.removeLast(min(fault.rowCount, rows.count))
        case .tooMany:
            for _ in 0..<fault.rowCount {
                guard var extra = rows.last else { return }
                extra.echoedCustomer = "990000001"
                rows.append(extra)
            }
        case .duplicate:
            guard let first = rows.first, rows.count > 1 else { return }
            rows[rows.count - 1] = first
        case .shuffled:
            rows.reverse()
        case .echoMismatch:
            edit(&rows, fault, default: { $0 == 1 }) { $0.echoedCustomer = "990000001" }
        case .echoTimeMismatch:
            edit(&rows, fault, default: { $0 == 1 }) { $0.echoedEnd = "12/31/1999 23:59" }
        case .noEcho:
            edit(&rows, fault, default: { _ in true }) { $0.echoes = false }
        case .missingSuccess:
            edit(&rows, fault, default: { _ in true }) { $0.success = nil }
        case .maybe:
            edit(&rows, fault, default: { _ in true }) { $0.success = "maybe" }
        case .wrongType:
            edit(&rows, fault, default: { _ in true }) { $0.type = "CreateSomethingElse" }
        default: break
        }
    }

    private func edit(
        _ rows: inout [RowAnswer], _ fault: Fault, default fallback: (Int) -> Bool,
        _ change: (inout RowAnswer) -> Void
    ) {
        for index in rows.indices where fault.hits(row: index + 1, default: fallback(index + 1)) {
            change(&rows[index])
        }
    }
}
