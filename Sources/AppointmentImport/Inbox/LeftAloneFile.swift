import SystemFiles

/// A file of an inbox that is not imported, and that somebody may expect to be.
package struct LeftAloneFile: Sendable, Hashable {
    /// Its path.
    package var path: String
    /// What would have it imported: one sentence without its full stop, not escaped.
    package var fix: String

    /// What to do with something that is called like a file to import, and is none that could be moved afterwards; nil
    /// where it is one, or nothing is there any more.
    static func fix(noFile path: String) -> String? {
        guard let status = FileIdentity.status(ofLink: path), status.kind != .file else { return nil }
        if ResolvedPath.target(ofLink: path) != nil {
            return "it is a symbolic link: put the file itself there to have it imported"
        }
        switch status.kind {
        case .folder: return "it is a folder: put the files themselves there to have them imported"
        case .pipe: return "it is a pipe: give it to stimport as - to have it imported"
        default: return "it is no plain file: put one there to have it imported"
        }
    }

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
