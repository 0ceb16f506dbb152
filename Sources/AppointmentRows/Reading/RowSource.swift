/// Where the ledger takes checked rows from: one input file, in its order.
///
/// Not `Sendable`: whoever stages the file makes its source and keeps it.
package protocol RowSource: AnyObject {
    /// Puts the next rows into `chunk`, in place of what it held; false at the end.
    func next(_ chunk: inout CheckedRows) throws(InputError) -> Bool

    /// What the file calls a column.
    func name(of column: InputColumn) -> String

    /// What tells the file from other nights'; all of it is known at the end.
    var facts: FileFacts { get }
}

extension AppointmentReader: RowSource {
    package func name(of column: InputColumn) -> String { layout.name(of: column) }
}

/// One input file of a run, to be opened by whoever stages it.
package struct RowInput: Sendable {
    /// As the user named it; `-` for standard input.
    package var name: String
    /// How many bytes it has; 0 where that is not known.
    package var size: Int
    /// When it was written: milliseconds since 1970 UTC; nil where that is not known.
    package var saved: Int?
    /// Opens it: reads its header and maps its columns.
    package var open: @Sendable () throws(InputError) -> any RowSource

    /// A value of its parts.
    package init(
        name: String, size: Int = 0, saved: Int? = nil,
        open: @escaping @Sendable () throws(InputError) -> any RowSource
    ) {
        self.name = name
        self.size = size
        self.saved = saved
        self.open = open
    }
}
