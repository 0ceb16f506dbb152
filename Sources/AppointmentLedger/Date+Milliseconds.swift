package import SystemFiles

/// The ledger's times are milliseconds since 1970 UTC.
extension Date {
    /// The moment of a time of the ledger.
    package init(milliseconds: Int) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// The moment as a time of the ledger.
    package var milliseconds: Int { Int(timeIntervalSince1970 * 1000) }
}
