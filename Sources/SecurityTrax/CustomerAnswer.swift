/// What the service says to one query.
package enum CustomerAnswer: Sendable, Hashable {
    /// It is this customer.
    case found(Customer)
    /// There is none, with the service's reason, which may be empty.
    case notFound(reason: String)
    /// There are several, by their IDs, in the answer's order.
    case several([Int64])
    /// It is not known: the answer says something else, or there was none.
    case failed(reason: String)
}

/// A customer as the service answers.
package struct Customer: Sendable, Hashable {
    /// The SecurityTrax ID.
    package var id: Int64
    /// What is known beside it, where the record was asked for.
    package var record: CustomerRecord?

    /// A customer.
    package init(id: Int64, record: CustomerRecord? = nil) {
        self.id = id
        self.record = record
    }
}

/// What the service knows of a customer. Any text may be empty; none is longer than 200 characters.
package struct CustomerRecord: Sendable, Hashable {
    package var firstName = ""
    package var lastName = ""
    package var businessName = ""
    package var address1 = ""
    package var address2 = ""
    package var city = ""
    package var state = ""
    package var zip = ""
    package var email = ""
    /// Those of the four phones that are there, as the service writes them.
    package var phones: [String] = []

    /// A record with these texts.
    package init(
        firstName: String = "", lastName: String = "", businessName: String = "", address1: String = "",
        address2: String = "", city: String = "", state: String = "", zip: String = "", email: String = "",
        phones: [String] = []
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.businessName = businessName
        self.address1 = address1
        self.address2 = address2
        self.city = city
        self.state = state
        self.zip = zip
        self.email = email
        self.phones = phones
    }

    /// The record in an answer's elements, by their names.
    init(_ value: (String) -> String) {
        self.init(
            firstName: value("FirstName"), lastName: value("LastName"), businessName: value("BusinessName"),
            address1: value("Address1"), address2: value("Address2"), city: value("City"),
            state: value("State"), zip: value("Zip"), email: value("Email"),
            phones: ["Phone1", "Phone2", "Phone3", "Phone4"].map(value).filter { !$0.isEmpty })
    }
}
