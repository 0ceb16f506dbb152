import SystemFiles

/// `--ledger`, given several times: a ledger for each site of a dealer.
extension Settings {
    /// Whether `--ledger` was typed several times: what is told then names the ledger.
    var hasSeveralLedgers: Bool {
        (values[FlagTable.shared.ledger.flag.name]?.texts.count ?? 0) > 1
    }

    /// The ledgers to answer from, as they were named, each once however often and under whatever name: the one of
    /// `ledgerPath` where at most one was named.
    var ledgerPaths: [String] {
        get throws(UsageError) {
            guard hasSeveralLedgers, let texts = values[FlagTable.shared.ledger.flag.name]?.texts else {
                return [try ledgerPath]
            }
            var seen: Set<String> = []
            return texts.filter { seen.insert(ResolvedPath.future($0)).inserted }
        }
    }
}
