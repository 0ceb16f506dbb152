import CSVReading
import Testing

@Suite("Files that are not CSV")
struct ContentKindTests {
    static let examples: [(ContentKind, [UInt8])] = [
        (.xlsx, [0x50, 0x4B, 3, 4, 0x14, 0, 6, 0] + Array("[Content_Types].xml".utf8)),
        (.xlsx, [0x50, 0x4B, 3, 4, 0x14, 0, 6, 0] + Array("xl/workbook.xml".utf8)),
        (
            .openDocument,
            [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8)
        ),
        (.zip, [0x50, 0x4B, 3, 4] + Array("appointments.csv".utf8)),
        (.zip, [0x50, 0x4B, 5, 6, 0, 0]),
        (.ole, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]),
        (.pdf, Array("%PDF-1.7\n".utf8)),
        (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        (.jpeg, [0xFF, 0xD8, 0xFF, 0xE0]),
        (.gif, Array("GIF89a..".utf8)),
        (.gzip, [0x1F, 0x8B, 8, 0]),
        (.compressed, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        (.html, Array("<!DOCTYPE html><html>".utf8)),
        (.html, Array("\r\n \t<HTML lang=en>".utf8)),
        (.html, TextEncoding.utf8.byteOrderMark + Array("\n<!-- x --><html>".utf8)),
        (.html, Array("<?xml version=\"1.0\"?><html xmlns=''>".utf8)),
        (.html, Array("<table border=1><tr>".utf8)),
        (.html, [0xFF, 0xFE] + "<html>".utf8.flatMap { [$0, 0] }),
        (.xml, Array("<?xml version=\"1.0\"?><Workbook>".utf8)),
        (.json, Array("{ \"a\": 1 }".utf8)), (.json, Array("[\n {}]".utf8)), (.json, Array("{}".utf8)),
        (.sqlite, Array("SQLite format 3\0".utf8)),
        (.rtf, Array("{\\rtf1".utf8)),
        (
            .utf32,
            [0xFF, 0xFE, 0, 0] + "id,name\n1,é\n".unicodeScalars.flatMap { [UInt8($0.value), 0, 0, 0] }
        ),
        (
            .utf32,
            [0, 0, 0xFE, 0xFF] + "id,name\n1,é\n".unicodeScalars.flatMap { [0, 0, 0, UInt8($0.value)] }
        ),
    ]

    @Test("Other files are recognised by their first bytes", arguments: examples)
    func recognised(_ kind: ContentKind, _ bytes: [UInt8]) {
        for chunkSize in chunkSizes {
            let reading = Reading(bytes + Array("\n1,2\n".utf8), chunkSize: chunkSize)
            #expect(reading.error == .notCSV(kind))
            #expect(reading.records.isEmpty)
        }
    }

    @Test(
        "What begins a little like them is CSV all the same",
        arguments: [
            "PK,name\n", "GIF,name\n", "{id},name\n", "[id],name\n", "<DATE>,<TIME>\n", "%PDF,x\n",
            "SQLite,x\n",
            "\"<html>\",x\n", "1\u{8B},x\n",
        ])
    func csv(_ text: String) {
        #expect(Reading(text).error == nil)
        #expect(Reading(text).records.count == 1)
    }

    @Test("UTF-16 that begins with a NUL is not UTF-32")
    func utf16WithNUL() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "\0,b\nc,d\n".utf8.flatMap { [$0, 0] }
        #expect(Reading(bytes, chunkSize: 3).records == [["\0", "b"], ["c", "d"]])
    }

    @Test("A workbook's remedy is to save it as CSV UTF-8")
    func workbook() {
        let error = CSVError.notCSV(.xlsx)
        #expect(error.message == "this is an .xlsx workbook, not CSV")
        #expect(error.fix.contains("save it as CSV UTF-8"))
    }
}
