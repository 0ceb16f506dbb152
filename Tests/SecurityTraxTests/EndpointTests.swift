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
            #expect(throws: EndpointError(.notEncrypted)) { try Endpoint(url: url) }
        }
    }

    @Test(
        "What is no usable address is refused with its reason",
        arguments: [
            ("", EndpointError.Code.empty),
            ("secure.securitytrax.com/acme", .unsupportedScheme),
            ("ftp://h/x", .unsupportedScheme),
            ("file:///etc/passwd", .unsupportedScheme),
            ("javascript:alert(1)", .unsupportedScheme),
            ("://h/x", .unsupportedScheme),
            ("https//h/x", .unsupportedScheme),
            ("https://user@h/x", .userInfo),
            ("https://user:password@h/x", .userInfo),
            ("http://127.0.0.1@example.com/", .userInfo),
            ("https://h/x#part", .fragment),
            ("https://h#@127.0.0.1/", .fragment),
            (" https://h/x", .unusableCharacter),
            ("https://h/x ", .unusableCharacter),
            ("https://h/a b", .unusableCharacter),
            ("https://h/x\r\nHost: other", .unusableCharacter),
            ("https://h/\u{0}", .unusableCharacter),
            ("https://h\\@other/", .unusableCharacter),
            ("https://bücher.example/", .unusableCharacter),
            ("https:///x", .invalidHost),
            ("https://:443/x", .invalidHost),
            ("https://a..b/x", .invalidHost),
            ("https://h%41/x", .invalidHost),
            ("https://[::1/x", .invalidHost),
            ("https://[::1]x/", .invalidHost),
            ("https://[fe80::1%25eth0]/", .invalidHost),
            ("https://*/", .invalidHost),
            ("https://h:/x", .invalidPort),
            ("https://h:0/x", .invalidPort),
            ("https://h:65536/x", .invalidPort),
            ("https://h:+1/x", .invalidPort),
            ("https://h:99999999999999999999/x", .invalidPort),
            ("https://h/a/../b", .invalidPath),
            ("https://h/%2e%2E/b", .invalidPath),
            ("https://h/./b", .invalidPath),
            ("https://h/a%", .invalidPath),
            ("https://h/a%4", .invalidPath),
            ("https://h/a%zz", .invalidPath),
        ])
    func refused(url: String, code: EndpointError.Code) {
        #expect(throws: EndpointError(code)) { try Endpoint(url: url) }
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
        #expect(throws: EndpointError(.invalidSite)) { try Endpoint(site: name) }
    }

    @Test("Every error has words, and none quotes the address", arguments: EndpointError.Code.allCases)
    func wording(code: EndpointError.Code) {
        let error = EndpointError(code)
        #expect(error.message.hasSuffix("."))
        #expect(error.fix.hasSuffix("."))
        #expect(error.description == "\(error.message) \(error.fix)")
    }
}
