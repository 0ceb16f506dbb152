/// What two headers of one export have in common, whatever the order of their columns: the names as columns compare
/// them, each as often as it is there. Columns without a name and those of rejects files don't count.
package struct HeaderFingerprint: Sendable, Hashable {
    /// Sorted.
    let keys: [String]

    /// The fingerprint of these names.
    package init(_ header: [String]) {
        keys = header.map { nameKey($0) }.filter { !$0.isEmpty && !ColumnName.isRejectsKey($0) }.sorted()
    }

    /// 16 hexadecimal digits (FNV-1a), for the settings. The names themselves are what is compared.
    package var text: String {
        var hash = StableHash()
        hash.combine(keys.joined(separator: "\u{1F}"))
        return StableHash.hexadecimal(hash.value)
    }

    /// What is here and not there, with repetitions.
    func subtracting(_ other: HeaderFingerprint) -> [String] {
        var rest = other.keys.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        return keys.filter { key in
            guard let count = rest[key], count > 0 else { return true }
            rest[key] = count - 1
            return false
        }
    }
}

extension HeaderFingerprint {
    /// Whether one of the names is not there.
    package func isMissing(in other: HeaderFingerprint) -> Bool { !subtracting(other).isEmpty }
}
