/// A text on its way to a shell.
public enum ShellArgument {
    /// The text as a shell takes it for one argument: as it is where it is plain, else within single quotes.
    public static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0 | 0x20) || "/._-+,@%:".utf8.contains($0)
        }
        return plain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
