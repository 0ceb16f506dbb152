/// The environment of this process.
public enum ProcessVariables {
    /// Hands the name and the value of each variable to `body`, in the environment's order, as they lie in memory. To be
    /// called while no other thread changes the environment.
    public static func forEach(_ body: (_ name: String, _ value: UnsafeMutablePointer<CChar>) -> Void) {
        guard var entry = list else { return }
        while let text = entry.pointee {
            if let sign = strchr(text, Int32(UInt8(ascii: "="))) {
                let name = UnsafeRawBufferPointer(start: text, count: sign - text)
                body(String(decoding: name, as: UTF8.self), sign + 1)
            }
            entry += 1
        }
    }

    private static var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        #if canImport(Darwin)
            return _NSGetEnviron().pointee
        #else
            // A variable of the C library, which Swift takes for one that any thread might set to another list.
            return dlsym(nil, "environ")?
                .assumingMemoryBound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self).pointee
        #endif
    }
}
