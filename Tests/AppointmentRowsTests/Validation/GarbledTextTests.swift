import CSVReading
import ImportFixtures
import Testing

@testable import AppointmentRows

/// UTF-8 that a program has read in another encoding and saved again.
@Suite("Garbled texts") struct GarbledTextTests {
    private static func reading(_ notes: [String], _ options: ReadingOptions = .test) throws -> Reading {
        let rows = notes.enumerated().map { number, notes in
            "\(number + 1),5,1/23/2014 7:30,1/23/2014 9:30,Install,,\(notes)\n"
        }
        return try Reading(Reading.header + "\n" + rows.joined(), options)
    }

    /// A text whose UTF-8 is taken for another encoding's.
    private static func garbled(_ text: String, by encoding: (UInt8) -> UInt32) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in text.utf8 { scalars.append(Unicode.Scalar(encoding(byte)) ?? "?") }
        return String(scalars)
    }

    private static func windows(_ byte: UInt8) -> UInt32 {
        let upper: [UInt8: UInt32] = [
            0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021,
            0x88: 0x2C6, 0x89: 0x2030, 0x8A: 0x160, 0x8B: 0x2039, 0x8C: 0x152, 0x8E: 0x17D, 0x91: 0x2018,
            0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x98: 0x2DC,
            0x99: 0x2122, 0x9A: 0x161, 0x9B: 0x203A, 0x9C: 0x153, 0x9E: 0x17E, 0x9F: 0x178,
        ]
        return upper[byte] ?? UInt32(byte)
    }

    private static let texts = [
        "José", "Café Martín", "Señor Peña", "Müller", "it’s locked", "“ring” twice", "wait – then go",
        "45° bracket",
        "500 € deposit", "½ inch", "to be done…", "• ring", "ÉCOLE", "CAFÉ", "Año", "done ✓", "new 📞",
        "a\u{A0}b",
        "\u{FEFF}x", "Łódź – São",
    ]

    @Test("are said once for the file, and posted as they stand", arguments: texts)
    func said(text: String) throws {
        for encoding in [Self.windows, { UInt32($0) }] {
            let written = Self.garbled(text, by: encoding)
            let reading = try Self.reading(["Ring twice", written, "é", written])
            #expect(reading.summary == ["garbled-text Notes"])
            #expect(reading.findings.first?.line == 3)
            #expect(reading.rows.allSatisfy { $0.row.isValid })
            #expect(reading.rows.last?.notes == written)
        }
    }

    @Test(
        "are said of a note's no-break space that a program made a space, of lost characters, and of twice garbled ones"
    )
    func others() throws {
        for text in ["a\u{C2} b", "gate 5\u{C2} 6", "caf\u{FFFD}", "ï¿½", "CafÃƒÂ©"] {
            #expect(try Self.reading([text]).summary == ["garbled-text Notes"])
        }
    }

    @Test("make each of their rows invalid where warnings do")
    func strict() throws {
        let reading = try Self.reading(["CafÃ©", "x", "it's", "CafÃ©"], .test { $0.isStrict = true })
        #expect(reading.rows.map(\.row.isValid) == [false, true, true, false])
    }

    @Test("are told from a file that is UTF-8 and is said to be something else")
    func standingEncoding() throws {
        let reading = try Self.reading(["José"], .test { $0.encoding = .windows1252 })
        #expect(reading.summary == ["garbled-text Notes"])
        #expect(reading.findings.first?.fix.hasPrefix("leave --encoding windows-1252 out") == true)
    }

    @Test("in a column that is not read are nobody's matter")
    func unused() throws {
        let reading = try Reading(Reading.header + ",Customer name\n\(Reading.goodRow),JosÃ©\n")
        #expect(reading.findings == [])
    }

    @Test(
        "Honest letters of many languages are left alone",
        arguments: texts.filter { !$0.hasPrefix("\u{FEFF}") } + [
            "NÃO TOQUE", "“IRMÃ”", "«MAÇÃ»", "SÃO PAULO", "maçã", "À LA CARTE", "château", "« à »", "Âge",
            "ÂGE",
            "Ă Ș", "Ångström", "Æble", "ð", "Reykjavíkurð", "naïve", "à\u{A0}Paris", "ÂME", "10 °C", "±2",
            "©2026", "日本語",
            "Ünal", "KÂĞIT", "Ãfrica", "hâte…", "voilà…", "ARAÇÂ…",
        ])
    func honest(text: String) throws {
        let reading = try Self.reading([text])
        #expect(reading.findings == [])
        #expect(reading.rows.first?.notes == text)
    }
}
