import AppointmentRows

/// Wrong usage or a wrong setting: the process ends with 2, and nothing was posted.
struct UsageError: Error, Equatable {
    /// What is wrong: one sentence without its full stop, not escaped, without a secret.
    let message: String
    /// What would fix it.
    let fix: String?
    /// What else is wrong: all of it is said at once.
    var more: [UsageError] = []

    init(_ message: String, fix: String? = nil) {
        self.message = message
        self.fix = fix
    }

    /// A value that can't be understood, where it stood: `--batch-size`, `STIMPORT_BATCH_SIZE`.
    init(_ fault: InputError, at place: String) {
        self.init("\(place): \(fault.message)", fix: fault.fix)
    }

    /// The same, with the place where the value stood.
    func at(_ place: String) -> UsageError { UsageError("\(place): \(message)", fix: fix) }
}
