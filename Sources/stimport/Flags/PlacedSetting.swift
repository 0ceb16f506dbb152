import AppointmentImport
import AppointmentRows

/// A setting whose value goes somewhere as it is.
struct PlacedSetting: Sendable {
    /// Puts a value where it goes: what somebody set, or the default for nil.
    enum Place: Sendable {
        case reading(@Sendable (inout ReadingOptions, (any Sendable)?) -> Void)
        case run(@Sendable (inout ImportSettings, (any Sendable)?) -> Void)
    }

    let flag: Flag
    private let place: Place

    init(_ flag: Flag, _ place: Place) {
        self.flag = flag
        self.place = place
    }

    /// Puts the value there, if that is where it goes.
    func put(_ held: (any Sendable)?, into options: inout ReadingOptions) {
        if case .reading(let put) = place { put(&options, held) }
    }

    /// Puts the value there, if that is where it goes.
    func put(_ held: (any Sendable)?, into run: inout ImportSettings) {
        if case .run(let put) = place { put(&run, held) }
    }
}
