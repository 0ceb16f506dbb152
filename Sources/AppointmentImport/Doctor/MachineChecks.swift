import SystemFiles

/// What a run needs of this machine besides ledger and network.
package enum MachineChecks {
    /// Whether the inbox's files could be read and moved; none is moved.
    package static func inbox(_ path: String?) -> DoctorCheck {
        guard let path else { return .skipped(.inbox, "no --inbox is set") }
        func failed(_ message: String) -> DoctorCheck {
            .failed(
                .inbox, .wrongUsage, message,
                fix: "let the user who runs stimport read and write the folder and its subfolders")
        }
        do throws(ImportError) {
            let inbox = try Inbox(path)
            let files = try inbox.files()
            let device = FileIdentity.status(of: inbox.path)?.identity.device
            for name in ["done", "rejects", "doubt"] {
                let folder = inbox.path + "/" + name
                guard let status = FileIdentity.status(of: folder) else { continue }
                guard ForeignPath.withBytes(of: folder + "/.", { access($0, W_OK | X_OK) }) == 0 else {
                    return failed("no file can be moved to \(folder): \(SystemError.last.reason)")
                }
                guard status.identity.device == device else {
                    return failed("no file can be moved to \(folder): it is on another file system")
                }
            }
            for file in files where ForeignPath.withBytes(of: file, { access($0, R_OK) }) != 0 {
                return failed("\(file) can't be read: \(SystemError.last.reason)")
            }
            return .passed(
                .inbox, "\(inbox.path) can be read and its files moved; \(files.count) of them to import now")
        } catch {
            return .failed(.inbox, .wrongUsage, error.message, fix: "make the folder, or correct --inbox")
        }
    }

    /// Whether the program that the notify command begins with is there; it is not run.
    ///
    /// - Parameter search: the value of `PATH`.
    package static func notifyCommand(_ command: String?, search: String) -> DoctorCheck {
        guard let command else { return .skipped(.notifyCommand, "no --notify-command is set") }
        guard let word = command.split(whereSeparator: \.isWhitespace).first.map({ String($0) }) else {
            return .failed(
                .notifyCommand, .wrongUsage, "the notify command is empty", fix: "leave it out, or name one")
        }
        // Quotes, variables, assignments: only the shell itself knows what they come to.
        guard word.allSatisfy({ $0.isLetter || $0.isNumber || "/._-+@%,:".contains($0) }) else {
            return .skipped(.notifyCommand, "it begins with shell syntax: it is known when it runs")
        }
        let places = word.contains("/") ? [word] : search.split(separator: ":").map { "\($0)/\(word)" }
        for place in places where FileIdentity.status(of: place)?.kind == .file {
            if ForeignPath.withBytes(of: place, { access($0, X_OK) }) == 0 {
                return .passed(.notifyCommand, place)
            }
            if word.contains("/") {
                return .failed(
                    .notifyCommand, .wrongUsage, "\(word) is not executable", fix: "chmod +x it")
            }
        }
        if builtins.contains(word) { return .passed(.notifyCommand, "\(word), a word of the shell") }
        return .failed(
            .notifyCommand, .wrongUsage, "there is no program \(word)",
            fix: "give its whole path, or install it")
    }

    /// What the shell does itself.
    private static let builtins: Set<String> = [
        ".", ":", "cd", "command", "echo", "eval", "exec", "exit", "export", "false", "for", "if", "printf",
        "read",
        "set", "test", "true", "umask", "until", "while",
    ]

    /// Whether the clocks of the US are known, with their changes.
    package static func timeZones() -> DoctorCheck {
        let zones = [
            ("America/New_York", -5, -4), ("America/Chicago", -6, -5), ("America/Denver", -7, -6),
            ("America/Phoenix", -7, -7), ("America/Los_Angeles", -8, -7), ("America/Anchorage", -9, -8),
            ("Pacific/Honolulu", -10, -10),
        ]
        // 2024-01-15 and 2024-07-15, 12:00 UTC.
        let (winter, summer) = (1_705_320_000, 1_721_044_800)
        for (name, cold, warm) in zones {
            guard let zone = SystemZone(identifier: name), zone.offset(at: winter) == cold * 3600,
                zone.offset(at: summer) == warm * 3600
            else {
                return .failed(
                    .timeZones, .wrongUsage, "this machine does not know the clock of \(name)",
                    fix: "install the time zone data (Debian: tzdata)")
            }
        }
        return .passed(.timeZones, "known; this machine's is \(SystemZone.current.identifier)")
    }
}
