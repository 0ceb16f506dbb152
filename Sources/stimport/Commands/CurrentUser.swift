import SystemFiles

/// Who gives the command: kept in the ledger with a person's words.
enum CurrentUser {
    /// The user's name; behind `sudo`, the one who called it.
    static var name: String {
        let id = getuid()
        let own = getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "user \(id)"
        guard id == 0, let caller = ProcessInfo.processInfo.environment["SUDO_USER"], !caller.isEmpty,
            caller != own
        else { return own }
        return "\(caller) (as \(own))"
    }
}
