/// Folders that the environment names.
public enum ProcessFolders {
    /// Where temporary files go: `$TMPDIR`, or `/tmp`.
    public static var temporary: String {
        getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    }

    /// The user's own: `$HOME`, or what the user database says; empty where nobody says.
    public static var home: String {
        if let home = getenv("HOME"), home.pointee != 0 { return ForeignPath.text(of: home) }
        return getpwuid(geteuid()).flatMap { $0.pointee.pw_dir }.map { ForeignPath.text(of: $0) } ?? ""
    }
}
