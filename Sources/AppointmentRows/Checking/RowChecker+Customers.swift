import SecurityTrax

extension RowChecker {
    /// Compares a row with what the service knows of its customer (`--verify-customers`).
    ///
    /// A row whose customer was not asked for is left alone: it is invalid anyway, or the run posts nothing.
    func verifyCustomer(_ check: inout RowCheck) {
        guard let columns = customerColumns, check.row.customerID > 0,
            let answer = options.knownCustomers?.customer(check.row.customerID)
        else { return }
        switch answer {
        case .several:
            check.report(.customerID) { .customerUnclear($0, reason: "it names several customers") }
        case .failed(let reason):
            check.report(.customerID) { .customerUnclear($0, reason: reason) }
        case .notFound(let reason):
            check.report(.customerID) { .customerNotFound($0, reason: reason) }
        case .found(let customer):
            guard let record = customer.record,
                case .mismatch(let differences) = CustomerMatch(columns.claim(of: check.record), record)
            else { return }
            let position = differences.first.flatMap { columns.position(of: $0.field) }
            check.report(at: position ?? check.plan[.customerID]) {
                .customerMismatch($0, customer: customer.id, differences: differences.map(\.words))
            }
        }
    }
}
