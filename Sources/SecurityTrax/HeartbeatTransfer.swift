import CCurl
import Foundation

/// The handle of a ping, and what is still read of its answer. It belongs to one thread.
final class HeartbeatTransfer {
    private let address: HeartbeatAddress
    private let url: String
    private let limit: Duration
    private let bodyCount: Int
    /// libcurl reads it in place.
    private let body: UnsafeMutableRawBufferPointer
    private var handle: UnsafeMutableRawPointer?
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// What is left to be read of the head and of the body.
    fileprivate var headRoom = HeartbeatPing.answerLimit
    fileprivate var bodyRoom = HeartbeatPing.answerLimit

    init(
        _ signal: HeartbeatAddress.Signal, to address: HeartbeatAddress, body: [UInt8], limit: Duration
    ) {
        self.address = address
        self.limit = limit
        url = address.url(for: signal)
        bodyCount = body.count
        self.body = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, body.count), alignment: 1)
        self.body.copyBytes(from: body)
    }

    deinit {
        release()
        body.deallocate()
    }

    /// Frees the handle, which may have to wait for a name to be looked up.
    func release() {
        if let handle { curl_easy_cleanup(handle) }
        handle = nil
        curl_slist_free_all(headers)
        headers = nil
    }

    /// What is said of a ping whose time was up.
    static func lateness(_ limit: Duration) -> String {
        "no complete answer within \(limit.formattedSeconds) s"
    }

    /// Sends it and waits for its end.
    func perform() -> HeartbeatPing.Outcome {
        guard CurlLibrary.isReady, let handle = curl_easy_init() else {
            return .failed("libcurl gives no transfer handle")
        }
        self.handle = handle
        if let refused = prepare(handle) { return failed("libcurl refuses an option: \(refused)") }
        let code = curl_easy_perform(handle)
        let status = stimport_curl_response_code(handle)
        // Of an answer that is too long, the head says all that is wanted.
        let isCut = code == CURLE_WRITE_ERROR && (bodyRoom < 0 || headRoom < 0)
        guard code == CURLE_OK || isCut, headRoom >= 0 else {
            if headRoom < 0 { return failed("the head of the answer is too long") }
            if code == CURLE_OPERATION_TIMEDOUT { return failed(Self.lateness(limit)) }
            return failed("libcurl \(code.rawValue): \(Self.words(code))")
        }
        switch status {
        case 200...299: return .delivered
        case 300...399: return failed("HTTP \(status), and a redirect is not followed")
        default: return failed("HTTP \(status)")
        }
    }

    /// Nothing here quotes the address; should a library ever do, its secret is taken out.
    private func failed(_ reason: String) -> HeartbeatPing.Outcome {
        .failed(SecretScrubber(secret: address.secret).clean(reason, limit: 200))
    }

    /// - Returns: nil, or what libcurl refused.
    private func prepare(_ handle: UnsafeMutableRawPointer) -> String? {
        let endpoint = address.endpoint
        for line in ["Content-Type: application/json", "Expect:", "Accept-Encoding:"] {
            guard let list = curl_slist_append(headers, line) else { return "no memory for headers" }
            headers = list
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        let milliseconds = limit.wholeMilliseconds
        var codes: [(String, CURLcode)] = [
            ("URL", stimport_curl_set_text(handle, CURLOPT_URL, url)),
            ("PATH_AS_IS", stimport_curl_set_long(handle, CURLOPT_PATH_AS_IS, 1)),
            ("NOSIGNAL", stimport_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)),
            ("PROTOCOLS", stimport_curl_set_protocol(handle, endpoint.isEncrypted ? 1 : 0)),
            ("HTTP_VERSION", stimport_curl_require_http11(handle)),
            ("FOLLOWLOCATION", stimport_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)),
            ("FORBID_REUSE", stimport_curl_set_long(handle, CURLOPT_FORBID_REUSE, 1)),
            ("FRESH_CONNECT", stimport_curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1)),
            ("TIMEOUT_MS", stimport_curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)),
            ("CONNECTTIMEOUT_MS", stimport_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)),
            ("USERAGENT", stimport_curl_set_text(handle, CURLOPT_USERAGENT, "stimport")),
            ("HTTPHEADER", stimport_curl_set_headers(handle, headers)),
            ("POSTFIELDS", stimport_curl_set_body(handle, body.baseAddress, curl_off_t(bodyCount))),
            ("SUPPRESS_CONNECT", stimport_curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)),
            ("WRITEFUNCTION", stimport_curl_set_write(handle, heartbeatDidReceiveBody, context)),
            ("HEADERFUNCTION", stimport_curl_set_header(handle, heartbeatDidReceiveHeader, context)),
        ]
        if endpoint.isEncrypted {
            codes += [
                ("SSLVERSION", stimport_curl_require_tls12(handle)),
                ("SSL_VERIFYPEER", stimport_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)),
                ("SSL_VERIFYHOST", stimport_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)),
            ]
        }
        if endpoint.isLoopback {
            // Else `http_proxy` would carry the address in clear to a proxy.
            codes.append(("NOPROXY", stimport_curl_set_text(handle, CURLOPT_NOPROXY, "*")))
        }
        return codes.first { $0.1 != CURLE_OK }.map { "\($0.0): \(Self.words($0.1))" }
    }

    private static func words(_ code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "unknown error"
    }
}

// MARK: libcurl's callbacks

private func transfer(_ context: UnsafeMutableRawPointer?) -> HeartbeatTransfer? {
    context.map { Unmanaged<HeartbeatTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private let heartbeatDidReceiveBody: stimport_curl_data_callback = { _, size, count, context in
    guard let transfer = transfer(context) else { return 0 }
    transfer.bodyRoom -= size * count
    return transfer.bodyRoom >= 0 ? size * count : 0
}

private let heartbeatDidReceiveHeader: stimport_curl_data_callback = { _, size, count, context in
    guard let transfer = transfer(context) else { return 0 }
    transfer.headRoom -= size * count
    return transfer.headRoom >= 0 ? size * count : 0
}

extension Duration {
    /// Seconds, with as many digits as they need: `10`, `0.3`.
    fileprivate var formattedSeconds: String {
        let value = Double(wholeMilliseconds) / 1000
        return value == value.rounded() ? String(Int(value)) : String(value)
    }
}
