import AppointmentRows

/// The first two batches of a run, watched for one thing: both refused as a whole
/// down to the last row, and nothing else answered, mean that the fault is not in the rows.
struct FirstBatches: Sendable, Hashable {
    private static let watched = 2

    /// How many rows each had.
    private var sizes: [Int: Int] = [:]
    /// How many rows were refused alone, by batch.
    private var refused: [Int: Int] = [:]
    /// Rows refused alone so far, those of later batches among them: what holds for the
    /// first ones holds for them too.
    private(set) var refusedRows: [Int] = []
    private var isSettled = false

    /// A batch of fresh rows is posted for the first time.
    mutating func began(_ root: Int, rows: Int) {
        if root <= Self.watched { sizes[root] = rows }
    }

    /// One of its rows was refused where it stood alone.
    mutating func refused(_ row: Int, root: Int) {
        guard !isSettled else { return }
        refused[root, default: 0] += 1
        refusedRows.append(row)
    }

    /// The service spoke of single rows: it understands what it is sent.
    mutating func sawAnswer() {
        isSettled = true
        refused = [:]
        refusedRows = []
    }

    /// Whether both were refused down to the last row.
    var areRefusedToTheLastRow: Bool {
        !isSettled && (1...Self.watched).allSatisfy { sizes[$0] != nil && sizes[$0] == refused[$0] }
    }
}
