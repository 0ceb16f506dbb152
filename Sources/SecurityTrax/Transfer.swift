import CCurl

/// One post: its handle, what was read of its answer, and what became of it.
///
/// `@unchecked Sendable`: it is made by the posting task, handed over once, and
/// from then on touched by the loop's thread alone, on which libcurl calls back.
final class Transfer: @unchecked Sendable {
    private(set) var handle: UnsafeMutableRawPointer?
    private let configuration: HTTPClient.Configuration
    private let completion: (PostObservation) -> Void
    private var isFinished = false

    /// The request's body, which libcurl reads in place; wiped at the end.
    private let body: UnsafeMutableRawBufferPointer
    private var headers: UnsafeMutablePointer<curl_slist>?

    /// How often libcurl was about to send the request. It asks after connecting
    /// and TLS, just before the first byte: zero proves that nothing left.
    fileprivate var sendings = 0
    fileprivate var answer = AnswerReader()
    /// Whether the service said that its TLS stream ends here (close_notify).
    fileprivate var isClosedByService = false
    /// Whether the environment names a proxy for the host.
    fileprivate var isProxied = false

    init(
        body: [UInt8], configuration: HTTPClient.Configuration,
        completion: @escaping (PostObservation) -> Void
    ) {
        self.configuration = configuration
        self.completion = completion
        self.body = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, body.count), alignment: 1)
        self.body.copyBytes(from: body)
        bodyCount = body.count
        answer.bodyLimit = configuration.answerLimit
        answer.headerLimit = configuration.headerLimit
    }

    private let bodyCount: Int

    deinit {
        release()
        body.deallocate()
    }

    /// Frees the handle and wipes the body. The handle must not be in a multi handle any more.
    func release() {
        if let handle { stimport_curl_easy_cleanup(handle) }
        handle = nil
        stimport_curl_slist_free_all(headers)
        headers = nil
        // A plain loop could be optimized away, since nobody reads the zeros.
        if let base = body.baseAddress {
            #if canImport(Darwin)
                memset_s(base, body.count, 0, body.count)
            #else
                explicit_bzero(base, body.count)
            #endif
        }
    }

    // MARK: Set-up

    /// Makes the handle.
    ///
    /// - Returns: nil, or what libcurl refused.
    func prepare() -> String? {
        guard let handle = stimport_curl_easy_init() else { return "no transfer handle" }
        self.handle = handle
        let context = Unmanaged.passUnretained(self).toOpaque()
        let endpoint = configuration.endpoint
        headers = CurlOptions.headers([
            "Content-Type: text/xml; charset=utf-8", "Expect:", "Accept-Encoding:",
        ])
        guard headers != nil else { return "no memory for headers" }
        var options = CurlOptions(handle)
        options.post(
            to: endpoint.url, endpoint, headers: headers, body: body, count: bodyCount,
            within: configuration.timeout, connecting: configuration.connectTimeout)
        if !configuration.allowsReuse {
            options.useNoConnectionAgain()
        } else {
            // However long ago it was used: a busy machine must not decide what a test shows.
            options.set(CURLOPT_MAXAGE_CONN, "MAXAGE_CONN", 86_400)
        }
        options.set(CURLOPT_TCP_KEEPALIVE, "TCP_KEEPALIVE", 1)
        options.require(
            "MAXFILESIZE",
            stimport_curl_set_size(
                handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(configuration.answerLimit)))
        // Some services compress unasked: nothing is asked for, and all that libcurl knows is decoded.
        options.set(CURLOPT_ACCEPT_ENCODING, "ACCEPT_ENCODING", "")
        options.set(CURLOPT_USERAGENT, "USERAGENT", configuration.userAgent)
        if endpoint.isEncrypted {
            if configuration.readsCertificate {
                options.require("CERTINFO", stimport_curl_keep_certificates(handle))
            }
            if let file = configuration.caFile { options.set(CURLOPT_CAINFO, "CAINFO", file) }
            options.require("DEBUGFUNCTION", stimport_curl_set_debug(handle, transferDidTrace, context))
        }
        if let proxy = configuration.proxy {
            isProxied = !proxy.isEmpty
            options.set(CURLOPT_PROXY, "PROXY", proxy)
            options.set(CURLOPT_NOPROXY, "NOPROXY", "")
        }
        options.require("WRITEFUNCTION", stimport_curl_set_write(handle, transferDidReceiveBody, context))
        options.require("HEADERFUNCTION", stimport_curl_set_header(handle, transferDidReceiveHeader, context))
        options.require("PREREQFUNCTION", stimport_curl_set_prereq(handle, transferIsAboutToSend, context))
        if options.refused != nil { release() }
        return options.refused
    }

    /// Whether libcurl may send: the second time would be a resend.
    fileprivate func maySend() -> Bool {
        sendings += 1
        return sendings == 1 || configuration.allowsReuse
    }

    // MARK: The end

    /// Reports what became of the post, once.
    func finish(_ observation: PostObservation) {
        guard !isFinished else { return }
        isFinished = true
        completion(observation)
    }

    /// Reports a post that was given up before it began.
    func finishCancelled() {
        finish(.neverSent(TransportFailure(.cancelled, message: "")))
        release()
    }

    /// A post that ended without a complete answer.
    func incomplete(
        _ kind: TransportFailure.Kind, _ message: String, certificate: CertificateFault? = nil
    ) -> PostObservation {
        let failure = TransportFailure(
            kind, message: message, certificate: certificate, status: answer.status)
        return sendings == 0 ? .neverSent(failure) : .unanswered(failure)
    }

    /// What libcurl's result means for the post.
    func observation(of code: CURLcode) -> PostObservation {
        guard let handle else { return incomplete(.other, "no transfer handle") }
        guard code == CURLE_OK else {
            let kind = kind(of: code, handle)
            // What the kinds say better in their own words is not said again.
            let words = kind == .other ? ": \(CurlOptions.words(code))" : ""
            let fault =
                kind == .untrustedCertificate && code == CURLE_PEER_FAILED_VERIFICATION
                ? CertificateFault(verification: stimport_curl_verification(handle)) : nil
            return incomplete(kind, "libcurl \(code.rawValue)\(words)", certificate: fault)
        }
        // Success of libcurl's also covers a close inside the headers.
        let status = stimport_curl_response_code(handle)
        guard sendings > 0, answer.isHeadComplete, (100...599).contains(status), answer.status == status
        else {
            return incomplete(.truncated, "within its headers")
        }
        guard !answer.isMisframed else {
            return incomplete(.misframed, "Content-Length")
        }
        // Without a length, a connection that breaks looks like the answer's end; only TLS tells them apart.
        guard answer.isDelimited || isClosedByService || !configuration.endpoint.isEncrypted else {
            return incomplete(
                .truncated,
                "it has neither a length nor chunks, and its TLS stream was cut instead of closed")
        }
        return .answered(
            HTTPAnswer(
                status: status, retryAfter: answer.retryAfter, location: answer.location,
                charset: answer.charset, date: answer.date, certificateEnd: certificateEnd(handle),
                body: answer.body))
    }

    /// Until when the service's own certificate is valid, as libcurl has it; nil where it was not kept.
    private func certificateEnd(_ handle: UnsafeMutableRawPointer) -> String? {
        guard configuration.readsCertificate else { return nil }
        var line = stimport_curl_certificate(handle)
        while let entry = line {
            let text = entry.pointee.data.map { String(cString: $0) } ?? ""
            if let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "expire date" {
                return BoundedText.trimmed(String(text[text.index(after: colon)...].prefix(100)))
            }
            line = UnsafePointer(entry.pointee.next)
        }
        return nil
    }

    private func kind(of code: CURLcode, _ handle: UnsafeMutableRawPointer) -> TransportFailure.Kind {
        if answer.isTooLarge { return .tooLarge }
        let isBefore = sendings == 0
        if isBefore, stimport_curl_proxy_code(handle) == 407 { return .proxyLogin }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotFound
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .proxyRefused
        case CURLE_COULDNT_CONNECT: return isProxied ? .proxyRefused : .connectionRefused
        case CURLE_OPERATION_TIMEDOUT: return isBefore ? .connectTimeout : .timeout
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return isBefore ? .untrustedCertificate : .other
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED:
            return isBefore ? .tlsFailure : .reset
        case CURLE_GOT_NOTHING: return .emptyReply
        case CURLE_SEND_ERROR: return .reset
        case CURLE_RECV_ERROR:
            // What breaks before TLS begins is the connection to the proxy, where there is one.
            if isBefore {
                return isProxied || stimport_curl_proxy_code(handle) > 0 ? .proxyRefused : .reset
            }
            // A broken chunk and a TLS close without notice are reported so too.
            return answer.isHeadComplete ? .truncated : .reset
        case CURLE_PARTIAL_FILE: return .truncated
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return isBefore ? .other : .notHTTP
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge
        // A write error that is not our own limit's is a decoder's.
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR: return .undecodable
        default: return .other
        }
    }
}

