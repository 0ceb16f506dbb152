/// What the shared auth block carries. Held in memory only: neither description
/// nor mirror shows the password.
package struct Credentials: Sendable, CustomStringConvertible, CustomReflectable {
    /// The user that the dealer made for the integration.
    package var username: String
    /// That user's password.
    package var password: String
    /// The unique ID that SecurityTrax gave to the partner company.
    package var partnerID: String

    /// Credentials of these values.
    package init(username: String, password: String, partnerID: String) {
        self.username = username
        self.password = password
        self.partnerID = partnerID
    }

    /// What is shown in the password's place.
    package static let mask = "********"

    /// The credentials without the password.
    package var description: String {
        "Credentials(username: \(username), password: \(Self.mask), partnerID: \(partnerID))"
    }

    /// The credentials without the password, for `dump` and the like.
    package var customMirror: Mirror {
        Mirror(self, children: ["username": username, "password": Self.mask, "partnerID": partnerID])
    }
}
