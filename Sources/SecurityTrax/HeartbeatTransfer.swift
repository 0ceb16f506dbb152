import CCurl
import SystemFiles

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
        if let handle { stimport_curl_easy_cleanup(handle) }
        handle = nil
        stimport_curl_slist_free_all(headers)
        headers = nil
    }

    /// What is said of a ping whose time was up.
    static func lateness(_ limit: Duration) -> String {
        "no complete answer within \(limit.formattedSeconds) s"
    }

    /// Sends it and waits for its end.
    func perform() -> HeartbeatPing.Outcome {
        if let failure = CurlLibrary.failure { return .failed("libcurl can't be used: \(failure)") }
        guard let handle = stimport_curl_easy_init() else {
            return .failed("libcurl gives no transfer handle")
        }
        self.handle = handle
        if let refused = prepare(handle) { return failed("libcurl refuses an option: \(refused)") }
        let code = stimport_curl_easy_perform(handle)
        let status = stimport_curl_response_code(handle)
        // Of an answer that is too long, the head says all that is wanted.
        let isCut = code == CURLE_WRITE_ERROR && (bodyRoom < 0 || headRoom < 0)
        guard code == CURLE_OK || isCut, headRoom >= 0 else {
            if headRoom < 0 { return failed("the head of the answer is too long") }
            if code == CURLE_OPERATION_TIMEDOUT { return failed(Self.lateness(limit)) }
            return failed("libcurl \(code.rawValue): \(CurlOptions.words(code))")
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
        headers = CurlOptions.headers(["Content-Type: application/json", "Expect:", "Accept-Encoding:"])
        guard headers != nil else { return "no memory for headers" }
        let context = Unmanaged.passUnretained(self).toOpaque()
        var options = CurlOptions(handle)
        options.post(
            to: url, address.endpoint, headers: headers, body: body, count: bodyCount, within: limit,
            connecting: limit)
        options.useNoConnectionAgain()
        options.set(CURLOPT_USERAGENT, "USERAGENT", "stimport")
        options.require("WRITEFUNCTION", stimport_curl_set_write(handle, heartbeatDidReceiveBody, context))
        options.require(
            "HEADERFUNCTION", stimport_curl_set_header(handle, heartbeatDidReceiveHeader, context))
        return options.refused
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
