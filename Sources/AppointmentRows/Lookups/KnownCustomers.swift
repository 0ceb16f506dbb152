package import SecurityTrax

/// What the service said of the customers of a run, asked before its rows are staged.
package struct KnownCustomers: Sendable {
    private let answers: [CustomerQuery: CustomerAnswer]
    /// Whether every number of the files was asked for: then one that was not can't be waited for.
    let isComplete: Bool

    /// The answers to these queries.
    package init(_ answers: [CustomerQuery: CustomerAnswer], isComplete: Bool = true) {
        self.answers = answers
        self.isComplete = isComplete
    }

    /// What it said of the customer with this ID; nil where it was not asked.
    func customer(_ id: Int64) -> CustomerAnswer? { answers[.customer(id)] }

    /// The customer to whom all of a row's numbers lead that are known to the service.
    func customer(of lookUp: CustomerLookUp) -> CustomerFound {
        var found: [(query: CustomerQuery, id: Int64)] = []
        var reason = ""
        for query in lookUp.queries {
            switch answers[query] {
            case nil: return .unasked
            case .failed(let reason): return .unclear(query, reason: reason)
            case .several(let ids): return .several(query, ids)
            case .notFound(let why): if reason.isEmpty { reason = why }
            case .found(let customer): found.append((query, customer.id))
            }
        }
        guard let first = found.first else { return .notFound(reason: reason) }
        if let other = found.first(where: { $0.id != first.id }) { return .different(first, other) }
        return .customer(first.id, by: found.map(\.query))
    }

    /// The customers to whom these look-ups lead, as far as that is known.
    package func customers(of lookUps: some Sequence<CustomerLookUp>) -> Set<Int64> {
        lookUps.reduce(into: []) { ids, lookUp in
            if case .customer(let id, _) = customer(of: lookUp) { ids.insert(id) }
        }
    }

    /// Which of these questions' answers stand against other numbers of the same rows.
    package func contradicted(_ queries: Set<CustomerQuery>, in lookUps: some Sequence<CustomerLookUp>)
        -> Set<CustomerQuery>
    {
        if queries.isEmpty { return [] }
        return lookUps.reduce(into: []) { contradicted, lookUp in
            if case .different = customer(of: lookUp) {
                contradicted.formUnion(queries.intersection(lookUp.queries))
            }
        }
    }
}
