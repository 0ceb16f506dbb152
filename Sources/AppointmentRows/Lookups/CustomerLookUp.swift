package import SecurityTrax

/// The numbers by which a row without an ID names its customer.
package struct CustomerLookUp: Sendable, Hashable {
    /// What the service is asked, in the order in which it is said of them; not empty.
    package var queries: [CustomerQuery]
    /// Those that led to the row's customer; empty where nobody has been asked yet.
    package var found: [CustomerQuery] = []

    /// A look-up that is still to be made.
    package init(queries: [CustomerQuery]) {
        self.queries = queries
    }

    /// A number below zero that stands for the customer as long as nobody was asked: the same for the same numbers,
    /// in any file and run, so that equal rows meet.
    var placeholder: Int64 {
        // FNV-1a: Swift's own hash differs from process to process.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (queries.first?.description ?? "").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return -1 - Int64(hash >> 1)
    }

    /// How the row names its customer, in words: `phone 5085550107`.
    package var words: String { queries.map(\.description).joined(separator: ", ") }

    /// What led to the customer, in words: `phone 5085550107`, `account A-17, phone 5085550107`.
    package var foundBy: String { found.map(\.description).joined(separator: ", ") }
}

/// What the answers to a row's numbers come to.
enum CustomerFound: Sendable {
    /// All numbers that are known lead to this customer.
    case customer(Int64, by: [CustomerQuery])
    /// None of the numbers is known.
    case notFound(reason: String)
    /// One number leads to several customers.
    case several(CustomerQuery, [Int64])
    /// Two numbers lead to two customers.
    case different((CustomerQuery, Int64), (CustomerQuery, Int64))
    /// The answer to one number tells nothing.
    case unclear(CustomerQuery, reason: String)
    /// One of the numbers has not been asked for.
    case unasked
}
