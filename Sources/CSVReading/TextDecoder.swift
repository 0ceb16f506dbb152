/// Turns bytes of a ``TextEncoding`` into UTF-8, a piece at a time.
struct TextDecoder {
    struct Progress {
        /// Bytes of the input that were decoded. The rest is the start of a character, or invalid.
        var consumed = 0
        /// Bytes of UTF-8 that were written.
        var written = 0
        /// Why the byte at `consumed` can't be decoded.
        var failure: CSVError.InvalidText.Reason?
    }

    let encoding: TextEncoding
    /// What decodes an encoding that only the C library knows.
    private let converter: IconvConverter?

    /// The most bytes that one byte can become, and room for two that a converter holds back to combine them:
    /// `é` needs two, the euro sign of Windows-1252 three.
    static let expansion = 8
    /// The longest beginning of a character, in bytes, that is kept for the next piece.
    static let longestRest = 15

    init(encoding: TextEncoding) {
        self.encoding = encoding
        if case .named(let name) = encoding {
            converter = IconvConverter(from: name, to: "UTF-8")
        } else {
            converter = nil
        }
    }

    /// Decodes as much of `input` as possible. UTF-8 isn't copied: see ``UTF8Validation``.
    ///
    /// - Parameters:
    ///   - isLast: whether nothing follows `input`, so that a character cut off at its end is invalid.
    ///   - output: has room for ``expansion`` times the input.
    func decode(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutablePointer<UInt8>
    ) -> Progress {
        switch encoding {
        case .utf8: preconditionFailure("UTF-8 is checked in place")
        case .utf16LittleEndian: decodeUTF16(input, isLast: isLast, low: 0, into: output)
        case .utf16BigEndian: decodeUTF16(input, isLast: isLast, low: 1, into: output)
        case .windows1252, .iso88591: decodeBytes(input, into: output)
        case .named: convert(input, isLast: isLast, into: output)
        }
    }

    /// The same into an array of its own.
    func decode(_ input: UnsafeBufferPointer<UInt8>, isLast: Bool) -> (progress: Progress, text: [UInt8]) {
        var progress = Progress()
        let text = [UInt8](unsafeUninitializedCapacity: (input.count + 1) * Self.expansion) { output, count in
            guard let base = output.baseAddress else { return }
            progress = decode(input, isLast: isLast, into: base)
            count = progress.written
        }
        return (progress, text)
    }

    private func convert(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutablePointer<UInt8>
    ) -> Progress {
        guard let converter else { return Progress(failure: .malformed) }
        let room = UnsafeMutableBufferPointer(start: output, count: (input.count + 1) * Self.expansion)
        let result = converter.convert(input, isLast: isLast, into: room)
        var progress = Progress(consumed: result.taken, written: result.written)
        switch result.ending {
        case .complete: break
        case .incomplete:
            if isLast { progress.failure = .truncated }
            if input.count - result.taken > Self.longestRest { progress.failure = .malformed }
        case .invalid: progress.failure = .malformed
        }
        return progress
    }

    private func decodeBytes(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutablePointer<UInt8>
    ) -> Progress {
        var progress = Progress()
        let isWindows = encoding == .windows1252
        for byte in input {
            if byte < 0x80 {
                output[progress.written] = byte
                progress.written += 1
            } else if isWindows {
                guard let scalar = Windows1252.scalar(of: byte) else {
                    progress.failure = .malformed
                    return progress
                }
                progress.written += Self.encode(scalar, output + progress.written)
            } else {
                progress.written += Self.encode(UInt32(byte), output + progress.written)
            }
            progress.consumed += 1
        }
        return progress
    }

    private func decodeUTF16(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, low: Int, into output: UnsafeMutablePointer<UInt8>
    ) -> Progress {
        var progress = Progress()
        func unit(_ at: Int) -> UInt32 {
            UInt32(input[at + low]) | UInt32(input[at + 1 - low]) << 8
        }
        while progress.consumed + 1 < input.count {
            let value = unit(progress.consumed)
            guard value & 0xF800 == 0xD800 else {
                progress.written += Self.encode(value, output + progress.written)
                progress.consumed += 2
                continue
            }
            guard value < 0xDC00 else {
                progress.failure = .loneSurrogate
                return progress
            }
            guard progress.consumed + 3 < input.count else { break }
            let next = unit(progress.consumed + 2)
            guard next & 0xFC00 == 0xDC00 else {
                progress.failure = .loneSurrogate
                return progress
            }
            let scalar = 0x10000 + (value & 0x3FF) << 10 + (next & 0x3FF)
            progress.written += Self.encode(scalar, output + progress.written)
            progress.consumed += 4
        }
        if isLast, progress.consumed < input.count { progress.failure = .truncated }
        return progress
    }

    /// Writes `scalar` as UTF-8 and returns its length.
    @inline(__always) static func encode(_ scalar: UInt32, _ output: UnsafeMutablePointer<UInt8>) -> Int {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
        if scalar < 0x80 {
            output[0] = UInt8(scalar)
            return 1
        }
        if scalar < 0x800 {
            output[0] = UInt8(0xC0 | scalar >> 6)
            output[1] = continuation(0)
            return 2
        }
        if scalar < 0x10000 {
            output[0] = UInt8(0xE0 | scalar >> 12)
            output[1] = continuation(6)
            output[2] = continuation(0)
            return 3
        }
        output[0] = UInt8(0xF0 | scalar >> 18)
        output[1] = continuation(12)
        output[2] = continuation(6)
        output[3] = continuation(0)
        return 4
    }
}
