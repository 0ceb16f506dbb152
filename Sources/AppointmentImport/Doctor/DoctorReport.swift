/// What `stimport doctor` found.
package struct DoctorReport: Sendable {
    /// In the order of `DoctorCheck.Part`.
    package let checks: [DoctorCheck]
    /// What to look at in SecurityTrax before the first appointment is created; empty later.
    package let advice: [String]

    /// A report; parts that nobody tried are left out.
    package init(_ checks: [DoctorCheck], advice: [String] = []) {
        self.checks = DoctorCheck.Part.allCases.flatMap { part in checks.filter { $0.part == part } }
        self.advice = advice
    }

    /// By what failed first.
    package var status: ExitStatus {
        checks.first { $0.state == .failed }?.status ?? .success
    }

    /// For people: a line for each part, with words and a sign.
    package func lines(_ style: TextStyle) -> [String] {
        let width = DoctorCheck.Part.allCases.map(\.rawValue.count).max() ?? 0
        var lines: [String] = []
        for check in checks {
            let name = check.part.rawValue + String(repeating: " ", count: width - check.part.rawValue.count)
            let mark =
                switch check.state {
                case .passed: style.paint("✓ ok     ", .good)
                case .failed: style.paint("✗ failed ", .bad)
                case .skipped: style.paint("- skipped", .careful)
                }
            lines.append("\(mark)  \(name)  \(ActingCharacter.escaped(check.detail))")
            if let fix = check.fix { lines.append("           fix: \(ActingCharacter.escaped(fix))") }
            lines += check.facts.map { "             \(ActingCharacter.escaped($0))" }
        }
        let failed = checks.count { $0.state == .failed }
        lines.append("")
        lines.append(
            failed == 0
                ? "nothing failed; nothing was created"
                : "\(failed) of \(checks.count) failed; nothing was created (exit \(status.rawValue): \(status.words))"
        )
        if !advice.isEmpty {
            lines.append("")
            lines.append("Before the first real run, look at this in SecurityTrax:")
            lines += advice.map { "  - \($0)" }
        }
        return lines
    }

    /// For programs.
    package var json: JSONOutput {
        .object([
            ("version", .integer(1)), ("exit", .integer(Int(status.rawValue))),
            (
                "checks",
                .array(
                    checks.map { check in
                        .object([
                            ("part", .text(check.part.rawValue)), ("state", .text(check.state.rawValue)),
                            ("detail", .text(check.detail)), ("fix", check.fix.map { .text($0) } ?? .null),
                            ("facts", .array(check.facts.map { .text($0) })),
                        ])
                    })
            ),
            ("advice", .array(advice.map { .text($0) })),
        ])
    }
}
