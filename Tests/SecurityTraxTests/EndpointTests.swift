import SecurityTrax
import Testing

@Suite("The endpoint")
struct EndpointTests {
    @Test(
        "An address is kept, and known to the ledger in one spelling",
        arguments: [
            (
                "https://secure.securitytrax.com/acme/informationposter.php",
                "secure.securitytrax.com/acme/informationposter.php"
            ),
            (
                "HTTPS://Secure.SecurityTrax.com:443/acme/informationposter.php",
                "secure.securitytrax.com/acme/informationposter.php"
            ),
            (
                "https://secure.securitytrax.com./acme/informationposter.php",
                "secure.securitytrax.com/acme/informationposter.php"
            ),
            (
                "https://secure.securitytrax.com:0443/acme/informationposter.php",
                "secure.securitytrax.com/acme/informationposter.php"
            ),
            (
                "https://secure.securitytrax.com/%61cme/informationposter%2ephp",
                "secure.securitytrax.com/acme/informationposter.php"
            ),
            ("https://h/a%2fb", "h/a%2Fb"),
            ("https://h/Acme", "h/Acme"),
            ("https://h:8443/x", "h:8443/x"),
            ("https://h:80/x", "h:80/x"),
            ("https://h", "h/"),
            ("https://h/", "h/"),
            ("https://h/x?token=secret", "h/x"),
            ("https://h?token=secret", "h/"),
            ("http://127.0.0.1:8080/x", "127.0.0.1:8080/x"),
            ("http://localhost:80/x", "localhost/x"),
            ("http://LOCALHOST./x", "localhost/x"),
            ("http://[::1]:8080/x", "[::1]:8080/x"),
            ("http://[0:0:0:0:0:0:0:1]/x", "[::1]/x"),
            ("https://[2001:DB8::1]/x", "[2001:db8::1]/x"),
        ])
    func identity(url: String, identity: String) throws {
        let endpoint = try Endpoint(url: url)
        #expect(endpoint.identity == identity)
        #expect(!endpoint.description.contains("secret"))
        // What is posted to is itself an address of the same identity.
        #expect(try Endpoint(url: endpoint.url) == endpoint)
    }

