import Foundation
import SQLiteStore
package import SecurityTrax

/// What the service said of phones and account numbers, kept so that it need not be asked every night.
extension Ledger {
    /// The customers that numbers led to at the run's endpoint.
    ///
    /// Numbers that led to nobody or to several are asked for again: somebody may have corrected the customer's record
    /// since.
    ///
    /// - Parameter earliest: when the service must have said so at the earliest: milliseconds since 1970 UTC.
    package func customers(
        for queries: some Sequence<CustomerQuery>, since earliest: Int
    ) throws -> [CustomerQuery: CustomerAnswer] {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        return try failable {
            let find = try store.prepared(
                """
                SELECT customers FROM customer_answers
                WHERE endpoint_id = :endpoint AND kind = :kind AND number = :number
                    AND asked BETWEEN :earliest AND :now
                """)
            var answers: [CustomerQuery: CustomerAnswer] = [:]
            for query in queries {
                guard let (kind, number) = query.place else { continue }
                let ids = try find.first(
                    [
                        "endpoint": run.endpoint, "kind": kind, "number": number, "earliest": earliest,
                        "now": Self.now,
                    ]
                ) { Self.customers(try $0["customers"]) }
                if let ids, ids.count == 1 { answers[query] = .found(Customer(id: ids[0])) }
            }
            return answers
        }
    }

    /// Keeps what the service said of phones and account numbers, with the moment. What it did not say is not kept.
    package func keep(_ answers: [CustomerQuery: CustomerAnswer]) throws {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        try failable {
            try store.transaction {
                for (query, answer) in answers {
                    let ids: [Int64]
                    switch answer {
                    case .found(let customer): ids = [customer.id]
                    case .several(let several): ids = several
                    case .notFound: ids = []
                    case .failed: continue
                    }
                    guard let (kind, number) = query.place else { continue }
                    try store.run(
                        """
                        INSERT INTO customer_answers (endpoint_id, kind, number, asked, customers)
                        VALUES (:endpoint, :kind, :number, :now, :customers)
                        ON CONFLICT (endpoint_id, kind, number)
                        DO UPDATE SET asked = excluded.asked, customers = excluded.customers
                        """,
                        [
                            "endpoint": run.endpoint, "kind": kind, "number": number, "now": Self.now,
                            "customers": ids.map { String($0) }.joined(separator: " "),
                        ])
                }
            }
        }
    }

    private static func customers(_ text: String) -> [Int64] {
        text.split(separator: " ").compactMap { Int64($0) }
    }
}

extension CustomerQuery {
    /// Under what its answer is kept; nil for a question about an ID, whose answer is not.
    var place: (kind: String, number: String)? {
        switch self {
        case .phone(let number): ("phone", number.digits)
        case .account(let number): ("account", number)
        case .customer: nil
        }
    }
}
