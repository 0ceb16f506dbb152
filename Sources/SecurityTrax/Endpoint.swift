import SystemFiles

/// Where the documents are posted to: an https address, or http on this machine.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// The address as it is posted to: scheme and host in lower case, the default port left out.
    package let url: String
    /// Whether it is this machine: 127.0.0.0/8, ::1 or localhost.
    package let isLoopback: Bool
    /// Whether the connection is encrypted.
    package let isEncrypted: Bool
    /// The normalized address that the ledger knows appointments by: host in
    /// lower case, no default port, no scheme, the path, and no query (which may
    /// hold a secret).
    package let identity: String

    /// The vendor's host (the create operations' page).
    package static let vendorHost = "secure.securitytrax.com"

    /// The address without its query, safe to print.
    package var description: String { (isEncrypted ? "https://" : "http://") + identity }

    /// The vendor's address for a dealer's site.
    ///
    /// - Parameter site: letters, digits, `-`, `_` and `.`, not dots alone, at most 100 of them.
    package init(site: String) throws(SecurityTraxError) {
        let valid = site.utf8.allSatisfy {
            Self.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                || $0 == UInt8(ascii: ".")
        }
        guard valid, !site.isEmpty, site.utf8.count <= 100, site.contains(where: { $0 != "." }) else {
            throw SecurityTraxError(site.isEmpty ? .endpointEmpty : .invalidSite)
        }
        try self.init(url: "https://\(Self.vendorHost)/\(site)/informationposter.php")
    }

    /// The dealer's site in an identity that the vendor's address for a site has; nil for any other address.
    package static func site(ofIdentity identity: String) -> String? {
        let parts = identity.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == vendorHost, parts[2] == "informationposter.php" else {
            return nil
        }
        return String(parts[1])
    }

    /// An endpoint of that address.
    ///
    /// - Parameter url: `https://HOST[:PORT]/PATH`, or `http://` where the host is this machine.
    package init(url text: String) throws(SecurityTraxError) {
        guard !text.isEmpty else { throw SecurityTraxError(.endpointEmpty) }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw SecurityTraxError(.endpointUnusableCharacter)
        }
        guard let schemeEnd = text.firstRange(of: "://") else {
            throw SecurityTraxError(.endpointUnsupportedScheme)
        }
        let scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw SecurityTraxError(.endpointUnsupportedScheme)
        }
        guard !text.contains("#") else { throw SecurityTraxError(.endpointFragment) }

        let rest = text[schemeEnd.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else { throw SecurityTraxError(.endpointUserInfo) }
        let (host, port) = try Self.hostAndPort(of: authority)
        let queryStart = rest[authorityEnd...].firstIndex(of: "?") ?? rest.endIndex
        let typedPath = rest[authorityEnd..<queryStart]
        let path = typedPath.isEmpty ? "/" : String(typedPath)

        isEncrypted = scheme == "https"
        isLoopback = Self.isLoopback(host)
        guard isEncrypted || isLoopback else { throw SecurityTraxError(.endpointNotEncrypted) }
        let defaultPort = isEncrypted ? 443 : 80
        let place = port.map { $0 == defaultPort ? host : "\(host):\($0)" } ?? host
        identity = place + (try Self.normalizedPath(path))
        url = "\(scheme)://\(place)\(path)\(rest[queryStart...])"
    }

    private init(url: String, identity: String, like other: Endpoint) {
        self.url = url
        self.identity = identity
        isLoopback = other.isLoopback
        isEncrypted = other.isEncrypted
    }

    /// Where queries of the same site go: `informationrequester.php` in the place of the path's last step.
    package var requester: Endpoint {
        func sibling(_ address: some StringProtocol) -> String {
            let end = address.lastIndex(of: "/").map { address.index(after: $0) } ?? address.endIndex
            return address[..<end] + "informationrequester.php"
        }
        let query = url.firstIndex(of: "?") ?? url.endIndex
        return Endpoint(
            url: sibling(url[..<query]) + url[query...], identity: sibling(identity), like: self)
    }

    private static func hostAndPort(
        of authority: Substring
    ) throws(SecurityTraxError) -> (host: String, port: Int?) {
        var host: String
        let portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else {
                throw SecurityTraxError(.endpointInvalidHost)
            }
            let address = String(authority[authority.index(after: authority.startIndex)..<close])
            var parsed = in6_addr()
            guard inet_pton(AF_INET6, address, &parsed) == 1 else {
                throw SecurityTraxError(.endpointInvalidHost)
            }
            // One spelling for all the ways to write the same address.
            var buffer = [CChar](repeating: 0, count: 64)
            guard inet_ntop(AF_INET6, &parsed, &buffer, socklen_t(buffer.count)) != nil else {
                throw SecurityTraxError(.endpointInvalidHost)
            }
            host =
                "[" + String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                + "]"
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw SecurityTraxError(.endpointInvalidHost) }
            portText = after.isEmpty ? nil : after.dropFirst()
        } else {
            let colon = authority.firstIndex(of: ":")
            host = authority[..<(colon ?? authority.endIndex)].lowercased()
            portText = colon.map { authority[authority.index(after: $0)...] }
            if host.hasSuffix(".") { host.removeLast() }
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            let valid = labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63
                    && label.utf8.allSatisfy {
                        isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    }
            }
            guard valid, host.utf8.count <= 253 else { throw SecurityTraxError(.endpointInvalidHost) }
        }
        guard let portText else { return (host, nil) }
        guard !portText.isEmpty, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(portText), (1...65535).contains(port)
        else { throw SecurityTraxError(.endpointInvalidPort) }
        return (host, port)
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        // Plain decimal only: 127.1, 0177.0.0.1 and the like are not taken for
        // this machine, since not everybody reads them alike.
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part == "0" || part.first != "0")
                    && (Int(part).map { (0...255).contains($0) } ?? false)
            }
    }

    /// The path with unneeded `%XX` escapes undone and the others in capitals.
    private static func normalizedPath(_ path: String) throws(SecurityTraxError) -> String {
        var output: [UInt8] = []
        let bytes = Array(path.utf8)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = hexValue(bytes[index + 1]),
                let low = hexValue(bytes[index + 2])
            else { throw SecurityTraxError(.endpointInvalidPath) }
            let value = high << 4 | low
            let needsNoEscape = isAlphanumeric(value) || "-._~".utf8.contains(value)
            output += needsNoEscape ? [value] : [UInt8(ascii: "%"), hexDigit(high), hexDigit(low)]
            index += 3
        }
        let text = String(decoding: output, as: UTF8.self)
        let steps = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !steps.contains("."), !steps.contains("..") else {
            throw SecurityTraxError(.endpointInvalidPath)
        }
        return text
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x41 + value - 10
    }
}
