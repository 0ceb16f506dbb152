import AppointmentRows

/// How far the ledger that was used last had come: what its lock file remembers, and what a ledger is compared with.
///
/// Each number is given once and never again by one ledger, so a ledger in which any of them is lower is an older one.
struct LedgerMark: Sendable, Hashable {
    /// The last run that began.
    var run = 0
    /// The last batch that was claimed.
    var batch = 0
    /// The last word of a person (`resolve`, `withdraw`).
    var word = 0

    /// The higher of each number.
    func joined(with other: LedgerMark) -> LedgerMark {
        LedgerMark(run: max(run, other.run), batch: max(batch, other.batch), word: max(word, other.word))
    }

    /// Whether something that `other` knows of is missing.
    func isBehind(_ other: LedgerMark) -> Bool {
        joined(with: other) != self
    }
}

/// The text in a lock file: two records of a fixed length, written by turns.
///
/// Whoever dies in the middle of writing one leaves the other whole, and their checksums tell which is which. Each
/// lies in a sector of its own, and neither ever makes the file longer, so that a power cut can take no more than
/// the one that was being written. After a power cut the records may be older than the ledger, which does no harm:
/// the ledger was made durable first.
enum LockRecord {
    /// What one record holds.
    struct Content: Sendable, Hashable {
        /// Counted up with each record: the higher is the newer.
        var number = 0
        var mark = LedgerMark()
        /// The process that took the lock last.
        var holder = 0
    }

    /// The length of a record, in bytes.
    static let length = 128
    /// Where the second one begins.
    static let distance = 4_096
    /// The length of the whole file.
    static let fileLength = distance + length

    /// A record as it is written.
    static func text(_ content: Content) -> [UInt8] {
        let words =
            "run \(content.mark.run) batch \(content.mark.batch) word \(content.mark.word) process \(content.holder) record \(content.number)"
        var bytes = Array("\(words) sum \(checksum(words.utf8))".utf8)
        bytes += Array(repeating: UInt8(ascii: " "), count: max(0, length - 1 - bytes.count))
        return bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a record; nil where it is none, or not whole.
    static func content(_ bytes: some Collection<UInt8>) -> Content? {
        let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 12, words[10] == "sum",
            words[11] == checksum(words[..<10].joined(separator: " ").utf8)
        else { return nil }
        let names = stride(from: 0, to: 10, by: 2).map { words[$0] }
        let numbers = stride(from: 1, to: 10, by: 2).compactMap { Int(words[$0]) }
        guard names == ["run", "batch", "word", "process", "record"], numbers.count == 5 else { return nil }
        return Content(
            number: numbers[4], mark: LedgerMark(run: numbers[0], batch: numbers[1], word: numbers[2]),
            holder: numbers[3])
    }

    /// The newest whole record of a file.
    static func newest(in bytes: [UInt8]) -> Content? {
        [0, distance].compactMap { start in
            start < bytes.count ? content(bytes[start..<min(start + length, bytes.count)]) : nil
        }.max { $0.number < $1.number }
    }

    /// Where a record of that number goes.
    static func offset(of number: Int) -> Int {
        number.isMultiple(of: 2) ? 0 : distance
    }

    /// FNV-1a: against torn writes, not against anybody's ill will.
    private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
        String(
            bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}
