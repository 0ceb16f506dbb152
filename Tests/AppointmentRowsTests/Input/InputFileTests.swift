@testable import ImportFixtures
import CSVReading
import Foundation
import Testing

@testable import AppointmentRows

@Suite struct InputFileTests {
    private func code(_ body: () throws(InputError) -> Void) -> String? {
        do throws(InputError) {
            try body()
            return nil
        } catch {
            #expect(!error.message.isEmpty && !error.fix.isEmpty)
            return error.code.rawValue
        }
    }

    private let text = Reading.header + "\n" + Reading.goodRow + "\n"

    /// Counts the rows of an input.
    private func rows(_ file: InputFile) throws -> Int {
        let reader = try AppointmentReader(file: file, options: .test)
        var chunk = CheckedRows()
        var count = 0
        while try reader.next(&chunk) { count += chunk.rows.count }
        return count
    }

    @Test("A file is read where it is")
    func file() throws {
        let temporary = try TemporaryInput(text)
        let file = try InputFile(temporary.path)
        #expect(file.name == temporary.path)
        #expect(file.size == text.utf8.count)
        #expect(!file.isSpooled)
        #expect(try rows(file) == 1)
        // Again, from the start.
        #expect(try rows(file) == 1)
    }

    @Test("What can't be opened or is no file says so")
    func noFile() throws {
        #expect(code { () throws(InputError) in _ = try InputFile("/nonexistent/a.csv") } == "no-such-file")
        #expect(code { () throws(InputError) in _ = try InputFile(NSTemporaryDirectory()) } == "not-a-file")
        #expect(code { () throws(InputError) in _ = try InputFile("/dev/null") } == "not-a-file")
        #expect(InputError.cannotOpen("a", errno: EACCES).code.rawValue == "no-permission")
        #expect(InputError.cannotOpen("a", errno: EIO).code.rawValue == "cannot-read")
    }

    @Test("Standard input is kept in a file that only its owner may read and that has no name")
    func standardInput() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let writeEnd = ends[1]
        // More than a pipe holds, so that it is read while it is written.
        let row = Reading.goodRow + "\n"
        let long = Array((text + String(repeating: row, count: 5000)).utf8)
        let writer = Thread {
            var done = 0
            while done < long.count {
                let count = long.withUnsafeBytes {
                    write(writeEnd, $0.baseAddress! + done, min(1000, long.count - done))
                }
                guard count > 0 else { break }
                done += count
            }
            close(writeEnd)
        }
        writer.start()
        let file = try InputFile("-", standardInput: ends[0])
        close(ends[0])
        #expect(file.name == "-")
        #expect(file.isSpooled)
        #expect(file.size == long.count)
        var status = stat()
        #expect(fstat(file.descriptor, &status) == 0)
        #expect(status.st_nlink == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
        #expect(try rows(file) == 5001)
    }

    @Test("Standard input may be a file as well, and not a folder")
    func redirected() throws {
        let temporary = try TemporaryInput(text)
        let descriptor = open(temporary.path, O_RDONLY)
        defer { close(descriptor) }
        #expect(try rows(InputFile("-", standardInput: descriptor)) == 1)
        let folder = open(NSTemporaryDirectory(), O_RDONLY)
        defer { close(folder) }
        #expect(
            code { () throws(InputError) in _ = try InputFile("-", standardInput: folder) } == "not-a-file")
    }

    @Test("A named pipe is read like standard input")
    func namedPipe() throws {
        let path = NSTemporaryDirectory() + "stimport-test-" + UUID().uuidString
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let bytes = Array(text.utf8)
        let writer = Thread {
            let descriptor = open(path, O_WRONLY)
            _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
        writer.start()
        let file = try InputFile(path)
        #expect(file.isSpooled)
        #expect(try rows(file) == 1)
    }

    @Test("A file that grows while it is read can't be used")
    func grows() throws {
        let row = Reading.goodRow + "\n"
        let temporary = try TemporaryInput(text + String(repeating: row, count: 2000))
        let file = try InputFile(temporary.path)
        let reader = try AppointmentReader(file: file, options: .test)
        var chunk = CheckedRows()
        #expect(try reader.next(&chunk))
        let handle = try #require(FileHandle(forWritingAtPath: temporary.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(row.utf8))
        try handle.close()
        #expect(
            code { () throws(InputError) in
                while try reader.next(&chunk) {}
            } == "changed-while-reading")
    }

    @Test("A file that is written again in the same size can't be used either")
    func touched() throws {
        let temporary = try TemporaryInput(text)
        let file = try InputFile(temporary.path)
        try file.checkUnchanged()
        var times = [timespec(tv_sec: 1, tv_nsec: 5), timespec(tv_sec: 1_000_000_000, tv_nsec: 5)]
        #expect(utimensat(AT_FDCWD, temporary.path, &times, 0) == 0)
        #expect(code { () throws(InputError) in try file.checkUnchanged() } == "changed-while-reading")
    }

    @Test("A file that was cut short says so rather than what its torn end looks like")
    func cut() throws {
        let temporary = try TemporaryInput(text + "9710,5,\"open")
        let file = try InputFile(temporary.path)
        #expect(truncate(temporary.path, off_t(text.utf8.count + 10)) == 0)
        let reader = try AppointmentReader(file: file, options: .test)
        var chunk = CheckedRows()
        #expect(code { () throws(InputError) in _ = try reader.next(&chunk) } == "changed-while-reading")
    }

    @Test("The records can be had a second time, as they are")
    func originals() throws {
        let body = "\n 1 ,\"a\nb\"\r\n\n2,c,\n3,d\n"
        let temporary = try TemporaryInput("Customer ID,Start,End,Type" + body)
        let reader = try AppointmentReader(file: InputFile(temporary.path), options: .test)
        var chunk = CheckedRows()
        while try reader.next(&chunk) {}
        let all = try reader.originals()
        var found: [String] = []
        while let record = try all.next() { found.append("\(record.line): \(record.fields)") }
        #expect(found == [#"2: [" 1 ", "a\nb"]"#, #"5: ["2", "c", ""]"#, #"6: ["3", "d"]"#])
        let some = try reader.originals()
        var fields: [String] = []
        #expect(try !some.find(line: 3, fields: &fields))
        #expect(try some.find(line: 5, fields: &fields))
        #expect(fields == ["2", "c", ""])
        #expect(try !some.find(line: 7, fields: &fields))
    }
}

