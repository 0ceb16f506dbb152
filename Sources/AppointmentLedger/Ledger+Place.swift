import SQLiteStore
import SystemFiles

/// What happens where the ledger's files go away while it is in use.
extension Ledger {
    /// Refuses to go on where the ledger's path does not lead to the open files any more.
    package func checkPlace() throws(LedgerError) {
        guard let change = place?.change else { return }
        throw LedgerError.moved(path: path, change, outcomes: nil)
    }

    /// Sees to it that what was settled can be found after the ledger went away, and says where. Called when nothing is
    /// in flight any more.
    package func keepOutcomes() -> LedgerError? {
        guard let place, let change = place.change else { return nil }
        // Into the database itself, wherever its log is now.
        try? store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if place.isInPlace { return LedgerError.moved(path: path, change, outcomes: .inPlace) }
        if let current = place.currentPath {
            return LedgerError.moved(path: path, change, outcomes: .moved(current))
        }
        // The open file goes with this process: a copy of it stays.
        let folders = [PathParts(resolvedPath).folder, ".", ProcessFolders.temporary]
        for folder in folders {
            for number in 1...LedgerFile.rescueLimit {
                let name = LedgerFile.rescueName(PathParts(resolvedPath).name, number)
                let target = PathParts.path(name, in: (try? ResolvedPath.existing(folder)) ?? folder)
                guard let isWritten = try? backUp(to: target, marked: false) else { break }
                if isWritten { return LedgerError.moved(path: path, change, outcomes: .rescued(target)) }
            }
        }
        return LedgerError.moved(path: path, change, outcomes: .lost)
    }
}

extension LedgerError {
    /// Where what was settled is to be found.
    enum Outcomes {
        case inPlace
        case moved(String)
        case rescued(String)
        case lost
    }

    static func moved(path: String, _ change: LedgerPlace.Change, outcomes: Outcomes?) -> LedgerError {
        let what =
            switch change {
            case .gone(let part): "\(part) was moved or deleted while the ledger was in use"
            case .replaced(let part): "\(part) was replaced by another file while the ledger was in use"
            case .linked(let links):
                "the ledger \(path) got a second name while it was in use (\(links) hard links)"
            }
        let isLinked = if case .linked = change { true } else { false }
        return switch outcomes {
        case nil:
            LedgerError(.moved, "\(what): nothing more was posted", fix: "put it back and start again")
        case .inPlace:
            LedgerError(
                .moved, "\(what): nothing more was posted, and the ledger \(path) has every outcome",
                fix: isLinked
                    ? "remove the other name and start again" : "leave its files alone and start again")
        case .moved(let now):
            LedgerError(
                .moved, "\(what): nothing more was posted, and the outcomes are in \(now)",
                fix: "move it back to \(path) and start again")
        case .rescued(let copy):
            LedgerError(
                .moved, "\(what): nothing more was posted, and the outcomes are in \(copy)",
                fix: "put that file in the ledger's place, \(path), and start again")
        case .lost:
            LedgerError(
                .moved, "\(what): nothing more was posted, and the outcomes could not be saved anywhere",
                fix: "look up in SecurityTrax what this run posted before importing those files again")
        }
    }
}
