/// A question about one customer. It creates and changes nothing, so that it may be put again at will.
package enum CustomerQuery: Sendable, Hashable {
    /// Whose phone is it? Answered by the customer's ID alone.
    case phone(PhoneNumber)
    /// Whose account number is it? Not empty. Answered by the customer's ID alone.
    case account(String)
    /// What is known of the customer with this ID? Answered by the record.
    case customer(Int64)

    /// The type of the request that finds an ID (the vendor's page "Requesting Customer's SecurityTrax ID By
    /// Identifier").
    static let lookUpType = "AllAccess-GetSecurityTraxUniqueID"
    /// The type of the request for a record ("Requesting Customer Information").
    static let recordType = "AllAccess-GetCustomerStatusBySecurityTraxUniqueID"

    /// The type of its request.
    var requestType: String {
        switch self {
        case .phone, .account: Self.lookUpType
        case .customer: Self.recordType
        }
    }

    /// The attributes of its request, in the vendor's order.
    var attributes: [(name: String, value: String)] {
        switch self {
        case .phone(let number): [("IDType", "PhoneNumber"), ("ID", number.digits)]
        case .account(let number): [("IDType", "AccountNumber"), ("ID", number)]
        case .customer(let id): [("SecurityTraxUniqueID", String(id))]
        }
    }
}

extension CustomerQuery: CustomStringConvertible {
    /// What is asked about, in words: `phone 5085550107`, `account A-17`, `customer 104882`.
    package var description: String {
        switch self {
        case .phone(let number): "phone \(number)"
        case .account(let number): "account \(number)"
        case .customer(let id): "customer \(id)"
        }
    }
}

/// What a query's echo is compared by.
struct QueryKey: Hashable {
    private var kind: String
    private var id: String

    init(_ query: CustomerQuery) {
        switch query {
        case .phone(let number): (kind, id) = ("PhoneNumber", number.digits)
        case .account(let number): (kind, id) = ("AccountNumber", BoundedText.trimmed(number))
        case .customer(let id): (kind, self.id) = ("", String(id))
        }
    }

    /// The key of an echo; nil where it can't be read as a query of that type.
    init?(_ echo: ResponseDocument.Echo, type: String) {
        guard !echo.isUnreadable else { return nil }
        func value(_ name: ResponseDocument.Echo.Name) -> String { BoundedText.trimmed(echo.value(name)) }
        switch type {
        case CustomerQuery.lookUpType:
            kind = value(.idType)
            id = kind == "PhoneNumber" ? PhoneNumber(value(.id))?.digits ?? "" : value(.id)
        default:
            kind = ""
            id = Int64(value(.init(.customerID))).map { String($0) } ?? ""
        }
        if id.isEmpty { return nil }
    }
}
