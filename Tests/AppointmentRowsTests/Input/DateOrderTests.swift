@testable import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentRows

@Suite("Order of day and month")
struct DateOrderTests {
    /// The rows of a file with these starts, each of them an hour long.
    private static func file(_ starts: [String]) -> String {
        Reading.header + "\n"
            + starts.enumerated().map { "\(9001 + $0),,\($1) 9:00,\($1) 10:00,Install,,\n" }.joined()
    }

    @Test("A file that proves that the day comes first is not read: two lines prove it, two commands decide")
    func proof() throws {
        let text = Self.file(["5/1/2014", "12/1/2014", "13/1/2014", "25/1/2014"])
        let error = try #require(Reading.failure(text))
        #expect(error.code.rawValue == "date-order")
        #expect(error.line == 4)
        #expect(
            error.message
                == "the dates in lines 4 and 5 can only have the day first (\"13/1/2014 9:00\", \"25/1/2014 9:00\"), "
                + "and no date in the file can only have the month first")
        #expect(error.fix.contains("--date-order dmy") && error.fix.contains("--date-order mdy"))
        let dayFirst = try Reading(text, .test { $0.dateOrder = .dayFirst })
        #expect(dayFirst.findings == [])
        #expect(
            dayFirst.rows.map(\.row.start.wire)
                == ["01/05/2014 9:00", "01/12/2014 9:00", "01/13/2014 9:00", "01/25/2014 9:00"])
        let monthFirst = try Reading(text, .test { $0.dateOrder = .monthFirst })
        #expect(monthFirst.rows.map(\.row.isValid) == [true, true, false, false])
        #expect(Set(monthFirst.codes) == ["no-such-date"])
    }

    @Test(
        "One date proves it, however it is written and in whichever column it stands",
        arguments: [
            "1,13/1/2014 9:00,2/1/2014 10:00,Install,,", "1,5/1/2014 9:00,13/1/2014 10:00,Install,,",
            "1,5-1-2014 9:00,13-1-2014 10:00,Install,,", "1,5.1.2014 9:00,13.1.2014 10:00,Install,,",
            "1,13/01/2014T09:00,13/01/2014T10:00,Install,,", "1,9:00,10:00,Install,13/1/2014,",
            "1,9:00,10:00,Install,5/1/2014,13/1/2014", "1,1/5/2014 9:00,1/5/2014 10:00,Install,13/1/2014,",
            "1,13-1-14 9:00,13-1-14 10:00,Install,,", "1,12/30/1899 9:00,12/30/1899 10:00,Install,13/1/2014,",
            "1,13/1/14 9:00,13/1/14 10:00,Install,,", "1,13-1-14 9:00,13-1-14 10:00,Install,,",
            "1,12/30/1899 9:00,12/30/1899 10:00,Install,13/1/2014,", "1,\"13/1/2014, 9:00\",x,Install,,",
            "1,Monday 13/1/2014 9:00,x,Install,,", "x, 13/1/2014 9:00 ,,,,",
            "1,13/1/2014 9:00 AM,13/1/2014 10:00 AM,Install,,",
        ])
    func kinds(row: String) {
        let header = "Customer ID,Start,End,Service,Date,End Date\n"
        let filler = (1...600).map { "\($0),5/1/2014 9:00,5/1/2014 10:00,Install,,\n" }.joined()
        #expect(Reading.failure(header + row + "\n")?.code.rawValue == "date-order")
        #expect(Reading.failure(header + filler + row + "\n")?.line == 602)
        let options = ReadingOptions.test { $0.dateOrder = .monthFirst }
        #expect(Reading.failure(header + filler + row + "\n", options) == nil)
    }

    @Test(
        "What may have either order, or is no date, proves nothing",
        arguments: [
            "5/1/2014 9:00", "12/12/2014 9:00", "2014-01-13 9:00", "13/13/2014 9:00", "31/4/2014 9:00",
            "2014/13/1", "13:30", "", "13/1", "12/30/1899", "12/30/1899 9:00", "14-1-23", "13/1/27",
            "1/0/1900", "1.13.1.2014",
            "13/1/2014/2", "13.1.20145", "13",
        ])
    func noProof(text: String) {
        var text = text
        #expect(text.withUTF8 { DateOrderProof.order(of: $0, isWhole: false, years: 2013...2016) } == nil)
        #expect(text.withUTF8 { DateOrderProof.order(of: $0, isWhole: true, years: 2013...2016) } == nil)
    }

    @Test("A first look at a date says nothing that a close look does not", arguments: 0..<20)
    func looks(seed: Int) {
        var random = SeededNumbers(state: UInt64(seed))
        func number(_ range: ClosedRange<Int>) -> String {
            let number = "\(Int.random(in: range, using: &random))"
            return number.count == 1 && Bool.random(using: &random) ? "0" + number : number
        }
        func one(of texts: [String]) -> String { texts[Int.random(in: texts.indices, using: &random)] }
        var proofs: Set<DateOrder> = []
        for _ in 0..<2_000 {
            let mark = one(of: ["/", "/", "/", "-", ".", ":"])
            let year = one(of: [
                "2027", "2027", "2014", "1899", "1900", "0000", "27", "3", "20275", "2a27", "",
            ])
            var text = one(of: ["", "", "", " ", "Wed ", "x"]) + number(0...32) + mark + number(0...32)
            text += one(of: [mark, mark, mark, "/", ""]) + year
            text += one(of: ["", "", " 9:00", "T9:00", ".", mark + "1", "0", " "])
            for isWhole in [false, true] {
                text.withUTF8 { bytes in
                    let order = DateOrderProof.order(of: bytes, isWhole: isWhole, years: 2013...2040)
                    #expect(
                        order == DateOrderProof.closeOrder(of: bytes, isWhole: isWhole, years: 2013...2040),
                        "\(String(decoding: bytes, as: UTF8.self))")
                    if let order { proofs.insert(order) }
                }
            }
        }
        #expect(proofs == [.dayFirst, .monthFirst])
    }

    @Test(
        "Up to a tenth of day-first dates are slips, and more are another order",
        arguments: [
            (1, 9, false), (1, 8, true), (9, 91, false), (10, 90, false), (11, 90, true), (5, 5, true),
            (1, 0, true),
        ])
    func share(dayFirst: Int, monthFirst: Int, isRefused: Bool) throws {
        let starts =
            Array(repeating: "1/5/2014", count: 50) + Array(repeating: "1/23/2014", count: monthFirst)
            + Array(repeating: "23/1/2014", count: dayFirst)
        for starts in [starts, starts.reversed()] {
            let text = Self.file(starts)
            guard isRefused else {
                let reading = try Reading(text)
                #expect(Set(reading.codes) == ["no-such-date"])
                #expect(reading.rows.count { !$0.row.isValid } == dayFirst)
                #expect(reading.findings.allSatisfy { $0.fix.contains("1/23/2014 7:30") })
                continue
            }
            let error = try #require(Reading.failure(text))
            #expect(error.code.rawValue == "date-order")
            if monthFirst > 0 {
                // Start and end count.
                #expect(error.message.contains("\(2 * dayFirst) of the \(2 * (dayFirst + monthFirst)) dates"))
            }
        }
    }

    @Test("A column that is not ours proves the order where ours prove nothing")
    func otherColumns() throws {
        func file(_ created: [String], _ start: String) -> String {
            "Created,Customer ID,Start,End,Service\n"
                + created.enumerated().map { "\($1),\(1 + $0),\(start) 9:00,\(start) 10:00,1\n" }.joined()
        }
        #expect(Reading.failure(file(["25/11/2013"], "5/1/2014"))?.code.rawValue == "date-order")
        #expect(Reading.failure(file(["25/11/2013 8:00"], "5/1/2014"))?.code.rawValue == "date-order")
        #expect(Reading.failure(file(["25/11/2013"], "1/13/2014")) == nil)
        #expect(Reading.failure(file(["11/25/2013"], "1/5/2014")) == nil)
        #expect(Reading.failure(file(["on 25/11/2013", "see 25/11/2013/4"], "1/5/2014")) == nil)
    }

    @Test("The proof may stand in the last line of a long file")
    func lastLine() throws {
        let text = Self.file(Array(repeating: "5/1/2014", count: 20_000) + ["13/1/2014"])
        let error = try #require(Reading.failure(text))
        #expect(error.message.hasPrefix("the dates in line 20002 can only have the day first"))
    }
}
