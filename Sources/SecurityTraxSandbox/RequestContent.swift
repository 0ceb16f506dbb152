/// A request document as it was received: decoded, well-formed, of the right shape.
struct RequestContent: Sendable {
    /// One `attribute`: where its decoded name and text stand in `bytes`.
    struct Attribute: Sendable {
        var name: Range<Int>
        var value: Range<Int>
    }
    /// One `request`: where its decoded type stands in `bytes`, and its attributes in `attributes`.
    struct Request: Sendable {
        var type: Range<Int>
        var attributes: Range<Int>
    }

    /// Every decoded name and value, one after the other.
    var bytes: [UInt8] = []
    /// Every attribute of every request, in order.
    var attributes: [Attribute] = []
    /// The requests, in order.
    var requests: [Request] = []

    /// The text of a range.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether a range holds exactly this text.
    func matches(_ range: Range<Int>, _ text: String) -> Bool {
        range.count == text.utf8.count && bytes[range].elementsEqual(text.utf8)
    }

    /// The same for a text that is known when this is compiled.
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for (offset, index) in range.enumerated() where bytes[index] != text.utf8Start[offset] {
            return false
        }
        return true
    }
}
