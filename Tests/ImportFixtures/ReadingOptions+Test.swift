package import AppointmentRows
import Foundation

extension ReadingOptions {
    /// The options of most tests: now is 2014-01-01 00:00 UTC.
    package static var test: ReadingOptions {
        ReadingOptions(now: Date(timeIntervalSince1970: 1_388_534_400))
    }

    package static func test(_ change: (inout ReadingOptions) throws -> Void) rethrows -> ReadingOptions {
        var options = test
        try change(&options)
        return options
    }
}
