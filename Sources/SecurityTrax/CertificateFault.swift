/// What is wrong with the certificate that a service shows. Nothing was sent to it.
package enum CertificateFault: String, Sendable, Hashable, CaseIterable {
    /// Nobody that this machine trusts has signed it, or whoever signed that.
    case untrustedIssuer = "untrusted-issuer"
    /// Its time is over.
    case expired
    /// Its time has not come.
    case notYetValid = "not-yet-valid"
    /// It is for another host.
    case wrongHost = "wrong-host"
    /// It is signed by itself alone.
    case selfSigned = "self-signed"
    /// The library does not say.
    case unclear

    /// What is wrong, in one sentence without a full stop.
    package var sentence: String {
        switch self {
        case .untrustedIssuer:
            "the certificate was issued by an authority that this machine does not trust"
        case .expired: "the certificate has expired"
        case .notYetValid: "the certificate is not valid yet"
        case .wrongHost: "the certificate is for another host than the one that was asked for"
        case .selfSigned: "the certificate is self-signed: nobody vouches for who answers"
        case .unclear: "the certificate can't be verified"
        }
    }

    /// What would put it right, in one sentence without a full stop.
    package var fix: String {
        switch self {
        case .untrustedIssuer:
            "update this machine's ca-certificates; where a proxy of your own opens TLS, name its authority's certificate with --ca-file"
        case .expired:
            "check this machine's date and clock; where they are right, whoever runs that host has to renew it: start again then"
        case .notYetValid: "check this machine's date and clock: they seem to be behind"
        case .wrongHost:
            "check --site or --endpoint for a slip, and https_proxy: somebody else seems to answer"
        case .selfSigned:
            "check --site or --endpoint: SecurityTrax's own is not self-signed; for a test server of yours, give its certificate with --ca-file"
        case .unclear:
            "check --site or --endpoint, this machine's clock and its ca-certificates; stimport doctor tries them"
        }
    }

    /// By the result of OpenSSL's verification (`X509_V_ERR_…`), which libcurl hands on; 0 or 1 (unspecified) where the
    /// chain passed the handshake and the peer was refused all the same, which leaves its name.
    init(verification: Int) {
        self =
            switch verification {
            case 0, 1, 62, 63, 64: .wrongHost
            case 9: .notYetValid
            case 10: .expired
            case 18: .selfSigned
            // A root that came along with the chain is no better known for that.
            case 2, 19, 20, 21, 27: .untrustedIssuer
            default: .unclear
            }
    }
}
