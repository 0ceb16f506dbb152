import AppointmentRows
import SQLiteStore
import SystemFiles

/// What lies beside a ledger's path tells that there was one where the file itself can't any more: it is gone, emptied
/// or damaged. A new ledger in its place, or another one that is named instead, would book again what it knew of.
extension LedgerFile {
    /// How far the ledger had come that the lock file beside a path remembers; nil where it remembers no run.
    static func lastMark(beside path: String) -> LedgerMark? {
        let mark = LedgerLock.mark(of: LedgerFile(future: path))
        return mark.run > 0 ? mark : nil
    }

    /// The newest copy of its outcomes that a run kept when it lost the ledger at a path; nil where there is none.
    private static func rescuedCopy(of path: String) -> (path: String, lacksFolder: Bool)? {
        let resolved = ResolvedPath.future(path)
        let folder = PathParts(resolved).folder
        // A run that lost the folder too kept them where it was started, or among the temporary files.
        let isThere = FileIdentity.status(of: folder.isEmpty ? "." : folder) != nil
        let folders = isThere ? [folder] : [".", ProcessFolders.temporary]
        let name = PathParts(resolved).name
        var newest: (path: String, modified: Int)?
        for folder in folders {
            for number in 1...rescueLimit {
                let candidate = PathParts.path(
                    rescueName(name, number), in: (try? ResolvedPath.existing(folder)) ?? folder)
                guard let status = FileIdentity.status(of: candidate), status.kind == .file,
                    isThere || status.owner == geteuid()
                else { break }
                if status.modified >= newest?.modified ?? 0 { newest = (candidate, status.modified) }
            }
        }
        return newest.map { ($0.path, !isThere) }
    }

    /// How many such copies are kept in one folder.
    static let rescueLimit = 99

    /// What the copy of that number is called.
    static func rescueName(_ name: String, _ number: Int) -> String {
        name + ".rescued" + (number == 1 ? "" : "-\(number)")
    }

    /// The copy of its outcomes that a run kept when the ledger at a path was replaced, where it has all that the lock
    /// file remembers; nil where there is none.
    static func rescuedCopy(insteadOf path: String) -> String? {
        guard FileIdentity.status(of: ResolvedPath.future(path)) != nil, let last = lastMark(beside: path),
            let copy = rescuedCopy(of: path)?.path,
            let store = try? Connection(path: copy, mode: .immutable),
            let mark = try? Ledger.mark(of: store), !mark.isBehind(last)
        else { return nil }
        return copy
    }

    /// Why a ledger that is not there may not be made anew; nil where nothing tells of one.
    static func objectionToMaking(_ path: String) -> LedgerError? {
        let last = lastMark(beside: path)?.run
        if let copy = rescuedCopy(of: path) {
            return .rescued(path: path, copy: copy.path, last: last, lacksFolder: copy.lacksFolder)
        }
        return last.map { LedgerError.vanished(path: path, last: $0) }
    }
}

extension LedgerError {
    /// What a failure to open the file at `path` means: one that is no ledger now was one where its lock file
    /// remembers a run.
    static func unopened(_ error: any Error, path: String) -> LedgerError {
        meaning(of: error, path: path).namingRescuedCopy(of: path)
    }

    private static func meaning(of error: any Error, path: String) -> LedgerError {
        let failure = LedgerError(error, path: path)
        let what: String?
        switch error {
        case let error as SQLiteError where error.kind == .notADatabase:
            what = "it is not an SQLite database any more"
        case Schema.Mismatch.foreign(let id) where id != LedgerSchema.developmentID:
            what = "it is not marked as a ledger any more"
        case Schema.Mismatch.empty: what = nil
        default: return failure
        }
        guard let last = LedgerFile.lastMark(beside: path) else { return failure }
        guard let what else { return .emptied(path: path, last: last.run) }
        return .lost(path: path, what, last: last.run)
    }

    /// The same of the ledger at `path`, with a better way out where a run that lost it kept a copy that has all of
    /// it: what stands in its place now lacks what that copy knows, and adopting it would book that again.
    func namingRescuedCopy(of path: String) -> LedgerError {
        guard [.copy, .behind, .corrupt, .foreign, .missing].contains(code),
            let copy = LedgerFile.rescuedCopy(insteadOf: path)
        else { return self }
        let file = LedgerFile(future: path)
        let ledger = file.resolvedPath
        let aside = ledger + ".replaced"
        let parts = [ledger, file.logPath, file.logIndexPath].filter { FileIdentity.status(of: $0) != nil }
        return LedgerError(
            code, "\(message); a run that lost the ledger kept what it knew in \(copy)",
            fix: "put that file in the ledger's place: mkdir -m 700 \(ShellArgument.quoted(aside)) && mv "
                + (parts + [aside]).map { ShellArgument.quoted($0) }.joined(separator: " ")
                + " && mv \(ShellArgument.quoted(copy)) \(ShellArgument.quoted(ledger))")
    }
}
