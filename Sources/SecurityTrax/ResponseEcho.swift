extension ResponseDocument {
    /// The part of a repeated request that tells which one it was: the attributes of ``AppointmentField`` other
    /// than the notes and those of a query, as they stand there.
    package struct Echo: Sendable, Hashable {
        /// An attribute that is kept. Never one of the auth block.
        struct Name: Hashable {
            fileprivate let index: UInt8

            private static let wire: [[UInt8]] =
                AppointmentField.allCases.map { Array($0.name.utf8) }
                + ["IDType", "ID"].map { Array($0.utf8) }

            static let idType = Name(index: UInt8(wire.count - 2))
            static let id = Name(index: UInt8(wire.count - 1))

            private init(index: UInt8) {
                self.index = index
            }

            /// The name of an appointment's attribute.
            init(_ field: AppointmentField) {
                index = UInt8(field.rawValue)
            }

            /// The name that a document has, white space around it aside; nil where it is not kept.
            init?(_ token: XMLToken) {
                guard let first = token.bytes.first, let last = token.bytes.last else { return nil }
                let found: Int?
                if first > 0x20, first < 0x80, last > 0x20, last < 0x80 {
                    found = Self.wire.firstIndex { token.bytes.elementsEqual($0) }
                } else {
                    let text = Array(BoundedText.trimmed(token.text).utf8)
                    found = Self.wire.firstIndex(of: text)
                }
                guard let found, found != AppointmentField.notes.rawValue else { return nil }
                index = UInt8(found)
            }
        }

        /// The attributes one behind the other, each as its name's index, its value's length in four bytes and its value:
        /// one piece of memory for all, and no `String` of those that are only compared.
        private var bytes: [UInt8] = []
        /// Whether it holds something that can't be compared: an attribute twice,
        /// a text beyond every limit, or content without any known attribute.
        package var isUnreadable = false

        /// Keeps the value of an attribute.
        mutating func keep(_ value: UnsafeBufferPointer<UInt8>, as name: Name) {
            if has(name) { isUnreadable = true }
            if bytes.isEmpty { bytes.reserveCapacity(128) }
            bytes.append(name.index)
            withUnsafeBytes(of: UInt32(value.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: value)
        }

        /// Whether there is such an attribute.
        func has(_ name: Name) -> Bool { place(of: name) != nil }

        /// The value of an attribute; empty where there is none.
        func withValue<Result>(_ name: Name, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
            let place = place(of: name) ?? 0..<0
            return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place])) }
        }

        /// The value of an attribute; empty where there is none.
        func value(_ name: Name) -> String {
            withValue(name) { String(decoding: $0, as: UTF8.self) }
        }

        /// Where an attribute's value stands.
        private func place(of name: Name) -> Range<Int>? {
            bytes.withUnsafeBufferPointer { bytes in
                var index = 0
                while index < bytes.count {
                    let start = index + 5
                    let count = (1...4).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * ($1 - 1)) }
                    if bytes[index] == name.index { return start..<start + count }
                    index = start + count
                }
                return nil
            }
        }
    }
}
