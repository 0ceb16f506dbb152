import CSVReading
import Testing

@Suite("Encodings")
struct EncodingTests {
    @Test("UTF-8 with and without a byte order mark", arguments: [true, false], chunkSizes)
    func utf8(mark: Bool, chunkSize: Int) {
        let bytes = (mark ? [0xEF, 0xBB, 0xBF] : []) + Array("é,b\n1,2\n".utf8)
        let reading = Reading(bytes, chunkSize: chunkSize)
        #expect(reading.records == [["é", "b"], ["1", "2"]])
        #expect(reading.encoding == .utf8)
        #expect(reading.hasByteOrderMark == mark)
    }

    @Test(
        "A file of nothing but a byte order mark has no records",
        arguments: [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian], chunkSizes)
    func onlyMark(_ encoding: TextEncoding, chunkSize: Int) {
        let reading = Reading(encoding.byteOrderMark, chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records.isEmpty)
        #expect(reading.encoding == encoding)
    }

    @Test("A quoted first field after a byte order mark is quoted", arguments: chunkSizes)
    func quotedAfterMark(chunkSize: Int) {
        let reading = Reading([0xEF, 0xBB, 0xBF] + Array("\"a,b\",c\n".utf8), chunkSize: chunkSize)
        #expect(reading.records == [["a,b", "c"]])
    }

    @Test("UTF-16 with a byte order mark needs no option", arguments: [false, true], chunkSizes)
    func utf16(bigEndian: Bool, chunkSize: Int) {
        let text = "\u{FEFF}é\t€\r\n😀\u{10FFFF}\t\"\u{FFFF}\n\"\r\n"
        let bytes = text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
        let reading = Reading(bytes, chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records == [["é", "€"], ["😀\u{10FFFF}", "\u{FFFF}\n"]])
        #expect(reading.encoding == (bigEndian ? .utf16BigEndian : .utf16LittleEndian))
        #expect(reading.dialect?.delimiter == UInt8(ascii: "\t"))
    }

