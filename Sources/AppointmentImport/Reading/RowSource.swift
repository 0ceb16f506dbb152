/// Where the ledger takes checked rows from: one input file, in its order.
///
/// Not `Sendable`: whoever stages the file makes its source and keeps it.
protocol RowSource: AnyObject {
    /// Puts the next rows into `chunk`, in place of what it held; false at the end.
    func next(_ chunk: inout CheckedRows) throws(InputError) -> Bool

    /// What the file calls a column.
    func name(of column: InputColumn) -> String
}

extension AppointmentReader: RowSource {
    func name(of column: InputColumn) -> String { layout.name(of: column) }
}

/// One input file of a run, to be opened by whoever stages it.
struct RowInput: Sendable {
    /// As the user named it; `-` for standard input.
    var name: String
    /// Opens it: reads its header and maps its columns.
    var open: @Sendable () throws(InputError) -> any RowSource
}
