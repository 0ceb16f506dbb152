/// Why SecurityTrax can't be asked at all: an address that can't be posted to, or a client that can't be made. Nothing
/// was sent.
package struct SecurityTraxError: Error, Sendable, Hashable {
    /// What is wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The endpoint is empty.
        case endpointEmpty = "endpoint-empty"
        /// It holds a space, a control character, a backslash or a letter beyond ASCII.
        case endpointUnusableCharacter = "endpoint-unusable-character"
        /// It is neither https:// nor http://.
        case endpointUnsupportedScheme = "endpoint-unsupported-scheme"
        /// It is http:// to another machine: the password would travel in clear.
        case endpointNotEncrypted = "endpoint-not-encrypted"
        /// It holds a user name or a password.
        case endpointUserInfo = "endpoint-user-info"
        /// It holds a fragment (`#…`).
        case endpointFragment = "endpoint-fragment"
        /// It has no host, or none that can exist.
        case endpointInvalidHost = "endpoint-invalid-host"
        /// Its port is not a number from 1 to 65535.
        case endpointInvalidPort = "endpoint-invalid-port"
        /// Its path holds `.` or `..` steps or a broken `%` escape.
        case endpointInvalidPath = "endpoint-invalid-path"
        /// A site's name holds something other than letters, digits, `-`, `_` and `.`.
        case invalidSite = "endpoint-invalid-site"
        /// The file of trusted certificates can't be read.
        case caFileUnreadable = "ca-file-unreadable"
        /// The file of trusted certificates holds no PEM certificate.
        case caFileNotPEM = "ca-file-not-pem"
        /// A time limit or a size limit is out of its range.
        case invalidLimit = "http-invalid-limit"
        /// libcurl can't do what this program relies on.
        case transportUnavailable = "http-transport-unavailable"
        /// The system gives no thread to send on.
        case noThread = "http-no-thread"
    }

    /// What is wrong.
    package let code: Code
    /// The file, the limit or libcurl's words; empty for an address, which may hold a secret.
    package let context: String

    /// An error of that code.
    package init(_ code: Code, context: String = "") {
        self.code = code
        self.context = context
    }
}