    @Test("Bytes of the Western code pages are their characters", arguments: chunkSizes)
    func codePages(chunkSize: Int) {
        let bytes: [UInt8] = [0x80, 0x2C, 0x9F, 0x0A, 0xE9, 0x2C, 0xFF, 0xA0]
        #expect(
            Reading(bytes, .init(encoding: .windows1252), chunkSize: chunkSize).records
                == [["€", "Ÿ"], ["é", "ÿ\u{A0}"]])
        #expect(
            Reading(bytes, .init(encoding: .iso88591), chunkSize: chunkSize).records
                == [["\u{80}", "\u{9F}"], ["é", "ÿ\u{A0}"]])
    }

    @Test(
        "The bytes that Windows-1252 leaves undefined are errors",
        arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
    func undefined(_ byte: UInt8) {
        for chunkSize in chunkSizes {
            let reading = Reading(
                [0x61, 0x0A, 0xE9, byte, 0x0A], .init(encoding: .windows1252), chunkSize: chunkSize)
            #expect(reading.records == [["a"]])
            #expect(
                reading.error
                    == .invalidText(
                        .init(
                            line: 2, byteOffset: 3, byte: byte, encoding: .windows1252, reason: .malformed)))
        }
    }

    @Test(
        "Invalid UTF-8 is an error at its first byte",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82, 0x28],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98, 0x28],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE9, 0x0A],
        ] as [[UInt8]], chunkSizes)
    func invalidUTF8(_ bytes: [UInt8], chunkSize: Int) {
        for padding in [0, 29, 31, 32, 33] {
            let start = Array("a,b\r\n1,2\r\n\"x\r\n".utf8) + Array(repeating: 0x2E, count: padding)
            let reading = Reading(start + bytes + Array("\",y\r\n".utf8), chunkSize: chunkSize)
            #expect(reading.records == [["a", "b"], ["1", "2"]])
            guard case .invalidText(let error) = reading.error else {
                Issue.record("no error")
                continue
            }
            #expect(error.line == 4)
            #expect(error.byteOffset == start.count)
            #expect(error.byte == bytes[0])
            #expect(error.reason == .malformed)
            #expect(
                error.candidates.contains { $0.encoding == .windows1252 }
                    == !bytes.contains { [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) })
        }
    }

    @Test(
        "The outermost characters of every length are valid UTF-8",
        arguments: [
            "\0", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFF}", "\u{1000}", "\u{CFFF}", "\u{D7FF}",
            "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{3FFFF}", "\u{40000}", "\u{FFFFF}", "\u{100000}",
            "\u{10FFFF}",
        ],
        chunkSizes)
    func validUTF8(_ character: String, chunkSize: Int) {
        let reading = Reading(Array("a\n.\(character)\n".utf8), chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records == [["a"], [".\(character)"]])
    }

    @Test("A file that ends within a character is cut off", arguments: ["é", "€", "😀"], chunkSizes)
    func truncated(_ character: String, chunkSize: Int) {
        for length in 1..<character.utf8.count {
            let bytes = Array("a,b\n1,".utf8) + Array(character.utf8.prefix(length))
            guard case .invalidText(let error) = Reading(bytes, chunkSize: chunkSize).error else {
                Issue.record("no error")
                continue
            }
            #expect(error.reason == .truncated)
            #expect(error.byteOffset == 6)
            #expect(error.line == 2)
        }
    }

    @Test(
        "Half a surrogate pair and half a unit are errors",
        arguments: [
            ([0xD83D, 0x0041], 4, .loneSurrogate), ([0xDE00, 0x0041], 4, .loneSurrogate),
            ([0xD83D, 0xD83D, 0xDE00], 4, .loneSurrogate), ([0xD83D], 4, .truncated),
            ([0x0041, 0xD83D, 0xDE00, 0xDE00], 10, .loneSurrogate),
        ] as [([UInt16], Int, CSVError.InvalidText.Reason)], chunkSizes)
    func surrogates(
        _ example: (units: [UInt16], offset: Int, reason: CSVError.InvalidText.Reason), chunkSize: Int
    ) {
        for (encoding, swap) in [(TextEncoding.utf16BigEndian, true), (.utf16LittleEndian, false)] {
            let bytes = ([0xFEFF, 0x000A] + example.units).flatMap { unit in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return swap ? [high, low] : [low, high]
            }
            let expected = CSVError.invalidText(
                .init(
                    line: 2, byteOffset: example.offset, byte: bytes[example.offset], encoding: encoding,
                    reason: example.reason))
            #expect(Reading(bytes, chunkSize: chunkSize).error == expected)
            let odd = Reading(Array(bytes.prefix(5)), chunkSize: chunkSize).error
            guard case .invalidText(let error) = odd else {
                Issue.record("no error")
                continue
            }
            #expect(error.reason == .truncated && error.byteOffset == 4)
        }
    }

    @Test("Records before invalid bytes are still read", arguments: chunkSizes)
    func before(chunkSize: Int) {
        let bytes = Array(String(repeating: "a,b\n", count: 100).utf8) + [0xFF]
        let reading = Reading(bytes, chunkSize: chunkSize)
        #expect(reading.records.count == 100)
        #expect(reading.error?.line == 101)
        guard case .invalidText(let error) = reading.error else {
            Issue.record("no error")
            return
        }
        #expect(error.byteOffset == 400)
    }

    @Test("No encoding is suggested for a damaged file that is UTF-8 elsewhere", arguments: chunkSizes)
    func damaged(chunkSize: Int) {
        let reading = Reading(Array("é,b\n1,".utf8) + [0xE9] + Array("\n".utf8), chunkSize: chunkSize)
        guard case .invalidText(let error) = reading.error else {
            Issue.record("no error")
            return
        }
        #expect(error.candidates.isEmpty)
    }

    @Test("A byte order mark overrules the option", arguments: TextEncoding.builtIn)
    func overruled(_ encoding: TextEncoding) {
        let reading = Reading(
            [0xEF, 0xBB, 0xBF] + Array("é\n".utf8), .init(encoding: encoding), chunkSize: 3)
        #expect(reading.records == [["é"]])
        #expect(reading.encoding == .utf8)
    }

    @Test("UTF-16 without a byte order mark is said by name, and read when asked for")
    func unmarked() {
        for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] {
            let bytes = "id,name\n1,2\n".utf16.flatMap { unit -> [UInt8] in
                encoding == .utf16BigEndian ? [0, UInt8(unit)] : [UInt8(unit), 0]
            }
            #expect(Reading(bytes, chunkSize: 3).error == .utf16WithoutByteOrderMark(encoding))
            #expect(
                Reading(bytes, .init(encoding: encoding), chunkSize: 3).records == [
                    ["id", "name"], ["1", "2"],
                ])
        }
    }

    @Test(
        "Encodings are known by the names that people write",
        arguments: [
            ("UTF-8", .utf8), ("utf8", .utf8), ("utf-16le", .utf16LittleEndian), ("UTF16BE", .utf16BigEndian),
            ("windows-1252", .windows1252), ("CP1252", .windows1252), ("iso-8859-1", .iso88591),
            ("ISO_8859-1", .iso88591), ("Latin1", .iso88591), ("latin-1", .iso88591), ("ebcdic", nil),
            ("", nil), ("macintosh", .macintosh), ("Mac-Roman", .macintosh), ("CP437", .named("cp437")),
            ("Shift_JIS", .named("shift_jis")), ("utf-8//IGNORE", nil), ("utf-9", nil),
            ("latin1 ", .iso88591),
        ] as [(String, TextEncoding?)])
    func names(_ name: String, _ encoding: TextEncoding?) {
        #expect(TextEncoding(name: name) == encoding)
    }

    @Test("An encoding's own name is known", arguments: TextEncoding.builtIn)
    func ownName(_ encoding: TextEncoding) {
        #expect(TextEncoding(name: encoding.name) == encoding)
    }

    @Test(
        "Any encoding that the C library knows is read by its name, whatever the chunks",
        arguments: [
            ("macintosh", [0x43, 0x61, 0x66, 0x8E, 0x2C, 0xD2, 0x78, 0xD3], ["Café", "“x”"]),
            ("cp437", [0x43, 0x61, 0x66, 0x82, 0x2C, 0x9B], ["Café", "¢"]),
            ("windows-1251", [0xCF, 0xF0, 0x2C, 0x31], ["Пр", "1"]),
            ("shift_jis", [0x93, 0xFA, 0x96, 0x7B, 0x2C, 0x83, 0x5C], ["日本", "ソ"]),
            ("gb18030", [0xD6, 0xD0, 0x2C, 0x81, 0x30, 0x81, 0x30], ["中", "\u{80}"]),
            ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42, 0x2C, 0x31], ["日", "1"]),
        ] as [(String, [UInt8], [String])], chunkSizes)
    func byIconv(_ example: (name: String, bytes: [UInt8], fields: [String]), chunkSize: Int) throws {
        let encoding = try #require(TextEncoding(name: example.name))
        let bytes = example.bytes + [0x0A] + example.bytes
        let reading = Reading(bytes, .init(encoding: encoding), chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records == [example.fields, example.fields])

        var writer = CSVWriter(encoding: encoding)
        try writer.write(example.fields)
        #expect(Reading(writer.drain(), .init(encoding: encoding), chunkSize: 7).records == [example.fields])
    }

    @Test("What such an encoding can't decode is named by its line and byte", arguments: chunkSizes)
    func undecodable(chunkSize: Int) throws {
        let encoding = try #require(TextEncoding(name: "shift_jis"))
        let reading = Reading(
            [0x61, 0x0A, 0x93, 0xFA, 0xFF, 0x0A], .init(encoding: encoding), chunkSize: chunkSize)
        #expect(reading.records == [["a"]])
        #expect(
            reading.error
                == .invalidText(
                    .init(line: 2, byteOffset: 4, byte: 0xFF, encoding: encoding, reason: .malformed)))
        let cut = Reading([0x61, 0x0A, 0x93], .init(encoding: encoding), chunkSize: chunkSize)
        #expect(
            cut.error
                == .invalidText(
                    .init(line: 2, byteOffset: 2, byte: 0x93, encoding: encoding, reason: .truncated)))
    }

    @Test("What such an encoding lacks can't be written in it")
    func unencodable() throws {
        var writer = CSVWriter(encoding: .macintosh)
        #expect(throws: CSVError.unencodable(scalar: "日", encoding: .macintosh, field: 2)) {
            try writer.write(["é", "a日"])
        }
        try writer.write(["é"])
        #expect(writer.drain() == [0x22, 0x8E, 0x22, 0x0D, 0x0A])
    }

    @Test(
        "Encodings that would decode are shown with what they give, the likeliest first",
        arguments: [
            ([0x43, 0x61, 0x66, 0x8E], .macintosh, "Café"), ([0x43, 0x61, 0x66, 0xE9], .windows1252, "Café"),
            ([0x4E, 0x69, 0xA4, 0x6F], .named("cp437"), "Niño"), ([0x93, 0x78, 0x94], .windows1252, "“x”"),
        ] as [([UInt8], TextEncoding, String)], chunkSizes)
    func candidates(_ example: (bytes: [UInt8], encoding: TextEncoding, word: String), chunkSize: Int) {
        let bytes = Array("a,b\n1,".utf8) + example.bytes + Array(",x\n".utf8)
        guard case .invalidText(let error) = Reading(bytes, chunkSize: chunkSize).error else {
            Issue.record("no error")
            return
        }
        #expect(error.candidates.first?.encoding == example.encoding)
        #expect(error.candidates.first?.sample == example.word)
        #expect(error.candidates.count > 1)
    }

    @Test(
        "UTF-32 is read where it is named, with a byte order mark and without",
        arguments: [
            ("utf-32", true, true), ("utf-32", false, true), ("utf-32le", true, true),
            ("utf-32be", false, true),
            ("utf-32le", true, false), ("utf-32be", false, false), ("utf32", true, true),
        ])
    func utf32(_ name: String, isLittleEndian: Bool, hasMark: Bool) throws {
        let text = (hasMark ? "\u{FEFF}" : "") + "Name,Ort\nMüller,Zürich 😀\n"
        let bytes = text.unicodeScalars.flatMap { scalar in
            (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * (isLittleEndian ? $0 : 3 - $0))) }
        }
        let encoding: TextEncoding = try #require(TextEncoding(name: name))
        for chunkSize in [1, 3, 1024] {
            let reading = Reading(bytes, .init(encoding: encoding), chunkSize: chunkSize)
            #expect(reading.error == nil)
            #expect(reading.records == [["Name", "Ort"], ["Müller", "Zürich 😀"]])
        }
    }

    @Test("UTF-32 that is not named is no CSV")
    func utf32Unnamed() throws {
        let bytes: [UInt8] = [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0, 0x0A, 0, 0, 0]
        #expect(Reading(bytes, .init(), chunkSize: 1024).error == .notCSV(.utf32))
    }
}
