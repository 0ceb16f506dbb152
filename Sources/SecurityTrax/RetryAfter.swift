import SystemFiles

/// The meaning of a `Retry-After` header (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// No service is trusted to stop a run for longer than this.
    static let longest = Duration.seconds(3600)

    /// The pause that the header asks for, 0...1 hour, or nil where it names no time.
    ///
    /// - Parameters:
    ///   - text: whole seconds, or a date in any of HTTP's three forms.
    ///   - now: the moment at which the answer was read.
    static func pause(_ text: String, now: Date) -> Duration? {
        let text = BoundedText.trimmed(text)
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let seconds = Int64(text) else { return longest }
            return min(.seconds(seconds), longest)
        }
        guard let date = HTTPDate.seconds(text, now: now) else { return nil }
        let seconds = (Double(date) - now.timeIntervalSince1970).rounded(.up)
        return .seconds(min(max(seconds, 0), 3600))
    }
}
