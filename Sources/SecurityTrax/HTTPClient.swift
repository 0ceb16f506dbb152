import CCurl
import Synchronization
import SystemFiles

/// Posts documents so that each leaves at most once, and tells "never left" from
/// "unknown".
///
/// One connection a request: libcurl would otherwise send a whole POST again,
/// silently, where a kept connection turns out to be closed. Redirects are never
/// followed, compressed answers never asked for (but decoded within the size limit), certificates
/// always checked.
/// The transfers run on a thread of their own; posts may be made concurrently.
package final class HTTPClient: Sendable {
    /// How to post.
    package struct Configuration: Sendable {
        /// Where to post to.
        package var endpoint: Endpoint
        /// The longest that a whole answer may take, from one millisecond up.
        package var timeout: Duration = .seconds(300)
        /// The longest that connecting may take, name lookup and TLS included.
        package var connectTimeout: Duration = .seconds(30)
        /// A PEM file of trusted certificates in the system's place.
        package var caFile: String?
        /// The largest body that is read, in bytes, decoded.
        package var answerLimit = 16 << 20
        /// The largest sum of header lines that is read, in bytes.
        package var headerLimit = 256 << 10
        /// The `User-Agent` header.
        package var userAgent = "stimport"
        /// Whether answers say until when the service's certificate is valid.
        package var readsCertificate = false
        /// For tests only: takes out everything that keeps a request from being
        /// sent again on a kept connection.
        package var allowsReuse = false
        /// For tests only: a proxy other than the environment's.
        package var proxy: String?

        /// A configuration with the defaults.
        package init(endpoint: Endpoint) {
            self.endpoint = endpoint
        }

        /// Checks what can be checked without libcurl, and that transfers can have the thread which they run on.
        ///
        /// - Throws: `SecurityTraxError` where a limit is out of its range, the file of certificates can't be used, or
        ///   the system gives no thread.
        package func check() throws(SecurityTraxError) {
            try checkValues()
            do throws(SystemError) {
                try WorkerThread.start("stimport-http") {}
            } catch {
                throw SecurityTraxError(.noThread, context: error.reason)
            }
        }

        /// Checks the limits and the file of certificates.
        ///
        /// - Throws: as `check`.
        package func checkValues() throws(SecurityTraxError) {
            guard timeout.wholeMilliseconds > 0, connectTimeout.wholeMilliseconds > 0 else {
                throw SecurityTraxError(.invalidLimit, context: "time limit")
            }
            guard answerLimit > 0, headerLimit > 0 else {
                throw SecurityTraxError(.invalidLimit, context: "size limit")
            }
            if let caFile { try HTTPClient.checkCertificates(caFile) }
        }
    }

    private let loop: TransferLoop

    /// A client of that configuration.
    ///
    /// - Throws: `SecurityTraxError` where the file of certificates can't be used, or
    ///   libcurl refuses one of the options that the promises rest on.
    package init(_ configuration: Configuration) throws(SecurityTraxError) {
        try configuration.checkValues()
        if let failure = CurlLibrary.failure {
            throw SecurityTraxError(.transportUnavailable, context: failure)
        }
        // One handle for nothing: an option that libcurl refuses must be known
        // before anything is claimed.
        let trial = Transfer(body: [], configuration: configuration, completion: { _ in })
        if let failure = trial.prepare() {
            throw SecurityTraxError(.transportUnavailable, context: failure)
        }
        trial.release()
        guard let loop = TransferLoop() else {
            throw SecurityTraxError(.transportUnavailable, context: "no transfer handle")
        }
        do throws(SystemError) {
            try loop.start()
        } catch {
            throw SecurityTraxError(.noThread, context: error.reason)
        }
        self.loop = loop
        self.configuration = configuration
    }

    private let configuration: Configuration

    deinit {
        loop.stop()
    }

    /// Posts a document once and waits for what becomes of it.
    ///
    /// Cancelling the task does not end the post, which would only make doubt:
    /// ``cancelAll()`` does.
    package func post(_ body: [UInt8]) async -> PostObservation {
        await withCheckedContinuation { continuation in
            post(body) { continuation.resume(returning: $0) }
        }
    }

    /// Posts a document once.
    ///
    /// - Parameter completion: is told what became of it, on the thread of the transfers: the others wait meanwhile.
    package func post(_ body: [UInt8], completion: @escaping @Sendable (PostObservation) -> Void) {
        loop.enqueue(Transfer(body: body, configuration: configuration, completion: completion))
    }

    /// Ends all posts at once, those in flight and all later ones: as never sent
    /// where no byte has left, as unanswered otherwise.
    package func cancelAll() {
        loop.cancelAll()
    }

    fileprivate static func checkCertificates(_ path: String) throws(SecurityTraxError) {
        // A file that isn't regular (a pipe, a folder) can't be read twice.
        guard FileIdentity.status(of: path)?.kind == .file,
            let content = try? SmallFile.read(path, limit: 16 << 20)
        else { throw SecurityTraxError(.caFileUnreadable, context: path) }
        guard content.holds("-----BEGIN "), content.holds("CERTIFICATE-----") else {
            throw SecurityTraxError(.caFileNotPEM, context: path)
        }
    }
}

/// libcurl, loaded and set up once, by whoever needs it first.
enum CurlLibrary {
    /// Why it can't be used; nil where it can.
    static let failure = stimport_curl_load().map { String(cString: $0) }
}

extension Duration {
    /// Whole milliseconds, rounded up, bounded to what libcurl takes.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        if seconds >= 2_000_000 { return 2_000_000_000 }
        if seconds < 0 || attoseconds < 0 { return 0 }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
