import SystemFiles
import SQLiteStore
package import SecurityTrax

/// What the service said of phones and account numbers, kept so that it need not be asked every night.
extension Ledger {
    /// The customers that numbers led to at an endpoint, by its identity.
    ///
    /// Numbers that led to nobody or to several are asked for again: somebody may have corrected the customer's record
    /// since.
    ///
    /// - Parameter earliest: when the service must have said so at the earliest: milliseconds since 1970 UTC.
    package func customers(
        for queries: some Sequence<CustomerQuery>, at endpoint: String, since earliest: Int
    ) throws -> [CustomerQuery: CustomerAnswer] {
        try mappingErrors {
            let find = try store.prepared(
                """
                SELECT customers FROM customer_answers
                WHERE endpoint_id = (SELECT id FROM endpoints WHERE identity = :endpoint)
                    AND kind = :kind AND number = :number
                    AND asked BETWEEN :earliest AND :now
                """)
            var answers: [CustomerQuery: CustomerAnswer] = [:]
            for query in queries {
                guard let (kind, number) = query.place else { continue }
                let ids = try find.first(
                    [
                        "endpoint": endpoint, "kind": kind, "number": number, "earliest": earliest,
                        "now": Self.now,
                    ]
                ) { Self.customers(try $0["customers"]) }
                if let ids, ids.count == 1 { answers[query] = .found(Customer(id: ids[0])) }
            }
            return answers
        }
    }

    /// Keeps what the service said of phones and account numbers, with the moment. What it did not say is not kept.
    package func keep(_ answers: [CustomerQuery: CustomerAnswer], at endpoint: String) throws {
        try mappingErrors {
            try store.transaction {
                let endpointID = try endpointID(endpoint)
                let now = Self.now
                let put = try store.prepared(
                    """
                    INSERT INTO customer_answers (endpoint_id, kind, number, asked, customers)
                    VALUES (:endpoint, :kind, :number, :now, :customers)
                    ON CONFLICT (endpoint_id, kind, number)
                    DO UPDATE SET asked = excluded.asked, customers = excluded.customers
                    """)
                for (query, answer) in answers {
                    let ids: [Int64]
                    switch answer {
                    case .found(let customer): ids = [customer.id]
                    case .several(let several): ids = several
                    case .notFound: ids = []
                    case .failed: continue
                    }
                    guard let (kind, number) = query.place else { continue }
                    try put.run(
                        [
                            "endpoint": endpointID, "kind": kind, "number": number, "now": now,
                            "customers": ids.map { String($0) }.joined(separator: " "),
                        ])
                }
            }
        }
    }

    /// Forgets which numbers led to the customers of refused appointments, so that the next run asks again: the service
    /// says that it does not know them.
    ///
    /// - Parameter refused: the appointments of a batch that were refused, with the reasons.
    func forgetCustomers(ofRefused refused: [(id: Int, reason: String)]) throws {
        for (id, reason) in refused where Self.isAboutCustomer(reason) {
            // Only where a number led there: an ID of the file's own is in no answer.
            try store.run(
                """
                DELETE FROM customer_answers WHERE (endpoint_id, customers) IN (
                    SELECT a.endpoint_id, CAST(n.customer AS TEXT) FROM appointments AS a
                    JOIN row_customers AS n ON n.file_id = a.file_id AND n.line = a.line
                    WHERE a.id = :id)
                """, ["id": id])
        }
    }

    private static func isAboutCustomer(_ reason: String) -> Bool {
        let reason = reason.lowercased()
        return reason.contains("customer") || reason.contains("securitytraxuniqueid")
    }

    /// The customers that words led to as phones or account numbers, at each endpoint.
    func customers(named words: [String]) throws -> [LookedUpCustomer] {
        let find = try store.prepared(
            """
            SELECT c.customers, e.id, e.identity FROM endpoints AS e
            JOIN customer_answers AS c ON c.endpoint_id = e.id AND c.kind = :kind AND c.number = :number
            """)
        var found: [LookedUpCustomer] = []
        for word in words {
            let queries = [PhoneNumber(word).map { CustomerQuery.phone($0) }, .account(word)]
            for (kind, number) in queries.compactMap({ $0?.place }) {
                try find.forEach(["kind": kind, "number": number]) { row in
                    let ids = Self.customers(try row["customers"])
                    guard ids.count == 1 else { return }
                    found.append(
                        LookedUpCustomer(
                            word: word, customer: ids[0], endpointID: try row["id"],
                            endpoint: try row["identity"]))
                }
            }
        }
        return found
    }

    /// Whether the customer of any row of some files was found by a number.
    package func hasFoundCustomers(inFiles files: ClosedRange<Int>) throws -> Bool {
        try mappingErrors {
            try store.integer(
                "SELECT 1 FROM row_customers WHERE file_id BETWEEN :first AND :last LIMIT 1",
                ["first": files.lowerBound, "last": files.upperBound]) != nil
        }
    }

    private static func customers(_ text: String) -> [Int64] {
        text.split(separator: " ").compactMap { Int64($0) }
    }
}

/// A customer that a word once led to as a phone or an account number.
struct LookedUpCustomer: Sendable, Hashable {
    var word: String
    var customer: Int64
    /// The endpoint's row.
    var endpointID: Int
    /// Its identity.
    var endpoint: String
}

/// Which number gave which customer, for a row without an ID.
package struct FoundCustomer: Sendable, Hashable {
    /// The customer's ID.
    package var id: Int64
    /// The numbers in words: `phone 5085550107`.
    package var by: String

    /// `9001 by phone 5085550107`
    package var words: String { "\(id) by \(by)" }

    /// A customer found by these numbers.
    package init(id: Int64, by: String) {
        self.id = id
        self.by = by
    }

    /// What a query has in `found_customer` and `found_by`; nil where it has none.
    init?(in row: Row) throws {
        guard let id: Int64 = try row["found_customer"] else { return nil }
        self.id = id
        by = try row["found_by"] ?? ""
    }

    /// The columns that `init(in:)` reads, of `row_customers` as `n`.
    static let columns = "n.customer AS found_customer, n.found_by"
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