    @Test(
        "http is for this machine only",
        arguments: [
            ("http://127.0.0.1/", true), ("http://127.255.255.254/", true), ("http://[::1]/", true),
            ("http://localhost/", true), ("http://example.com/", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://localhost.example.com/", false), ("http://127.0.0.256/", false),
            ("http://127.1/", false),
            ("http://0177.0.0.1/", false), ("http://2130706433/", false), ("http://0x7f.0.0.1/", false),
            ("http://10.0.0.1/", false), ("http://[::2]/", false), ("http://[::ffff:127.0.0.1]/", false),
            ("http://0.0.0.0/", false), ("http://127.0.0.01/", false),
        ])
    func loopback(url: String, isAllowed: Bool) {
        if isAllowed {
            #expect((try? Endpoint(url: url))?.isLoopback == true)
        } else {
            #expect(throws: SecurityTraxError(.endpointNotEncrypted)) { try Endpoint(url: url) }
        }
    }

    @Test(
        "What is no usable address is refused with its reason",
        arguments: [
            ("", SecurityTraxError.Code.endpointEmpty),
            ("secure.securitytrax.com/acme", .endpointUnsupportedScheme),
            ("ftp://h/x", .endpointUnsupportedScheme),
            ("file:///etc/passwd", .endpointUnsupportedScheme),
            ("javascript:alert(1)", .endpointUnsupportedScheme),
            ("://h/x", .endpointUnsupportedScheme),
            ("https//h/x", .endpointUnsupportedScheme),
            ("https://user@h/x", .endpointUserInfo),
            ("https://user:password@h/x", .endpointUserInfo),
            ("http://127.0.0.1@example.com/", .endpointUserInfo),
            ("https://h/x#part", .endpointFragment),
            ("https://h#@127.0.0.1/", .endpointFragment),
            (" https://h/x", .endpointUnusableCharacter),
            ("https://h/x ", .endpointUnusableCharacter),
            ("https://h/a b", .endpointUnusableCharacter),
            ("https://h/x\r\nHost: other", .endpointUnusableCharacter),
            ("https://h/\u{0}", .endpointUnusableCharacter),
            ("https://h\\@other/", .endpointUnusableCharacter),
            ("https://bücher.example/", .endpointUnusableCharacter),
            ("https:///x", .endpointInvalidHost),
            ("https://:443/x", .endpointInvalidHost),
            ("https://a..b/x", .endpointInvalidHost),
            ("https://h%41/x", .endpointInvalidHost),
            ("https://[::1/x", .endpointInvalidHost),
            ("https://[::1]x/", .endpointInvalidHost),
            ("https://[fe80::1%25eth0]/", .endpointInvalidHost),
            ("https://*/", .endpointInvalidHost),
            ("https://h:/x", .endpointInvalidPort),
            ("https://h:0/x", .endpointInvalidPort),
            ("https://h:65536/x", .endpointInvalidPort),
            ("https://h:+1/x", .endpointInvalidPort),
            ("https://h:99999999999999999999/x", .endpointInvalidPort),
            ("https://h/a/../b", .endpointInvalidPath),
            ("https://h/%2e%2E/b", .endpointInvalidPath),
            ("https://h/./b", .endpointInvalidPath),
            ("https://h/a%", .endpointInvalidPath),
            ("https://h/a%4", .endpointInvalidPath),
            ("https://h/a%zz", .endpointInvalidPath),
        ])
    func refused(url: String, code: SecurityTraxError.Code) {
        #expect(throws: SecurityTraxError(code)) { try Endpoint(url: url) }
    }

    @Test("A site's name becomes the vendor's address", arguments: ["acme", "Acme-2", "a_b.c", "..x", "7"])
    func site(name: String) throws {
        let endpoint = try Endpoint(site: name)
        #expect(endpoint.url == "https://secure.securitytrax.com/\(name)/informationposter.php")
        #expect(!endpoint.isLoopback)
    }

    @Test(
        "A site's name that would change the address is refused",
        arguments: [
            ".", "..", "...", "a/b", "/", "../x", "a b", "a?b", "a#b", "a%2fb", "a\\b", "ä", "a\n", "@",
            "a:b",
            String(repeating: "a", count: 101),
        ])
    func invalidSite(name: String) {
        #expect(throws: SecurityTraxError(.invalidSite)) { try Endpoint(site: name) }
    }

    @Test(
        "Every error has words in one voice, a fix, and its context",
        arguments: SecurityTraxError.Code.allCases)
    func wording(code: SecurityTraxError.Code) {
        let error = SecurityTraxError(code)
        for text in [error.message, error.fix] {
            #expect(text.first?.isLowercase == true)
            #expect(!text.hasSuffix("."))
        }
        #expect(error.description == "\(error.message) (\(error.fix))")
        #expect(SecurityTraxError(code, context: "/x").message == error.message + ": /x")
    }

    @Test(
        "Queries go to the requester beside the poster",
        arguments: [
            (
                "https://secure.securitytrax.com/acme/informationposter.php",
                "https://secure.securitytrax.com/acme/informationrequester.php"
            ),
            (
                "http://127.0.0.1:8080/sandbox/informationposter.php",
                "http://127.0.0.1:8080/sandbox/informationrequester.php"
            ),
            ("https://h/a/", "https://h/a/informationrequester.php"),
            ("https://h", "https://h/informationrequester.php"),
            ("https://h/a/post?key=1/2", "https://h/a/informationrequester.php?key=1/2"),
        ])
    func requester(poster: String, requester: String) throws {
        let endpoint = try Endpoint(url: poster)
        #expect(endpoint.requester == (try Endpoint(url: requester)))
        #expect(endpoint.requester.isEncrypted == endpoint.isEncrypted)
        #expect(endpoint.requester.requester == endpoint.requester)
    }
}
