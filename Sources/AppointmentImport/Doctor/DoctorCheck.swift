/// What one part of the set-up was found to be.
package struct DoctorCheck: Sendable, Hashable {
    /// What is tried, in the order in which it is shown.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case settings, password, ledger, locks, address, certificate, login, queries, inbox
        case notifyCommand = "notify-command"
        case clock
        case timeZones = "time-zones"
    }

    /// How it was found.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case passed, failed, skipped
    }

    package var part: Part
    package var state: State
    /// What was found, or why it was not tried: one sentence without its full stop, not escaped, without a secret.
    package var detail: String
    /// What would fix it; nil where there is nothing to.
    package var fix: String?
    /// Further lines: each setting with its origin.
    package var facts: [String]
    /// What the process ends with where this failed first.
    package var status: ExitStatus

    /// It works.
    ///
    /// - Parameter fix: What would make it better; the detail says why.
    package static func passed(_ part: Part, _ detail: String, fix: String? = nil, facts: [String] = [])
        -> Self
    {
        Self(part: part, state: .passed, detail: detail, fix: fix, facts: facts, status: .success)
    }

    /// It does not.
    package static func failed(
        _ part: Part, _ status: ExitStatus, _ detail: String, fix: String?, facts: [String] = []
    ) -> Self {
        Self(part: part, state: .failed, detail: detail, fix: fix, facts: facts, status: status)
    }

    /// It was not tried, or can't be told.
    package static func skipped(_ part: Part, _ why: String) -> Self {
        Self(part: part, state: .skipped, detail: why, fix: nil, facts: [], status: .success)
    }
}