@Suite struct EncodingTests {
    private static let text =
        "Customer ID;Start;End;Type;Notes\n9710;1/23/2014 7:30;1/23/2014 9:30;1;Zoë wartet\n"

    private static func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            isLittleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    @Test(
        "A file says the same in every encoding and dialect",
        arguments: [
            (Array(text.utf8), TextEncoding.utf8), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
            (utf16(text, isLittleEndian: true), .utf16LittleEndian),
            (utf16(text, isLittleEndian: false), .utf16BigEndian),
            (Array(text.replacing(";", with: ",").utf8), .utf8),
            (Array(text.replacing(";", with: "\t").utf8), .utf8),
            (Array(text.replacing("\n", with: "\r\n").utf8), .utf8),
            (Array(text.replacing("\n", with: "\r").utf8), .utf8),
            (Array(("sep=;\n" + text).utf8), .utf8),
        ])
    func encodings(bytes: [UInt8], encoding: TextEncoding) throws {
        let reading = try Reading(bytes)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.notes) == ["Zoë wartet"])
        #expect(reading.layout?.encoding == encoding)
        #expect(reading.layout?.columns.count == 5)
    }

    @Test("Windows-1252 is read where it is asked for, and suggested where it isn't")
    func windows() throws {
        let bytes = Self.text.unicodeScalars.map { UInt8($0.value) }
        let options = ReadingOptions.test { $0.encoding = .windows1252 }
        #expect(try Reading(bytes, options).rows.map(\.notes) == ["Zoë wartet"])
        let error = try #require(throws: InputError.self) { _ = try Reading(bytes) }
        #expect(error.code.rawValue == "invalid-encoding")
        #expect(error.line == 2)
        #expect(error.fix.contains("--encoding windows-1252"))
    }

    @Test(
        "What isn't a CSV of appointments can't be read",
        arguments: [
            (Array("PK\u{3}\u{4}workbook".utf8), "not-csv"), ([], "no-header"),
            (Array("\n\n".utf8), "no-header"),
            (Array("Customer ID,Start,End,Type\n1,\"open\n".utf8), "unclosed-quote"),
            (Array("a,b,c\n".utf8), "missing-column"),
            (Array("1,1/23/2014 7:30,1/23/2014 9:30,1\n".utf8), "no-header"),
        ] as [([UInt8], String)])
    func notAppointments(bytes: [UInt8], code: String) throws {
        let error = try #require(throws: InputError.self) { _ = try Reading(bytes) }
        #expect(error.code.rawValue == code)
    }

    @Test(
        "A header without rows is an empty file of appointments",
        arguments: ["", "\n", "\r\n\r\n", "\n,,,\n"])
    func noRows(ending: String) throws {
        #expect(try Reading("Customer ID,Start,End,Type" + ending).rows.isEmpty)
    }

    @Test("A delimiter that is asked for is used")
    func delimiter() throws {
        let options = ReadingOptions.test { $0.delimiter = UInt8(ascii: "^") }
        #expect(try Reading(Self.text.replacing(";", with: "^"), options).rows.count == 1)
    }
}
