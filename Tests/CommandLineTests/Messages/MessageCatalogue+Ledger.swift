import Foundation
import SQLiteStore
import SystemFiles

@testable import AppointmentLedger

extension MessageCatalogue {
    mutating func addLedger() {
        title(
            "The ledger",
            "Why it can't be used (exit 8; 7 where another run holds it), and why a person's word was not taken (exit 2)."
        )
        for code in LedgerError.Code.allCases {
            heading(code.rawValue)
            let failures = Self.failures(code)
            if failures.isEmpty { line("(worded where it is thrown: see below)") }
            for failure in failures {
                error(failure.message, fix: failure.fix)
                if failure.code != code { line("(a message of \(failure.code.rawValue))") }
            }
        }
        heading("why an appointment is in doubt that no run settled")
        line(RowCode.strandedReason)
    }

    private static func failures(_ code: LedgerError.Code) -> [LedgerError] {
        let path = "/var/lib/stimport/ledger.sqlite3"
        func sqlite(_ kind: SQLiteError.Kind, _ message: String) -> LedgerError {
            LedgerError(SQLiteError(kind, message: message, operation: "INSERT INTO runs"), path: path)
        }
        func mismatch(_ mismatch: Schema.Mismatch) -> LedgerError { LedgerError(mismatch, path: path) }
        let last = LedgerMark(run: 41, batch: 97, word: 3)
        switch code {
        case .held:
            return [
                .held(path: path, by: nil),
                .held(path: path, by: "process 4711"),
            ]
        case .missing: return [.missing(path: path), mismatch(.empty)]
        case .corrupt:
            return [
                sqlite(.corrupt, "database disk image is malformed"), .lockDamaged(path + ".lock", of: path),
                .damaged(path: path, "row 7 missing from index appointments_identity"),
                .lost(path: path, "it is not an SQLite database any more", last: 41),
            ]
        case .foreign:
            return [
                mismatch(.foreign(applicationID: 0)),
                mismatch(.foreign(applicationID: LedgerSchema.developmentID)),
                sqlite(.notADatabase, "file is not a database"),
            ]
        case .newer: return [mismatch(.newer(version: 9, known: 7))]
        case .older: return [mismatch(.older(version: 3, known: 7))]
        case .readOnly:
            let refused = SystemError(EACCES)
            return [
                sqlite(.readOnly, "attempt to write a readonly database"),
                .lockUnopened(path + ".lock", refused), .lockUnwritable(path + ".lock", SystemError(EIO)),
            ]
        case .full:
            return [
                sqlite(.full, "database or disk is full"), .lockUnopened(path + ".lock", SystemError(ENOSPC)),
                .lockUnwritable(path + ".lock", SystemError(ENOSPC)),
            ]
        case .unreachable: return [sqlite(.cantOpen, "unable to open database file")]
        case .busy: return [sqlite(.busy, "database is locked")]
        case .copy: return [.copy(path: path, made: 1_795_600_000_000)]
        case .behind:
            return [
                .behind(path: path, at: LedgerMark(run: 40, batch: 97, word: 3), last: last),
                .behind(path: path, at: LedgerMark(run: 41, batch: 96, word: 3), last: last),
                .behind(path: path, at: LedgerMark(run: 41, batch: 97, word: 2), last: last),
                .vanished(path: path, last: 41),
                .rescued(path: path, copy: path + ".rescued", last: nil),
            ]
        case .linked: return [.linked(path: path, links: 2), .mounted(path, folder: "/var/lib/stimport")]
        // Said by Ledger+Place, of files that were moved during a run: from the source, below.
        case .moved: return []
        case .lockFailed: return [.lockFailed(path + ".lock", SystemError(ENOLCK))]
        case .failed:
            return [
                sqlite(.inputOutput, "disk I/O error"),
                LedgerError(SystemError(EIO), path: path),
            ]
        case .unknownAppointment: return [.unknown(31)]
        case .unknownRun: return [.unknown(run: 41)]
        case .notInDoubt:
            return [.nothingInDoubt(batch: 97), .notInDoubt(31, state: .created)]
        case .tooSoon: return [.tooSoon(31)]
        case .oldList: return [.oldList(31, batch: 96, now: 97)]
        // Said by ReviewList, of a list that was filled in: from the source, below.
        case .unreadableList: return []
        case .notWithdrawable:
            return [.cannotWithdraw(31, state: .inDoubt), .cannotWithdraw(31, state: .withdrawn)]
        case .notWithdrawn:
            return [
                .notWithdrawn(31, state: .created), .bookedMeanwhile(31, 44, state: .created),
                .bookedMeanwhile(31, 44, state: .inDoubt), .bookedMeanwhile(31, 44, state: .pending),
            ]
        case .changedMeanwhile: return [.changedMeanwhile(31)]
        case .nothingToDo: return [.nothingToDo(31)]
        case .notHeld: return [.notHeld(run: 12)]
        case .copyFailed:
            return [.copyFailed("can't write /mnt/backup/ledger.sqlite3: No space left on device")]
        }
    }
}
