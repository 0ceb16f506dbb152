package import AppointmentLedger
package import SystemFiles

/// What is known of a file that an import read, as far as an expectation asks.
package struct ArrivedFile: Sendable, Hashable {
    /// Its name without a folder.
    package var name: String
    /// When its run began.
    package var time: Date
    /// How many rows it had; nil where its run did not end by itself.
    package var rows: Int?
    /// Why nothing of it was imported; nil where it was.
    package var problem: String?
    /// What its bytes are known by; nil where nobody kept it.
    package var digest: String?
    /// When it was last written; nil where nobody kept it.
    package var modified: Date?

    /// A file.
    ///
    /// - Parameter path: as its run named it.
    package init(
        path: String, time: Date, rows: Int?, problem: String? = nil, digest: String? = nil,
        modified: Date? = nil
    ) {
        name = PathParts(path).name
        self.time = time
        self.rows = rows
        self.problem = problem
        self.digest = digest
        self.modified = modified
    }

    /// Whether it is only an earlier file once more: the same bytes as one that was imported before, or, where its
    /// bytes are not known, the name of one and no newer time. What is not known tells nothing.
    func isRepeat(of earlier: [ArrivedFile]) -> Bool {
        let imported = earlier.filter { $0.time < time && $0.problem == nil }
        if let digest, imported.contains(where: { $0.digest != nil }) {
            return imported.contains { $0.digest == digest }
        }
        guard let modified else { return false }
        return imported.contains { $0.name == name && $0.modified.map { modified <= $0 } ?? false }
    }
}

extension ArrivedFile {
    /// A file as the ledger knows it.
    package init(_ file: ImportedFile) {
        self.init(
            path: file.name, time: Date(milliseconds: file.started), rows: file.rows,
            problem: file.error ?? (file.isAbandoned ? "its run stopped itself" : nil)
                ?? (file.hasNothingValid ? "none of its rows was valid" : nil),
            digest: file.digest,
            modified: file.modified.map { Date(milliseconds: $0) })
    }
}
