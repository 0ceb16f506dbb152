import SystemFiles

/// Where things lie when nobody says so.
enum SettingsPaths {
    /// `settings.json` in `$XDG_CONFIG_HOME/stimport` or `~/.config/stimport`; nil where there is no home.
    static func settingsFile(_ environment: ProcessEnvironment) -> String? {
        home("XDG_CONFIG_HOME", ".config", environment).map { $0 + "/stimport/settings.json" }
    }

    /// `ledger.sqlite3` in systemd's `$STATE_DIRECTORY` (the first, where it holds
    /// several), in `$XDG_STATE_HOME/stimport`, or in `~/.local/state/stimport`.
    static func ledger(_ environment: ProcessEnvironment) -> String? {
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first {
            return folder + "/ledger.sqlite3"
        }
        return home("XDG_STATE_HOME", ".local/state", environment).map { $0 + "/stimport/ledger.sqlite3" }
    }

    /// A base folder of the XDG specification, which says to ignore relative paths.
    private static func home(_ variable: String, _ fallback: String, _ environment: ProcessEnvironment)
        -> String?
    {
        if let base = environment[variable], base.hasPrefix("/") { return withoutSlash(base) }
        return environment["HOME"].map { withoutSlash($0) + "/" + fallback }
    }

    private static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}

extension Settings {
    /// The settings file's path: that which was read, as set, or its default place.
    var settingsPath: String {
        get throws(UsageError) {
            if let path = file?.path ?? self.config ?? SettingsPaths.settingsFile(environment) { return path }
            throw UsageError("there is no home folder for the settings file", fix: "name it with --config")
        }
    }

    /// The ledger's path: as set, or its default place.
    var ledgerPath: String {
        get throws(UsageError) {
            if let path = self.ledger ?? SettingsPaths.ledger(environment) { return path }
            throw UsageError(
                "there is no home folder to keep the ledger in",
                fix: "name the ledger with --ledger or STIMPORT_LEDGER")
        }
    }
}
