/// Says where in the input a record began whose place in the decoded text is known.
///
/// Records come in order, so the map counts on from the last one. For UTF-8 that is a subtraction.
struct OffsetMap {
    private typealias Place = (text: Int, original: Int)

    private let decoder: TextDecoder
    /// The furthest place that was counted to.
    private var known: Place
    /// The start of a record that began in an earlier chunk.
    private var openRecord: Place?
    /// Where the chunk in hand begins in the decoded text.
    private var chunkStart = 0

    /// A map of a text whose start is at `original` of the input.
    init(decoder: TextDecoder, original: Int) {
        self.decoder = decoder
        known = (0, original)
    }

    /// The place in the input of the record at `offset` of the decoded text. It began in `chunk`, or was
    /// open when the last chunk was left.
    mutating func original(ofRecordAt offset: Int, in chunk: UnsafeBufferPointer<UInt8>) -> Int {
        if let openRecord, openRecord.text == offset { return openRecord.original }
        advance(to: offset, in: chunk)
        return known.original
    }

    /// Leaves `chunk` for the next one, while the record at `offset` is open.
    mutating func leave(_ chunk: UnsafeBufferPointer<UInt8>, openRecordAt offset: Int?) {
        if let offset, openRecord?.text != offset {
            advance(to: offset, in: chunk)
            openRecord = known
        }
        chunkStart += chunk.count
        advance(to: chunkStart, in: chunk, from: chunkStart - chunk.count)
    }

    private mutating func advance(
        to offset: Int, in chunk: UnsafeBufferPointer<UInt8>, from start: Int? = nil
    ) {
        guard offset > known.text else { return }
        let start = start ?? chunkStart
        let piece = UnsafeBufferPointer(rebasing: chunk[known.text - start..<offset - start])
        known = (offset, known.original + decoder.originalLength(of: piece))
    }
}
