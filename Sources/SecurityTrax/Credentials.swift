/// What the shared auth block carries. Held in memory only: neither description
/// nor mirror shows the password.
public struct Credentials: Sendable, CustomStringConvertible, CustomReflectable {
    /// The user that the dealer made for the integration.
    public var username: String
    /// That user's password.
    public var password: String
    /// The unique ID that SecurityTrax gave to the partner company.
    public var partnerID: String

    /// Credentials of these values.
    public init(username: String, password: String, partnerID: String) {
        self.username = username
        self.password = password
        self.partnerID = partnerID
    }

    /// What is shown in the password's place.
    public static let mask = "********"

    /// The credentials without the password.
    public var description: String {
        "Credentials(username: \(username), password: \(Self.mask), partnerID: \(partnerID))"
    }

    /// The credentials without the password, for `dump` and the like.
    public var customMirror: Mirror {
        Mirror(self, children: ["username": username, "password": Self.mask, "partnerID": partnerID])
    }
}
