/// One customer whom the sandbox knows.
package struct SandboxCustomer: Sendable, Hashable {
    /// `SecurityTraxUniqueID`.
    package var id: String
    /// The account number; may be empty.
    package var accountNumber: String
    /// The other values, by the names of their elements in an answer; those that are not there are empty.
    package var values: [String: String]
    /// Whether it is a lead, which appointments can't be created for.
    package var isLead: Bool

    /// A customer.
    package init(id: String, accountNumber: String = "", values: [String: String] = [:], isLead: Bool = false)
    {
        self.id = id
        self.accountNumber = accountNumber
        self.values = values
        self.isLead = isLead
    }

    /// The elements between the two IDs of an answer, in the order of the vendor's sample.
    static let elementNames = [
        "FirstName", "LastName", "BusinessContact", "BusinessName", "City", "State", "County", "Zip",
        "Address1",
        "Address2", "CrossStreet", "Phone1", "Phone2", "Phone3", "Phone4", "Email",
    ]

    /// What an answer's `Customer` holds.
    var elements: [(String, String)] {
        [("ID", id)] + Self.elementNames.map { ($0, values[$0] ?? "") } + [("SecurityTraxUniqueID", id)]
    }

    /// The digits of each phone, a leading US country code left out.
    var phones: [String] {
        ["Phone1", "Phone2", "Phone3", "Phone4"].compactMap { values[$0] }.map(Self.digits).filter {
            !$0.isEmpty
        }
    }

    /// The digits of a phone number, a leading US country code left out.
    static func digits(_ text: String) -> String {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        return digits.count == 11 && digits.hasPrefix("1") ? String(digits.dropFirst()) : digits
    }
}
