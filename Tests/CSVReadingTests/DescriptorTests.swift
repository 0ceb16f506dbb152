import CSVReading
import Foundation
import Testing

@Suite("Files and pipes")
struct DescriptorTests {
    static let text = "\u{FEFF}sep=;\r\nid;name\r\n1;é\r\n\r\n2;\"x\ny\"\r\n"
    static let records = [["id", "name"], ["1", "é"], ["2", "x\ny"]]

    private func withFile<R>(_ bytes: [UInt8], _ body: (FileHandle) throws -> R) throws -> R {
        let url = FileManager.default.temporaryDirectory.appending(path: "csv-\(UUID().uuidString).csv")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        return try body(handle)
    }

    @Test("A file can be read twice", arguments: [1, 3, 1 << 17], [TextEncoding.utf8, .utf16LittleEndian])
    func twice(chunkSize: Int, encoding: TextEncoding) throws {
        let bytes =
            encoding == .utf8
            ? Array(Self.text.utf8) : Self.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        try withFile(bytes) { file in
            let reader = try CSVReader(descriptor: file.fileDescriptor, chunkSize: chunkSize)
            let first = Reading(reader)
            #expect(first.records == Self.records)
            #expect(first.error == nil)
            try reader.rewind()
            #expect(Reading(reader) == first)
            // From the middle, too.
            try reader.rewind()
            var record = CSVRecord()
            #expect(try reader.next(&record))
            try reader.rewind()
            #expect(Reading(reader) == first)
        }
    }

    @Test("Bytes can be read twice, and errors come twice")
    func twiceFromMemory() throws {
        let reader = try CSVReader(bytes: Array("a,b\n1,2\n\"".utf8))
        let first = Reading(reader)
        #expect(first.error != nil)
        try reader.rewind()
        #expect(Reading(reader) == first)
    }

    @Test("A pipe can be read once")
    func pipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(Self.text.utf8))
        try pipe.fileHandleForWriting.close()
        let reader = try CSVReader(descriptor: pipe.fileHandleForReading.fileDescriptor)
        #expect(Reading(reader).records == Self.records)
        #expect(throws: CSVError.self) { try reader.rewind() }
    }

    @Test("A folder can't be read")
    func folder() throws {
        let handle = open(FileManager.default.temporaryDirectory.path, O_RDONLY)
        try #require(handle >= 0)
        defer { close(handle) }
        #expect(throws: CSVError.cannotRead(errno: EISDIR)) { try CSVReader(descriptor: handle) }
        #expect(CSVError.cannotRead(errno: EISDIR).message.contains("directory"))
    }

    @Test("A file is read beyond the part that tells its dialect", arguments: TextEncoding.builtIn)
    func large(_ encoding: TextEncoding) throws {
        var writer = CSVWriter(encoding: encoding, byteOrderMark: true)
        for number in 0..<20_000 { try writer.write(["\(number)", "é, \"\(number)\"", ""]) }
        let bytes = writer.drain()
        try withFile(bytes) { file in
            let reader = try CSVReader(descriptor: file.fileDescriptor, options: .init(encoding: encoding))
            var record = CSVRecord()
            var count = 0
            while try reader.next(&record) {
                let isRight =
                    record.count == 3 && record.string(0) == "\(count)"
                    && record.string(1) == "é, \"\(count)\""
                    && record.position.line == count + 1
                try #require(isRight)
                count += 1
            }
            #expect(count == 20_000)
        }
    }
}
