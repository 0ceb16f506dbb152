import AppointmentLedger
import SecurityTrax

/// The visits of a ledger, one customer after the other, as the ledger gives them.
struct LedgerCustomers {
    private var chunks: LedgerChunks<LedgerVisit>.Iterator
    private var chunk: ArraySlice<LedgerVisit> = []

    init(_ visits: LedgerChunks<LedgerVisit>) { chunks = visits.makeAsyncIterator() }

    /// All visits of the next customer; nil at the end.
    mutating func next() async throws -> [LedgerVisit]? {
        var customer: [LedgerVisit] = []
        while true {
            if chunk.isEmpty { chunk = try await chunks.next()?[...] ?? [] }
            guard let visit = chunk.first else { return customer.isEmpty ? nil : customer }
            if let first = customer.first, first.appointment.customerID != visit.appointment.customerID {
                return customer
            }
            customer.append(visit)
            chunk.removeFirst()
        }
    }
}
