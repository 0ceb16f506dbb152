/// A file of an inbox that is not imported, and that somebody may expect to be.
package struct LeftAloneFile: Sendable, Hashable {
    /// Its path.
    package var path: String
    /// What would have it imported: one sentence without its full stop, not escaped.
    package var fix: String

    /// What to do with a file that is not imported; nil where nobody expects that of it.
    ///
    /// - Parameter names: the names of all files there.
    static func fix(_ name: String, beside names: Set<String>) -> String? {
        let lower = name.lowercased()
        // Hidden, or still being written.
        if lower.hasPrefix(".")
            || [".part", ".tmp", ".part.csv", ".tmp.csv"].contains(where: lower.hasSuffix)
        {
            return nil
        }
        let rejects = ".rejects.csv"
        if lower.hasSuffix(rejects) {
            // Its input is still there, and a run that completes it sees to both.
            if names.contains(name.dropLast(rejects.count) + ".csv") { return nil }
            return "rename it to have it imported: names that end with \(rejects) are left alone"
        }
        if [".xlsx", ".xls", ".xlsm", ".ods", ".numbers"].contains(where: lower.hasSuffix) {
            return "it is a spreadsheet: save it as CSV to have it imported"
        }
        return "if it is CSV, give it a name that ends with .csv to have it imported"
    }
}
