#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reading and writing all that is to be read or written.
public enum Descriptor {
    /// Writes all of the bytes to a file.
    ///
    /// - Throws: `SystemError`.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
            if written < 0 {
                let failure = SystemError.last
                if failure.code == EINTR { continue }
                throw failure
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Reads to the end.
    ///
    /// - Throws: `SystemError`.
    public static func readAll(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try read(16_384, from: descriptor)
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
    }

    /// Reads what is there, but no more than so many bytes; nothing at the end.
    ///
    /// - Throws: `SystemError`.
    public static func read(_ limit: Int, from descriptor: Int32) throws(SystemError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if count >= 0 { return Array(buffer[..<count]) }
            let failure = SystemError.last
            if failure.code != EINTR { throw failure }
        }
    }

    private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
            Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}
