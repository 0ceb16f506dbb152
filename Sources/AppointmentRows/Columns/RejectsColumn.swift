/// The columns that a rejects file adds to those of its input, in their order.
package enum RejectsColumn: String, CaseIterable {
    /// The line of the file that the row came from first.
    case line = "stimport_line"
    /// That file, as the run that rejected the row named it.
    case file = "stimport_file"
    /// The run that rejected it there.
    case run = "stimport_run"
    /// The code of the first thing that is wrong with it.
    case code = "stimport_code"
    /// All that is wrong with it.
    case reason = "stimport_reason"
    /// What would fix it.
    case fix = "stimport_fix"
    /// Which number gave its customer, in files that have such rows: `9001 by phone 5085550107`.
    case customer = "stimport_customer"
    /// How a row looked whose fields may stand under the wrong names (`RowShape`), in files that have such rows: where
    /// it still looks so, nobody has put that right.
    case shape = "stimport_shape"
}
