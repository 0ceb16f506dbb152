import SecurityTrax
package import SystemFiles

/// The hours of the day in which posts may begin (`--post-between`): creating a visit may text its customer.
package struct PostingWindow: Sendable, Hashable {
    /// From the first minute of the day on, and before the last: 0...1440.
    package var hours: ClosedRange<Int>
    /// Whose clocks are meant.
    package var zone: SystemZone

    /// The window of these hours.
    package init(hours: ClosedRange<Int>, zone: SystemZone) {
        self.hours = hours
        self.zone = zone
    }

    /// How long posts may still begin; nil outside of the window.
    func remaining(at date: Date) -> Duration? {
        let seconds = secondOfDay(date)
        guard seconds >= hours.lowerBound * 60, seconds < hours.upperBound * 60 else { return nil }
        return .seconds(hours.upperBound * 60 - seconds)
    }

    /// `08:00-18:00 (America/Denver)`
    var text: String {
        "\(LocalTime.clock(ofMinute: hours.lowerBound))-\(LocalTime.clock(ofMinute: hours.upperBound)) (\(zone.identifier))"
    }

    /// What the window's clocks show: `2:15` as `02:15`.
    func clock(at date: Date) -> String { LocalTime.clock(ofMinute: secondOfDay(date) / 60) }

    private func secondOfDay(_ date: Date) -> Int {
        zone.clock(at: Int(date.timeIntervalSince1970.rounded(.down))).second
    }
}
