import AppointmentRows
import CSVReading
import SystemFiles

/// Where the meaning of the input's own words comes from: the settings file itself, or a file of them.
struct WordSources: Sendable, Hashable {
    /// What the settings file says.
    private var words = ValueMap()
    /// The file of `--values`, or that the settings name.
    private var file: String?

    /// Nowhere.
    init() {}

    /// - Parameter texts: File names, or what `text(column:theirs:ours:)` made of words.
    /// - Throws: where a word is mapped to something that is not ours.
    init(parsing texts: [String]) throws {
        for text in texts {
            let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(
                String.init)
            if parts.count == 3 {
                try words.add(column: parts[0], theirs: parts[1], ours: parts[2])
            } else {
                guard !text.isEmpty else {
                    throw UsageError("the value is empty", fix: "name a file")
                }
                file = text
            }
        }
    }

    /// A word of the settings file, as the text of a setting.
    static func text(column: String, theirs: String, ours: String) -> String {
        [column, theirs, ours].joined(separator: String(separator))
    }

    /// The text of a setting as people read it.
    static func shown(_ text: String) -> String {
        text.split(separator: separator, omittingEmptySubsequences: false).joined(separator: " → ")
    }

    /// Whether a text names a file.
    static func isFile(_ text: String) -> Bool { !text.contains(separator) }

    /// No text that is typed has it.
    private static let separator: Character = "\u{1F}"

    /// All of the words.
    ///
    /// - Parameter encoding: What the file is read in where it is not UTF-8.
    /// - Throws: where the file can't be read, or maps a word to something that is not ours.
    func map(encoding: TextEncoding?) throws(UsageError) -> ValueMap {
        var map = words
        guard let file else { return map }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try SmallFile.read(file)
        } catch {
            throw UsageError(
                "--values \(file) can't be read: \(error.reason)", fix: "correct the path, or leave it out")
        }
        do throws(InputError) {
            try map.read(bytes, encoding: encoding)
        } catch {
            throw UsageError(error, at: "--values \(file)")
        }
        return map
    }
}
