@testable import ImportFixtures
@testable import AppointmentRows
import Foundation
import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("What the lock file remembers") struct LockRecordTests {
    private let content = LockRecord.Content(
        number: 7, mark: LedgerMark(run: 12, batch: 345, word: 6), holder: 4711)

    @Test("A record is read as it was written, and has its length")
    func roundTrip() {
        for content in [
            content, LockRecord.Content(),
            LockRecord.Content(
                number: .max, mark: LedgerMark(run: .max, batch: .max, word: .max), holder: Int(Int32.max)),
        ] {
            let text = LockRecord.text(content)
            #expect(text.count >= LockRecord.length && text.last == UInt8(ascii: "\n"))
            #expect(LockRecord.content(text) == content)
        }
        #expect(LockRecord.text(content).count == LockRecord.length)
    }

    @Test("A record that was written in part, over any older one, is none")
    func torn() {
        let old = LockRecord.text(content)
        var next = content
        next.number = 9
        next.mark.batch = 399
        let new = LockRecord.text(next)
        for length in 0...new.count {
            let mixed = Array(new[..<length]) + old[length...]
            let read = LockRecord.content(mixed)
            #expect(read == content && mixed == old || read == next && mixed == new || read == nil)
            #expect(LockRecord.content(Array(new[..<length])) == nil || length > 60)
        }
    }

    @Test("Of two records the newest whole one counts")
    func newest() {
        var file = [UInt8](repeating: 0, count: LockRecord.fileLength)
        func put(_ number: Int, batch: Int) {
            let text = LockRecord.text(LockRecord.Content(number: number, mark: LedgerMark(batch: batch)))
            file.replaceSubrange(
                LockRecord.offset(of: number)..<LockRecord.offset(of: number) + text.count, with: text)
        }
        #expect(LockRecord.newest(in: file) == nil)
        put(1, batch: 10)
        #expect(LockRecord.newest(in: file)?.mark.batch == 10)
        put(2, batch: 11)
        #expect(LockRecord.newest(in: file)?.mark.batch == 11)
        put(3, batch: 12)
        #expect(LockRecord.newest(in: file)?.mark.batch == 12)
        file[LockRecord.offset(of: 3) + 10] ^= 1
        #expect(LockRecord.newest(in: file)?.mark.batch == 11)
        #expect(file.count == LockRecord.fileLength)
        #expect(LockRecord.newest(in: Array(file[..<LockRecord.length]))?.mark.batch == 11)
    }

    @Test(
        "A ledger in which any number is lower is behind",
        arguments: [
            (LedgerMark(run: 2, batch: 5, word: 1), false), (LedgerMark(run: 1, batch: 5, word: 1), true),
            (LedgerMark(run: 2, batch: 4, word: 1), true), (LedgerMark(run: 2, batch: 5, word: 0), true),
            (LedgerMark(run: 3, batch: 9, word: 9), false), (LedgerMark(run: 3, batch: 4, word: 9), true),
            (LedgerMark(), true),
        ])
    func behind(mark: LedgerMark, isBehind: Bool) {
        #expect(mark.isBehind(LedgerMark(run: 2, batch: 5, word: 1)) == isBehind)
    }
}
