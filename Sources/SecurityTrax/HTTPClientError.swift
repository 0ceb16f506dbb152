/// Why no HTTP client could be made. Nothing was sent.
package struct HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file of trusted certificates can't be read.
        case caFileUnreadable = "ca-file-unreadable"
        /// The file of trusted certificates holds no PEM certificate.
        case caFileNotPEM = "ca-file-not-pem"
        /// A time limit or a size limit is out of its range.
        case invalidLimit = "http-invalid-limit"
        /// libcurl can't do what this program relies on.
        case transportUnavailable = "http-transport-unavailable"
    }

    /// What is wrong.
    package let code: Code
    /// The file, the limit or libcurl's words.
    package let context: String

    /// An error of that code.
    package init(_ code: Code, context: String) {
        self.code = code
        self.context = context
    }

    /// What is wrong, in a sentence.
    package var message: String {
        switch code {
        case .caFileUnreadable: "The file of trusted certificates can't be read: \(context)."
        case .caFileNotPEM: "The file of trusted certificates holds no PEM certificate: \(context)."
        case .invalidLimit: "A limit of the transport is out of its range: \(context)."
        case .transportUnavailable: "libcurl can't do what this program relies on: \(context)."
        }
    }

    /// What would put it right, in a sentence.
    package var fix: String {
        switch code {
        case .caFileUnreadable: "Check the file's path and permissions."
        case .caFileNotPEM: "Give a file with certificates between BEGIN CERTIFICATE and END CERTIFICATE."
        case .invalidLimit: "Give a value from one millisecond, or one byte, up."
        case .transportUnavailable: "Install libcurl 7.80 or later, built with TLS."
        }
    }

    /// The message and the fix.
    package var description: String { "\(message) \(fix)" }
}
