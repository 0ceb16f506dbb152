/// Why an address can't be posted to.
package struct EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// It is empty.
        case empty = "endpoint-empty"
        /// It holds a space, a control character, a backslash or a letter beyond ASCII.
        case unusableCharacter = "endpoint-unusable-character"
        /// It is neither https:// nor http://.
        case unsupportedScheme = "endpoint-unsupported-scheme"
        /// It is http:// to another machine: the password would travel in clear.
        case notEncrypted = "endpoint-not-encrypted"
        /// It holds a user name or a password.
        case userInfo = "endpoint-user-info"
        /// It holds a fragment (`#…`).
        case fragment = "endpoint-fragment"
        /// It has no host, or none that can exist.
        case invalidHost = "endpoint-invalid-host"
        /// Its port is not a number from 1 to 65535.
        case invalidPort = "endpoint-invalid-port"
        /// Its path holds `.` or `..` steps or a broken `%` escape.
        case invalidPath = "endpoint-invalid-path"
        /// A site's name holds something other than letters, digits, `-`, `_` and `.`.
        case invalidSite = "endpoint-invalid-site"
    }

    /// What is wrong with the address.
    package let code: Code

    /// An error of that code.
    package init(_ code: Code) {
        self.code = code
    }

    /// What is wrong, in a sentence. Never quotes the address, which may hold a secret.
    package var message: String { wording.message }

    /// What would put it right, in a sentence.
    package var fix: String { wording.fix }

    /// The message and the fix.
    package var description: String { "\(message) \(fix)" }

    private var wording: (message: String, fix: String) {
        switch code {
        case .empty:
            ("The endpoint is empty.", "Give the site's name, or the whole address of informationposter.php.")
        case .unusableCharacter:
            (
                "The endpoint holds a space, a control character, a backslash or a letter beyond ASCII.",
                "Write such characters as %XX, and a host's name in its xn-- form."
            )
        case .unsupportedScheme:
            (
                "The endpoint is not an https:// address.",
                "Give a full address, like https://secure.securitytrax.com/SITE/informationposter.php."
            )
        case .notEncrypted:
            (
                "The endpoint is an http:// address of another machine: the password would travel in clear.",
                "Use https://. http:// is for this machine only (127.0.0.1, ::1, localhost)."
            )
        case .userInfo:
            (
                "The endpoint holds a user name or a password.",
                "Leave out everything before the @: the credentials are settings of their own."
            )
        case .fragment:
            ("The endpoint holds a fragment.", "Leave out the # and everything after it.")
        case .invalidHost:
            ("The endpoint has no valid host.", "Give a host's name or its IP address after https://.")
        case .invalidPort:
            ("The endpoint's port is not valid.", "Give a number from 1 to 65535, or none.")
        case .invalidPath:
            (
                "The endpoint's path holds a . or .. step or a broken % escape.",
                "Give the path as the service has it, like /SITE/informationposter.php."
            )
        case .invalidSite:
            (
                "The site's name is not valid.",
                "Give the dealer's name as it stands in the address: letters, digits, -, _ and . only."
            )
        }
    }
}
