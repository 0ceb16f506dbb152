/// The addresses in SecurityTrax's portal where a person sees what stands there of a customer.
///
/// The portal shows times in its viewer's time zone, while an appointment's are the customer's.
/// Source: the portal's help (customers/customer-record).
package struct CustomerPages: Sendable, Hashable {
    /// The customer's appointments.
    package let appointments: String
    /// The customer's audit log: who created or changed what, when.
    package let history: String

    /// The pages of a customer; nil where an endpoint's identity is not the vendor's address for a site.
    package init?(ofCustomer customer: Int64, endpointIdentity: String) {
        guard let site = Endpoint.site(ofIdentity: endpointIdentity) else { return nil }
        let customerPage = "https://portal.securitytrax.com/\(site)/customers/\(customer)"
        appointments = customerPage + "/customer-appointments"
        history = customerPage + "/history"
    }
}
