import SystemFiles

/// Where a heartbeat service is told how runs fare: an https address, or http on this machine. Whoever knows it can
/// tell the service what is not so, so that it is treated as a secret: nothing shows more of it than its host.
package struct HeartbeatAddress: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// What the service is told. Each is a path of its own, as healthchecks.io has them and others took over.
    package enum Signal: String, Sendable, Hashable, CaseIterable {
        /// A run begins: the address with `/start` behind its path.
        case start
        /// A run ended well: the address as it is.
        case success
        /// A run did not: the address with `/fail` behind its path.
        case failure = "fail"
    }

    /// Checked in the same way as an address that appointments are posted to.
    let endpoint: Endpoint
    /// The host's name without its port: all that may be shown.
    package let host: String

    /// The address that a heartbeat service shows for a check.
    ///
    /// - Parameter url: `https://HOST[:PORT]/PATH`, or `http://` where the host is this machine.
    /// - Throws: `SecurityTraxError`, which does not quote it.
    package init(url: String) throws(SecurityTraxError) {
        endpoint = try Endpoint(url: url)
        let place = endpoint.identity.prefix { $0 != "/" }
        host = String(place.hasPrefix("[") ? place.prefix { $0 != "]" } + "]" : place.prefix { $0 != ":" })
    }

    /// The address to post to. What stands behind a question mark stays there.
    func url(for signal: Signal) -> String {
        guard signal != .success else { return endpoint.url }
        let url = endpoint.url
        let end = url.firstIndex(of: "?") ?? url.endIndex
        let path = url[..<end]
        return path + (path.hasSuffix("/") ? "" : "/") + signal.rawValue + url[end...]
    }

    /// What must never be shown: everything behind the host.
    var secret: String {
        let url = endpoint.url
        guard let scheme = url.firstRange(of: "://"),
            let start = url[scheme.upperBound...].firstIndex(where: { $0 == "/" || $0 == "?" })
        else { return "" }
        return String(url[start...].drop { $0 == "/" })
    }

    /// The address without what is secret: `https://hc-ping.com/********`.
    package var description: String {
        (endpoint.isEncrypted ? "https://" : "http://") + host + "/" + Credentials.mask
    }

    /// The same, for `dump` and the like.
    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
