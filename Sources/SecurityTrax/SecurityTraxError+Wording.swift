extension SecurityTraxError: CustomStringConvertible {
    /// What is wrong, in one sentence without a full stop. Never quotes an address, which may hold a secret.
    package var message: String { context.isEmpty ? wording.message : "\(wording.message): \(context)" }

    /// What would put it right.
    package var fix: String { wording.fix }

    /// The message and the fix.
    package var description: String { "\(message) (\(fix))" }

    private var wording: (message: String, fix: String) {
        switch code {
        case .endpointEmpty:
            ("the endpoint is empty", "give the site's name, or the whole address of informationposter.php")
        case .endpointUnusableCharacter:
            (
                "the endpoint holds a space, a control character, a backslash or a letter beyond ASCII",
                "write such characters as %XX, and a host's name in its xn-- form"
            )
        case .endpointUnsupportedScheme:
            (
                "the endpoint is not an https:// address",
                "give a full address, like https://secure.securitytrax.com/SITE/informationposter.php"
            )
        case .endpointNotEncrypted:
            (
                "the endpoint is an http:// address of another machine: the password would travel in clear",
                "use https://; http:// is for this machine only (127.0.0.1, ::1, localhost)"
            )
        case .endpointUserInfo:
            (
                "the endpoint holds a user name or a password",
                "leave out everything before the @: the credentials are settings of their own"
            )
        case .endpointFragment:
            ("the endpoint holds a # with something after it", "leave out the # and everything after it")
        case .endpointInvalidHost:
            ("the endpoint has no valid host", "give a host's name or its IP address after https://")
        case .endpointInvalidPort:
            ("the endpoint's port is not valid", "give a number from 1 to 65535, or none")
        case .endpointInvalidPath:
            (
                "the endpoint's path holds a . or .. step or a broken % escape",
                "give the path as the service has it, like /SITE/informationposter.php"
            )
        case .invalidSite:
            (
                "the site's name is not valid",
                "give the dealer's name as it stands in the address: letters, digits, -, _ and . only"
            )
        case .caFileUnreadable:
            ("the file of trusted certificates can't be read", "check the file's path and permissions")
        case .caFileNotPEM:
            (
                "the file of trusted certificates holds no PEM certificate",
                "give a file with certificates between BEGIN CERTIFICATE and END CERTIFICATE"
            )
        case .invalidLimit:
            (
                "a limit of the transport is out of its range",
                "give a value from one millisecond, or one byte, up"
            )
        case .transportUnavailable:
            ("libcurl can't do what this program relies on", "install libcurl 7.80 or later, built with TLS")
        case .noThread:
            (
                "the system gives no thread to send on",
                "raise the limits of memory and of processes: ulimit -v, ulimit -u"
            )
        }
    }
}
