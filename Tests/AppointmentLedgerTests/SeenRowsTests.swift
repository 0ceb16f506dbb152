import AppointmentRows
import SQLiteStore
import SecurityTrax
import Testing

@testable import AppointmentLedger

@Suite("The first rows of appointments that stay with an earlier run") struct SeenRowsTests {
    private func seen(_ appointment: Int, file: Int) -> SeenRows.Seen {
        SeenRows.Seen(
            place: RowPlace(file: file, line: appointment * 2),
            hashes: AppointmentTexts { $0 == .notes ? -appointment : appointment })
    }

    @Test("However many are in memory, what a file added goes with its rollback", arguments: [0, 3, 7, 100])
    func rollback(limit: Int) throws {
        let store = try Connection(path: "", mode: .temporary)
        let rows = SeenRows(store: store, limit: limit)
        try store.transaction {
            for (file, isKept) in [(1, true), (2, false), (3, true), (4, false)] {
                try store.inSavepoint {
                    for id in file * 10..<file * 10 + 4 { try rows.add(seen(id, file: file), of: id) }
                    for id in file * 10..<file * 10 + 4 {
                        #expect(try rows.row(of: id) == seen(id, file: file))
                    }
                    return isKept ? .commit : .rollback
                }
                if !isKept { try rows.forget(file: file) }
            }
            for id in 0..<60 {
                let isKnown = [1, 3].contains(id / 10) && id % 10 < 4
                #expect(try rows.row(of: id) == (isKnown ? seen(id, file: id / 10) : nil))
            }
            try rows.close()
        }
        #expect(try store.integer("SELECT count(*) FROM sqlite_temp_schema") == 0)
    }

    @Test("A table that was made for a file which is rolled back is made again")
    func again() throws {
        let store = try Connection(path: "", mode: .temporary)
        let rows = SeenRows(store: store, limit: 0)
        try store.transaction {
            try store.inSavepoint {
                try rows.add(seen(1, file: 1), of: 1)
                return .rollback
            }
            try rows.forget(file: 1)
            #expect(try rows.row(of: 1) == nil)
            try rows.add(seen(2, file: 2), of: 2)
            #expect(try rows.row(of: 2) == seen(2, file: 2))
        }
    }
}
