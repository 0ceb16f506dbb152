import CCurl

/// Sets the options of a handle, and keeps the first that libcurl refuses. What every request of this program has in
/// common, and must, stands here once: one address as it is written, HTTP/1.1, no redirect, TLS 1.2 with a certificate
/// that is verified, no proxy between this program and its own machine.
struct CurlOptions {
    private let handle: UnsafeMutableRawPointer
    /// The first that was refused, with libcurl's reason; nil where all were taken.
    private(set) var refused: String?

    init(_ handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    mutating func require(_ name: String, _ code: CURLcode) {
        if code != CURLE_OK, refused == nil { refused = "\(name): \(Self.words(code))" }
    }

    mutating func set(_ option: CURLoption, _ name: String, _ value: Int) {
        require(name, stimport_curl_set_long(handle, option, value))
    }

    mutating func set(_ option: CURLoption, _ name: String, _ value: String) {
        require(name, stimport_curl_set_text(handle, option, value))
    }

    /// A post to one address.
    ///
    /// - Parameters:
    ///   - endpoint: whether it is encrypted, and whether it is this machine.
    ///   - headers: freed by the caller, once the handle is.
    ///   - body: read in place until the handle is freed.
    mutating func post(
        to url: String, _ endpoint: Endpoint, headers: UnsafeMutablePointer<curl_slist>?,
        body: UnsafeMutableRawBufferPointer, count: Int, within limit: Duration, connecting: Duration
    ) {
        set(CURLOPT_URL, "URL", url)
        set(CURLOPT_PATH_AS_IS, "PATH_AS_IS", 1)
        set(CURLOPT_NOSIGNAL, "NOSIGNAL", 1)
        require("PROTOCOLS", stimport_curl_set_protocol(handle, endpoint.isEncrypted ? 1 : 0))
        require("HTTP_VERSION", stimport_curl_require_http11(handle))
        set(CURLOPT_FOLLOWLOCATION, "FOLLOWLOCATION", 0)
        set(CURLOPT_TIMEOUT_MS, "TIMEOUT_MS", limit.wholeMilliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, "CONNECTTIMEOUT_MS", connecting.wholeMilliseconds)
        require("HTTPHEADER", stimport_curl_set_headers(handle, headers))
        require("POSTFIELDS", stimport_curl_set_body(handle, body.baseAddress, curl_off_t(count)))
        if endpoint.isEncrypted {
            require("SSLVERSION", stimport_curl_require_tls12(handle))
            set(CURLOPT_SSL_VERIFYPEER, "SSL_VERIFYPEER", 1)
            set(CURLOPT_SSL_VERIFYHOST, "SSL_VERIFYHOST", 2)
        }
        // What a proxy says is not the service's answer.
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, "SUPPRESS_CONNECT_HEADERS", 1)
        // Else `http_proxy` would carry what is secret in clear to a proxy.
        if endpoint.isLoopback { set(CURLOPT_NOPROXY, "NOPROXY", "*") }
    }

    /// No connection is used a second time.
    mutating func useNoConnectionAgain() {
        set(CURLOPT_FORBID_REUSE, "FORBID_REUSE", 1)
        set(CURLOPT_FRESH_CONNECT, "FRESH_CONNECT", 1)
    }

    /// Header lines as libcurl takes them; nil where there is no memory for them.
    static func headers(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var headers: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = stimport_curl_slist_append(headers, line) else {
                stimport_curl_slist_free_all(headers)
                return nil
            }
            headers = longer
        }
        return headers
    }

    /// libcurl's fixed text for a code: no host, no header, no body in it.
    static func words(_ code: CURLcode) -> String {
        stimport_curl_easy_strerror(code).map { String(cString: $0) } ?? "unknown error"
    }
}
