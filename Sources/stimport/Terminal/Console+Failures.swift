import AppointmentImport

extension Console {
    /// Says what a command threw, all of it.
    ///
    /// - Parameter subject: what it begins with, such as `profile acme: `.
    /// - Returns: what the process ends with.
    func tell(_ error: any Error, about subject: String = "") -> ExitStatus {
        let failure = CommandFailure(any: error)
        self.error(subject + failure.message, fix: failure.fix)
        for other in (error as? UsageError)?.more ?? [] {
            self.error(subject + other.message, fix: other.fix)
        }
        return failure.status
    }
}
