import SecurityTrax
import Testing

@Suite("Local times")
struct LocalTimeTests {
    @Test(
        "Every year that is offered can be written, and read back",
        arguments: [
            (1, 1, 1), (1600, 2, 29), (1969, 12, 31), (1970, 1, 1), (2000, 2, 29), (2100, 2, 28),
            (6052, 12, 31),
        ])
    func limits(year: Int, month: Int, day: Int) throws {
        for (hour, minute) in [(0, 0), (7, 30), (23, 59)] {
            let time = try #require(LocalTime(year: year, month: month, day: day, hour: hour, minute: minute))
            let parts = time.components
            #expect(
                [parts.year, parts.month, parts.day, parts.hour, parts.minute] == [
                    year, month, day, hour, minute,
                ])
        }
    }

    @Test(
        "What no calendar has is no time",
        arguments: [
            (2100, 2, 29), (2023, 4, 31), (2023, 13, 1), (2023, 0, 1), (2023, 1, 0), (0, 1, 1), (6053, 1, 1),
            (9999, 12, 31),
            (Int.max, 1, 1), (Int.min, 1, 1),
        ])
    func noSuchDate(year: Int, month: Int, day: Int) {
        #expect(LocalTime(year: year, month: month, day: day, hour: 0, minute: 0) == nil)
    }

    @Test(
        "The wire's form has an hour without a leading zero",
        arguments: [
            ((2014, 1, 23, 7, 30), "01/23/2014 7:30"), ((2014, 11, 3, 0, 5), "11/03/2014 0:05"),
            ((987, 12, 31, 23, 59), "12/31/0987 23:59"),
        ])
    func wire(parts: (Int, Int, Int, Int, Int), text: String) throws {
        let time = try #require(
            LocalTime(year: parts.0, month: parts.1, day: parts.2, hour: parts.3, minute: parts.4))
        #expect(time.wire == text)
    }
}
