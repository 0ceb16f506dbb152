import SecurityTrax

extension AppointmentField {
    /// The attribute's column of the ledger's appointments.
    var ledgerColumn: String {
        switch self {
        case .customerID: "customer"
        case .techID: "tech"
        case .start: "start"
        case .end: "end"
        case .serviceType: "service"
        case .serviceDetailType: "service_detail"
        case .notes: "notes"
        }
    }

    /// The columns of some attributes, for a list in SQL.
    ///
    /// - Parameter form: what stands for each column: `"a.\($0)"`.
    static func sql(
        _ fields: [AppointmentField], _ form: (String) -> String = { $0 }, separator: String = ", "
    )
        -> String
    {
        fields.map { form($0.ledgerColumn) }.joined(separator: separator)
    }
}
