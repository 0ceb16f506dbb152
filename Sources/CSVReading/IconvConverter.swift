import SystemFiles

/// One conversion of the C library's iconv, in one direction.
final class IconvConverter {
    /// How a conversion ended.
    enum Ending {
        /// All of the input was taken.
        case complete
        /// The input ends within a character.
        case incomplete
        /// The byte after what was taken begins or continues no character.
        case invalid
    }

    private let descriptor: iconv_t

    /// A conversion, or nil where the library doesn't know one of the names.
    init?(from: String, to: String) {
        // What follows a slash would ask it to leave out or replace what it can't convert.
        guard !from.contains("/"), !to.contains("/"), let descriptor = iconv_open(to, from),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    /// Whether text can be converted from and to an encoding of that name.
    static func knows(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 40,
            name.utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.:+".utf8.contains(byte)
            })
        else { return false }
        return IconvConverter(from: name, to: "UTF-8") != nil
            && IconvConverter(from: "UTF-8", to: name) != nil
    }

    /// Converts as much of `input` as it can.
    ///
    /// - Parameter isLast: Whether nothing follows `input`: what was held back to be combined with the next
    ///   character is then written too.
    /// - Returns: how many bytes were taken and written, and why no more were.
    func convert(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> (taken: Int, written: Int, ending: Ending) {
        var source = UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
        var sourceLeft = input.count
        var target = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var targetLeft = output.count
        var ending = Ending.complete
        // A result other than -1 counts characters that it had to replace: none may be.
        if !input.isEmpty, iconv(descriptor, &source, &sourceLeft, &target, &targetLeft) != 0 {
            ending = sourceLeft > 0 && errno == EINVAL ? .incomplete : .invalid
        }
        if isLast, ending == .complete { _ = iconv(descriptor, nil, nil, &target, &targetLeft) }
        return (input.count - sourceLeft, output.count - targetLeft, ending)
    }

    /// All of `text` as bytes of the other encoding, or nil where that lacks one of the characters.
    func encode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: text.count * 4 + 32) { output, count in
            let result = convert(text, isLast: true, into: output)
            count = result.written
            isWhole = result.ending == .complete && result.taken == text.count
        }
        if isWhole { return bytes }
        // The next text begins anew.
        _ = iconv(descriptor, nil, nil, nil, nil)
        return nil
    }
}
