import AppointmentRows

/// What is odd about a file as a whole, beside what its rows say: said in any case, and a reason to hold a run where
/// `--hold-if` names it.
package struct FileRemark: Sendable, Hashable {
    /// The kinds. The raw values are stable: people script against them.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// Byte for byte a file that was finished.
        case sameFile = "same-file"
        /// Its newest visit, or the file itself, is older than the last one of its layout.
        case olderExport = "older-export"
        /// Which visits are gone could not be told.
        case goneNotJudged = "gone-not-judged"
        /// Visits that an earlier run left pending are not in the whole schedule any more.
        case goneBeforePosted = "gone-before-posted"
        /// It has columns that the layout it is read by did not have.
        case newColumns = "new-columns"
    }

    /// What kind it is.
    package var code: Code
    /// One sentence without its full stop, not escaped.
    package var message: String

    /// As the ledger keeps them: a JSON array of codes and messages, one after the other.
    static func json(_ remarks: [FileRemark]) -> String {
        Ledger.json(remarks.flatMap { [$0.code.rawValue, $0.message] })
    }

    /// What `json` wrote.
    static func list(_ json: String?) -> [FileRemark] {
        Ledger.pairs(json ?? "[]").compactMap { code, message in
            Code(rawValue: code).map { FileRemark(code: $0, message: message) }
        }
    }

    static func sameFile(run: Int, name: String) -> FileRemark {
        FileRemark(
            code: .sameFile,
            message: "it is, byte for byte, the file \(Wording.quoted(name)) that run \(run) finished")
    }

    static func olderExport(run: Int, because reason: String) -> FileRemark {
        FileRemark(
            code: .olderExport,
            message: "it is older than the last file with these columns, of run \(run): \(reason)")
    }

    static func goneNotJudged(because reason: String) -> FileRemark {
        FileRemark(code: .goneNotJudged, message: "no visit was taken for gone: \(reason)")
    }

    /// Visits whose customers have rows that can't be posted.
    static func goneNotJudged(_ count: Int) -> FileRemark {
        FileRemark(
            code: .goneNotJudged,
            message: count == 1
                ? "it does not have a visit whose customer has a row that can't be posted: whether that row is of it can't be told"
                : "it does not have \(count) visits whose customers have rows that can't be posted: whether those rows are of them can't be told"
        )
    }

    static func goneBeforePosted(_ count: Int) -> FileRemark {
        FileRemark(
            code: .goneBeforePosted,
            message: count == 1
                ? "it does not have a visit that an earlier run left pending: that is not posted any more"
                : "it does not have \(count) visits that earlier runs left pending: they are not posted any more"
        )
    }

    static func goneNotJudged(isEmpty: Bool) -> FileRemark {
        FileRemark(
            code: .goneNotJudged,
            message: isEmpty
                ? "no visit was taken for gone: the files have no valid row"
                : "no visit was taken for gone: of some rows it can't be told whose they are")
    }
}
