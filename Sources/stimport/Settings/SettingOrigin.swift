/// Where a value came from.
enum SettingOrigin: Sendable, Hashable {
    /// As it is typed: `--batch-size`.
    case flag(String)
    case variable(String)
    /// The file, the key path in it (`profiles.acme.site`), and its line where known.
    case file(path: String, keyPath: String, line: Int?)
    /// A systemd credential's file.
    case credential(path: String)
    /// Asked for on the terminal.
    case prompt
    /// Nobody set it.
    case fallback

    /// The kind of origin as one word, for programs.
    var kind: String {
        switch self {
        case .flag: "flag"
        case .variable: "variable"
        case .file: "file"
        case .credential: "credential"
        case .prompt: "prompt"
        case .fallback: "default"
        }
    }

    /// The place in words: what an error about the value begins with.
    var place: String {
        switch self {
        case .flag(let name): name
        case .variable(let name): name
        case .file(let path, let keyPath, let line): "\(path)\(line.map { ":\($0)" } ?? ""): \(keyPath)"
        case .credential(let path): path
        case .prompt: "the terminal"
        case .fallback: "default"
        }
    }

    /// The place with its kind, for people: `flag --batch-size`.
    var description: String {
        switch self {
        case .flag, .variable: "\(kind) \(place)"
        case .file: place
        case .credential: "credential \(place)"
        case .prompt: "asked for on the terminal"
        case .fallback: "default"
        }
    }
}
