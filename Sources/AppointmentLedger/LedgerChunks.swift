/// What a query of the ledger gives, in chunks of some hundred rows: neither a row at a time, each with its way to the
/// ledger and back, nor all of them in memory.
///
/// A sequence that is left before its end keeps its query open until the ledger is closed.
package struct LedgerChunks<Row: Sendable>: AsyncSequence, Sendable {
    package typealias Element = [Row]

    fileprivate let ledger: Ledger
    fileprivate let begin: @Sendable (isolated Ledger) throws -> LedgerCursor<Row>

    /// - Parameter begin: starts the query, when the first chunk is asked for.
    init(of ledger: Ledger, _ begin: @escaping @Sendable (isolated Ledger) throws -> LedgerCursor<Row>) {
        self.ledger = ledger
        self.begin = begin
    }

    /// A place in the query.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let chunks: LedgerChunks
        fileprivate var cursor: Int?

        /// The next rows; never an empty array.
        ///
        /// - Throws: `LedgerError`.
        package mutating func next() async throws -> [Row]? {
            let (number, rows) = try await chunks.ledger.nextChunk(of: cursor, begin: chunks.begin)
            cursor = number
            return rows
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(chunks: self)
    }
}

/// A query that is being gone through; it never leaves the ledger that it belongs to.
final class LedgerCursor<Row> {
    let next: () throws -> Row?

    /// - Parameter next: gives the next row, or nil at the end.
    init(_ next: @escaping () throws -> Row?) {
        self.next = next
    }
}

extension Ledger {
    private static var chunkLength: Int { 500 }

    fileprivate func nextChunk<Row: Sendable>(
        of number: Int?, begin: @Sendable (isolated Ledger) throws -> LedgerCursor<Row>
    ) throws -> (number: Int, rows: [Row]?) {
        try mappingErrors {
            let number = try number ?? keep(try begin(self))
            guard let cursor = cursors[number] as? LedgerCursor<Row> else { return (number, nil) }
            var rows: [Row] = []
            while rows.count < Self.chunkLength {
                guard let row = try cursor.next() else {
                    cursors[number] = nil
                    break
                }
                rows.append(row)
            }
            return (number, rows.isEmpty ? nil : rows)
        }
    }

    private func keep(_ cursor: AnyObject) -> Int {
        cursors.append(cursor)
        return cursors.count - 1
    }
}
