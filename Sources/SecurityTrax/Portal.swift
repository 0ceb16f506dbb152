/// The vendor's portal, where a person looks things up. Its addresses are those that the portal's help shows
/// (customers/customer-record).
///
/// The portal shows times in its viewer's time zone, while an appointment's are the customer's.
package struct Portal: Sendable, Hashable {
    private let company: String

    /// The portal of the site that an endpoint's identity names; nil where it has not the vendor's form.
    package init?(identity: String) {
        guard let site = Endpoint.site(ofIdentity: identity) else { return nil }
        company = site
    }

    /// A customer's appointments.
    package func appointments(of customer: Int64) -> String { address(customer, "customer-appointments") }

    /// A customer's history: who created what, when and from where.
    package func history(of customer: Int64) -> String { address(customer, "history") }

    /// The pages where a person sees what stands there of a customer: the appointments, then the history.
    package func pages(of customer: Int64) -> [String] {
        [appointments(of: customer), history(of: customer)]
    }

    /// The same for an endpoint's identity; none where it has not the vendor's form.
    package static func pages(of customer: Int64, at identity: String) -> [String] {
        Portal(identity: identity)?.pages(of: customer) ?? []
    }

    private func address(_ customer: Int64, _ page: String) -> String {
        "https://portal.securitytrax.com/\(company)/customers/\(customer)/\(page)"
    }
}
