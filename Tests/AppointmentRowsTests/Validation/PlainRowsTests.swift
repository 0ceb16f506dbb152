import Foundation
@testable import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentRows

/// Rows without anything unusual are taken in one step. The checks one by one are what it is compared with: where a rule
/// leaves rows out, as one does here that fits none, every row goes through them.
@Suite("Rows that are taken in one step") struct PlainRowsTests {
    private static let columns: [(name: String, values: [String])] = [
        (
            "SecurityTraxUniqueID",
            [
                "9710", "0009711", "9712.0", " 9713", "123456789012345", "1234567890123456", "0", "", "97A",
                "=\"9714\"", "-5", "9223372036854775808",
            ]
        ),
        ("TechID", ["5", "", "12", "0", "Bob", "5.0", " 7", "nobody", "5,6", "99999999999999999999"]),
        (
            "StartTime",
            [
                "1/23/2014 7:30", "01/23/2014 07:30:00 AM", "1/23/2014 12:30 pm", "12/3/2014 9:00AM",
                "2014-01-23 07:30", "2014-01-23T07:30:00", "1/23/2014 0:00", "1/23/2014 5:59",
                "1/23/2014 5:59 AM", "1/23/2014 21:00", "2/30/2014 7:30", "23/1/2014 7:30", "1/2/2014 24:00",
                "1/2/2014 7:60", "1/2/14 7:30", "1/23/2018 7:30", "1.23.2014 7:30", "soon", "", "9:00",
                "1/1/1970 7:30", "1/23/2014 7:30Z", "1/23/2014  7:30", "1/23/2014 7:30:01", "2014/1/23 7:30",
            ]
        ),
        (
            "EndTime",
            [
                "1/23/2014 9:30", "01/23/2014 09:30:00 AM", "1/23/2014 7:30", "1/24/2014 7:30",
                "1/24/2014 7:31", "1/23/2014 21:00", "1/23/2014 21:01", "1/24/2014 0:00",
                "1/23/2014 11:59 PM",
                "2014-01-23 09:30", "12/3/2014 11:00AM", "1/23/2014 6:00", "", "9:30", "later",
                "1/23/2014 1:00 pm",
            ]
        ),
        ("ServiceType", ["1", "2", "3", "Install", "rip-out", " Service ", "4", "", "01", "1.0", "9"]),
        (
            "ServiceDetailType",
            ["Basic Package", "", " trimmed ", "\"quoted, \"\"twice\"\"\"", "\u{1F}", "é", "back\\slash"]
        ),
        (
            "Notes",
            [
                "", "Gate code 4471#", "\"two\nlines\"", "\"1,2,3,4\n1,2,3,4,5,6,7\n8\"", "\"x\"y",
                "\u{FFFE}",
                "\u{FEFF}mark", "a\u{0}b", "\"tab\tand\r\nmore\"", "日本", "\"say \\\"hi\\\"\"",
                String(repeating: "é", count: 15), String(repeating: "n", count: 21),
            ]
        ),
        ("Order", ["A-1", "A-2", "", " "]),
        ("All day", ["", "", "no", "yes", " "]),
        ("Time zone", ["", "", "Mountain", "Nowhere", " "]),
    ]

    private static func file(_ random: inout SeededNumbers) -> String {
        // Some files are plain but for a few values, some are anything.
        let oddity = [1, 5, 40].randomElement(using: &random) ?? 5
        let count = Bool.random(using: &random) ? 7 : 10
        let order = Bool.random(using: &random) ? Array(0..<count) : (0..<count).shuffled(using: &random)
        let ending = ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
        var text = order.map { columns[$0].name }.joined(separator: ",") + ending
        for _ in 0..<40 {
            var fields = order.map { column in
                let values = columns[column].values
                return Int.random(in: 0..<oddity, using: &random) == 0
                    ? values.randomElement(using: &random) ?? "" : values[0]
            }
            if Int.random(in: 0..<60, using: &random) == 0 { fields.removeLast() }
            if Int.random(in: 0..<60, using: &random) == 0 { fields.append("") }
            text += fields.joined(separator: ",") + ending
        }
        return text
    }

    /// Everything that reading a file gives, in words.
    private static func read(_ text: String, _ options: ReadingOptions) throws -> [String] {
        let input = try TemporaryInput(text)
        var told: [String] = []
        do throws(InputError) {
            let reader = try AppointmentReader(file: InputFile(input.path), options: options)
            var chunk = CheckedRows()
            while try reader.next(&chunk) {
                told += chunk.rows.map { "\($0)" } + chunk.findings.map { "\($0)" }
                told.append(String(decoding: chunk.text, as: UTF8.self))
            }
        } catch {
            told.append("\(error)")
        }
        return told
    }

    @Test("Whatever a file says, its rows come to the same", arguments: 0..<30)
    func same(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        for _ in 0..<6 {
            let text = Self.file(&random)
            let options = ReadingOptions.test {
                $0.maxNotes = 20
                $0.isStrict = Bool.random(using: &random)
                if Bool.random(using: &random) { $0.hours = 420...1200 }
                if Bool.random(using: &random) { $0.identityColumn = "Order" }
                $0.givenDateOrder =
                    [nil, .monthFirst, .dayFirst, .yearFirst].randomElement(using: &random) ?? nil
                $0.allowFarAhead = Bool.random(using: &random)
                $0.maxWindow = [60, 1440].randomElement(using: &random) ?? 1440
            }
            var oneByOne = options
            oneByOne.skips = [ColumnRule(column: "ServiceDetailType", values: ["none says this"])]
            #expect(try Self.read(text, options) == Self.read(text, oneByOne), "\(text)")
        }
    }

    @Test(
        "A time is read as it is in general, or not at all",
        arguments: [DateOrder.monthFirst, .dayFirst, .yearFirst])
    func times(order: DateOrder) throws {
        var random = SeededNumbers(state: 7)
        var plain = PlainTimes(order: order)
        let forms = [
            "1/23/2014 7:30", "01/02/2014 07:30", "1/2/2014 7:30 AM", "12/12/2014 12:30:00 PM",
            "2014-01-23T07:30", "2014-1-3 7:30", "2014-02-29 23:59:00", "1/1/1971 0:00", "12/31/6052 11:59pm",
            "12/30/1899 9:00", "1/0/1900 9:00 AM", "31/12/2027 9:00",
        ]
        let bytes = Array("0123456789/-.: TtAaPpMm,Z+".utf8)
        var (read, left) = (0, 0)
        for round in 0..<30_000 {
            var text = Array(forms[round % forms.count].utf8)
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.remove(at: place)
                case 1: text.insert(bytes.randomElement(using: &random) ?? 48, at: place)
                default: text[place] = bytes.randomElement(using: &random) ?? 48
                }
            }
            let reading = text.withUnsafeBufferPointer { TimeText.read($0, order: order) }
            guard let time = text.withUnsafeBufferPointer({ plain.time($0) }) else {
                left += 1
                continue
            }
            read += 1
            guard case .time(let general) = reading else {
                Issue.record("\(String(decoding: text, as: UTF8.self)) is no time")
                continue
            }
            let moment = LocalTime(
                year: general.year, month: general.month, day: general.day, hour: general.minuteOfDay / 60,
                minute: general.minuteOfDay % 60)
            #expect(moment?.minutes == time.minutes, "\(String(decoding: text, as: UTF8.self))")
            #expect(general.dateForm == time.dateForm && general.saysHalfOfDay == time.saysHalfOfDay)
            #expect(!general.hasOffset && !general.hasEmptyDate)
        }
        #expect(read > 1_000 && left > 1_000)
    }
}
