extension [UInt8] {
    /// Where a word stands in the bytes for the first time, from a place on; nil where it does not, or is empty.
    public func position(of word: [UInt8], from start: Int = 0) -> Int? {
        guard let first = word.first else { return nil }
        return withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            // Where a word that begins there has room.
            while bytes.count - place >= word.count,
                let found = memchr(base + place, Int32(first), bytes.count - place - word.count + 1)
            {
                if memcmp(found, word, word.count) == 0 { return UnsafeRawPointer(found) - base }
                place = UnsafeRawPointer(found) - base + 1
            }
            return nil
        }
    }

    /// Whether a text stands somewhere in the bytes, as it is.
    public func holds(_ text: String) -> Bool { text.isEmpty || position(of: Array(text.utf8)) != nil }
}
