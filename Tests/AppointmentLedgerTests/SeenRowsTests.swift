import AppointmentRows
import SQLiteStore
import SecurityTrax
import Testing

@testable import AppointmentLedger

@Suite("The first rows of appointments that stay with an earlier run") struct SeenRowsTests {
    private let store: Connection
    private let known: KnownRows

    init() throws {
        store = try Connection(path: "", mode: .temporary)
        try store.execute("CREATE TABLE known_rows (file_id, first_line, count, pairs TEXT)")
        known = try KnownRows(store: store, entrySize: 3)
    }

    private func place(_ appointment: Int, _ file: Int) -> RowPlace {
        RowPlace(file: file, line: appointment * 2)
    }

    private func hashes(_ appointment: Int) -> AppointmentTexts<Int> {
        AppointmentTexts { $0 == .notes ? -appointment : appointment }
    }

    /// Takes note of an appointment's row as staging does. Those of an odd ID have texts of their own.
    private func add(_ id: Int, file: Int, to rows: SeenRows) throws {
        let isKnownRow = try known.add(line: id * 2, appointment: id, file: file)
        #expect(isKnownRow)
        try rows.add(place(id, file), hashes: hashes(id), of: id, isKnownRow: id % 2 == 0)
    }

    private func expect(_ rows: SeenRows, has id: Int, file: Int?) throws {
        let found = try rows.row(of: id)
        #expect(found?.place == file.map { place(id, $0) }, "\(id)")
        // Where they are not held, they are those of the appointment.
        if file != nil, id % 2 == 1 { #expect(found?.hashes == hashes(id)) }
        if let held = found?.hashes { #expect(held == hashes(id)) }
    }

    @Test(
        "However many are in memory, what a file added goes with its rollback",
        arguments: [0, 3, 7, 100], [false, true])
    func rollback(limit: Int, asksEarly: Bool) throws {
        let rows = SeenRows(store: store, known: known, firstFile: 1, limit: limit)
        try store.transaction {
            for (file, isKept) in [(1, true), (2, false), (3, true), (4, false)] {
                try store.inSavepoint {
                    for id in file * 10..<file * 10 + 4 {
                        try add(id, file: file, to: rows)
                        // The first one that is asked for makes the table.
                        if asksEarly { try expect(rows, has: id, file: file) }
                    }
                    for id in file * 10..<file * 10 + 4 where asksEarly || file == 4 {
                        try expect(rows, has: id, file: file)
                    }
                    try known.flush()
                    return isKept ? .commit : .rollback
                }
                if !isKept { try rows.forget(file: file) }
            }
            for id in 0..<60 {
                let isKnown = [1, 3].contains(id / 10) && id % 10 < 4
                try expect(rows, has: id, file: isKnown ? id / 10 : nil)
            }
            try rows.writeDown()
            #expect(
                try store.text("SELECT group_concat(appointment_id || ' ' || line) FROM temp.seen")
                    == "10 20,11 22,12 24,13 26,30 60,31 62,32 64,33 66")
            try rows.close()
        }
        #expect(try store.integer("SELECT count(*) FROM sqlite_temp_schema") == 0)
    }

    @Test("A table that was made for a file which is rolled back is made again", arguments: [1, 2])
    func again(id: Int) throws {
        let rows = SeenRows(store: store, known: known, firstFile: 1, limit: 0)
        try store.transaction {
            try store.inSavepoint {
                try add(id, file: 1, to: rows)
                try expect(rows, has: id, file: 1)
                return .rollback
            }
            known.forget()
            try rows.forget(file: 1)
            try expect(rows, has: id, file: nil)
            try add(id + 2, file: 2, to: rows)
            try expect(rows, has: id + 2, file: 2)
        }
    }

    @Test("Rows of earlier runs are none of this one's")
    func earlierRuns() throws {
        let rows = SeenRows(store: store, known: known, firstFile: 5, limit: 0)
        try store.transaction {
            for id in [2, 4, 6] { _ = try known.add(line: id, appointment: id, file: 4) }
            try add(8, file: 5, to: rows)
            for id in [2, 4, 6] { try expect(rows, has: id, file: nil) }
            try expect(rows, has: 8, file: 5)
        }
    }
}
