package import SecurityTrax

/// What the service said of the customers of a run, asked before its rows are staged.
package struct KnownCustomers: Sendable {
    private let answers: [CustomerQuery: CustomerAnswer]

    /// The answers to these queries.
    package init(_ answers: [CustomerQuery: CustomerAnswer]) {
        self.answers = answers
    }

    /// What it said of the customer with this ID; nil where it was not asked.
    func customer(_ id: Int64) -> CustomerAnswer? { answers[.customer(id)] }
}
