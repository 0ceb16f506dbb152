package import SecurityTrax

/// The start that a row had, as a rejected row has it written.
package enum WrittenStart {
    /// - Parameters:
    ///   - text: the text of its start.
    ///   - order: how its file was read.
    /// - Returns: nil where it has no day, or can't be read.
    package static func read(_ text: String, order: DateOrder) -> LocalTime? {
        var text = text
        guard case .time(let time) = text.withUTF8({ TimeText.read($0, order: order) }), time.hasDate,
            time.hasClock
        else { return nil }
        return LocalTime(
            year: time.year, month: time.month, day: time.day, hour: time.minuteOfDay / 60,
            minute: time.minuteOfDay % 60)
    }
}
