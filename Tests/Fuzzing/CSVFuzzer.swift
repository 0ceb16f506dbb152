// A libFuzzer target, built by the script beside it together with the sources of CSVReading.
//
// The first four bytes of an input choose the options, the rest is the file. What must hold: nothing
// crashes or hangs; chunks of any size give the same records, positions and error; a second pass gives
// the same; and what a writer makes of the records reads back as the same fields.

private struct Pass: Equatable {
    var records: [[[UInt8]]] = []
    var positions: [CSVPosition] = []
    var dialect: Dialect?
    var encoding: TextEncoding?
    var error: CSVError?
}

private func read(_ bytes: [UInt8], _ options: CSVReader.Options, chunkSize: Int) -> Pass {
    var pass = Pass()
    do {
        let reader = try CSVReader(bytes: bytes, options: options, chunkSize: chunkSize)
        pass = read(reader, options)
        let first = pass
        try reader.rewind()
        check(read(reader, options) == first, "a second pass differs")
    } catch {
        pass.error = error
    }
    return pass
}

private func read(_ reader: CSVReader, _ options: CSVReader.Options) -> Pass {
    var pass = Pass()
    pass.encoding = reader.encoding
    do {
        var record = CSVRecord()
        while try reader.next(&record) {
            var bytes: [UInt8] = []
            let fields = (0..<record.count).map { i in
                let field = record.withField(i) { Array($0) }
                bytes += field
                _ = record.innerLinesSplit(field: i, into: record.count, delimiter: reader.dialect.delimiter)
                return field
            }
            check(!fields.isEmpty && bytes == record.bytes, "the fields are not the record")
            check(UTF8Validation.isValid(bytes), "a record is not UTF-8")
            check(bytes.count <= options.recordLimit, "a record is longer than the limit")
            pass.records.append(fields)
            pass.positions.append(record.position)
        }
    } catch {
        pass.error = error
    }
    pass.dialect = reader.dialect
    return pass
}

extension UTF8Validation {
    /// The standard library's opinion.
    fileprivate static func isValid(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}

private func check(_ condition: Bool, _ message: StaticString) {
    if !condition { fatalError("\(message)") }
}

private func writtenAgain(_ pass: Pass, mark: Bool, quotesEverything: Bool) {
    guard var dialect = pass.dialect, let encoding = pass.encoding else { return }
    dialect.quotesEverything = quotesEverything
    var writer = CSVWriter(dialect: dialect, encoding: encoding, byteOrderMark: mark)
    for record in pass.records {
        do {
            try writer.write(record.map { String(decoding: $0, as: UTF8.self) })
        } catch {
            fatalError("what was read can't be written: \(error)")
        }
    }
    let options = CSVReader.Options(
        delimiter: dialect.delimiter, encoding: encoding, recordLimit: 1 << 30, skipsBlankRecords: false)
    let again = read(writer.drain(), options, chunkSize: 1 << 16)
    check(again.error == nil, "what was written is unreadable")
    check(again.records == pass.records, "what was written reads back otherwise")
}

/// libFuzzer calls this with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count >= 4 else { return 0 }
    let settings = (start[0], start[1], start[2], start[3])
    let bytes = Array(UnsafeBufferPointer(start: start + 4, count: count - 4))
    let encodings = TextEncoding.builtIn + [.macintosh]
    var options = CSVReader.Options()
    options.delimiter = Dialect.canDelimit(settings.0) ? settings.0 : nil
    options.encoding =
        Int(settings.1 & 7) < encodings.count ? encodings[Int(settings.1 & 7)] : nil
    options.skipsBlankRecords = settings.1 & 8 == 0
    options.recordLimit = settings.2 & 0x80 != 0 ? Int(settings.2 & 0x7F) + 1 : 1 << 20
    if settings.2 & 1 != 0 { options.headerScore = { header in header.count } }

    let whole = read(bytes, options, chunkSize: 1 << 16)
    check(read(bytes, options, chunkSize: 1) == whole, "chunks of 1 byte differ")
    check(read(bytes, options, chunkSize: Int(settings.3 & 31) + 2) == whole, "chunks differ")
    writtenAgain(whole, mark: settings.1 & 16 != 0, quotesEverything: settings.1 & 32 != 0)
    return 0
}