// MARK: libcurl's callbacks

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let transferDidReceiveBody: stimport_curl_data_callback = { bytes, size, count, context in
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.answer.takeBody(piece) ? size * count : 0
}

private let transferDidReceiveHeader: stimport_curl_data_callback = { bytes, size, count, context in
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.answer.takeHeader(line) ? size * count : 0
}

/// What libcurl notes where the environment names a proxy for the host, and no exception from it.
private let proxyNote = Array("Uses proxy env variable".utf8)

/// Looks for the one TLS message that matters, a closing alert, for the note of a proxy, and at nothing else.
private let transferDidTrace: stimport_curl_debug_callback = { _, type, bytes, count, context in
    if type == CURLINFO_TEXT, count >= proxyNote.count, let bytes,
        memcmp(bytes, proxyNote, proxyNote.count) == 0
    {
        transfer(context)?.isProxied = true
    }
    // An alert has two bytes, its level and what it says: 0 is close_notify (RFC 8446, 6.1).
    if type == CURLINFO_SSL_DATA_IN, count == 2, let bytes, bytes[0] == 1 || bytes[0] == 2, bytes[1] == 0 {
        transfer(context)?.isClosedByService = true
    }
    return 0
}

private let transferIsAboutToSend: stimport_curl_prereq_callback = { context, _, _, _, _ in
    guard let transfer = transfer(context) else { return CURL_PREREQFUNC_ABORT }
    return transfer.maySend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
